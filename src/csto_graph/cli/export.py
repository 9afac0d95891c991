"""`csto-graph export`: what a release holds, as files other programs read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from math import ceil
from pathlib import Path
from typing import cast

import click
from pyoxigraph import QueryTriples, Store, Triple

from csto_graph.cli.asking import Question, read_question, settings_option
from csto_graph.cli.naming import thing as named_thing
from csto_graph.cli.options import PATH, home_option
from csto_graph.cli.output import output
from csto_graph.cli.released import required_release
from csto_graph.errors import WrongCall
from csto_graph.namespaces import GRAPH
from csto_graph.release.home import open_store
from csto_graph.release.sums import Sink
from csto_graph.release.syntaxes import DATASET_FORMATS, GRAPH_FORMATS, write_graph, write_graphs, write_triples
from csto_graph.release.tables import TABLE_FORMATS, require_parquet, tables, write_table
from csto_graph.release.turtle import graph_iri, graph_names
from csto_graph.release.use import reading
from csto_graph.sparql.describing import MOST, description, pointing_count

_FORMATS = (*GRAPH_FORMATS, *(name for name in DATASET_FORMATS if name not in GRAPH_FORMATS), *TABLE_FORMATS)
Write = Callable[[Sink], object]


@click.command()
@click.argument("graph", required=False)
@click.option("--thing", metavar="NAME", help="One thing: its IRI, its CURIE, its local name (state/armenia) or its label.")
@click.option("--query", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE",
              help="The result of a CONSTRUCT, read from a file or from stdin (-).")  # fmt: skip
@settings_option
@click.option("--table", metavar="NAME", help="A table: members, treaties, interventions or statements.")
@click.option("--format", "syntax", type=click.Choice(_FORMATS),
              help="All graphs: trig (default), nquads, jsonld; a table: csv (default), parquet; else turtle …")  # fmt: skip
@click.option("--out", type=PATH, metavar="FILE", help="Write a file instead of stdout; an old one is replaced at once.")
@click.option("--gzip", "compressed", is_flag=True, help="Compress it; the same content is the same bytes.")
@click.option("--checksums", is_flag=True, help="Write FILE.sha256 beside --out FILE, for sha256sum --check.")
@home_option
def export(graph: str | None, thing: str | None, query: Path | None, settings: tuple[str, ...], table: str | None,
           syntax: str | None, out: Path | None, compressed: bool, checksums: bool, home: Path) -> None:  # fmt: skip
    """Print one GRAPH (default, source/<id>, evidence/<id>, reference, inferred … or its IRI), or all of them.

    The same content is the same bytes, whenever and wherever it is written.
    """
    _require_one({"GRAPH": graph, "--thing": thing, "--query": query, "--table": table}, settings)
    question = read_question(query, settings) if query else None
    tabulate = _of_table(table, syntax or "csv") if table is not None else None
    release = required_release(home)
    with reading(release.folder):
        store = open_store(release)
        write = partial(tabulate, store) if tabulate else _writer(store, graph, thing, question, syntax)
        with output(out, compressed=compressed, checksums=checksums) as sink:
            write(sink)


def _require_one(parts: Mapping[str, object], settings: Collection[str]) -> None:
    given = [name for name, value in parts.items() if value is not None]
    if len(given) > 1:
        raise WrongCall(" and ".join(given), "ask for two things at once", f"Give one of {', '.join(parts)}")
    if settings and "--query" not in given:
        raise WrongCall("--set", "gives a parameter to no query", "Name the query with --query FILE")


def _writer(store: Store, graph: str | None, thing: str | None, question: Question | None, syntax: str | None) -> Write:
    """What is to be written. Raises `WrongCall` for what there is not, before anything is written."""
    if question:
        return _of_triples(_constructed(store, question), str(question.file), syntax)
    if thing is not None:
        iri = named_thing(store, thing).value
        return _of_triples(_described(store, iri), iri, syntax)
    return _of_graph(store, graph, syntax or "turtle") if graph is not None else _of_dataset(store, syntax or "trig")


def _of_table(name: str, syntax: str) -> Callable[[Store, Sink], object]:
    if name not in tables():
        raise WrongCall(f"--table {name}", "there is no such table", f"Name one of: {', '.join(tables())}")
    if syntax not in TABLE_FORMATS:
        raise WrongCall(f"--format {syntax}", "is not for tables", f"Use one of: {', '.join(TABLE_FORMATS)}")
    if syntax == "parquet":
        require_parquet()
    return lambda store, sink: write_table(store, tables()[name], syntax, sink)


def _of_triples(triples: Iterator[Triple], place: str, syntax: str | None) -> Write:
    name = _for_one_graph(syntax or "turtle")
    return lambda sink: write_triples(triples, place, name, sink)


def _of_graph(store: Store, name: str, syntax: str) -> Write:
    graphs = {graph_iri(graph).removeprefix(str(GRAPH)): graph for graph in graph_names(store)}
    found = graphs.get(name.removeprefix(str(GRAPH)))
    if found is None:
        raise WrongCall(name, "there is no such graph in this release", f"Name one of: {', '.join(graphs)}")
    allowed = _for_one_graph(syntax)
    return lambda sink: write_graph(store, found, allowed, sink)


def _of_dataset(store: Store, syntax: str) -> Write:
    graphs = graph_names(store)
    if syntax not in DATASET_FORMATS:
        names = ", ".join(graph_iri(graph).removeprefix(str(GRAPH)) for graph in graphs)
        raise WrongCall(f"--format {syntax}", "holds one graph only", f"Name one of: {names}; or use --format trig")
    return lambda sink: write_graphs(store, graphs, syntax, sink)


def _for_one_graph(syntax: str) -> str:
    if syntax not in GRAPH_FORMATS:
        what = "tables" if syntax in TABLE_FORMATS else "all graphs at once"
        raise WrongCall(f"--format {syntax}", f"is for {what}", f"Use one of: {', '.join(GRAPH_FORMATS)}")
    return syntax


def _constructed(store: Store, question: Question) -> Iterator[Triple]:
    results = question.put(store)
    if not isinstance(results, QueryTriples):
        raise WrongCall(question.file, "gives no triples", "Write CONSTRUCT or DESCRIBE; csto-graph query answers SELECT and ASK")
    return _read(results, question)


def _read(results: QueryTriples, question: Question) -> Iterator[Triple]:
    with question.failures():
        yield from results


def _described(store: Store, iri: str) -> Iterator[Triple]:
    """The description of a thing, all of its pages."""
    counted = store.query(pointing_count(iri))
    pointing = next(int(solution["count"].value) for solution in counted)  # type: ignore[union-attr]
    for page in range(1, max(1, ceil(pointing / MOST)) + 1):
        yield from cast(QueryTriples, store.query(description(iri, page)))
