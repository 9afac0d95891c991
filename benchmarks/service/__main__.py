"""`python -m benchmarks.service`: this service beside others on the same data, under the same load, as a table of ratios."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import click

from benchmarks.service import servers
from benchmarks.service.load import Load, Seen, drive
from benchmarks.service.questions import RUNAWAY, Question, fresh, questions
from benchmarks.service.servers import Server
from benchmarks.service.table import Measured, Runaway, markdown, rows
from benchmarks.service.world import RDFLIB_MOST, lay

_DEADLINE: Final = 5.0  # seconds that the runaway is allowed
_PARTS: Final = ("point", "joins", "aggregation", "competency", "CSV", "runaway")
_SERVERS: Final[dict[str, Callable[[Path], AbstractContextManager[Server]]]] = {
    "constant": servers.constant,
    "csto-graph": servers.ours,
    "oxigraph": servers.oxigraph,
    "rdflib-endpoint": servers.rdflib_endpoint,
}


@click.command()
@click.option("--size", default=100_000, show_default=True, help="Triples of the world; 100000, 1000000, 10000000.")
@click.option("--seconds", default=3.0, show_default=True, help="Seconds that each load lasts.")
@click.option("--only", multiple=True, type=click.Choice(_PARTS), help="Only these questions; may be repeated.")
@click.option("--server", "names", multiple=True, type=click.Choice(list(_SERVERS)), help="Only these servers; may be repeated.")
@click.option("--out", type=click.Path(path_type=Path), help="Where the table is written as Markdown too.")
def bench(size: int, seconds: float, only: tuple[str, ...], names: tuple[str, ...], out: Path | None) -> None:
    """Measure this service, the oxigraph server, rdflib-endpoint (up to 100,000 triples) and a constant answer."""
    home = servers.CACHE / f"world-{size}"
    lay(home, size)
    measured = Measured(size)
    asked = [each for each in questions(size) if not only or each.name.startswith(only)]
    for name, start in _SERVERS.items():
        if (not names or name in names) and (name != "rdflib-endpoint" or size <= RDFLIB_MOST):
            with start(home) as server:
                _measure(server, asked, seconds, measured)
                if name == "csto-graph" and (not only or "runaway" in only):
                    measured.runaway = _beside_a_runaway(server, size, seconds)
                measured.memory[name] = server.memory()
    found = markdown(list(rows(measured)))
    click.echo(found)
    if out:
        out.write_text(found, encoding="utf-8")


def _measure(server: Server, asked: list[Question], seconds: float, measured: Measured) -> None:
    if server.name == "constant":
        for clients in (1, 8):
            measured.seen["constant", "", clients] = _load(server, Question("", ("ASK {}",)), clients, seconds)
        return
    for question in asked:
        if server.name == "rdflib-endpoint" and not question.name.startswith("point"):
            continue  # where one answer may take minutes
        for clients in question.clients:
            click.echo(f"{server.name}: {question.name}, {clients} at once", err=True)
            measured.seen[server.name, question.name, clients] = _load(server, question, clients, seconds)


def _load(server: Server, question: Question, clients: int, seconds: float) -> Seen:
    """After a first round that counts only where it was not answered."""
    first = drive(Load(server.port, server.path, fresh(question.queries[-clients:]), question.accept, clients, 0))
    if first.others:
        return first
    before = server.processor()
    seen = drive(Load(server.port, server.path, fresh(question.queries), question.accept, clients, seconds))
    return replace(seen, processor=(server.processor() - before) / seen.count)


def _beside_a_runaway(server: Server, size: int, seconds: float) -> Runaway:
    normal = next(questions(size))
    alone = _load(server, normal, 8, max(seconds, _DEADLINE - 1))
    ended: list[tuple[int, float]] = []
    thread = threading.Thread(target=lambda: ended.append(_run_away(server)))
    thread.start()
    time.sleep(0.5)
    beside = drive(Load(server.port, server.path, fresh(normal.queries), normal.accept, 8, _DEADLINE - 1))
    thread.join()
    return Runaway(alone, beside, ended[0][0], _DEADLINE, ended[0][1])


def _run_away(server: Server) -> tuple[int, float]:
    begun = time.monotonic()
    try:
        with urlopen(f"http://127.0.0.1:{server.port}{server.path}?query={quote(RUNAWAY)}&timeout={_DEADLINE}") as response:
            response.read()
            return response.status, time.monotonic() - begun
    except HTTPError as error:
        error.read()
        return error.code, time.monotonic() - begun


if __name__ == "__main__":
    bench()
