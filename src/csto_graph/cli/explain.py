"""`csto-graph explain`: why a triple is in the default graph."""

from __future__ import annotations

from pathlib import Path

import click

from csto_graph.cli.options import home_option
from csto_graph.cli.released import required_release
from csto_graph.release.home import open_store
from csto_graph.release.use import reading


@click.command()
@click.argument("subject")
@click.argument("predicate")
@click.argument("object_", metavar="OBJECT")
@click.option("--all", "every", is_flag=True, help="Every last step that leads to it, not the shortest alone.")
@click.option("--format", "result_format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@home_option
def explain(subject: str, predicate: str, object_: str, every: bool, result_format: str, home: Path) -> int:
    """Say why a triple is in the default graph: who asserts it, or by which rule it follows from what.

    A term is an IRI, a CURIE (id:state/armenia), a local name (state/armenia, memberOf), a label (Armenia) or a literal.
    Exit 1 where the graph does not have the triple.
    """
    from csto_graph.cli import proofs  # the reasoners take half a second to import, which no other command should wait for

    release = required_release(home)
    with reading(release.folder):
        store = open_store(release)
        triple = proofs.named_triple(store, (subject, predicate, object_))
        found = proofs.explanations(store, triple)
        if not found:
            for line in proofs.why_not(store, triple):
                click.echo(f"csto-graph: {line}", err=True)
            return 1
        shown = found if every else found[:1]
        click.echo(proofs.written(store, triple, shown, more=len(found) - len(shown), result_format=result_format))
        return 0
