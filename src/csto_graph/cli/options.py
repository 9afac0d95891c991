"""Options that several commands share."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from csto_graph.release.retention import KEEP

PATH = click.Path(path_type=Path)

home_option = click.option(
    "--home",
    type=PATH,
    envvar="CSTO_GRAPH_HOME",
    default=Path(".csto-graph"),
    show_default=True,
    show_envvar=True,
    help="The folder that keeps the releases.",
)

keep_option = click.option(
    "--keep",
    type=click.IntRange(1),
    envvar="CSTO_GRAPH_KEEP",
    default=KEEP,
    show_default=True,
    show_envvar=True,
    help="How many of the newest releases are kept; the current one always is.",
)


class Words(click.ParamType[str]):
    """Words on one line."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not value.strip():
            self.fail("It is empty. Leave the option out where there is nothing to say.", param, ctx)
        return " ".join(value.split())


class IsoDate(click.ParamType[str]):
    """A day as ISO 8601 writes it in full: 2022-01-10."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            if date.fromisoformat(value).isoformat() == value:
                return value
        except ValueError:
            pass
        self.fail(f"{value!r} is not a day of the calendar. Write it as YYYY-MM-DD.", param, ctx)
