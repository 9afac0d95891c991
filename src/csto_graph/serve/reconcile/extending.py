"""Data extension: values of chosen properties for things that were matched, and which properties may be worth it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from flask import g, request

from csto_graph.serve.problems import Problem
from csto_graph.serve.reconcile.asked import Extension, shown
from csto_graph.serve.reconcile.facts import Facts, Value
from csto_graph.serve.reconcile.index import Index, Term
from csto_graph.serve.reconcile.manifests import CHOICES, CONTENT, LIMIT, named

_MOST: Final = 1_000  # properties that are proposed
_MOST_CELLS: Final = 100_000  # values in one answer
_CONTENTS: Final = frozenset(value for value, _ in CHOICES)
_TOLD: Final = 5  # identifiers that a note names

Lookup = Callable[[Term], Facts]
Cells = list[dict[str, object]]


def extended(index: Index, asked: Extension, lookup: Lookup) -> dict[str, object]:
    """The response of version 0.2 (section “Data Extension Responses”): rows by identifier, cells by property."""
    columns = _columns(index, asked, lookup)
    rows = {id_: {name: cells[id_] for name, cells in columns.items()} for id_ in asked.ids}
    return {"meta": _meta(index, asked), "rows": rows}


def extended_1(index: Index, asked: Extension, lookup: Lookup) -> dict[str, object]:
    """That of the draft of 1.0: rows and cells as arrays in the order in which they were asked for."""
    columns = _columns(index, asked, lookup)
    rows = [
        {"id": id_, "properties": [{"id": name, "values": cells[id_]} for name, cells in columns.items()]} for id_ in asked.ids
    ]
    return {"meta": _meta(index, asked), "rows": rows}


def proposed(index: Index) -> dict[str, object]:
    """The properties that things of `type=` have, the commonest first; all that there are for a type of which nothing is."""
    given = request.args.get("type", "")
    limit = request.args.get("limit", "")
    if limit and not (limit.isascii() and limit.isdecimal() and 1 <= int(limit[:9]) <= _MOST and len(limit) <= 4):
        raise Problem(400, f"limit= takes a whole number from 1 to {_MOST}.")
    term = index.type(given)
    if term is None:
        raise Problem(400, f"There is no type {shown(given)}. The suggest service lists those that there are.")
    counted = index.used.get(term.iri, {})
    ranked = sorted((iri for iri in counted if iri in index.properties), key=lambda iri: (-counted[iri], iri))
    chosen = [named(index.properties[iri]) for iri in ranked[: int(limit) if limit else _MOST]]
    return {"type": given, "properties": chosen} | ({"limit": int(limit)} if limit else {})


def _columns(index: Index, asked: Extension, lookup: Lookup) -> dict[str, dict[str, Cells]]:
    """Property as it was named → identifier as it was given → values. Identifiers that nothing has are told in a note."""
    known = {id_: index.entity(id_) for id_ in asked.ids}
    columns: dict[str, dict[str, Cells]] = {}
    count = 0
    for name, term, settings in asked.properties:
        found = lookup(term)
        values = {id_: found.get(entity.iri, ()) if entity else () for id_, entity in known.items()}
        columns[name] = {id_: _cells(index, several, settings, name) for id_, several in values.items()}
        count += sum(map(len, columns[name].values()))
        if count > _MOST_CELLS:
            detail = f"These things have more than {_MOST_CELLS:,} values. Ask for fewer at once, or set the limit of a property."
            raise Problem(413, detail, limit="values", allowed=_MOST_CELLS)
    _note([id_ for id_, entity in known.items() if entity is None])
    return columns


def _note(unknown: list[str]) -> None:
    """Last of all: a query of the values has notes of its own."""
    if unknown:
        which = ", ".join(shown(each) for each in unknown[:_TOLD]) + (", …" if len(unknown) > _TOLD else "")
        g.notes = (f"Of no thing in this release: {len(unknown)} of the identifiers ({which}).",)


def _cells(index: Index, values: Iterable[Value], settings: Mapping[str, Any], name: str) -> Cells:
    most, content = (usual if settings.get(key) in (None, "") else settings[key] for key, _, _, usual, _ in (LIMIT, CONTENT))
    number = str(most).removesuffix(".0") if isinstance(most, (int, float, str)) else ""  # that of a truth is no number
    fits = re.fullmatch("[0-9]{1,9}", number) is not None
    if not fits or not isinstance(content, str) or content not in _CONTENTS or settings.keys() - {LIMIT[0], CONTENT[0]}:
        wanted = f"limit is a whole number, 0 for all, content one of {', '.join(sorted(_CONTENTS))}; there are no others"
        raise Problem(400, f"Settings of the property {shown(name)}: {wanted}.")
    cells = [_cell(index, value, content) for value in values]
    return cells[: int(number)] if int(number) else cells


def _cell(index: Index, value: Value, content: str) -> dict[str, object]:
    """Dates stay strings: the date of the schema has a time of day, which nothing here knows."""
    entity = index.entities.get(value.text) if value.kind == "uri" else None
    if entity is None:
        number = value.number if value.kind == "literal" else None
        return {"str": value.text} if number is None else {"int" if isinstance(number, int) else "float": number}
    if content == "entity":
        return {"id": entity.iri, "name": entity.label}
    return {"str": entity.label if content == "name" else entity.iri}


def _meta(index: Index, asked: Extension) -> list[dict[str, object]]:
    """The columns; the type of what stands in one where it is known and things are given as such."""
    meta: list[dict[str, object]] = []
    for name, term, settings in asked.properties:
        kind = index.types.get(term.range) if settings.get(CONTENT[0], CONTENT[3]) == "entity" else None
        meta.append({"id": name, "name": term.name} | ({"type": named(kind)} if kind else {}))
    return meta
