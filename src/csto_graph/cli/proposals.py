"""What a source would change, as people read it: what comes or goes, what others say too, what contradicts it, what is found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import click

from csto_graph.cli.extract import remark
from csto_graph.cli.tables import print_table
from csto_graph.errors import RefusedBuild
from csto_graph.model import Status
from csto_graph.namespaces import GRAPH
from csto_graph.release.turtle import graph_iri
from csto_graph.validate.findings import spelled

if TYPE_CHECKING:
    from csto_graph.ingest import Proposal

_SHOWN: Final = 20  # rows of a list; how many more there are is said


def show(proposal: Proposal, *, removing: bool) -> None:
    """Print to stdout what would change."""
    said = proposal.account
    print_table(("", ""), _about(proposal, removing))
    if said.statements:
        _section(f"{said.statements.total()} statements {'go' if removing else 'come'}")
        _print_counts(proposal)
    minted = [(thing.type, thing.label) for thing in said.minted]
    _list(f"things that no other source describes: {len(minted)}", ("class", "thing"), minted)
    repeated = [(each.reading, ", ".join(each.others)) for each in said.repeated]
    _list(f"{'stays, as others assert it' if removing else 'asserted already'}: {len(repeated)}", ("statement", "by"), repeated)
    against = [(each.kind, each.message, ", ".join(each.others), each.verdict) for each in said.contradictions]
    _list(f"disagreements: {len(against)}", ("kind", "one | other", "against", "it is"), against)
    _section("triples, against the current release" if proposal.released else "triples of the first release")
    print_table(("graph", "added", "removed"), _changes(proposal))


def remarks(proposal: Proposal) -> Iterator[str]:
    """What whoever adds a text should know beside that."""
    reading = next((each for each in proposal.made.found if each.source.id == proposal.source_id), None)
    if proposal.resumed:
        yield f"{proposal.folder}: an earlier command moved the files and was interrupted: this one goes on from there."
    if reading and (told := remark(reading)):
        yield f"{reading.source.path}: {told}."
    if reading and reading.source.date is None:
        yield f"{reading.source.path}: has no date, so what it says of today is not dated. Give one with --date."


def refusal(proposal: Proposal) -> RefusedBuild | None:
    """Why the release cannot be published; None where nothing forbids it."""
    found = [finding for report in proposal.made.reports.values() for finding in report.findings]
    violated = tuple(spelled(finding) for finding in found if finding.severity == "Violation")
    if not violated:
        return None
    remedy = "Nothing was changed: mend what the findings name, or leave the text out"
    return RefusedBuild(proposal.source_id, f"findings that forbid its publication: {len(violated)}", remedy, violated)


def _about(proposal: Proposal, removing: bool) -> Iterator[tuple[str, str]]:
    yield "takes away" if removing else "adds", proposal.source_id
    if source := proposal.source:
        yield "title", source.title
        yield "date", source.date or "none"
        yield "text", f"{len(source.text):,} characters"
    yield "folder", str(proposal.folder)
    for kind, report in proposal.made.reports.items():
        yield f"{kind} checked", f"{report.checked}, {_verdict(len(report.findings))}"


def _verdict(findings: int) -> str:
    return f"findings: {findings}" if findings else "no finding"


def _print_counts(proposal: Proposal) -> None:
    counts = proposal.account.statements
    statuses = [status.value for status in Status if any(each == status.value for _, each in counts)]
    predicates = sorted({predicate for predicate, _ in counts})
    print_table(("predicate", *statuses), ((p, *(str(counts[p, s] or "") for s in statuses)) for p in predicates))


def _changes(proposal: Proposal) -> Iterator[tuple[str, str, str]]:
    for graph, change in proposal.changes.items():
        yield graph_iri(graph).removeprefix(str(GRAPH)), f"+{len(change.added)}", f"-{len(change.removed)}"


def _list(title: str, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        return
    _section(title)
    print_table(headers, rows[:_SHOWN])
    if len(rows) > _SHOWN:
        click.echo(f"… and {len(rows) - _SHOWN} more")


def _section(title: str) -> None:
    click.echo(f"\n{title}")
