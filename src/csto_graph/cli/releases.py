"""`csto-graph releases`: what a home keeps, what changed between two releases, and the way back to an older one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
from pyoxigraph import Quad, RdfFormat, serialize

from csto_graph.citation import STYLES, citation
from csto_graph.cli.options import home_option, keep_option
from csto_graph.cli.released import required_release
from csto_graph.cli.tables import print_table
from csto_graph.errors import BrokenRelease
from csto_graph.namespaces import curie
from csto_graph.release.difference import GraphChange, release_differences
from csto_graph.release.home import current, find, is_whole
from csto_graph.release.home import releases as kept
from csto_graph.release.retention import drop_old, roll_back
from csto_graph.release.turtle import GraphName, graph_iri


@click.group()
def releases() -> None:
    """The releases of a home."""


@releases.command("list")
@home_option
def list_releases(home: Path) -> None:
    """Print every release: number, day and time of publication (UTC), content hash, whether it is whole."""
    rows = list(_rows(home))
    if not rows:
        click.echo(f"csto-graph: {home}: there is no release here. Run csto-graph build first.", err=True)
        return
    print_table(("release", "published", "content", "state"), rows)


@releases.command()
@click.argument("old", type=click.IntRange(1), metavar="N")
@click.argument("new", type=click.IntRange(1), metavar="[M]", required=False)
@click.option("--format", "result_format", type=click.Choice(["counts", "nquads"]), default="counts", show_default=True,
              help="counts: how many triples of each graph; nquads: the triples, each after a + or a -.")  # fmt: skip
@home_option
def diff(old: int, new: int | None, result_format: str, home: Path) -> None:
    """Print what release M (the current one, if not given) says that release N does not, and the other way round."""
    before, after = find(home, old), find(home, new) if new else required_release(home)
    found = release_differences(before, after)
    if result_format == "nquads":
        for graph, change in found:
            click.echo(b"".join(_patch(graph, change)), nl=False)
        return
    rows = [(curie(graph_iri(graph)), f"+{len(change.added)}", f"-{len(change.removed)}") for graph, change in found]
    if rows:
        print_table(("graph", "added", "removed"), rows)
    else:
        click.echo(f"csto-graph: releases {before.number} and {after.number} say the same.", err=True)


@releases.command()
@click.argument("number", type=click.IntRange(1), metavar="N")
@home_option
def rollback(number: int, home: Path) -> None:
    """Make release N the current one again. It is verified first; nothing is lost: the newer ones are kept."""
    release, before = roll_back(home, number)
    if before == release.number:
        click.echo(f"csto-graph: release {number} is the current one already: nothing was changed.", err=True)
    else:
        instead = f" instead of release {before}" if before is not None else ""
        click.echo(f"csto-graph: release {number} ({release.content[:12]}) is current now{instead}.", err=True)


def drop_and_say(home: Path, keep: int) -> None:
    """Drop what is older than the newest `keep` releases; stderr tells which were dropped and which are being read."""
    outcome = drop_old(home, keep)
    if outcome.dropped:
        click.echo(f"csto-graph: dropped {_named(outcome.dropped)}: the newest {keep} are kept.", err=True)
    if outcome.in_use:
        click.echo(f"csto-graph: {_named(outcome.in_use)} stays for now, as it is being read.", err=True)


@releases.command()
@click.argument("number", type=click.IntRange(1), metavar="[N]", required=False)
@click.option("--format", "style", type=click.Choice(list(STYLES)), default="text", show_default=True, help="How it is written.")
@home_option
def cite(number: int | None, style: str, home: Path) -> None:
    """Print how release N (the current one, if not given) is cited: with its number, its day and the hash of its content."""
    release = find(home, number) if number else required_release(home)
    click.echo(citation(release, style), nl=False)


@releases.command()
@keep_option
@home_option
def prune(keep: int, home: Path) -> None:
    """Drop all but the newest releases and the current one, as each publication does."""
    drop_and_say(home, keep)


def _named(numbers: tuple[int, ...]) -> str:
    return f"release{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers))}"


def _patch(graph: GraphName, change: GraphChange) -> Iterator[bytes]:
    for sign, triples in ((b"- ", change.removed), (b"+ ", change.added)):
        quads = sorted((Quad(t.subject, t.predicate, t.object, graph) for t in triples), key=str)
        for line in (serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True):
            yield sign + line


def _rows(home: Path) -> Iterator[tuple[str, str, str, str]]:
    number = _current_number(home)
    for release in kept(home):
        state = "whole" if is_whole(release) else "broken"
        mark = ", current" if release.number == number else ""
        yield str(release.number), release.published, release.content[:12], state + mark


def _current_number(home: Path) -> int | None:
    try:
        release = current(home)
    except BrokenRelease as refusal:
        click.echo(f"csto-graph: {refusal}", err=True)
        return None
    return release.number if release else None
