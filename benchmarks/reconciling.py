"""`python -m benchmarks.reconciling`: how the hundred noisy names fare, and how long batches take, through the service."""

from __future__ import annotations

import json
from pathlib import Path
from time import perf_counter
from typing import Any, Final
from urllib.parse import urlencode
from urllib.request import urlopen

import click

from benchmarks.service import servers
from csto_graph.cli.options import home_option
from csto_graph.namespaces import CST, ID
from csto_graph.tsv import Row, rows

NAMES: Final = Path("tests/serve/reconcile/noisy-names.tsv")
HEADER: Final = ("asked", "type", "expected", "operation", "name")
SIZES: Final = (10, 100, 1_000)  # names in a batch


@click.command()
@home_option
def bench(home: Path) -> None:
    """Print both for the current release of a home. The first batch also waits for the names to be loaded."""
    names = list(rows(NAMES, HEADER))
    with servers.ours(home) as server:
        address = f"http://127.0.0.1:{server.port}/reconcile"
        click.echo(fared(names, _asked(address, names, len(names))[0]))
        for size in SIZES:
            click.echo(f"{size:,} names: {_asked(address, names, size)[1]:.2f} s")


def fared(names: list[Row], found: list[list[dict[str, Any]]]) -> str:
    """How many are right at rank 1, and how many are marked as sure, rightly and wrongly."""
    best = [(row, candidates[0]) for row, candidates in zip(names, found, strict=True) if candidates]
    right = [each["match"] for row, each in best if each["id"] == str(ID[row.cells["expected"]])]
    sure = [each["match"] for _, each in best].count(True)
    return f"{len(right)} of {len(names)} right at rank 1; {sure} marked as sure, {sure - right.count(True)} of them wrong"


def _asked(address: str, names: list[Row], size: int) -> tuple[list[list[dict[str, Any]]], float]:
    chosen = [names[number % len(names)] for number in range(size)]
    typed = [{"type": str(CST[row.cells["type"]])} if row.cells["type"] else {} for row in chosen]
    queries = {str(at): {"query": row.cells["asked"], "limit": 5} | typed[at] for at, row in enumerate(chosen)}
    begun = perf_counter()
    with urlopen(address, data=urlencode({"queries": json.dumps(queries)}).encode(), timeout=120) as response:
        answer = json.loads(response.read())
    return [answer[key]["result"] for key in queries], perf_counter() - begun


if __name__ == "__main__":
    bench()
