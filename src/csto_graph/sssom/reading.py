"""Reads SSSOM/TSV: what cannot be meant is refused with its file, its line, its column and what to do."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from csto_graph.errors import RefusedData
from csto_graph.sssom.consistency import refuse_contradictions
from csto_graph.sssom.metadata import prefixes_of, read_block, text_of
from csto_graph.sssom.rows import Row, mapping
from csto_graph.sssom.sets import COLUMNS, REQUIRED, MappingSet

_PROPAGATED: Final = ("object_source", "mapping_date")  # a set may say them once for all of its mappings
_ENCODING: Final = "Save the file as UTF-8, without a byte order mark"


def read_mappings(path: Path, *, foreign: bool = False) -> MappingSet:
    """The mappings of a file, in its order.

    A file of ours has no other columns than those we keep, an author and a date in each row, and our predicates.
    Of a `foreign` one the columns that we do not keep are left unread, as the specification asks, and any predicate is taken.
    Raises `RefusedData` naming the line and the column of what is wrong.
    """
    lines = _lines(path)
    head = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    slots = read_block(path, lines[:head])
    prefixes = prefixes_of(path, slots)
    table = _table(path, lines[head:], head, foreign=foreign)
    rows = (_propagated(row, slots) for row in table)
    placed = [(row.place, mapping(row, prefixes, foreign=foreign)) for row in rows]
    refuse_contradictions(placed)
    return MappingSet(
        iri=text_of(path, slots, "mapping_set_id", needed=not foreign),
        licence=text_of(path, slots, "license", needed=not foreign),
        prefixes=prefixes,
        mappings=tuple(each for _, each in placed),
        title=text_of(path, slots, "mapping_set_title"),
        description=text_of(path, slots, "mapping_set_description"),
        places=tuple(place for place, _ in placed),
    )


def _lines(path: Path) -> list[str]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RefusedData(path, f"cannot be read ({error.strerror or error})", "Check the path") from None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RefusedData(f"{path}:{line}", "is not UTF-8", _ENCODING) from None
    if text.startswith("\ufeff"):
        raise RefusedData(f"{path}:1", "begins with a byte order mark", _ENCODING)
    return text.replace("\r\n", "\n").removesuffix("\n").split("\n")


def _table(path: Path, lines: list[str], before: int, *, foreign: bool) -> Iterator[Row]:
    """The rows under their header, each with the line it begins on: quoted cells may hold line breaks (RFC 4180)."""
    reader = csv.reader((f"{line}\n" for line in lines), delimiter="\t", strict=True)
    begins = before + 1
    header: list[str] | None = None
    try:
        for cells in reader:
            place, begins = f"{path}:{begins}", before + reader.line_num + 1
            if header is None:
                header = _header(place, cells, foreign=foreign)
            elif len(cells) != len(header):
                problem = f"{len(cells)} cells, not {len(header)}" if cells else "an empty line"
                raise RefusedData(place, problem, "Separate the cells by single tabs, and leave no line empty")
            else:
                yield Row(place, dict(zip(header, (cell.strip() for cell in cells), strict=True)))
    except csv.Error as error:
        remedy = "Close the quoted cell, and double the quotes in it"
        raise RefusedData(f"{path}:{begins}", f"wrong quotes ({error})", remedy) from None
    if header is None:
        raise RefusedData(f"{path}:{before + 1}", "there is no table", f"Begin it with the header {', '.join(COLUMNS)}")


def _header(place: str, cells: list[str], *, foreign: bool) -> list[str]:
    if missing := [column for column in REQUIRED if column not in cells]:
        raise RefusedData(place, f"the column {missing[0]} is missing", f"Begin with the header {', '.join(COLUMNS)}")
    for number, column in enumerate(cells):
        if column in cells[:number]:
            raise RefusedData(place, f"the column {column} stands twice", "Keep one of the two")
        if column not in COLUMNS and not foreign:
            near = get_close_matches(column, COLUMNS, n=1)
            remedy = f"Perhaps {near[0]} is meant" if near else f"Use {', '.join(COLUMNS)}"
            raise RefusedData(place, f"{column!r} is no column of ours", remedy)
    return cells


def _propagated(row: Row, slots: Mapping[str, object]) -> Row:
    """The row with what the set says once for all (specification, section "Propagation")."""
    missing = ((slot, slots.get(slot)) for slot in _PROPAGATED if slot not in row.cells)
    common = {slot: value for slot, value in missing if isinstance(value, str)}
    return Row(row.place, {**row.cells, **common})
