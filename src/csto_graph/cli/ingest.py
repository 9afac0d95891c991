"""`csto-graph ingest`: a text becomes a source, or one is taken away, after showing what that changes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from csto_graph.cli.build import progress, published, timing
from csto_graph.cli.options import PATH, IsoDate, Words, home_option, keep_option
from csto_graph.cli.proposals import refusal, remarks, show
from csto_graph.cli.releases import drop_and_say
from csto_graph.cli.tables import print_table
from csto_graph.errors import WrongCall
from csto_graph.iris import slug
from csto_graph.release.home import prepare

if TYPE_CHECKING:
    from csto_graph.ingest import Proposal
    from csto_graph.pipeline import OnStage


@click.command()
@click.argument("file", type=PATH, required=False)
@click.option("--source-id", metavar="ID", help="What the source is called: lower-case letters, digits and hyphens.")
@click.option("--remove", metavar="ID", help="Take this source away instead: its statements and its files.")
@click.option("--title", type=Words(), help="Of the text; else the one the file states, else its first line.")
@click.option("--publisher", type=Words(), help="Who published it.")
@click.option("--date", type=IsoDate(), metavar="YYYY-MM-DD", help="The day of the text; else its dateline, else none.")
@click.option("--licence", type=Words(), help="Under which licence the text may be kept.")
@click.option("-y", "--yes", is_flag=True, help="Do it without a question.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@keep_option
@home_option
def ingest(file: Path | None, source_id: str | None, remove: str | None, yes: bool, dry_run: bool, keep: int, home: Path,
           **declared: str | None) -> int:  # fmt: skip
    """Add FILE (plain text, Markdown, HTML) as a source, or take one away, and publish the release that follows.

    First it is shown what would come, what other sources say too, what contradicts them, and what the checks find.
    """
    _refuse_wrong_call(file, source_id, remove, yes and dry_run, any(declared.values()))
    prepare(home)
    with _proposed(home, file, source_id or "", remove, declared) as proposal:
        show(proposal, removing=remove is not None)
        for remark in remarks(proposal):
            click.echo(f"csto-graph: {remark}", err=True)
        if refused := refusal(proposal):
            raise refused
        if dry_run or not (yes or _agreed(f"Take {remove} away?" if remove else f"Add {source_id}?")):
            click.echo("csto-graph: nothing was changed.", err=True)
            return 0 if dry_run else 1
        _publish(proposal, home)
    drop_and_say(home, keep)
    return 0


def _refuse_wrong_call(file: Path | None, source_id: str | None, remove: str | None, both: bool, declared: bool) -> None:
    if both:
        raise WrongCall("--dry-run", "contradicts --yes", "Leave out one of them")
    if remove is not None and (file or source_id or declared):
        raise WrongCall("--remove", "takes nothing but the id of a source", "Leave out FILE and what is said of it")
    if remove is None and file is None:
        raise WrongCall("ingest", "it names no text and no source to remove", "Give FILE and --source-id ID, or --remove ID")
    if remove is None and source_id is None and file is not None:
        raise WrongCall(file, "its source has no id", f"Give one, for example --source-id {slug(file.stem)}")


@contextmanager
def _proposed(
    home: Path, file: Path | None, source_id: str, remove: str | None, declared: dict[str, str | None]
) -> Iterator[Proposal]:
    """What would change; nobody else builds from the sources until the block ends."""
    from csto_graph import ingest as ingesting  # spaCy takes a second to import, which no other command should wait for
    from csto_graph.sources import sources_held

    def propose(on_stage: OnStage) -> Proposal:
        if file is None:
            return ingesting.propose_removal(home, remove or "", on_stage)
        return ingesting.propose_addition(home, file, source_id, ingesting.Declared(**declared), on_stage)

    with sources_held(home):
        with progress("reading the sources …") as on_stage:
            proposal = propose(on_stage)
        yield proposal


def _agreed(question: str) -> bool:
    try:
        return click.confirm(question, err=True)
    except click.Abort:
        if sys.stdin.isatty():
            raise  # Ctrl-C
        remedy = "Give --yes to go on without a question, or --dry-run"
        raise WrongCall("stdin", "nobody is there to answer, so nothing was changed", remedy) from None


def _publish(proposal: Proposal, home: Path) -> None:
    from csto_graph.ingest import accept

    result = accept(proposal, home)
    click.echo()
    print_table(("", ""), (*published(result), *timing(result)))
    for note in result.notes:
        click.echo(f"csto-graph: {note}", err=True)
