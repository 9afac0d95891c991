"""`csto-graph releases`: what a home keeps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from csto_graph.cli.options import home_option
from csto_graph.cli.tables import print_table
from csto_graph.errors import BrokenRelease
from csto_graph.release.home import current, is_whole
from csto_graph.release.home import releases as kept


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
