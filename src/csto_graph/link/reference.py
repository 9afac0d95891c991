"""Reference data: `data/reference/*.tsv` as things, their names and their identifiers.

A table is UTF-8 text: comment lines begin with `#`, the first other line is the header, `|` separates several names in a cell.
A thing is written by the path of its IRI, `state/armenia`. `data/README.md` says what each table is and where it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from csto_graph.errors import RefusedData
from csto_graph.link.withdrawn import load_withdrawn
from csto_graph.model import Identifier, Name, NameKind, Thing
from csto_graph.namespaces import ID
from csto_graph.tsv import Row, rows
from csto_graph.withdrawal import Withdrawal

# Class of the ontology → the kind in the IRI, `id/<kind>/<slug>`.
KINDS: Final[Mapping[str, str]] = {
    "ArmedForce": "force",
    "FormerState": "state",
    "Group": "group",
    "IntergovernmentalOrganisation": "organisation",
    "MilitaryAlliance": "organisation",
    "Organisation": "organisation",
    "Person": "person",
    "Region": "place",
    "Settlement": "place",
    "State": "state",
    "Treaty": "treaty",
}
THING_TABLES: Final = ("forces", "former-states", "groups", "organisations", "persons", "places", "states", "treaties")
IDENTIFIER_TABLES: Final = ("identifiers", "state-identifiers")
DEMONYM_TABLE: Final = "demonyms"
THING_HEADER: Final = ("thing", "label", "type", "strong", "weak", "note")
IDENTIFIER_HEADER: Final = ("thing", "scheme", "identifier", "source")
DEMONYM_HEADER: Final = ("thing", "forms")
CAPITAL_TABLE: Final = "capitals"
CAPITAL_HEADER: Final = ("thing", "label", "state", "strong")
_PATH = re.compile(r"[a-z]+/[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Reference:
    """What is known before any text is read; every tuple is sorted and free of repetition."""

    things: tuple[Thing, ...]
    names: tuple[Name, ...]  # the label of each thing among them, as a strong name
    identifiers: tuple[Identifier, ...]
    withdrawn: tuple[Withdrawal, ...] = ()


def load_reference(folder: Path) -> Reference:
    """The tables of `folder`. Raises `RefusedData` naming file and line of the first row that cannot be meant."""
    things: dict[str, Thing] = {}
    names: list[tuple[str, Name]] = []
    for row in _all_rows(folder, THING_TABLES, THING_HEADER):
        thing = _thing(row, things)
        things[thing.iri] = thing
        names += ((row.place, name) for name in _names(row, thing))
    for row in rows(folder / f"{DEMONYM_TABLE}.tsv", DEMONYM_HEADER):
        thing = _known(row, things)
        names += ((row.place, _name(form, thing, NameKind.DEMONYM)) for form in row.several("forms"))
    for row in rows(folder / f"{CAPITAL_TABLE}.tsv", CAPITAL_HEADER):
        names += ((row.place, name) for name in _capital(row, things))
    _refuse_ambiguity(names)
    identifiers = _identifiers(_all_rows(folder, IDENTIFIER_TABLES, IDENTIFIER_HEADER), things)
    return Reference(
        things=tuple(sorted(things.values(), key=lambda thing: thing.iri)),
        names=tuple(sorted({name for _, name in names}, key=lambda name: (name.iri, name.kind, name.surface_form))),
        identifiers=tuple(sorted(identifiers, key=lambda each: (each.thing, each.scheme, each.identifier))),
        withdrawn=load_withdrawn(folder, things.keys()),
    )


def _all_rows(folder: Path, tables: Iterable[str], header: tuple[str, ...]) -> Iterator[Row]:
    return (row for table in tables for row in rows(folder / f"{table}.tsv", header))


def _thing(row: Row, known: Mapping[str, Thing]) -> Thing:
    path, label, type_ = row.cells["thing"], row.cells["label"], row.cells["type"]
    kind = KINDS.get(type_)
    if kind is None:
        raise RefusedData(row.place, f"unknown type {type_!r}", f"Use one of {', '.join(sorted(KINDS))}")
    if not _PATH.fullmatch(path) or not path.startswith(f"{kind}/"):
        raise RefusedData(row.place, f"{path!r} is no path of a {type_}", f"Write {kind}/ and lower-case words joined by hyphens")
    if not label:
        raise RefusedData(row.place, f"{path} has no label", "Give its everyday English name")
    iri = str(ID[path])
    if iri in known:
        raise RefusedData(row.place, f"{path} is there already", "Keep one row for each thing")
    return Thing(iri, label, type_)


def _known(row: Row, things: Mapping[str, Thing]) -> Thing:
    thing = things.get(str(ID[row.cells["thing"]]))
    if thing is None:
        raise RefusedData(row.place, f"{row.cells['thing']!r} is in no table of things", "Correct the path or add the thing")
    return thing


def _capital(row: Row, things: dict[str, Thing]) -> Iterator[Name]:
    """The names of a capital, for the settlement and for the state it speaks for. One that `places.tsv` has keeps its label."""
    iri = str(ID[row.cells["thing"]])
    place = things.setdefault(iri, Thing(iri, row.cells["label"], "Settlement"))
    forms = {place.label, row.cells["label"], *row.several("strong")}
    yield from (_name(form, place, NameKind.STRONG) for form in forms)
    state = things.get(str(ID[row.cells["state"]]))
    if row.cells["state"] and (state is None or state.type != "State"):
        raise RefusedData(row.place, f"{row.cells['state']!r} is no state of the tables", "Correct the path of the state")
    if state is not None:
        yield from (_name(form, state, NameKind.METONYM) for form in forms)


def _names(row: Row, thing: Thing) -> Iterator[Name]:
    forms = {NameKind.STRONG: [thing.label, *row.several("strong")], NameKind.WEAK: row.several("weak")}
    return (_name(form, thing, kind) for kind, several in forms.items() for form in several)


def _name(form: str, thing: Thing, kind: NameKind) -> Name:
    return Name(form, thing.iri, thing.label, thing.type, kind)


def _refuse_ambiguity(names: Iterable[tuple[str, Name]]) -> None:
    """Weak names and metonyms may be shared, for the text decides between them; no strong name and no demonym may."""
    owners: dict[str, str] = {}
    for place, name in names:
        shared = name.kind in (NameKind.WEAK, NameKind.METONYM)
        owner = name.iri if shared else owners.setdefault(name.surface_form, name.iri)
        if owner != name.iri:
            problem = f"{name.surface_form!r} names {owner.removeprefix(str(ID))} already"
            raise RefusedData(place, problem, "Make it weak, or leave it out of one of the two")


def _identifiers(table: Iterable[Row], things: Mapping[str, Thing]) -> set[Identifier]:
    """Two tables may give the same identifier; two identifiers of one scheme for one thing mean that one is wrong."""
    found: dict[tuple[str, str], Identifier] = {}
    for row in table:
        cells = row.cells
        if not cells["scheme"] or not cells["identifier"]:
            raise RefusedData(row.place, "scheme or identifier is empty", "Fill in both, or delete the row")
        new = Identifier(_known(row, things).iri, cells["scheme"], cells["identifier"])
        old = found.setdefault((new.thing, new.scheme), new)
        if old != new:
            problem = f"{new.scheme} {new.identifier} of {cells['thing']} contradicts {old.identifier}"
            raise RefusedData(row.place, problem, "Keep the one that its source confirms")
    return set(found.values())
