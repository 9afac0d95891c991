"""The reference tables: what they must name, what they must keep apart, and which rows are refused."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from csto_graph.errors import RefusedData
from csto_graph.link.reference import IDENTIFIER_HEADER, KINDS, Reference, load_reference
from csto_graph.model import NameKind
from csto_graph.namespaces import ID
from csto_graph.resources import root
from csto_graph.tsv import rows

FOLDER = root() / "data" / "reference"


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference(FOLDER)


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A copy of the tables that a test may spoil."""
    return Path(shutil.copytree(FOLDER, tmp_path / "reference"))


def named(reference: Reference, surface_form: str) -> set[str]:
    return {name.iri.removeprefix(str(ID)) for name in reference.names if name.surface_form == surface_form}


def strong(reference: Reference) -> dict[str, str]:
    return {name.surface_form: name.iri for name in reference.names if name.kind is NameKind.STRONG}


@pytest.mark.parametrize(
    ("surface_form", "path"),
    [
        ("Collective Security Treaty Organisation", "organisation/csto"),
        ("Collective Security Treaty Organization", "organisation/csto"),
        ("CSTO", "organisation/csto"),
        ("Commonwealth of Independent States", "organisation/cis"),
        ("Warsaw Pact", "organisation/warsaw-pact"),
        ("Warsaw Treaty Organization", "organisation/warsaw-pact"),
        ("Collective Security Treaty", "treaty/collective-security-treaty"),
        ("Armenia", "state/armenia"),
        ("Belarus", "state/belarus"),
        ("Kazakhstan", "state/kazakhstan"),
        ("Kyrgyzstan", "state/kyrgyzstan"),
        ("Russia", "state/russia"),
        ("Tajikistan", "state/tajikistan"),
        ("Soviet Union", "state/soviet-union"),
        ("Central Asia", "place/central-asia"),
        ("Kazakh", "state/kazakhstan"),
        ("Soviet", "state/soviet-union"),
        ("Russian", "state/russia"),
        ("Chinese", "state/china"),
        ("Western", "group/the-west"),
        ("Central Asian", "place/central-asia"),
    ],
)
def test_source_article(reference: Reference, surface_form: str, path: str) -> None:
    """Every actor, treaty and place of the source article is named as the article names it."""
    assert named(reference, surface_form) == {path}


@pytest.mark.parametrize(
    ("old", "today"),
    [
        ("West Germany", "Germany"),
        ("East Germany", "Germany"),
        ("German Democratic Republic", "Germany"),
        ("Malaya", "Malaysia"),
        ("Federation of Malaya", "Malaysia"),
        ("Zaire", "DR Congo"),
        ("Yugoslavia", "Serbia"),
        ("Federal Republic of Yugoslavia", "Serbia"),
        ("Serbia and Montenegro", "Serbia"),
        ("Czechoslovakia", "Czechia"),
        ("Soviet Union", "Russia"),
        ("USSR", "Russia"),
        ("Soviet Russia", "Russia"),
        ("RSFSR", "Russia"),
        ("Kazakh SSR", "Kazakhstan"),
        ("Uzbek SSR", "Uzbekistan"),
        ("South Vietnam", "Vietnam"),
        ("Democratic Republic of Vietnam", "Vietnam"),
        ("Rhodesia", "Zimbabwe"),
        ("Tanganyika", "Tanzania"),
        ("Upper Volta", "Burkina Faso"),
        ("Dahomey", "Benin"),
        ("United Arab Republic", "Egypt"),
        ("Yemen Arab Republic", "Yemen"),
        ("Kampuchea", "Cambodia"),
    ],
)
def test_historical_names_do_not_fold(reference: Reference, old: str, today: str) -> None:
    """A state of the past has an entry of its own and lends its name to no state of today."""
    types = {thing.iri: thing.type for thing in reference.things}
    names = strong(reference)
    assert names[old] != names[today]
    assert (types[names[old]], types[names[today]]) == ("FormerState", "State")


