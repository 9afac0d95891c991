"""`csto-graph build` and `csto-graph validate`: all stages, or the shapes alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from csto_graph.cli.options import PATH, home_option, keep_option
from csto_graph.cli.releases import drop_and_say
from csto_graph.cli.tables import print_table
from csto_graph.model import Finding
from csto_graph.namespaces import GRAPH, curie
from csto_graph.release.home import prepare

if TYPE_CHECKING:
    from csto_graph.pipeline import BuildResult, OnStage


@click.command()
@keep_option
@home_option
def build(keep: int, home: Path) -> None:
    """Read every source, check and reason, publish a release; or refuse, and touch nothing of the old one."""
    print_table(("", ""), summary(build_release(home)))
    drop_and_say(home, keep)


def build_release(home: Path) -> BuildResult:
    """Build with progress on a terminal; notes of the build go to stderr. Raises what the build refuses with."""
    prepare(home)
    from csto_graph import pipeline  # spaCy takes a second to import, which no other command should wait for

    with progress("building the graph …") as on_stage:
        result = pipeline.build(home, on_stage)
    for note in result.notes:
        click.echo(f"csto-graph: {note}", err=True)
    return result


@contextmanager
def progress(beginning: str) -> Iterator[OnStage]:
    """A line on a terminal that says which stage is done."""
    with Console(stderr=True).status(beginning) as status:
        yield lambda stage, seconds: status.update(f"{stage} done in {seconds:.1f} s …")


def summary(result: BuildResult) -> Iterator[tuple[str, str]]:
    """The release in rows: its number, what it holds, how long each stage took."""
    yield from published(result)
    yield "sources", str(result.sources)
    yield "statements", f"{sum(result.statements.values())}"
    yield from ((f"  {status.value}", str(count)) for status, count in sorted(result.statements.items()))
    yield "triples", f"{sum(result.triples.values())}"
    yield from ((f"  {graph.removeprefix(str(GRAPH))}", str(count)) for graph, count in sorted(result.triples.items()))
    yield from ((f"{kind} checked", str(count)) for kind, count in result.checked.items())
    yield from timing(result)


def published(result: BuildResult) -> Iterator[tuple[str, str]]:
    """The number of the release, whether its content is new, and where it lies."""
    yield "release", f"{result.release.number} ({'new' if result.new else 'the content is the same'})"
    yield "folder", str(result.release.folder)


def timing(result: BuildResult) -> Iterator[tuple[str, str]]:
    """How long the stages took."""
    yield "time", f"{sum(seconds for _, seconds in result.stages):.1f} s"
    yield from ((f"  {stage}", f"{seconds:.1f} s") for stage, seconds in result.stages)


@click.command()
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILE…")
def validate(files: tuple[Path, ...]) -> int:
    """Check Turtle files against the shapes; print what they find. Exit 1 where one does not conform."""
    from csto_graph import pipeline

    reports = {file: pipeline.validate(file) for file in files}
    findings = [finding for report in reports.values() for finding in report.findings]
    if findings:
        print_table(("severity", "node", "path", "message"), map(_row, findings))
    for file, report in reports.items():
        verdict = "conforms" if report.conforms else "does not conform"
        click.echo(f"csto-graph: {file}: {verdict} ({report.checked} shapes checked).", err=True)
    return int(not all(report.conforms for report in reports.values()))


def _row(finding: Finding) -> tuple[str, ...]:
    return finding.severity, curie(finding.focus_node), curie(finding.result_path or ""), finding.message
