"""What the built graph is linked to: all that was checked, nothing else, and a list of what is not.

Run with `-s` to see the shares.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from csto_graph.namespaces import CST, DCTERMS, GRAPH, ID, RDFS
from csto_graph.resources import root
from csto_graph.tsv import rows

CLASSES = ("State", "FormerState", "Organisation", "Treaty", "Event", "Person", "Place")
KINDS = {"state": "state", "state (former)": "state", "organisation": "organisation", "person": "person", "region": "place", "place": "place"}
# Entities of the checked list under other names than ours; the offices in it are no things of the graph.
OURS = {
    "arab-joint-defence-1950": "treaty/arab-joint-defence-treaty", "arab-league-pact-1945": "treaty/arab-league-pact",
    "au-2000": "treaty/african-union-pact", "cis-charter-1993": "treaty/cis-charter",
    "collective-security-treaty-1992": "treaty/collective-security-treaty", "ecowas-1978": "treaty/ecowas-treaty-1978",
    "ecowas-1981": "treaty/ecowas-treaty-1981", "gcc-defence-2000": "treaty/gcc-defence-pact",
    "kazakh-unrest-2022": "event/january-2022-unrest-in-kazakhstan", "ksor": "force/csto-collective-rapid-reaction-force",
    "north-atlantic-treaty-1949": "treaty/north-atlantic-treaty", "oas-charter-1948": "treaty/oas-charter",
    "rio-treaty-1947": "treaty/rio-treaty", "sco-treaty-2007": "treaty/sco-treaty-2007",
    "shanghai-five-sco": "treaty/shanghai-agreement-1996", "ussr-dissolution": "event/dissolution-of-the-soviet-union",
    "warsaw-treaty-1955": "treaty/warsaw-treaty",
}  # fmt: skip
SCHEMES = {
    "ATOP alliance id": "atopNumber", "COW Formal Alliances v4 id (cow4id)": "cowAllianceNumber",
    "COW state abbreviation": "cowAbbreviation", "COW state number": "cowNumber", "Gibler 2009 entry number": "giblerNumber",
    "Gleditsch-Ward number": "gleditschWardNumber", "ISNI": "isni", "ISO 3166-1 alpha-2": "iso3166Alpha2",
    "ISO 3166-1 alpha-2 (exceptionally reserved)": "iso3166Alpha2Reserved", "ISO 3166-1 alpha-2 (withdrawn)": "iso3166Alpha2Withdrawn",
    "ISO 3166-1 alpha-3": "iso3166Alpha3", "ISO 3166-1 alpha-3 (withdrawn)": "iso3166Alpha3Withdrawn",
    "ISO 3166-1 numeric": "iso3166Numeric", "ISO 3166-1 numeric (withdrawn)": "iso3166NumericWithdrawn",
    "ISO 3166-3 alpha-4": "iso3166Alpha4", "UN M49": "unM49", "UN M49 (former)": "unM49Former", "UNTS registration number": "untsNumber",
}  # fmt: skip
TARGETS = {
    "DBpedia resource": "dbpedia", "EU corporate-body authority table": "eu-corporate-body", "EU country authority table": "eu-country",
    "English Wikipedia article title": "wikipedia", "GND": "gnd", "GeoNames id": "geonames", "VIAF": "viaf", "Wikidata QID": "wikidata",
}  # fmt: skip

Said = set[tuple[str, str, str]]  # path of the thing, target or scheme, IRI or code


@pytest.fixture(scope="module")
def said(store: ox.Store) -> Said:
    """Every link and every identifier of the graph."""
    links = {(_path(q.subject), _target(q.graph_name), str(q.object.value)) for q in store if _target(q.graph_name)}
    codes = store.quads_for_pattern(None, ox.NamedNode(str(DCTERMS.identifier)), None, ox.DefaultGraph())
    return links | {(_path(q.subject), q.object.datatype.value.removeprefix(str(CST)), q.object.value) for q in codes}


@pytest.fixture(scope="module")
def checked(shared: Path) -> Said:
    """The checked list, in our words."""
    with (shared / "reference" / "identifiers.csv").open(encoding="utf-8", newline="") as file:
        table = [row for row in csv.DictReader(file) if row["type"] != "office"]
    assert len(table) == 285
    return {(OURS.get(row["entity"]) or f"{KINDS[row['type']]}/{row['entity']}", *_scheme(row)) for row in table}


def _scheme(row: dict[str, str]) -> tuple[str, str]:
    target = TARGETS.get(row["scheme"])
    return (target, row["iri"]) if target else (SCHEMES[row["scheme"]], row["identifier"])


def _path(term: object) -> str:
    return str(getattr(term, "value", "")).removeprefix(str(ID))


def _target(graph: object) -> str:
    name = str(getattr(graph, "value", ""))
    return name.removeprefix(f"{GRAPH}links/") if name.startswith(f"{GRAPH}links/") else ""


def test_all_that_was_checked_is_linked(checked: Said, said: Said) -> None:
    """Every row of the checked list is a link or an identifier of the graph."""
    assert len(checked) == 285
    assert sorted(checked - said) == []


def test_nothing_else_is_said_of_what_was_checked(checked: Said, said: Said) -> None:
    """Of a thing and a target or scheme that the list has, the graph says what the list says: no link is wrong."""
    known = {(path, name) for path, name, _ in checked}
    assert sorted(row for row in said - checked if row[:2] in known) == []


def test_one_link_is_of_one_target_and_one_thing(said: Said) -> None:
    """Within a target nothing is linked to two items, and no item to two things."""
    targets = set(TARGETS.values())
    links = [row for row in said if row[1] in targets]
    assert len({(path, target) for path, target, _ in links}) == len(links) == len({(target, iri) for _, target, iri in links})


def _things(store: ox.Store) -> Iterator[tuple[str, str]]:
    """Path and class of each thing with a label, save what only its statement or one text names."""
    classes = " ".join(f"<{CST[name]}>" for name in CLASSES)
    query = f"SELECT DISTINCT ?thing ?class {{ VALUES ?class {{ {classes} }} ?thing a ?class ; <{RDFS.label}> ?label }}"
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    for solution in solutions:
        path = _path(solution["thing"])
        name = path.rpartition("/")[2]
        if "." not in name and not re.fullmatch(r"[0-9a-f]{16}", name):
            yield path, str(solution["class"].value).removeprefix(str(CST))


def test_everything_is_linked_or_on_the_list(store: ox.Store, said: Said) -> None:
    """Every state, organisation, treaty, event, person and place has a link or an identifier, or stands on the list: not both."""
    unlinked = {row.cells["thing"] for row in rows(root() / "data" / "mappings" / "unlinked.tsv", ("thing", "reason"))}
    linked = {path for path, _, _ in said}
    things = dict(_things(store))
    assert sorted(set(things) - linked - unlinked) == []
    assert sorted(unlinked & linked) == [] and sorted(unlinked - set(things)) == []


def test_shares(store: ox.Store, said: Said, checked: Said) -> None:
    """All states are linked, and all organisations, treaties and events that the checked list knows."""
    targets, wanted = set(TARGETS.values()), {path for path, _, _ in checked}
    linked, identified = {path for path, name, _ in said if name in targets}, {path for path, _, _ in said}
    of: dict[str, set[str]] = defaultdict(set)
    for path, name in _things(store):
        of[name].add(path)
    for name, paths in of.items():
        listed = paths & wanted
        shown = f"{len(paths & linked)} of {len(paths)} linked, {len(paths & identified)} identified"
        print(f"{name}: {shown}; on the checked list {len(listed & identified)} of {len(listed)}")  # noqa: T201  # what was measured
        assert listed <= identified
    assert of["State"] <= linked
    assert len(of["State"]) == 195
