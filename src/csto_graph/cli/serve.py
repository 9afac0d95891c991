"""`csto-graph serve`: a release over HTTP."""

from __future__ import annotations

from pathlib import Path

import click

from csto_graph import resources
from csto_graph.cli.build import build_release
from csto_graph.cli.options import home_option
from csto_graph.cli.released import whole_release


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0 takes a free one.")
@home_option
def serve(host: str, port: int, home: Path) -> None:
    """Serve the current release; build it first where there is none. Ctrl-C ends it."""
    release = whole_release(home) or build_release(home).release
    from csto_graph.backend.embedded import Embedded
    from csto_graph.serve.app import create_app  # Flask, which no other command should wait for
    from csto_graph.serve.server import run

    def announce(address: str) -> None:
        click.echo(f"csto-graph: serving release {release.number} on {address} (Ctrl-C ends it)", err=True)

    backend = Embedded(home, first=release)
    try:
        run(create_app(backend, resources.root() / "queries"), host, port, announce=announce)
    finally:
        backend.close()
