"""Statements as JSON Lines: one statement a line, for people, scripts and the scorer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from csto_graph.model import Evidence, Mention, Qualifiers, Statement, Value
from csto_graph.origins import Origins


def json_lines(statements: Iterable[Statement], origins: Origins | None = None) -> Iterator[str]:
    """One JSON object a statement, keys in reading order, no line break inside.

    Where the text was taken out of a file, the evidence says where in the file its words stand, if that is known.

    A dated present is printed as its `time` and repeated as `valid_at`: it holds on that day, not for ever.
    """
    for statement in statements:
        yield json.dumps(_record(statement, origins), ensure_ascii=False)


def _record(statement: Statement, origins: Origins | None) -> dict[str, Any]:
    extraction = statement.extraction
    return {
        "id": statement.iri,
        "predicate": f"cst:{extraction.predicate}",
        "subject": _end(extraction.subject),
        "object": _end(extraction.object),
        "qualifiers": _qualifiers(extraction.qualifiers),
        "status": extraction.status.value,
        "presupposed": extraction.presupposed,
        "claimant": _end(extraction.claimant),
        "rule": extraction.rule,
        "confidence": None if statement.confidence is None else float(statement.confidence),
        "evidence": _evidence(extraction.evidence, origins),
    }


def _evidence(evidence: Evidence, origins: Origins | None) -> dict[str, Any]:
    place = origins.place(evidence.start, evidence.end) if origins else None
    quoted = {"start": evidence.start, "end": evidence.end, "exact": evidence.exact}
    return {**quoted, "file": {"start": place.start, "end": place.end, "line": place.line}} if place else quoted


def _end(end: Mention | Value | None) -> dict[str, str] | None:
    if isinstance(end, Mention):
        return {"label": end.label, "surface": end.surface_form, "iri": end.iri or "", "type": end.type}
    return {"value": end.value, "datatype": end.datatype} if end else None


def _qualifiers(qualifiers: Qualifiers) -> dict[str, str | int]:
    fields: dict[str, str | int | None] = {
        "time": qualifiers.time or qualifiers.valid_at,
        "from": qualifiers.from_,
        "to": qualifiers.to,
        "valid_at": qualifiers.valid_at,
        "place": qualifiers.place.label if qualifiers.place else None,
        "number": qualifiers.number,
        "role": qualifiers.role,
    }
    return {name: value for name, value in fields.items() if value is not None}
