"""The generator of the tables of states: the committed tables are what the libraries say."""

from __future__ import annotations

import importlib
import shutil
import sys
from importlib import metadata
from pathlib import Path

import pytest

from csto_graph.errors import RefusedData, WrongCall
from csto_graph.link import territories
from csto_graph.link.reference import IDENTIFIER_HEADER, THING_HEADER
from csto_graph.resources import root
from csto_graph.tsv import rows

FOLDER = root() / "data" / "reference"
GENERATED = ("states.tsv", "state-identifiers.tsv")
PINNED = {"rigour": "2.6.1", "country_converter": "1.3.2", "countrycode": "0.6.0", "pycountry": "26.2.16"}
CHOICES = ("state-code-choice.tsv", "state-name-choice.tsv")


def missing() -> str:
    """Why the generator cannot run here, or nothing."""
    try:
        found = {name: metadata.version(name) for name in PINNED}
        importlib.import_module("rigour._core")
    except ImportError as error:
        return f"{error}: requirements-reference.txt is not installed"
    return "" if found == PINNED else f"other versions than the pinned ones are installed: {found}"


libraries = pytest.mark.skipif(bool(missing()), reason=missing() or "installed")


@pytest.fixture
def choice(tmp_path: Path) -> Path:
    """A folder with nothing but our choices of codes and, last, of names."""
    return [Path(shutil.copy(FOLDER / name, tmp_path / name)) for name in CHOICES][-1]


@libraries
@pytest.mark.parametrize("table", GENERATED)
def test_committed_tables(choice: Path, table: str) -> None:
    """Written again from the libraries, the tables of states are the committed ones, byte for byte."""
    territories.write_tables(choice.parent)
    assert (choice.parent / table).read_bytes() == (FOLDER / table).read_bytes()


@libraries
@pytest.mark.parametrize("line", ["de\tstrong\tPrussia", "xx\tstrong\tArmenia", "am\tweak\tArmenia-on-Sea"])
def test_names_of_our_own(choice: Path, line: str) -> None:
    """A name that the library does not list for that territory is refused by file and line."""
    with choice.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    last = len(choice.read_text(encoding="utf-8").splitlines())
    with pytest.raises(RefusedData, match="rigour does not list") as caught:
        territories.write_tables(choice.parent)
    assert caught.value.place == f"{choice}:{last}"


@libraries
@pytest.mark.parametrize("line", ["am\tstrong\tArmenia", "am\tcertain\tArmenia"])
def test_choice_is_unambiguous(choice: Path, line: str) -> None:
    """A second row of one kind for a territory, or another kind than strong and weak, is refused."""
    with choice.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(RefusedData, match="Keep one row, strong or weak"):
        territories.write_tables(choice.parent)


def test_without_the_library(choice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without rigour the generator says what to install and writes nothing."""
    monkeypatch.setitem(sys.modules, "rigour._core", None)
    with pytest.raises(WrongCall, match=r"requirements-reference.txt"):
        territories.write_tables(choice.parent)
    assert sorted(path.name for path in choice.parent.iterdir()) == sorted(CHOICES)


def paths() -> dict[str, str]:
    return {row.cells["thing"]: row.cells["type"] for row in rows(FOLDER / "states.tsv", THING_HEADER)}


@pytest.mark.parametrize(
    "path", ["state/armenia", "state/united-states", "state/kyrgyzstan", "state/kosovo", "state/taiwan", "state/cote-d-ivoire"]
)
def test_states(path: str) -> None:
    """States of the world have readable paths."""
    assert paths()[path] == "State"


@pytest.mark.parametrize(
    "path", ["state/soviet-union", "state/yugoslavia", "state/zaire", "state/east-germany", "state/kazakh-ssr"]
)
def test_former_states(path: str) -> None:
    """Countries of the past and the republics of the Soviet Union are former states."""
    assert paths()[path] == "FormerState"


@pytest.mark.parametrize(
    "path", ["state/bermuda", "state/jersey", "state/greenland", "state/hong-kong", "state/texas", "state/artsakh"]
)
def test_dependent_territories(path: str) -> None:
    """Dependent territories, parts of states and unrecognised ones are in no table of states."""
    assert path not in paths()


def test_user_assigned_codes() -> None:
    """Kosovo's XK is assigned by its users, not by ISO 3166-1, and so is no identifier."""
    table = (FOLDER / "state-identifiers.tsv").read_text(encoding="utf-8")
    assert "state/kosovo\tcowNumber\t347\t" in table
    assert "\tXK" not in table


CODES = {
    "state/armenia": {"iso3166Alpha2 AM", "iso3166Alpha3 ARM", "iso3166Numeric 051", "unM49 051", "cowNumber 371", "cowAbbreviation ARM", "gleditschWardNumber 371"},
    "state/soviet-union": {"iso3166Alpha2Withdrawn SU", "iso3166Alpha3Withdrawn SUN", "iso3166NumericWithdrawn 810", "iso3166Alpha4 SUHH", "unM49Former 810"},
    "state/yemen": {"iso3166Alpha2 YE", "iso3166Alpha3 YEM", "iso3166Numeric 887", "unM49 887", "cowNumber 679", "cowAbbreviation YEM"},
    "state/south-vietnam": {"cowNumber 817", "cowAbbreviation RVN"},
}


@pytest.mark.parametrize("path", CODES)
def test_codes(path: str) -> None:
    """A state has the codes on which the libraries agree: none of Gleditsch and Ward for Yemen, of which they differ."""
    table = rows(FOLDER / "state-identifiers.tsv", IDENTIFIER_HEADER)
    assert {f"{row.cells['scheme']} {row.cells['identifier']}" for row in table if row.cells["thing"] == path} == CODES[path]


@libraries
@pytest.mark.parametrize(
    ("line", "problem"),
    [("state/x\tpycountry\tXXXX\t", "has no entry 'XXXX'"), ("state/zaire\tpycountry\tZRCD\t", "has an entry of pycountry already")],
)
def test_a_choice_of_entry_that_does_not_hold(choice: Path, line: str, problem: str) -> None:
    """An entry that the library does not have, or a second one, is refused by file and line."""
    table = choice.with_name("state-code-choice.tsv")
    with table.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(RefusedData, match=problem) as caught:
        territories.write_tables(choice.parent)
    assert caught.value.place == f"{table}:{len(table.read_text(encoding='utf-8').splitlines())}"
