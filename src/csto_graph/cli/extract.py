"""`csto-graph extract`: the statements of any text file. Touches no store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from pyoxigraph import Quad

from csto_graph.cli.options import PATH, IsoDate
from csto_graph.cli.tables import print_table
from csto_graph.errors import CstoGraphError
from csto_graph.lines import json_lines
from csto_graph.model import Mention, Statement, Value
from csto_graph.release.turtle import trig, turtle

if TYPE_CHECKING:
    from csto_graph.pipeline import SourceRead


@click.command()
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILE…")
@click.option("--format", "result_format", type=click.Choice(["jsonl", "turtle", "trig", "table"]), default="jsonl",
              show_default=True, help="How statements are printed.")  # fmt: skip
@click.option("--date", type=IsoDate(), metavar="YYYY-MM-DD", help="The day of the texts; else their dateline, else none.")
def extract(files: tuple[Path, ...], result_format: str, date: str | None) -> int:
    """Print the statements of texts (UTF-8, at most 10 MB each).

    A file that is refused is named on stderr; the others are still read.
    """
    refusals: list[CstoGraphError] = []
    _PRINTERS[result_format](_readings(files, date, refusals))
    return max((refusal.exit_code for refusal in refusals), default=0)


def _readings(files: Iterable[Path], date: str | None, refusals: list[CstoGraphError]) -> Iterator[SourceRead]:
    from csto_graph import pipeline  # spaCy takes a second to import, which no other command should wait for

    for path in files:
        try:
            reading = pipeline.read(path, date)
        except CstoGraphError as refusal:
            refusals.append(refusal)
            click.echo(f"csto-graph: {refusal}", err=True)
            continue
        if reading.statements:
            yield reading
        else:
            click.echo(f"csto-graph: {path}: no fact in scope was found.", err=True)


def _print_json_lines(readings: Iterable[SourceRead]) -> None:
    for reading in readings:
        for line in json_lines(reading.statements):
            click.echo(line)


def _print_turtle(readings: Iterable[SourceRead]) -> None:
    click.echo(turtle(quad.triple for quad in _quads(readings)), nl=False)


def _print_trig(readings: Iterable[SourceRead]) -> None:
    click.echo(trig(_quads(readings)), nl=False)


def _quads(readings: Iterable[SourceRead]) -> Iterator[Quad]:
    from csto_graph import graph

    for read in readings:
        yield from graph.text_quads(read.source, read.passages, read.statements, read.things)


def _print_table(readings: Iterable[SourceRead]) -> None:
    rows = [_row(statement) for reading in readings for statement in reading.statements]
    if rows:  # no header over nothing
        print_table(("status", "subject", "predicate", "object", "when"), rows)


def _row(statement: Statement) -> tuple[str, ...]:
    extraction, when = statement.extraction, statement.extraction.qualifiers
    interval = f"{when.from_ or ''}–{when.to or ''}" if when.from_ or when.to else ""
    time = when.time or interval or when.valid_at or ""
    return extraction.status.value, _end(extraction.subject), extraction.predicate, _end(extraction.object), time


def _end(end: Mention | Value | None) -> str:
    return "" if end is None else end.label if isinstance(end, Mention) else end.value


_PRINTERS = {"jsonl": _print_json_lines, "turtle": _print_turtle, "trig": _print_trig, "table": _print_table}
