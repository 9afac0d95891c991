"""Folders that come and go with what is done meanwhile, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from csto_graph.errors import WrongCall
from csto_graph.release.files import adding_folder, clear_scratch, removing_folder
from tests.release.stores import contents, shared_folder, unprivileged

FILES = {"text.txt": b"Armenia joined.\n", "source.toml": b'title = "One"\n'}


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A folder of sources that holds one."""
    with adding_folder(tmp_path / "sources" / "one", FILES):
        pass
    return tmp_path / "sources"


def test_a_folder_comes_with_its_files(sources: Path) -> None:
    """It is there during the block already, and nothing else is left beside it."""
    with adding_folder(sources / "two", FILES):
        assert contents(sources / "two") == FILES
    assert contents(sources.parent) == {f"sources/{id_}/{name}": c for id_ in ("one", "two") for name, c in FILES.items()}
    assert sorted(path.name for path in sources.parent.iterdir()) == ["sources"]


def test_it_is_gone_where_the_block_fails(sources: Path) -> None:
    """An interrupt too takes it away, and what was there before stays."""
    before = contents(sources.parent)
    with pytest.raises(KeyboardInterrupt), adding_folder(sources / "two", FILES):
        raise KeyboardInterrupt
    assert contents(sources.parent) == before and not (sources / "two").exists()


def test_one_that_is_there_is_not_written_over(sources: Path) -> None:
    """The refusal names it; its files are what they were."""
    before = contents(sources.parent)
    with pytest.raises(WrongCall, match="sources/one"), adding_folder(sources / "one", {"text.txt": b"other"}):
        pass
    assert contents(sources.parent) == before


def test_a_folder_goes(sources: Path) -> None:
    """During the block it is away; afterwards nothing of it is left."""
    with removing_folder(sources / "one"):
        assert not (sources / "one").exists()
    assert contents(sources.parent) == {}


def test_it_is_back_where_the_block_fails(sources: Path) -> None:
    """With all its files."""
    before = contents(sources.parent)
    with pytest.raises(KeyError), removing_folder(sources / "one"):
        raise KeyError
    assert contents(sources.parent) == before


def test_a_folder_that_may_not_be_written_is_named() -> None:
    """Neither adding nor removing begins."""
    with shared_folder(0o755) as parent, adding_folder(parent / "sources" / "one", FILES):
        adding, removing = adding_folder(parent / "sources" / "two", FILES), removing_folder(parent / "sources" / "one")
        with unprivileged(), pytest.raises(WrongCall, match=r"two: cannot be written.*Make it"), adding:
            pass
        with unprivileged(), pytest.raises(WrongCall, match=r"one: cannot be written.*Make it"), removing:
            pass
        assert contents(parent / "sources" / "one") == FILES


def test_what_a_kill_left_is_cleared(tmp_path: Path) -> None:
    """Folders that were being laid out, and nothing else."""
    (tmp_path / ".new-abc").mkdir()
    (tmp_path / ".new-abc" / "text.txt").write_text("half")
    (tmp_path / "sources").mkdir()
    clear_scratch(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["sources"]
