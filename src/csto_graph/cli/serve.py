"""`csto-graph serve`: a release over HTTP."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import click

from csto_graph import resources
from csto_graph.cli.build import build_release
from csto_graph.cli.limits import limit_options
from csto_graph.cli.options import home_option
from csto_graph.cli.released import whole_release
from csto_graph.model import Release
from csto_graph.serve.server import SERVERS, USUAL, Service, run


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0 takes a free one.")
@click.option("--server", type=click.Choice(SERVERS), default=USUAL, show_default=True, help="What speaks HTTP.")
@limit_options
@click.option("--log-level", type=click.Choice(["debug", "info", "warning"]), default="info", show_default=True,
              envvar="CSTO_GRAPH_LOG_LEVEL", help="What is written to stderr: debug adds the text of each query.")  # fmt: skip
@home_option
def serve(host: str, port: int, server: str, home: Path, log_level: str, **limits: Any) -> None:
    """Serve the current release; build it first where there is none. Ctrl-C ends it."""
    release = _release(home)
    from csto_graph.backend.embedded import Embedded
    from csto_graph.serve.app import create_app  # Flask, which no other command should wait for
    from csto_graph.serve.journal import write_lines
    from csto_graph.serve.settings import Settings

    settings = Settings(**limits)

    def announce(address: str) -> None:
        click.echo(f"csto-graph: serving release {release.number} on {address} (Ctrl-C ends it)", err=True)

    write_lines(log_level)
    backend = Embedded(home, first=release, start=False)
    app = create_app(backend, resources.root() / "queries", settings)
    service = Service(app, backend.start, backend.close, settings.most_seconds)
    run(service, host, port, announce=announce, server=server)


def _release(home: Path) -> Release:
    """Verified or built in a process of its own: the one that serves forks, and the threads of the engine would not follow."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as elsewhere:
        return elsewhere.submit(_verified_or_built, home).result()


def _verified_or_built(home: Path) -> Release:
    return whole_release(home) or build_release(home).release
