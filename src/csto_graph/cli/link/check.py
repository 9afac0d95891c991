"""`csto-graph link check`: whether the links still hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from csto_graph.cli.options import PATH, IsoDate, home_option
from csto_graph.cli.released import required_release
from csto_graph.cli.tables import print_table
from csto_graph.errors import WrongCall
from csto_graph.mappings import known_targets, mapping_folders
from csto_graph.release.files import refusals, replace_file
from csto_graph.release.home import open_store
from csto_graph.release.turtle import turtle
from csto_graph.release.use import reading
from csto_graph.resources import root
from csto_graph.sparql.spelling import nearest
from csto_graph.targets import Target

if TYPE_CHECKING:
    from csto_graph.link.checking.links import Finding, Link
    from csto_graph.link.checking.measures import Checked
    from csto_graph.link.external.described import Described

    Found = tuple[Checked, list[Finding]]


_LONGEST = 64 * 2**20  # octets: items of Wikidata on states are long


@click.command()
@click.option("--sssom", "files", multiple=True, type=PATH, metavar="FILE", help="These links alone, else all. Repeatable.")
@click.option("--extract", "extracts", multiple=True, type=PATH, metavar="FILE",
              help="Compare names and classes with a local extract, FILE.ttl or FILE.csv. Repeatable.")  # fmt: skip
@click.option("--online", is_flag=True, help="Ask for the address of each link.")
@click.option("--at", "places", multiple=True, metavar="TARGET=URL", help="Where a data set is asked instead. Repeatable.")
@click.option("--timeout", type=click.FloatRange(0.1), default=20.0, show_default=True, help="Seconds that one answer may take.")
@click.option("--pause", type=click.FloatRange(0), default=0.5, show_default=True, help="Seconds between two questions to one.")
@click.option("--date", "day", type=IsoDate(), metavar="YYYY-MM-DD", help="Of the measurements; with --online it is today.")
@click.option("--out", type=PATH, metavar="FILE", help="Write the measurements here, as Turtle (DQV).")
@home_option
def check(files: tuple[Path, ...], extracts: tuple[Path, ...], online: bool, places: tuple[str, ...], timeout: float,
          pause: float, day: str | None, out: Path | None, home: Path) -> int:  # fmt: skip
    """Check the links to other data sets: how they are written, whether one thing is two, and what is at their other end.

    Prints what is wrong with which line and what to do; exit 1 where a link is broken.
    A data set that does not answer, or not with what it should, is named, and its links are neither broken nor well.
    """
    day = _day(day, online=online, out=out)
    folders = mapping_folders(home)
    targets = known_targets(folders)
    bases = _bases(places, targets, online=online)
    links = _links(files or [path for folder in folders for path in sorted(folder.glob("*.sssom.tsv"))], targets)
    found = [_written(links)]
    found += [_compared(links, extracts, home)] if extracts else []
    found += [_visited(links, timeout, pause, bases)] if online else []
    findings = [finding for _, findings in found for finding in findings]
    _print(findings)
    _say(links, findings)
    if out is not None:
        _write(out, [checked for checked, _ in found], findings, day)
    return int(any(each.broken for each in findings))


def _day(day: str | None, *, online: bool, out: Path | None) -> str:
    """What is seen online is of today; what the files alone tell is of no day that the machine knows."""
    if out is not None and day is None and not online:
        raise WrongCall("--out", "the measurements have no date", "Give it with --date, or ask with --online")
    return day or datetime.now(UTC).date().isoformat()


def _bases(places: Iterable[str], targets: tuple[Target, ...], *, online: bool) -> dict[str, str]:
    known = {target.name for target in targets}
    found: dict[str, str] = {}
    for place in places:
        name, equals, address = place.partition("=")
        if not equals or not address.startswith(("http://", "https://")):
            raise WrongCall(f"--at {place}", "does not say where a data set is asked", "Write TARGET=http://…")
        if name not in known:
            meant = nearest(name, known)
            remedy = f"Perhaps {meant} is meant" if meant else f"Name one of {', '.join(sorted(known))}"
            raise WrongCall(f"--at {place}", f"{name} is no data set", remedy)
        found[name] = address
    if found and not online:
        raise WrongCall("--at", "nobody is asked", "Add --online")
    return found


def _links(paths: Sequence[Path], targets: tuple[Target, ...]) -> tuple[Link, ...]:
    from csto_graph.link.checking.links import read_links

    links = read_links(paths, targets)
    if not links:
        raise WrongCall("link check", "there is no link to check", "Name a file of links with --sssom")
    return links


def _written(links: tuple[Link, ...]) -> Found:
    from csto_graph.link.checking.measures import CHECKED, Checked
    from csto_graph.link.checking.written import conflicts, misspelt

    return Checked(CHECKED, links, ("syntax", "conflict")), [*misspelt(links), *conflicts(links)]


def _compared(links: tuple[Link, ...], extracts: Iterable[Path], home: Path) -> Found:
    from csto_graph.link.checking.agreement import comparable, disagreements
    from csto_graph.link.checking.measures import COMPARED, Checked
    from csto_graph.link.external.classes import load_words
    from csto_graph.link.external.extracts import read_extract

    theirs = {thing.iri: thing for path in extracts for thing in read_extract(path)}
    compared = comparable(links, theirs)
    words = load_words(root() / "data" / "reference" / "class-words.tsv")
    return Checked(COMPARED, tuple(compared), ("label", "type")), [*disagreements(compared, _ours(home), theirs, words)]


def _ours(home: Path) -> dict[str, Described]:
    from csto_graph.link.external.ours import our_things

    release = required_release(home)
    with reading(release.folder):
        return {thing.iri: thing for thing in our_things(open_store(release))}


def _visited(links: tuple[Link, ...], timeout: float, pause: float, bases: Mapping[str, str]) -> Found:
    from csto_graph.link.checking.measures import VISITED, Checked
    from csto_graph.link.checking.online import Asked, dereferenced, spelled_well
    from csto_graph.link.external.asking import Limits

    visited = tuple(filter(spelled_well, links))
    check = Checked(VISITED, visited, ("moved", "merged", "deleted", "unanswered"))
    return check, [*dereferenced(visited, Asked(Limits(timeout, _LONGEST), pause, bases))]


def _print(findings: Iterable[Finding]) -> None:
    rows = [(_place(each), each.kind, f"{each.problem}. {each.remedy}.") for each in findings if each.broken]
    if rows:
        print_table(("line", "is", "what is wrong, and what to do"), rows)


def _say(links: tuple[Link, ...], findings: Sequence[Finding]) -> None:
    """What could not be found out, a line for each reason, and the sum."""
    unanswered = Counter((each.problem, each.remedy) for each in findings if not each.broken)
    first = {each.problem: _place(each) for each in reversed(findings) if not each.broken}
    for (problem, remedy), count in unanswered.items():
        click.echo(f"csto-graph: {first[problem]}: {problem}{f' ({count} links)' if count > 1 else ''}. {remedy}.", err=True)
    broken = len({each.link.place for each in findings if each.broken})
    unknown = f", {unanswered.total()} not found out" if unanswered else ""
    click.echo(f"csto-graph: {len(links)} links checked: {broken} broken{unknown}.", err=True)


def _place(finding: Finding) -> str:
    """Short where it lies below the folder one is in."""
    path, _, line = finding.link.place.rpartition(":")
    here = Path.cwd()
    return f"{Path(path).relative_to(here) if Path(path).is_relative_to(here) else path}:{line}"


def _write(out: Path, checks: Iterable[Checked], findings: Iterable[Finding], day: str) -> None:
    from csto_graph.link.checking.measures import measurements

    with refusals(out):
        replace_file(out.resolve(), turtle(measurements(checks, findings, day)))
