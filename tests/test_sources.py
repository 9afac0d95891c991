"""Where sources lie, and that one process at a time builds from them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from csto_graph import resources
from csto_graph.errors import RefusedData, WrongCall
from csto_graph.release.lock import locked
from csto_graph.sources import declared_sources, source_folders, sources_held, taken_by
from tests.conftest import ARTICLE

PACKAGED = resources.root() / "data" / "sources"


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is where no clone is."""
    monkeypatch.setattr(resources, "in_clone", lambda: False)


def _declare(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "text.txt").write_text("Armenia joined.\n")
    (folder / "source.toml").write_text('title = "One"\n')


def test_a_clone_has_its_own_alone(tmp_path: Path) -> None:
    """What lies in a home adds nothing to what a clone is built from."""
    _declare(tmp_path / "sources" / "one")
    assert source_folders(tmp_path) == (PACKAGED,)
    assert "one" not in {source.id for source in declared_sources(tmp_path)}


@pytest.mark.usefixtures("installed")
def test_a_home_adds_to_the_package() -> None:
    """A home without sources too is one."""
    assert source_folders(Path("home")) == (PACKAGED, Path("home/sources"))
    assert {source.id for source in declared_sources(Path("home"))} == {path.name for path in PACKAGED.iterdir()}


@pytest.mark.usefixtures("installed")
def test_the_sources_of_both_stand_in_the_order_of_their_ids(tmp_path: Path) -> None:
    """Whichever folder they lie in."""
    for id_ in ("aa", "zz"):
        _declare(tmp_path / "sources" / id_)
    ids = [source.id for source in declared_sources(tmp_path)]
    assert ids == sorted(ids) and ids[0] == "aa" and ids[-1] == "zz" and ARTICLE in ids


@pytest.mark.usefixtures("installed")
def test_one_id_in_both_is_refused(tmp_path: Path) -> None:
    """A newer package may bring what a home has already: both places are named, and what to do."""
    shutil.copytree(PACKAGED / ARTICLE, tmp_path / "sources" / ARTICLE)
    with pytest.raises(RefusedData, match="Rename this folder") as refusal:
        declared_sources(tmp_path)
    assert str(tmp_path / "sources" / ARTICLE) in str(refusal.value) and str(PACKAGED / ARTICLE) in str(refusal.value)


@pytest.mark.usefixtures("installed")
def test_the_id_of_a_collection_is_refused(tmp_path: Path) -> None:
    """Statements of a text and cited facts would lie in one graph, and go together."""
    _declare(tmp_path / "sources" / "csto-history")
    with pytest.raises(RefusedData, match="Rename this folder") as refusal:
        declared_sources(tmp_path)
    assert str(tmp_path / "sources" / "csto-history") in str(refusal.value)
    assert str(Path("curated", "csto-history")) in str(refusal.value)


@pytest.mark.usefixtures("installed")
def test_one_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second waits, and is refused when it has waited long enough; afterwards the way is free."""
    monkeypatch.setattr("csto_graph.sources.LONGEST_BUILD", 0.0)
    with sources_held(tmp_path), pytest.raises(WrongCall, match="another build"), sources_held(tmp_path):
        pass
    with sources_held(tmp_path), locked(tmp_path):  # publishing is another matter
        pass


@pytest.mark.usefixtures("installed")
def test_a_folder_that_is_none_is_named(tmp_path: Path) -> None:
    """Where the home is a file."""
    (tmp_path / "home").write_text("mine")
    held: Callable[[Path], object] = lambda home: sources_held(home).__enter__()  # noqa: E731
    with pytest.raises(WrongCall, match="home: cannot be written"):
        held(tmp_path / "home")


@pytest.mark.usefixtures("installed")
def test_the_id_of_an_import_is_refused(tmp_path: Path) -> None:
    """What it admits would share a graph with the statements of the source."""
    _declare(tmp_path / "sources" / "one")
    (tmp_path / "enrichment" / "one").mkdir(parents=True)
    with pytest.raises(RefusedData, match="a collection of cited facts or an import has this id"):
        declared_sources(tmp_path)
    assert taken_by(tmp_path, "one") == tmp_path / "sources" / "one"
    assert taken_by(tmp_path, "two") is None
