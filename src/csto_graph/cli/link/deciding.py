"""`csto-graph link accept` and `link reject`: decisions on pairs become rows of the files of links."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from csto_graph.cli.naming import thing as named_thing
from csto_graph.cli.options import IsoDate, Words, home_option
from csto_graph.cli.released import required_release
from csto_graph.errors import WrongCall
from csto_graph.release.files import refusals
from csto_graph.release.home import open_store
from csto_graph.release.lock import locked
from csto_graph.release.use import reading

if TYPE_CHECKING:
    from csto_graph.link.external.judging import Judged
    from csto_graph.link.external.review import Decided


def _options(command: Callable[..., None]) -> Callable[..., None]:
    """What both commands take."""
    for option in (
        home_option,
        click.option("--comment", type=Words(), help="Why, of a single pair."),
        click.option("--date", "day", type=IsoDate(), metavar="YYYY-MM-DD", help="When it was decided, where no line says it."),
        click.option("--author", type=Words(), help="Who decided, where no line says it."),
        click.argument("what", nargs=-1, required=True, metavar="FILE|SUBJECT OBJECT"),
    ):
        command = option(command)
    return command


@click.command()
@click.option("--predicate", default="skos:exactMatch", show_default=True, help="How a single pair is linked.")
@_options
def accept(what: tuple[str, ...], predicate: str, **said: Any) -> None:
    """Accept the pair SUBJECT OBJECT, or carry out the decisions in the table FILE, rejections too.

    The links go into data/mappings/<target>.sssom.tsv of a clone, else into mappings/ of the home; the next build has them.
    """
    _decide("accept", what, predicate, **said)


@click.command()
@_options
def reject(what: tuple[str, ...], **said: Any) -> None:
    """Reject the pair SUBJECT OBJECT, or carry out the decisions in the table FILE, acceptances too.

    A rejected pair is kept as one (predicate_modifier Not) and never proposed again.
    """
    _decide("reject", what, "", **said)


def _decide(decision: str, what: tuple[str, ...], predicate: str, *, author: str | None, day: str | None, comment: str | None,
            home: Path) -> None:  # fmt: skip
    from csto_graph.link.external.review import read_review

    if len(what) > 2:
        raise WrongCall(f"link {decision}", "takes a table, or one pair", "Give FILE, or SUBJECT and OBJECT")
    if len(what) == 1 and (comment or predicate not in ("", "skos:exactMatch")):
        raise WrongCall(what[0], "a table has its comments and predicates in its lines", "Leave out --comment and --predicate")
    with _things(home) as (resolve, things):
        if len(what) == 1:
            lines: Sequence[Decided] = read_review(Path(what[0]))
        else:
            lines = [_pair(decision, resolve(what[0]), what[1], predicate, comment or "")]
    signed = [
        replace(
            line,
            author=line.author or author or "",
            date=line.date or day or "",
            subject_label=things.get(line.subject, line.subject_label),
        )
        for line in lines
    ]
    _say(_written(signed, home, frozenset(things)))


@contextmanager
def _things(home: Path) -> Iterator[tuple[Callable[[str], str], Mapping[str, str]]]:
    # How a thing is found by what a person writes, and the labels of all of them.
    from csto_graph.link.external.ours import our_things

    release = required_release(home)
    with reading(release.folder):
        store = open_store(release)
        yield lambda written: named_thing(store, written).value, {thing.iri: thing.label for thing in our_things(store)}


def _pair(decision: str, subject: str, object_: str, written: str, comment: str) -> Decided:
    from csto_graph.link.external.review import Decided, Decision, predicate

    linked_by = predicate("--predicate", written)
    return Decided(f"{subject} {object_}", Decision(decision), subject, object_, linked_by, comment=comment)


def _written(lines: Sequence[Decided], home: Path, things: frozenset[str]) -> Judged:
    """Everything is judged and rendered before the first file changes; each file is replaced at once."""
    from csto_graph.link.external.judging import Known, judge
    from csto_graph.mappings import known_targets, load_links, mapping_folders, mappings_folder
    from csto_graph.sssom import render_mappings, write_mappings

    folders, folder = mapping_folders(home), mappings_folder(home)
    with refusals(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder.parent, name=".mappings.lock"):
            judged = judge(lines, Known(known_targets(folders), load_links(folders), folder, things))
            for mappings in judged.sets.values():
                render_mappings(mappings)
            for path, mappings in judged.sets.items():
                write_mappings(path, mappings)
    return judged


def _say(judged: Judged) -> None:
    where = ", ".join(map(str, sorted(judged.sets))) or "no file changed"
    counts = f"{judged.accepted} accepted, {judged.rejected} rejected, {judged.known} known before"
    click.echo(f"csto-graph: {counts}: {where}.", err=True)
