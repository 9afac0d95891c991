"""`python -m benchmarks.questions`: each competency question on a release, in this process and through the service.

Times are medians over questions that nobody has put before, so that no cache answers. What else the machine does is in them,
and hardly in those of the processor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Final

import click
import pyoxigraph as ox

from benchmarks.service import servers
from benchmarks.service.load import Load, Seen, drive
from benchmarks.service.questions import fresh
from benchmarks.service.servers import Server
from csto_graph import resources
from csto_graph.cli.options import home_option
from csto_graph.cli.released import required_release
from csto_graph.release.home import open_store
from csto_graph.serve.questions import questions

TARGET: Final = 0.1  # seconds
HEADINGS: Final = ("question", "rows", "in this process", "its processor", "by the service", "its processor", "target", "reached")


@dataclass(frozen=True, slots=True)
class Alone:
    """A question put to the store in this process: the rows, and the median seconds of an answer and of processor time."""

    rows: int
    seconds: float
    processor: float


@click.command()
@click.option("--repeats", default=9, show_default=True, help="How often each question is put in this process.")
@click.option("--seconds", default=1.0, show_default=True, help="How long the service is asked each question.")
@home_option
def bench(repeats: int, seconds: float, home: Path) -> None:
    """Print the table for the current release of a home. What misses the target is shown; the exit code is 0 all the same."""
    store = open_store(required_release(home))
    rows = []
    with servers.ours(home) as server:
        for question in questions(resources.root() / "queries"):
            click.echo(question.name, err=True)
            rows.append(row(question.name, alone(store, question.query, repeats), _served(server, question.query, seconds)))
    click.echo(markdown(rows))
    click.echo(f"{sum(each[-1] == 'yes' for each in rows)} of {len(rows)} questions reach the target.")


def alone(store: ox.Store, query: str, repeats: int) -> Alone:
    """Each time answered and written down as JSON."""
    taken = [_answered(store, query) for _ in range(repeats)]
    count = sum(1 for _ in _solutions(store, query))
    return Alone(count, median(seconds for seconds, _ in taken), median(processor for _, processor in taken))


def row(name: str, alone: Alone, served: Seen) -> tuple[str, ...]:
    """The cells of a question. It reaches the target where both medians do and the service gave nothing but answers."""
    others = "".join(f", {count} × {status}" for status, count in sorted(served.others.items()))
    reached = alone.seconds < TARGET and served.p50 < TARGET and not others
    times = (_ms(alone.seconds), _ms(alone.processor), _ms(served.p50) + others, _ms(served.processor))
    return (name, f"{alone.rows:,}", *times, f"under {_ms(TARGET)}", "yes" if reached else "no")


def markdown(rows: Sequence[tuple[str, ...]]) -> str:
    """A table of GitHub Flavored Markdown."""
    lines = ["| " + " | ".join(row) + " |" for row in (HEADINGS, *rows)]
    return "\n".join([lines[0], "|" + "---|" * len(HEADINGS), *lines[1:]]) + "\n"


def _answered(store: ox.Store, query: str) -> tuple[float, float]:
    begun, worked = perf_counter(), process_time()
    _solutions(store, query).serialize(format=ox.QueryResultsFormat.JSON)
    return perf_counter() - begun, process_time() - worked


def _solutions(store: ox.Store, query: str) -> ox.QuerySolutions:
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    return solutions


def _served(server: Server, query: str, seconds: float) -> Seen:
    """By one client, after a first answer that does not count."""
    queries = tuple(f"{query}\n# {number}" for number in range(500))
    drive(Load(server.port, server.path, fresh(queries[:2]), "application/sparql-results+json", 1, 0))
    before = server.processor()
    seen = drive(Load(server.port, server.path, fresh(queries), "application/sparql-results+json", 1, seconds))
    return replace(seen, processor=(server.processor() - before) / seen.count)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms"


if __name__ == "__main__":
    bench()