@pytest.mark.parametrize(
    ("surface_form", "contained"),
    [
        ("Northern Ireland", "Ireland"),
        ("South Georgia", "Georgia"),
        ("New Guinea", "Guinea"),
        ("Warsaw Treaty Organization", "Warsaw Treaty"),
        ("North Atlantic Treaty Organization", "North Atlantic Treaty"),
        ("UN Security Council", "UN"),
        ("the West Bank", "the West"),
        ("North Korea", "Korea"),
        ("South Sudan", "Sudan"),
        ("Equatorial Guinea", "Guinea"),
        ("West German", "German"),
        ("South African", "African"),
    ],
)
def test_longer_names(reference: Reference, surface_form: str, contained: str) -> None:
    """A name inside a longer name is another thing's, and the longer one is in the tables too."""
    assert len(named(reference, surface_form)) == 1
    assert named(reference, surface_form).isdisjoint(named(reference, contained))


@pytest.mark.parametrize("surface_form", ["US", "U.S.", "USA", "U.S.A.", "UK", "U.K.", "UN", "U.N.", "EU", "USSR", "U.S.S.R."])
def test_acronyms(reference: Reference, surface_form: str) -> None:
    """The everyday acronyms are strong names with and without dots."""
    assert surface_form in strong(reference)


@pytest.mark.parametrize("surface_form", ["Korea", "Congo", "America", "Bosnia", "Putin", "Security Council"])
def test_weak_names(reference: Reference, surface_form: str) -> None:
    """A name that may mean something else is weak."""
    assert {name.kind for name in reference.names if name.surface_form == surface_form} == {NameKind.WEAK}


@pytest.mark.parametrize("surface_form", ["Congolese", "Korean", "Dominican", "Macedonian", "us", "Arménie", "Best Korea", "CAR"])
def test_names_left_out(reference: Reference, surface_form: str) -> None:
    """Adjectives of two states, foreign and mocking names and common words name nothing."""
    assert named(reference, surface_form) == set()


def test_names_are_long_enough(reference: Reference) -> None:
    """Only acronyms in capitals have fewer than three letters, and the matcher reads those in capitals alone."""
    assert all(name.surface_form.isupper() for name in reference.names if len(name.surface_form) < 3)


def test_organisations_claim_no_alliance(reference: Reference) -> None:
    """No organisation is typed a military alliance, for no checked source says so: texts may."""
    assert not [thing for thing in reference.things if thing.type == "MilitaryAlliance"]


def test_every_thing_is_named_by_its_label(reference: Reference) -> None:
    """The label of a thing is among its strong names, and its IRI has the kind of its type."""
    names = strong(reference)
    for thing in reference.things:
        assert names[thing.label] == thing.iri
        assert thing.iri.startswith(str(ID[KINDS[thing.type]]) + "/")


def test_no_identifier_stands_in_two_places() -> None:
    """What the libraries give is not repeated by hand."""
    tables = ([row.cells for row in rows(FOLDER / f"{name}.tsv", IDENTIFIER_HEADER)] for name in ("identifiers", "state-identifiers"))
    by_hand, generated = ({(cells["thing"], cells["scheme"]) for cells in table} for table in tables)
    assert by_hand and not by_hand & generated


# Schemes that give one code to a state and the one before or after it.
SHARED = {"cowNumber", "cowAbbreviation", "gleditschWardNumber", "iso3166Alpha2Withdrawn", "iso3166NumericWithdrawn"}


def test_one_identifier_names_one_thing(reference: Reference) -> None:
    """No identifier is given to two things, save where its scheme gives a state and the one before it a single number."""
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in reference.identifiers:
        owners[each.scheme, each.identifier].add(each.thing.rpartition("/")[2])
    shared = {pair: things for pair, things in owners.items() if len(things) > 1}
    assert {scheme for scheme, _ in shared} == SHARED
    assert shared["cowNumber", "365"] == {"russia", "soviet-union"}


