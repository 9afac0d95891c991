"""A row of the table as a mapping."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple, NoReturn

from csto_graph import model
from csto_graph.errors import RefusedData
from csto_graph.namespaces import SCHEMA
from csto_graph.sssom.curies import contract, expand
from csto_graph.sssom.sets import JUSTIFICATIONS, NO_TERM_FOUND, PREDICATES, REQUIRED

_ONE_OF_SEVERAL = re.compile(r"(?:\\[|\\]|[^|])+")  # `\|` is a bar in a name, `|` parts two (section "Multi-valued slots")
_NUMBER = re.compile(r"[0-9]*\.?[0-9]+(?:[eE]-?[0-9]+)?|[0-9]+\.")


class Row(NamedTuple):
    """One row: where it begins (`file:line`) and its cells by column."""

    place: str
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        return self.cells.get(column, "")

    def refuse(self, column: str, problem: str, remedy: str) -> NoReturn:
        raise RefusedData(self.place, f"{column}: {problem}", remedy)


def mapping(row: Row, prefixes: Mapping[str, str], *, foreign: bool) -> model.Mapping:
    """The mapping that a row says. Raises `RefusedData` naming line, column and remedy for what cannot be meant."""
    columns = (*REQUIRED, "object_source")
    subject, predicate, object_, justification, source = (_iri(row, column, prefixes) for column in columns)
    _refuse_unknown(row, predicate, justification, foreign=foreign)
    found = model.Mapping(
        subject=subject,
        predicate=predicate,
        object=object_,
        subject_label=row.get("subject_label"),
        object_label=row.get("object_label"),
        justification=justification,
        confidence=_confidence(row),
        author=_author(row, prefixes),
        date=_date(row),
        comment=row.get("comment"),
        negated=_negated(row),
        object_source=source,
    )
    _refuse_incomplete(row, found, foreign=foreign)
    return found


def _iri(row: Row, column: str, prefixes: Mapping[str, str]) -> str:
    cell = row.get(column)
    if not cell and column in REQUIRED:
        row.refuse(column, "is empty", "Write a CURIE")
    return expand(cell, prefixes, row.place, column) if cell else ""


def _refuse_unknown(row: Row, predicate: str, justification: str, *, foreign: bool) -> None:
    if predicate not in PREDICATES and not foreign:
        row.refuse("predicate_id", f"{row.get('predicate_id')} is none that we link by", f"Use {_listed(PREDICATES)}")
    if justification not in JUSTIFICATIONS:
        problem = f"{row.get('mapping_justification')} is no justification of SSSOM"
        row.refuse("mapping_justification", problem, f"Use {_listed(JUSTIFICATIONS)}")


def _refuse_incomplete(row: Row, found: model.Mapping, *, foreign: bool) -> None:
    if NO_TERM_FOUND in (found.subject, found.predicate):
        row.refuse("subject_id", "sssom:NoTermFound stands for an object only", "Name the thing that was looked for")
    if found.object == NO_TERM_FOUND and found.negated:
        row.refuse("predicate_modifier", "Not has no meaning with sssom:NoTermFound", "Leave it empty")
    if found.object == NO_TERM_FOUND and not found.object_source:
        row.refuse("object_source", "is empty beside sssom:NoTermFound", "Say where it was looked for")
    if not foreign and not found.author:
        row.refuse("author_label", "is empty", "Say who decided, there or as a CURIE in author_id")
    if not foreign and not found.date:
        row.refuse("mapping_date", "is empty", "Say when it was decided, as 2026-01-31")


def _confidence(row: Row) -> Decimal | None:
    cell = row.get("confidence")
    if not cell:
        return None
    if not _NUMBER.fullmatch(cell) or Decimal(cell) > 1:
        row.refuse("confidence", f"{cell!r} is no number from 0 to 1", "Give what was measured, or leave it empty")
    return Decimal(cell)


def _date(row: Row) -> str:
    cell = row.get("mapping_date")
    try:
        if cell and date.fromisoformat(cell).isoformat() != cell:
            raise ValueError
    except ValueError:
        row.refuse("mapping_date", f"{cell!r} is no date", "Write year, month and day, as 2026-01-31")
    return cell


def _negated(row: Row) -> bool:
    cell = row.get("predicate_modifier")
    if cell not in ("", "Not"):
        row.refuse("predicate_modifier", f"{cell!r} is no modifier", "Write Not for a pair that was rejected, else nothing")
    return cell == "Not"


def _author(row: Row, prefixes: Mapping[str, str]) -> str:
    """Who decided: IRIs if there are any, else names."""
    iris = [expand(curie, prefixes, row.place, "author_id") for curie in _several(row.get("author_id"))]
    return "; ".join(iris or _several(row.get("author_label")))


def _several(cell: str) -> list[str]:
    return [re.sub(r"\\([|\\])", r"\1", name) for name in _ONE_OF_SEVERAL.findall(cell)]


def _listed(iris: frozenset[str]) -> str:
    return ", ".join(sorted(contract(iri, {"schema": str(SCHEMA)}, "") for iri in iris))
