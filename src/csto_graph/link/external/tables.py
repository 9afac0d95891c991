"""CSV extracts (RFC 4180): a header, then one thing a line; `|` separates several values in a cell."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from csto_graph.errors import RefusedData
from csto_graph.link.external.described import Described, identifier

_REQUIRED: Final = ("iri", "label")
COLUMNS: Final = (*_REQUIRED, "names", "types", "identifiers", "from", "to", "places")


def read_table(path: Path, text: str) -> list[Described]:
    """The things of a table. Raises `RefusedData` naming the line of the first column or cell that cannot be meant."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    found: dict[str, Described] = {}
    lines: dict[str, int] = {}
    for line, cells in _rows(path, reader):
        thing = _thing(f"{path}:{line}", cells)
        if thing.iri in found:
            raise RefusedData(f"{path}:{line}", f"<{thing.iri}> stands on line {lines[thing.iri]} already", "Keep one of them")
        found[thing.iri], lines[thing.iri] = thing, line
    return list(found.values())


def _rows(path: Path, reader: Iterator[list[str]]) -> Iterator[tuple[int, Mapping[str, str]]]:
    header: list[str] | None = None
    try:
        for cells in reader:
            line = reader.line_num  # type: ignore[attr-defined]  # of csv.reader, which has no public class
            if header is None:
                header = _header(f"{path}:{line}", [cell.strip() for cell in cells])
            elif any(cell.strip() for cell in cells):
                yield line, _cells(f"{path}:{line}", header, cells)
    except csv.Error as error:
        raise RefusedData(f"{path}:{reader.line_num}", f"is not CSV ({error})", "Mend the line") from None  # type: ignore[attr-defined]


def _header(place: str, columns: list[str]) -> list[str]:
    wrong = next((column for column in columns if column not in COLUMNS or columns.count(column) > 1), None)
    if wrong is not None:
        raise RefusedData(place, f"column {wrong!r} is unknown or there twice", f"Use these, each once: {', '.join(COLUMNS)}")
    missing = [column for column in _REQUIRED if column not in columns]
    if missing:
        raise RefusedData(place, f"column {missing[0]!r} is missing", f"Begin with the header {','.join(_REQUIRED)}")
    return columns


def _cells(place: str, header: list[str], cells: list[str]) -> Mapping[str, str]:
    if len(cells) != len(header):
        raise RefusedData(place, f"{len(cells)} cells, not {len(header)}", "Put cells with a comma into quotation marks")
    return dict(zip(header, (cell.strip() for cell in cells), strict=True))


def _thing(place: str, cells: Mapping[str, str]) -> Described:
    if not is_iri(cells["iri"]) or not cells["label"]:
        raise RefusedData(place, f"{cells['iri']!r} is no IRI, or it has no label", "Give each thing its IRI and its label")
    return Described(
        iri=cells["iri"],
        label=cells["label"],
        names=_several(cells, "names"),
        types=_several(cells, "types"),
        identifiers=frozenset(_identifier(place, each) for each in _several(cells, "identifiers")),
        begins=_years(place, cells, "from"),
        ends=_years(place, cells, "to"),
        places=_several(cells, "places"),
    )


def is_iri(written: str) -> bool:
    """Whether it is an absolute IRI."""
    try:
        NamedNode(written)
    except ValueError:
        return False
    return "://" in written


def _several(cells: Mapping[str, str], column: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cells.get(column, "").split("|") if part.strip())


def _identifier(place: str, written: str) -> tuple[str, str]:
    try:
        return identifier(written)
    except ValueError:
        raise RefusedData(place, f"identifier {written!r} has no scheme", "Write an IRI, or scheme=value") from None


def _years(place: str, cells: Mapping[str, str], column: str) -> frozenset[int]:
    found = [year(written) for written in _several(cells, column)]
    if None in found:
        raise RefusedData(place, f"{column} {cells[column]!r} is no date", "Write 1992, 1992-05 or 1992-05-15")
    return frozenset(each for each in found if each is not None)


def year(written: str) -> int | None:
    """The year of a date that begins with one in four digits; None where it does not."""
    digits, rest = written[:4], written[4:]
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) == 4 and rest[:1] in ("", "-", "T") else None
