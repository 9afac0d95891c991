"""`python -m benchmarks.exports`: how long an export takes beside pyoxigraph's bare serialiser, and in how much memory.

Each way of writing runs in a process of its own over the same store, one graph of the made-up world, `repeats` times in turn.
Ratios are of the processor's time: what else the machine does is hardly in them.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Final

import click
from pyoxigraph import DefaultGraph, RdfFormat, Store, serialize

from benchmarks.service.world import lines
from csto_graph.release.sums import Summed
from csto_graph.release.syntaxes import write_graph

_KILOBYTE: Final = 1 if sys.platform == "darwin" else 1024  # ru_maxrss counts bytes on macOS, kilobytes elsewhere
_GRAPH: Final = DefaultGraph()
HEADINGS: Final = ("triples", "way", "processor", "seconds", "peak memory", "to the dump", "to the iterator", "bytes")


@dataclass(frozen=True, slots=True)
class Run:
    """One way of writing once: seconds of the processor and of the clock, bytes resident at most, the file's checksum."""

    processor: float
    seconds: float
    memory: int
    sha256: str


def _dump(store: Store, out: Path) -> None:
    store.dump(out, format=RdfFormat.TURTLE, from_graph=_GRAPH)


def _iterator(store: Store, out: Path) -> None:
    serialize(store.quads_for_pattern(None, None, None, _GRAPH), out, format=RdfFormat.TURTLE)


def _export(store: Store, out: Path) -> None:
    with out.open("wb") as file:
        write_graph(store, _GRAPH, "turtle", file)


WAYS: Final[dict[str, Callable[[Store, Path], None]]] = {"Store.dump": _dump, "serialize(quads)": _iterator, "export": _export}


@click.command()
@click.option("--size", "sizes", multiple=True, type=click.IntRange(1), default=(100_000,), show_default=True,
              help="Triples; may be repeated.")  # fmt: skip
@click.option("--repeats", default=2, show_default=True, help="How often each way runs.")
@click.option("--measure", nargs=3, hidden=True, help="WAY STORE FILE: run this once and print what it took.")
def bench(sizes: tuple[int, ...], repeats: int, measure: tuple[str, str, str] | None) -> None:
    """Print a table with a row for each size and way. Nothing fails because it is slow."""
    if measure:
        click.echo(json.dumps(_measured(*measure)))
        return
    rows = []
    for size in sizes:
        with TemporaryDirectory() as folder:
            laying = get_context("spawn").Process(target=_lay, args=(Path(folder), size))
            laying.start()  # elsewhere: what this process has had counts as the peak of those that it starts
            laying.join()
            runs = {way: [_in_process(way, Path(folder), seed) for seed in range(repeats)] for way in WAYS}
        rows += table(size, runs)
    click.echo("\n".join(f"| {' | '.join(row)} |" for row in (HEADINGS, ("---",) * len(HEADINGS), *rows)))


def table(size: int, runs: dict[str, Sequence[Run]]) -> list[tuple[str, ...]]:
    """The rows of one size. The last column says whether all runs of a way wrote the same bytes."""
    taken = {way: median(run.processor for run in runs[way]) for way in runs}
    return [
        (
            f"{size:,}",
            way,
            f"{taken[way]:.1f} s",
            f"{median(run.seconds for run in each):.1f} s",
            f"{max(run.memory for run in each) / 2**20:.0f} MB",
            f"{taken[way] / taken['Store.dump']:.2f}",
            f"{taken[way] / taken['serialize(quads)']:.2f}",
            "the same" if len({run.sha256 for run in each}) == 1 else "differ",
        )
        for way, each in runs.items()
    ]


def _lay(folder: Path, size: int) -> None:
    with (folder / "world.nt").open("w", encoding="utf-8") as file:
        file.writelines(lines(size, graphs=False))
    store = Store(str(folder / "store"))
    store.bulk_load(path=str(folder / "world.nt"), format=RdfFormat.N_TRIPLES)
    store.optimize()
    store.flush()


def _in_process(way: str, folder: Path, seed: int) -> Run:
    command = [sys.executable, "-m", "benchmarks.exports", "--measure", way, str(folder / "store"), str(folder / "out.ttl")]
    done = subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": str(seed)}, capture_output=True, check=True, text=True)
    return Run(*json.loads(done.stdout))


def _measured(way: str, store: str, out: str) -> tuple[float, float, int, str]:
    opened, processor, clock = Store.read_only(store), process_time(), perf_counter()
    WAYS[way](opened, Path(out))
    processor, clock = process_time() - processor, perf_counter() - clock
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KILOBYTE
    summed = Summed()
    with Path(out).open("rb") as file:
        while block := file.read(2**20):
            summed.write(block)
    return processor, clock, memory, summed.sha256


if __name__ == "__main__":
    bench()