def test_hand_made_states_have_no_identifier(reference: Reference) -> None:
    """What no library and no checked list identifies has no identifier."""
    identified = {each.thing for each in reference.identifiers}
    assert str(ID["state/west-germany"]) not in identified
    assert str(ID["state/soviet-union"]) in identified


def refused(tables: Path, table: str, line: str) -> RefusedData:
    with (tables / table).open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    last = len((tables / table).read_text(encoding="utf-8").splitlines())
    with pytest.raises(RefusedData) as caught:
        load_reference(tables)
    assert caught.value.place == f"{tables / table}:{last}"
    return caught.value


@pytest.mark.parametrize(
    ("table", "line", "problem"),
    [
        ("treaties.tsv", "treaty/x\tX", "2 cells, not 6"),
        ("treaties.tsv", "treaty/x\tX\tPromise\t\t\t", "unknown type 'Promise'"),
        ("treaties.tsv", "treaty/X Y\tX\tTreaty\t\t\t", "no path of a Treaty"),
        ("treaties.tsv", "state/x\tX\tTreaty\t\t\t", "no path of a Treaty"),
        ("treaties.tsv", "treaty/x\t\tTreaty\t\t\t", "has no label"),
        ("treaties.tsv", "treaty/warsaw-treaty\tX\tTreaty\t\t\t", "is there already"),
        ("treaties.tsv", "treaty/x\tX\tTreaty\tWarsaw Treaty\t\t", "'Warsaw Treaty' names treaty/warsaw-treaty already"),
        ("treaties.tsv", "treaty/x\tCSTO\tTreaty\t\t\t", "'CSTO' names organisation/csto already"),
        ("demonyms.tsv", "state/atlantis\tAtlantean", "'state/atlantis' is in no table of things"),
        ("demonyms.tsv", "state/armenia\tKazakh", "'Kazakh' names state/kazakhstan already"),
        ("demonyms.tsv", "state/armenia\tRussia", "'Russia' names state/russia already"),
        ("demonyms.tsv", "state/armenia", "1 cells, not 2"),
        ("state-identifiers.tsv", "state/armenia\tcowNumber\t1\tx", "cowNumber 1 of state/armenia contradicts 371"),
        ("state-identifiers.tsv", "state/atlantis\tcowNumber\t1\tx", "is in no table of things"),
        ("state-identifiers.tsv", "state/armenia\tcowNumber\t\tx", "scheme or identifier is empty"),
    ],
)
def test_bad_rows(tables: Path, table: str, line: str, problem: str) -> None:
    """A row that cannot be meant is refused by file and line, with what is wrong."""
    assert problem in refused(tables, table, line).problem


def test_weak_names_may_be_shared(tables: Path) -> None:
    """Two things may have one weak name: the text decides."""
    with (tables / "persons.tsv").open("a", encoding="utf-8") as file:
        file.write("person/x\tX Putin\tPerson\t\tPutin\t\n")
    assert named(load_reference(tables), "Putin") == {"person/putin", "person/x"}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "cannot be read"),
        (b"thing\tlabel\xff\n", "cannot be read"),
        (b"", "the columns are not"),
        (b"a\tb\n", "the columns are not"),
    ],
)
def test_bad_tables(tables: Path, content: bytes | None, problem: str) -> None:
    """A table that is missing, not UTF-8, empty or without its header is refused by name."""
    table = tables / "treaties.tsv"
    table.unlink() if content is None else table.write_bytes(content)
    with pytest.raises(RefusedData, match=problem) as caught:
        load_reference(tables)
    assert caught.value.place == str(table)


def test_deterministic() -> None:
    """The same tables give the same records in the same order under another hash seed."""
    code = f"from pathlib import Path; from csto_graph.link.reference import load_reference as l; print(l(Path({str(FOLDER)!r})))"
    printed = {
        subprocess.run([sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1
