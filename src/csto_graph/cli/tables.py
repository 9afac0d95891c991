"""Plain columns for people: 80 columns wide where the output is not a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

_WIDTH = 80


def print_table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows to stdout under their headers; long cells are folded, never cut."""
    table = Table(box=None, pad_edge=False, show_header=any(headers), header_style="bold")
    for header in headers:
        table.add_column(header, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    _console().print(table)


def _console() -> Console:
    if sys.stdout.isatty() or "COLUMNS" in os.environ:
        return Console(file=sys.stdout, highlight=False)
    return Console(file=sys.stdout, highlight=False, width=_WIDTH)
