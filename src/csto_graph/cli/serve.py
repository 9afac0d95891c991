"""`csto-graph serve`: a release over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from csto_graph import resources
from csto_graph.cli.build import build_release
from csto_graph.cli.limits import limit_options
from csto_graph.cli.options import home_option
from csto_graph.cli.released import whole_release


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0 takes a free one.")
@limit_options
@click.option("--log-level", type=click.Choice(["debug", "info", "warning"]), default="info", show_default=True,
              envvar="CSTO_GRAPH_LOG_LEVEL", help="What is written to stderr: debug adds the text of each query.")  # fmt: skip
@home_option
def serve(host: str, port: int, home: Path, log_level: str, **limits: Any) -> None:
    """Serve the current release; build it first where there is none. Ctrl-C ends it."""
    release = whole_release(home) or build_release(home).release
    from csto_graph.backend.embedded import Embedded
    from csto_graph.serve.app import create_app  # Flask, which no other command should wait for
    from csto_graph.serve.journal import write_lines
    from csto_graph.serve.server import run
    from csto_graph.serve.settings import Settings

    settings = Settings(**limits)

    def announce(address: str) -> None:
        click.echo(f"csto-graph: serving release {release.number} on {address} (Ctrl-C ends it)", err=True)

    write_lines(log_level)
    backend = Embedded(home, first=release)
    try:
        run(create_app(backend, resources.root() / "queries", settings), host, port, announce=announce)
    finally:
        backend.close()
