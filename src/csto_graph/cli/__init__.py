"""The command line: data to stdout, messages to stderr, exit 0 done, 1 refused data, 2 wrong call.

A refusal is one line that names the place and the remedy; nobody but the person who asks for it sees a traceback.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

import click

from csto_graph import __version__
from csto_graph.cli.build import build, validate
from csto_graph.cli.disagreements import disagreements
from csto_graph.cli.explain import explain
from csto_graph.cli.export import export
from csto_graph.cli.extract import extract
from csto_graph.cli.ingest import ingest
from csto_graph.cli.link import link
from csto_graph.cli.query import query
from csto_graph.cli.redirects import redirects
from csto_graph.cli.releases import releases
from csto_graph.cli.serve import serve
from csto_graph.errors import CstoGraphError, RefusedBuild

INTERRUPTED = 130  # what a shell reports for Ctrl-C
_CANNOT_TAKE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)  # of a write to stdout


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="csto-graph")
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def csto_graph(debug: bool) -> None:
    """Texts about collective security as a knowledge graph whose every fact can be traced to its words."""


for command in (extract, build, ingest, serve, query, explain, export, validate, releases, disagreements, link, redirects):
    csto_graph.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; nothing is raised, save an unexpected error under `--debug`."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(given)
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):  # outside its standalone mode click exits for a broken pipe and for nothing else
        _abandon_stdout()
        return 0  # the reader has seen enough
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _CANNOT_TAKE and not error.filename:
            _abandon_stdout()
            _say(f"stdout: {error.strerror}. Free some space where the output goes.")
            return 2
        if "--debug" in given:
            raise
        _say(f"unexpected {type(error).__name__}: {error}. Run csto-graph --debug … for the traceback, and report it.")
        return 1


def _run(arguments: list[str]) -> int:
    try:
        code = csto_graph.main(arguments, prog_name="csto-graph", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as help_text:
        click.echo(help_text.format_message(), err=True)
        return help_text.exit_code
    except click.ClickException as error:
        _say(f"{error.format_message()}{_hint(error)}")
        return error.exit_code
    except CstoGraphError as error:
        with suppress(BrokenPipeError):  # a reader who left changes nothing of the refusal
            for finding in error.findings if isinstance(error, RefusedBuild) else ():
                click.echo(finding, err=True)
            _say(str(error))
        return error.exit_code
    return int(code or 0)


def _hint(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return f" Try: {context.command_path} --help" if context else ""


def _say(message: str) -> None:
    click.echo(f"csto-graph: {' '.join(message.split())}", err=True)


def _abandon_stdout() -> None:
    """The interpreter flushes stdout once more at exit; let that go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
