"""Tab-separated tables as the project keeps them.

A table is UTF-8 text: comment lines begin with `#`, the first other line is the header, `|` separates several values in a cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from csto_graph.errors import RefusedData


class Row(NamedTuple):
    """One line of a table: where it stands (`states.tsv:7`) and its cells by column."""

    place: str
    cells: Mapping[str, str]

    def several(self, column: str) -> list[str]:
        """The parts of a cell that holds several, `CSTO|C.S.T.O.`."""
        return [part for part in self.cells[column].split("|") if part]


def rows(path: Path, header: tuple[str, ...]) -> Iterator[Row]:
    """The rows of one table. Raises `RefusedData` for a missing file, another header or a wrong number of cells."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise RefusedData(path, f"cannot be read as a UTF-8 table ({error})", "Restore it from the repository") from error
    written = [(number, line.rstrip("\r")) for number, line in enumerate(lines, start=1) if line.strip() and line[0] != "#"]
    if not written or tuple(written[0][1].split("\t")) != header:
        raise RefusedData(path, "the columns are not the expected ones", f"Begin with the header {', '.join(header)}")
    for number, line in written[1:]:
        cells = line.split("\t")
        if len(cells) != len(header):
            raise RefusedData(f"{path}:{number}", f"{len(cells)} cells, not {len(header)}", "Separate the cells by single tabs")
        yield Row(f"{path}:{number}", dict(zip(header, (cell.strip() for cell in cells), strict=True)))
