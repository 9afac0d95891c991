"""`csto-graph extract`: the statements of any text file. Touches no store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click
from pyoxigraph import Quad

from csto_graph.cli import coverage as coverage_
from csto_graph.cli.options import PATH, IsoDate
from csto_graph.cli.tables import print_table
from csto_graph.cli.texts import write_texts
from csto_graph.errors import CstoGraphError, WrongCall
from csto_graph.lines import json_lines
from csto_graph.model import Mention, PassageKind, Statement, Value
from csto_graph.release.turtle import trig, turtle

if TYPE_CHECKING:
    from csto_graph.pipeline import SourceRead

T = TypeVar("T")


@click.command()
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILE…")
@click.option("--format", "result_format", type=click.Choice(["jsonl", "turtle", "trig", "table"]),
              help="How statements are printed: jsonl (default) …; with --coverage: table (default), jsonl.")  # fmt: skip
@click.option("--date", type=IsoDate(), metavar="YYYY-MM-DD", help="The day of the texts; else their dateline, else none.")
@click.option("--coverage", is_flag=True, help="Print instead which sentences are understood, and which words have no entry.")
@click.option("--text-out", "folder", type=PATH, metavar="DIR", help="Also write the text read of each FILE to DIR/FILE.txt.")
def extract(files: tuple[Path, ...], result_format: str | None, date: str | None, coverage: bool, folder: Path | None) -> int:
    """Print the statements of texts: plain text, Markdown and HTML (UTF-8, at most 10 MB each).

    A file that is refused is named on stderr; the others are still read.
    """
    refusals: list[CstoGraphError] = []
    if coverage and folder:
        raise WrongCall("--text-out", "writes nothing with --coverage", "Leave out one of them")
    if coverage:
        _coverage_printer(result_format or "table")(_coverage(files, date, refusals))
    else:
        readings = _readings(files, date, refusals)
        written = write_texts(readings, folder, files) if folder else readings
        _PRINTERS[result_format or "jsonl"](reading for reading in written if reading.statements)
    return max((refusal.exit_code for refusal in refusals), default=0)


def _readings(files: Iterable[Path], date: str | None, refusals: list[CstoGraphError]) -> Iterator[SourceRead]:
    from csto_graph import pipeline  # spaCy takes a second to import, which no other command should wait for

    for path, reading in _each(files, lambda path: pipeline.read(path, date), refusals):
        yield reading
        if said := remark(reading):
            click.echo(f"csto-graph: {path}: {said}.", err=True)


def remark(reading: SourceRead) -> str:
    """What a caller should know of a text beyond its statements."""
    kinds = Counter(passage.kind for passage in reading.passages)
    foreign = kinds[PassageKind.FOREIGN]
    if foreign and not kinds[PassageKind.SENTENCE]:
        return "does not look like English: nothing is read"
    nothing = "" if reading.statements else "no fact in scope was found"
    part = f"not read, because they do not look like English: {foreign} paragraph(s)" if foreign else ""
    return "; ".join(filter(None, (nothing, part)))


def _coverage(files: Iterable[Path], date: str | None, refusals: list[CstoGraphError]) -> Iterator[coverage_.Coverage]:
    from csto_graph import pipeline

    return _each(files, lambda path: list(pipeline.coverage(path, date)), refusals)


def _each(files: Iterable[Path], read: Callable[[Path], T], refusals: list[CstoGraphError]) -> Iterator[tuple[Path, T]]:
    """Each file with what is read of it; one that is refused is named and kept among the refusals."""
    for path in files:
        try:
            yield path, read(path)
        except CstoGraphError as refusal:
            refusals.append(refusal)
            click.echo(f"csto-graph: {refusal}", err=True)


def _coverage_printer(name: str) -> Callable[[Iterable[coverage_.Coverage]], None]:
    printers = {"jsonl": coverage_.print_json_lines, "table": coverage_.print_tables}
    if name not in printers:
        raise WrongCall(f"--format {name}", "is not a format for --coverage", f"Use {' or '.join(sorted(printers))}")
    return printers[name]


def _print_json_lines(readings: Iterable[SourceRead]) -> None:
    for reading in readings:
        for line in json_lines(reading.statements, reading.source.origins):
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
        print_table(("status", "subject", "predicate", "object", "when", "confidence"), rows)


def _row(statement: Statement) -> tuple[str, ...]:
    extraction, when = statement.extraction, statement.extraction.qualifiers
    interval = f"{when.from_ or ''}–{when.to or ''}" if when.from_ or when.to else ""
    time = when.time or interval or when.valid_at or ""
    confidence = "" if statement.confidence is None else str(statement.confidence)
    return extraction.status.value, _end(extraction.subject), extraction.predicate, _end(extraction.object), time, confidence


def _end(end: Mention | Value | None) -> str:
    return "" if end is None else end.label if isinstance(end, Mention) else end.value


_PRINTERS = {"jsonl": _print_json_lines, "turtle": _print_turtle, "trig": _print_trig, "table": _print_table}
