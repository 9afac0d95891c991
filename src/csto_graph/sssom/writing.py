"""Writes SSSOM/TSV in its canonical form: the same mappings are the same bytes, whatever order they come in.

What is said of all mappings is said once for the set ("condensation") of `object_source` alone: an author and a date belong
to each decision, and one new date must not change every line.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from csto_graph import model
from csto_graph.sssom.curies import contract
from csto_graph.sssom.metadata import block_lines
from csto_graph.sssom.sets import BUILT_IN, COLUMNS, REQUIRED, MappingSet


def write_mappings(path: Path, mappings: MappingSet) -> None:
    """Puts the file in its place whole or not at all. Raises `RefusedData` for an IRI that no prefix shortens."""
    text = render_mappings(mappings)
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        scratch.write_text(text, encoding="utf-8", newline="\n")
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)


def render_mappings(mappings: MappingSet) -> str:
    """The text of the file. Raises `RefusedData` for an IRI that no prefix shortens."""
    table = [_cells(each, mappings) for each in mappings.mappings]
    sources = {cells["object_source"] for cells in table}
    common = sources.pop() if len(sources) == 1 else ""
    shown = [column for column in COLUMNS if column in REQUIRED or any(cells[column] for cells in table)]
    columns = [column for column in shown if not (common and column == "object_source")]
    block: dict[str, str | Mapping[str, str]] = {
        "curie_map": _used(mappings.prefixes, table),
        "mapping_set_id": mappings.iri,
        "mapping_set_title": mappings.title,
        "mapping_set_description": mappings.description,
        "license": mappings.licence,
        "object_source": common,
    }
    lines = "".join(f"{line}\n" for line in block_lines(block))
    return lines + _table(columns, sorted([cells[column] for column in columns] for cells in table))


def _cells(each: model.Mapping, mappings: MappingSet) -> dict[str, str]:
    def short(iri: str) -> str:
        return contract(iri, mappings.prefixes, mappings.iri) if iri else ""

    authors = each.author.split("; ")
    by_iri = all(re.match(r"https?://", author) for author in authors)
    return {
        "subject_id": short(each.subject),
        "subject_label": each.subject_label,
        "predicate_id": short(each.predicate),
        "predicate_modifier": "Not" if each.negated else "",
        "object_id": short(each.object),
        "object_label": each.object_label,
        "mapping_justification": short(each.justification),
        "author_id": "|".join(map(short, authors)) if by_iri else "",
        "author_label": "" if by_iri else re.sub(r"([|\\])", r"\\\1", each.author),
        "object_source": short(each.object_source),
        "mapping_date": each.date,
        "confidence": "" if each.confidence is None else _decimal(each.confidence),
        "comment": each.comment,
    }


def _decimal(value: Decimal) -> str:
    """Up to three digits after the point, as the specification rounds them."""
    rounded = f"{value.quantize(Decimal('0.001'), ROUND_HALF_UP):f}"
    return rounded.rstrip("0").rstrip(".")


def _used(prefixes: Mapping[str, str], table: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The prefixes that a CURIE of the file begins with, save the built-in ones."""
    columns = (*REQUIRED, "author_id", "object_source")
    used = {cells[column].partition(":")[0] for cells in table for column in columns}
    return {prefix: namespace for prefix, namespace in prefixes.items() if prefix in used and prefix not in BUILT_IN}


def _table(columns: list[str], rows: Iterable[list[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()
