"""Which release a command reads."""

from __future__ import annotations

from pathlib import Path

import click

from csto_graph.errors import BrokenRelease, WrongCall
from csto_graph.model import Release
from csto_graph.release.home import current, last_good, verify


def whole_release(home: Path) -> Release | None:
    """The current release, verified; None where nothing was published yet.

    Where the current one is broken, that is said on stderr and the last good one is given.
    Raises `BrokenRelease` where there is none.
    """
    try:
        release = current(home)
        if release:
            verify(release)
        return release
    except BrokenRelease as refusal:
        good = last_good(home)
        if good is None:
            raise
        click.echo(f"csto-graph: {refusal}", err=True)
        click.echo(f"csto-graph: reading release {good.number}, the last good one.", err=True)
        return good


def required_release(home: Path) -> Release:
    """The same, for commands that cannot do without. Raises `WrongCall` where nothing was published yet."""
    release = whole_release(home)
    if release is None:
        raise WrongCall(home, "there is no release here", "Run csto-graph build first, or name the home with --home")
    return release
