"""A row of a table → a cited fact."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from csto_graph.cited import Citation, CitedFact, Sureness
from csto_graph.curated.ranges import Ranges
from csto_graph.errors import RefusedData
from csto_graph.iris import digest
from csto_graph.model import Mention, Qualifiers, Status, Thing, Value
from csto_graph.namespaces import ID
from csto_graph.tsv import Row

HEADER: Final = (
    "row", "subject", "predicate", "object", "status", "time", "from", "to", "valid_at", "place", "number", "role", "claimant",
    "sureness", "citations", "note",
)  # fmt: skip
_DATE: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_NAME: Final = re.compile(r"\S+")
_DATATYPES: Final = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
_Kind = TypeVar("_Kind", Status, Sureness)


@dataclass(frozen=True, slots=True)
class Known:
    """What the rows of a collection may name."""

    collection: str
    things: Mapping[str, Thing]
    citations: Mapping[str, Citation]
    ranges: Ranges


def fact(row: Row, known: Known) -> CitedFact:
    """Raises `RefusedData` naming the line, the cell and what may stand there."""
    cells = row.cells
    predicate = cells["predicate"]
    if not _NAME.fullmatch(cells["row"]):
        raise RefusedData(row.place, f"{cells['row']!r} is no name of a row", "Write one without spaces, such as 1.4b")
    if predicate not in known.ranges.ranges:
        raise RefusedData(row.place, f"{predicate!r} is no property of the ontology", "Use one of ontology/csto.ttl")
    status = _one_of(row, "status", Status, cells["status"] or Status.ASSERTED)
    claimant = _thing(row, "claimant", known, "Claimant") if cells["claimant"] else None
    if (status is Status.ATTRIBUTED) is not (claimant is not None):
        raise RefusedData(row.place, "an attributed statement has a claimant, and no other has", "Fill in both or neither")
    if known.ranges.ranges[predicate] == "Claim" and status is not Status.ATTRIBUTED:
        raise RefusedData(row.place, f"what somebody {predicate} is no fact", "Write attributed, and who it is as the claimant")
    return CitedFact(
        row=cells["row"],
        predicate=predicate,
        subject=_thing(row, "subject", known, known.ranges.domains.get(predicate, "")),
        object=_object(row, known),
        status=status,
        sureness=_one_of(row, "sureness", Sureness, cells["sureness"]),
        citations=_citations(row, known),
        qualifiers=_qualifiers(row, known),
        claimant=claimant,
        note=cells["note"] or None,
    )


def _one_of(row: Row, column: str, kind: type[_Kind], value: str) -> _Kind:
    try:
        return kind(value)
    except ValueError:
        raise RefusedData(row.place, f"{column} {value!r} is unknown", f"Use one of {', '.join(kind)}") from None


def _thing(row: Row, column: str, known: Known, wanted: str) -> Mention:
    path = row.cells[column]
    thing = known.things.get(f"{ID}{path}")
    if thing is None:
        raise RefusedData(row.place, f"{column} {path!r} is neither in the reference data nor in things.tsv", "Add it there")
    if wanted and not known.ranges.is_a(thing.type, wanted):
        problem = f"{column} {path} is a {thing.type}, where {row.cells['predicate']} takes a thing of class {wanted}"
        raise RefusedData(row.place, problem, "Choose another property or mend the type")
    return Mention(0, 0, thing.label, thing.label, thing.type, thing.iri)


def _object(row: Row, known: Known) -> Mention | Value:
    """A thing, a claim in the words of the table, or a literal, as the range of the predicate has it."""
    text, wanted = row.cells["object"], known.ranges.ranges[row.cells["predicate"]]
    if not text:
        raise RefusedData(row.place, "the object is missing", "Fill it in")
    if wanted == "Claim":
        return Mention(0, 0, text, text, "Claim", f"{ID}claim/{digest(known.collection, row.cells['row'])}")
    if wanted == "date":
        return Value(_dated(row, "object"), _DATATYPES[len(text)])
    if wanted == "integer":
        return Value(str(_count(row, "object")), "xsd:integer")
    if known.ranges.is_class(wanted):
        return _thing(row, "object", known, wanted)
    return Value(text, f"xsd:{wanted}")


def _qualifiers(row: Row, known: Known) -> Qualifiers:
    cells = row.cells
    times = {name: _dated(row, name) if cells[name] else None for name in ("time", "from", "to", "valid_at")}
    return Qualifiers(
        time=times["time"],
        from_=times["from"],
        to=times["to"],
        valid_at=times["valid_at"],
        place=_thing(row, "place", known, "Location") if cells["place"] else None,
        number=_count(row, "number") if cells["number"] else None,
        role=cells["role"] or None,
    )


def _dated(row: Row, column: str) -> str:
    value = row.cells[column]
    try:
        if not _DATE.fullmatch(value):
            raise ValueError
        date.fromisoformat(f"{value}-01-01"[:10] if len(value) < 7 else f"{value}-01"[:10])
    except ValueError:
        raise RefusedData(row.place, f"{column} {value!r} is no date", "Write 1999, 1999-04 or 1999-04-02") from None
    return value


def _count(row: Row, column: str) -> int:
    value = row.cells[column]
    if not value.isascii() or not value.isdecimal():
        raise RefusedData(row.place, f"{column} {value!r} is no whole number", "Write digits alone")
    return int(value)


def _citations(row: Row, known: Known) -> tuple[Citation, ...]:
    keys = [key.strip() for key in row.cells["citations"].split(";") if key.strip()]
    unknown = [key for key in keys if key not in known.citations]
    if unknown or not keys:
        what = f"citation {unknown[0]!r} is not in citations.tsv" if unknown else "a fact without a citation"
        raise RefusedData(row.place, what, "Say where the fact is from")
    return tuple(known.citations[key] for key in keys)
