"""`csto-graph serve`: a release over HTTP, or a blank store."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from csto_graph import resources
from csto_graph.cli.build import build_release
from csto_graph.cli.limits import limit_options
from csto_graph.cli.options import home_option, keep_option
from csto_graph.cli.released import whole_release
from csto_graph.cli.tokens import given_token, token_file_option
from csto_graph.model import Release
from csto_graph.release.blank import publish_blank
from csto_graph.serve.server import SERVERS, USUAL, Service, run

if TYPE_CHECKING:
    from csto_graph.backend.carrying import Writing


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0 takes a free one.")
@click.option("--server", type=click.Choice(SERVERS), default=USUAL, show_default=True, help="What speaks HTTP.")
@limit_options
@click.option("--log-level", type=click.Choice(["debug", "info", "warning"]), default="info", show_default=True,
              envvar="CSTO_GRAPH_LOG_LEVEL", help="What is written to stderr: debug adds the text of each query.")  # fmt: skip
@token_file_option
@click.option("--empty", is_flag=True, help="Serve a blank store in which everything may be written; it is gone afterwards.")
@keep_option
@home_option
def serve(home: Path, empty: bool, keep: int, token_file: Path | None, **others: Any) -> None:
    """Serve the current release; build it first where there is none. Ctrl-C ends it.

    With a token, graphs of names that no build gives may be written: each change is checked and is a new release.
    """
    token = given_token(token_file)
    with TemporaryDirectory(prefix="csto-graph-", ignore_cleanup_errors=True) if empty else nullcontext(home) as folder:
        release = _elsewhere(publish_blank if empty else _verified_or_built, Path(folder))
        _serve(release, "a blank store" if empty else f"release {release.number}", _writing(token, empty, keep), token, **others)


def _serve(release: Release, what: str, writing: Writing | None, token: str | None, *, host: str, port: int, server: str,
           log_level: str, **limits: Any) -> None:  # fmt: skip
    from csto_graph.backend.embedded import Embedded
    from csto_graph.serve.app import create_app  # Flask, which no other command should wait for
    from csto_graph.serve.journal import write_lines
    from csto_graph.serve.settings import Settings

    settings = Settings(token=token, **limits)

    def announce(address: str) -> None:
        click.echo(f"csto-graph: serving {what} on {address} (Ctrl-C ends it)", err=True)

    write_lines(log_level)
    backend = Embedded(release.folder.parent.parent, first=release, start=False, writing=writing)
    app = create_app(backend, resources.root() / "queries", settings)
    service = Service(app, backend.start, backend.close, settings.most_seconds)
    run(service, host, port, announce=announce, server=server)


def _writing(token: str | None, empty: bool, keep: int) -> Writing | None:
    """How changes are made; None where there is no token."""
    if token is None:
        return None
    from csto_graph.backend.carrying import FREELY, Writing

    if empty:
        return FREELY
    from csto_graph.changes import check_change  # pyshacl takes a second to import

    return Writing(check_change, keep)


def _elsewhere(release: Callable[[Path], Release], home: Path) -> Release:
    """Verified or built in a process of its own: the one that serves forks, and the threads of the engine would not follow."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as elsewhere:
        return elsewhere.submit(release, home).result()


def _verified_or_built(home: Path) -> Release:
    return whole_release(home) or build_release(home).release
