"""`csto-graph link propose`: pairs that may be one thing, as a table for a reviewer."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import click

from csto_graph.cli.link.targets import Asked, block_for
from csto_graph.cli.naming import thing as named_thing
from csto_graph.cli.options import PATH, home_option
from csto_graph.cli.released import required_release
from csto_graph.errors import WrongCall
from csto_graph.mappings import load_links, mapping_folders
from csto_graph.namespaces import CST
from csto_graph.release.files import refusals, replace_file
from csto_graph.release.home import open_store
from csto_graph.release.use import reading
from csto_graph.resources import root
from csto_graph.sparql.spelling import nearest

if TYPE_CHECKING:
    from csto_graph.link.external.described import Described
    from csto_graph.link.external.proposals import Proposal
    from csto_graph.link.external.scoring import Knowledge


@click.command()
@click.option("--target", required=True, help="wikidata, dbpedia …; FILE.ttl or FILE.csv; or the address of an endpoint.")
@click.option("--endpoint", metavar="URL", help="Where a target that has a name is asked, instead of its public address.")
@click.option("--protocol", type=click.Choice(["reconcile", "sparql"]), help="How the endpoint is asked; else by its address.")
@click.option("--class", "class_", metavar="CLASS", help="Things of this class alone: State, Organisation …")
@click.option("--thing", "things", multiple=True, metavar="THING", help="This thing alone: state/armenia, Armenia. Repeatable.")
@click.option("--least", type=click.FloatRange(0, 1), default=0.6, show_default=True, help="Pairs of at least this score.")
@click.option("--limit", type=click.IntRange(1), default=5, show_default=True, help="At most so many pairs for each thing.")
@click.option("--name-property", "names", multiple=True, metavar="IRI", help="A further property of names there. Repeatable.")
@click.option("--type-property", "types", multiple=True, metavar="IRI", help="A further property of types there. Repeatable.")
@click.option("--type-is", "given", multiple=True, metavar="IRI=CLASS", help="What a type there is here. Repeatable.")
@click.option("--type", "type_", metavar="ID", help="The type that a reconciliation service is to restrict itself to.")
@click.option("--timeout", type=click.FloatRange(0.1), default=60.0, show_default=True, help="Seconds that one answer may take.")
@click.option("--out", type=PATH, metavar="FILE", help="Write the table here instead of stdout.")
@home_option
def propose(target: str, endpoint: str | None, protocol: str | None, class_: str | None, things: tuple[str, ...], least: float,
            limit: int, names: tuple[str, ...], types: tuple[str, ...], given: tuple[str, ...], type_: str | None, timeout: float,
            out: Path | None, home: Path) -> None:  # fmt: skip
    """Print pairs of our things and those of TARGET that may be one, with a score and its reasons.

    Fill in the column `decision` (accept or reject) and give the table to `csto-graph link accept`.
    What was accepted or rejected before is not proposed again.
    """
    from csto_graph.link.external.judging import decided_before
    from csto_graph.link.external.proposals import Wanted
    from csto_graph.link.external.proposals import propose as proposals
    from csto_graph.link.external.review import render_review

    asked = Asked(target, endpoint, protocol, names, types, type_, timeout, limit, home)
    knowledge, wanted = _knowledge(given), Wanted(least, limit, *decided_before(load_links(mapping_folders(home))))
    ours = _ours(home, class_, things)
    found = proposals(ours, block_for(asked, ours), knowledge, wanted)
    content = render_review(found)
    if out is None:
        click.echo(content, nl=False)
    else:
        with refusals(out):
            replace_file(out.resolve(), content.encode())
    _say(target, ours, found)


def _ours(home: Path, class_: str | None, things: tuple[str, ...]) -> tuple[Described, ...]:
    """Our things, restricted. Raises `WrongCall` for a class or a thing that is none."""
    from csto_graph.link.external.ours import our_things

    release = required_release(home)
    with reading(release.folder):
        store = open_store(release)
        found = our_things(store)
        chosen = {named_thing(store, written).value for written in things}
    short = class_ and class_.removeprefix("cst:").removeprefix(str(CST))
    _refuse_no_class(short, {type_ for thing in found for type_ in thing.types})
    kept = tuple(each for each in found if (not short or short in each.types) and (not chosen or each.iri in chosen))
    if not kept:
        raise WrongCall("link propose", "no thing of the release is meant", "Leave out --class or --thing")
    return kept


def _refuse_no_class(name: str | None, known: Collection[str]) -> None:
    if name and name not in known:
        meant = nearest(name, known)
        remedy = f"Perhaps {meant} is meant" if meant else f"Use one of {', '.join(sorted(known))}"
        raise WrongCall(f"--class {name}", "no thing is of this class", remedy)


def _knowledge(given: tuple[str, ...]) -> Knowledge:
    from csto_graph.link.external.classes import load_words
    from csto_graph.link.external.scoring import Knowledge

    classes: dict[str, str] = {}
    for each in given:
        iri, equals, name = each.rpartition("=")
        if not (iri and equals and name):
            raise WrongCall(f"--type-is {each}", "does not say which class a type is", "Write it as IRI=State")
        classes[iri] = name.removeprefix("cst:")
    return Knowledge(load_words(root() / "data" / "reference" / "class-words.tsv"), classes)


def _say(target: str, ours: tuple[Described, ...], found: list[Proposal]) -> None:
    sure = sum(each.score.sure for each in found)
    counts = f"{len(ours)} things compared, {len(found)} pairs for {len({each.ours.iri for each in found})} of them, {sure} sure"
    click.echo(f"csto-graph: {target}: {counts}.", err=True)
