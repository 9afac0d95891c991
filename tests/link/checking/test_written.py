"""What files of links alone tell: IRIs that no data set has, things that are two."""

from __future__ import annotations

from pathlib import Path

import pytest

from csto_graph.link.checking.agreement import comparable, disagreements
from csto_graph.link.checking.links import read_links
from csto_graph.link.checking.written import conflicts, misspelt
from csto_graph.link.external.described import Described
from csto_graph.resources import root
from csto_graph.targets import load_targets
from tests.link.checking.written_links import FIRST, write_links

TARGETS = load_targets(root() / "data" / "mappings")
MEMBER = "id:state/armenia skos:exactMatch wd:Q399"
ARMENIA, Q399 = "https://w3id.org/csto-graph/id/state/armenia", "http://www.wikidata.org/entity/Q399"


def test_the_links_of_the_project_are_well() -> None:
    """None is misspelt, none makes one thing two."""
    links = read_links(sorted((root() / "data" / "mappings").glob("*.sssom.tsv")), TARGETS)
    assert [each.problem for each in (*misspelt(links), *conflicts(links))] == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("id:state/armenia skos:exactMatch wd:399", "http://www.wikidata.org/entity/399 is no IRI of Wikidata"),
        ("id:state/armenia skos:exactMatch wd:P17", "P17 is no IRI of Wikidata"),
        ("id:state/armenia skos:closeMatch wd:Q0399", "Q0399 is no IRI"),
        ("id:state/armenia skos:exactMatch id:state/belarus", "is of no data set that is declared"),
    ],
)
def test_an_iri_of_no_data_set_is_named(tmp_path: Path, row: str, said: str) -> None:
    """With its file and line, and how it is written."""
    path = write_links(tmp_path / "x.sssom.tsv", "id:state/belarus skos:exactMatch wd:Q184", row)
    (found,) = misspelt(read_links([path], TARGETS))
    assert (found.kind, found.link.place, found.broken) == ("syntax", f"{path}:{FIRST + 1}", True)
    assert said in found.problem


def test_the_name_of_a_file_says_of_which_data_set_it_is(tmp_path: Path) -> None:
    """An item of Wikidata in the file of GeoNames is wrong there."""
    (found,) = misspelt(read_links([write_links(tmp_path / "geonames.sssom.tsv", MEMBER)], TARGETS))
    assert f"{Q399} is no IRI of GeoNames" in found.problem and "https://sws.geonames.org/" in found.remedy


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ("id:state/armenia owl:sameAs wd:Q184", f"id:state/armenia is {Q399} and http://www.wikidata.org/entity/Q184"),
        ("id:state/belarus skos:exactMatch wd:Q399", f"{Q399} is id:state/armenia and id:state/belarus"),
    ],
)
def test_one_thing_that_is_two_is_named(tmp_path: Path, second: str, said: str) -> None:
    """At the later row, with the earlier; also where the two stand in different files."""
    one = write_links(tmp_path / "a.sssom.tsv", MEMBER)
    other = write_links(tmp_path / "b.sssom.tsv", "id:state/tajikistan skos:exactMatch wd:Q863", second)
    (found,) = conflicts(read_links([one, other], TARGETS))
    assert (found.kind, found.link.place) == ("conflict", f"{other}:{FIRST + 1}")
    assert found.problem == f"{said}; see {one}:{FIRST}"


@pytest.mark.parametrize(
    "second",
    [
        "id:state/armenia owl:sameAs wd:Q399",
        "id:state/armenia skos:closeMatch wd:Q184",
        "id:state/belarus skos:broadMatch wd:Q399",
        "id:state/armenia skos:exactMatch !wd:Q184",
        "id:state/armenia skos:exactMatch https://sws.geonames.org/174982/",
    ],
)
def test_what_is_no_conflict(tmp_path: Path, second: str) -> None:
    """The same said twice, what is only close, what was rejected, another data set."""
    second = second.replace("https://sws.geonames.org/", "geo:")
    path = write_links(tmp_path / "x.sssom.tsv", MEMBER, second)
    path.write_text(path.read_text(encoding="utf-8").replace("#  wd:", "#  geo: https://sws.geonames.org/\n#  wd:"), encoding="utf-8")
    assert list(conflicts(read_links([path], TARGETS))) == []


def test_what_a_later_file_says_of_a_pair_counts(tmp_path: Path) -> None:
    """A home rejects a link of the package, or accepts what that rejects."""
    one = write_links(tmp_path / "a.sssom.tsv", MEMBER, "id:state/belarus skos:exactMatch !wd:Q184")
    other = write_links(tmp_path / "b.sssom.tsv", MEMBER.replace("wd", "!wd"), "id:state/belarus skos:exactMatch wd:Q184")
    (found,) = read_links([one, other], TARGETS)
    assert found.place == f"{other}:{FIRST + 1}"


@pytest.mark.parametrize(
    ("label", "types", "written", "kinds"),
    [
        ("Armenia", ("country",), "", []),
        ("Republic of Armenia", (), "", []),
        ("Belarus", ("country",), "", ["label"]),
        ("Hayastan", ("country",), "", ["label"]),
        ("Hayastan", ("country",), "Hayastan", []),
        ("Armenia", ("human",), "", ["type"]),
        ("Armenia", ("a word for no class of ours",), "", []),
        ("Yerevan", ("human",), "", ["label", "type"]),
    ],
)
def test_names_and_classes_are_compared(tmp_path: Path, label: str, types: tuple[str, ...], written: str, kinds: list[str]) -> None:
    """A name that a reviewer wrote down as that of the object is meant; a word for a type that nobody knows says nothing."""
    links = read_links([write_links(tmp_path / "x.sssom.tsv", f"{MEMBER} {written}".rstrip())], TARGETS)
    ours = {ARMENIA: Described(ARMENIA, "Armenia", types=("State", "Actor"))}
    words = {"country": "State", "human": "Person"}
    found = list(disagreements(links, ours, {Q399: Described(Q399, label, types=types)}, words))
    assert [each.kind for each in found] == kinds


def test_only_what_is_said_to_be_one_is_compared(tmp_path: Path) -> None:
    """A close match may bear another name, and an extract need not hold everything."""
    path = write_links(tmp_path / "x.sssom.tsv", "id:state/armenia skos:closeMatch wd:Q399", "id:state/belarus skos:exactMatch wd:Q184")
    assert comparable(read_links([path], TARGETS), {Q399: Described(Q399, "Armenia")}) == []
