"""`link import` keeps chosen values in a folder of the home, whole or not at all, and takes them away again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calls import Call
from tests.link.external.test_importing import EXTRACT, FOUNDED, SSSOM


@pytest.fixture
def given(home: Path, tmp_path: Path) -> tuple[object, ...]:
    """What the command is given, save the id."""
    extract, sssom = tmp_path / "other.ttl", tmp_path / "other.sssom.tsv"
    extract.write_text(EXTRACT, encoding="utf-8")
    sssom.write_text(SSSOM, encoding="utf-8")
    properties = ("--properties", f"{FOUNDED}, schema:population")
    return ("link", "import", "--sssom", sssom, "--from", extract, *properties, "--date", "2026-11-28", "--home", home)


@pytest.fixture(autouse=True)
def _nothing_imported(home: Path) -> None:
    for path in sorted((home / "enrichment").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


def _files(home: Path) -> dict[str, bytes]:
    return {str(path.relative_to(home)): path.read_bytes() for path in (home / "enrichment").rglob("*") if path.is_file()}


def test_it_is_kept_and_taken_away(call: Call, home: Path, given: tuple[object, ...]) -> None:
    """Three files in a folder of its own, twice the same bytes; nothing is left of it afterwards."""
    found = call(*given, "--id", "other-facts", "--licence", "CC0")
    assert (found.code, found.stdout) == (0, "")
    assert "3 values of 1 things in" in found.stderr
    kept = _files(home)
    assert sorted(kept) == [f"enrichment/other-facts/{name}" for name in ("admitted.tsv", "enrichment.toml", "values.tsv")]
    assert call("link", "import", "--remove", "other-facts", "--home", home).code == 0
    assert _files(home) == {}
    assert call(*given, "--id", "other-facts", "--licence", "CC0").code == 0
    assert _files(home) == kept


@pytest.mark.parametrize(
    ("id_", "said"),
    [("csto-history", "is taken by"), ("csto-2022-01-10", "is taken by"), ("Other Facts", "for example other-facts"), ("../x", "is no id")],
)  # fmt: skip
def test_an_id_is_nobody_elses(call: Call, home: Path, given: tuple[object, ...], id_: str, said: str) -> None:
    """A collection's, a source's, or none at all."""
    assert call(*given, "--id", id_).refuses(2, id_, said)
    assert _files(home) == {}


def test_an_import_is_not_overwritten(call: Call, home: Path, given: tuple[object, ...]) -> None:
    """What somebody decided in its table stays."""
    assert call(*given, "--id", "mine").code == 0
    before = _files(home)
    assert call(*given, "--id", "mine").refuses(2, "is taken by", "--remove mine")
    assert _files(home) == before


def test_a_call_that_cannot_be_meant(call: Call, home: Path, given: tuple[object, ...]) -> None:
    """One line and exit 2, and nothing written."""
    assert call("link", "import", "--id", "x", "--home", home).refuses(2, "something is missing")
    assert call("link", "import", "--remove", "x", "--id", "x", "--home", home).refuses(2, "takes nothing but the id")
    assert call("link", "import", "--remove", "x", "--home", home).refuses(2, "there is no such import")
    assert call(*given, "--id", "x", "--properties", "population").refuses(2, "population", "is no property")
    assert call(*given, "--id", "x", "--sssom", home / "none.tsv").refuses(1, "none.tsv", "cannot be read")
    assert _files(home) == {}
