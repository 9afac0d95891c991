"""`csto-graph link import`: chosen properties of linked things come into a graph of their own, or go again."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from csto_graph.cli.options import PATH, IsoDate, Words, home_option
from csto_graph.enrichment import enrichment_files, enrichment_folders
from csto_graph.errors import WrongCall
from csto_graph.iris import slug
from csto_graph.release.files import adding_folder, removing_folder


@click.command("import")
@click.option("--sssom", type=PATH, metavar="FILE", help="The links to go by: accepted ones that say that two are one thing.")
@click.option("--from", "extract", type=PATH, metavar="FILE.ttl", help="The extract of the other data set.")
@click.option("--properties", metavar="P,Q", help="What to bring: IRIs, or with a prefix (schema:population).")
@click.option("--id", "id_", metavar="ID", help="What the import is called: lower-case letters, digits and hyphens.")
@click.option("--date", "day", type=IsoDate(), metavar="YYYY-MM-DD", help="Of which day the extract is.")
@click.option("--title", type=Words(), help="What the extract is; else its file name.")
@click.option("--licence", type=Words(), default="none stated", show_default=True, help="Under which licence it may be kept.")
@click.option("--remove", metavar="ID", help="Take this import away instead.")
@home_option
def import_(sssom: Path | None, extract: Path | None, properties: str | None, id_: str | None, day: str | None,
            title: str | None, licence: str, remove: str | None, home: Path) -> None:  # fmt: skip
    """Bring properties of linked things from an extract into graph/enrichment/ID, with where each value is from.

    The next build has them, in that graph alone: enrichment/ID/admitted.tsv is where somebody decides what else they may be.
    """
    from csto_graph.link.external.importing import About, gather, whole_iri

    if remove is not None:
        if any((sssom, extract, properties, id_, day, title)):
            raise WrongCall("--remove", "takes nothing but the id of an import", "Leave out the other options")
        _remove(home, remove)
        return
    if not (sssom and extract and properties and id_ and day):
        raise WrongCall("link import", "something is missing", "Give --sssom, --from, --properties, --id and --date, or --remove")
    _refuse_bad_id(id_)
    chosen = {whole_iri(written.strip()) for written in properties.split(",")}
    found = gather(extract, sssom, chosen, About(id_, title or extract.name, day, licence))
    _add(home, id_, enrichment_files(found))
    things = len({value.thing for value in found.values})
    _say(f"{len(found.values)} values of {things} things in {enrichment_folders(home)[-1] / id_}")


def _add(home: Path, id_: str, files: dict[str, bytes]) -> None:
    """The folder whole or not at all; no build reads meanwhile."""
    from csto_graph.sources import sources_held, taken_by

    with sources_held(home):
        taken = taken_by(home, id_)
        if taken is not None:
            remedy = f"Choose another one, or run csto-graph link import --remove {id_}"
            raise WrongCall(f"--id {id_}", f"is taken by {taken}", remedy)
        with adding_folder(enrichment_folders(home)[-1] / id_, files):
            pass


def _remove(home: Path, id_: str) -> None:
    from csto_graph.sources import sources_held

    folder = enrichment_folders(home)[-1] / id_
    with ExitStack() as held:
        held.enter_context(sources_held(home))
        if slug(id_) != id_ or not folder.is_dir():
            known = sorted(path.name for path in folder.parent.iterdir() if path.is_dir()) if folder.parent.is_dir() else []
            raise WrongCall(f"--remove {id_}", "there is no such import", f"Name one of: {', '.join(known) or 'there is none'}")
        held.enter_context(removing_folder(folder))
    _say(f"{id_} is taken away")


def _refuse_bad_id(id_: str) -> None:
    if slug(id_) != id_:
        raise WrongCall(f"--id {id_}", "is no id", f"Write lower-case letters, digits and hyphens, for example {slug(id_)}")


def _say(what: str) -> None:
    click.echo(f"csto-graph: {what}. Run csto-graph build to have it in the release.", err=True)
