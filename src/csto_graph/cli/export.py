"""`csto-graph export`: what a release holds, as files other programs read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, serialize

from csto_graph.cli.formats import GRAPH_FORMATS, written
from csto_graph.cli.options import PATH, home_option
from csto_graph.cli.released import required_release
from csto_graph.errors import WrongCall
from csto_graph.namespaces import GRAPH
from csto_graph.release.files import refusals, replace_file
from csto_graph.release.home import open_store
from csto_graph.release.turtle import GraphName, graph_names, trig, triples_of
from csto_graph.release.use import reading

_DATASET_FORMATS = {"trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS, "jsonld": RdfFormat.JSON_LD}


@click.command()
@click.argument("graph", required=False)
@click.option("--format", "result_format", type=click.Choice([*GRAPH_FORMATS, "trig", "nquads"]),
              help="One graph: turtle (default), ntriples, rdfxml, jsonld; all: trig (default), nquads, jsonld.")  # fmt: skip
@click.option("--out", type=PATH, metavar="FILE", help="Write a file instead of stdout; an old one is replaced at once.")
@home_option
def export(graph: str | None, result_format: str | None, out: Path | None, home: Path) -> None:
    """Print one GRAPH (default, source/<id>, evidence/<id>, reference, inferred … or its IRI), or all of them."""
    release = required_release(home)
    with reading(release.folder):
        store = open_store(release)
        content = _graph(store, graph, result_format or "turtle") if graph else _dataset(store, result_format or "trig")
    if out is None:
        click.echo(content, nl=False)
        return
    with refusals(out):
        _write(out.resolve(), content)


def _write(out: Path, content: bytes) -> None:
    """A file is replaced at once; a device or a pipe is written to, and stays what it is."""
    if out.exists() and not out.is_file():
        out.write_bytes(content)
    else:
        replace_file(out, content)


def _graph(store: Store, name: str, result_format: str) -> bytes:
    if result_format not in GRAPH_FORMATS:
        raise WrongCall(f"--format {result_format}", "is for all graphs at once", "Leave out GRAPH, or use turtle")
    graphs = {_short(graph): graph for graph in graph_names(store)}
    found = graphs.get(name.removeprefix(str(GRAPH)))
    if found is None:
        raise WrongCall(name, "there is no such graph in this release", f"Name one of: {', '.join(graphs)}")
    return written(triples_of(store, found), result_format)


def _dataset(store: Store, result_format: str) -> bytes:
    if result_format not in _DATASET_FORMATS:
        names = ", ".join(_short(graph) for graph in graph_names(store))
        raise WrongCall(f"--format {result_format}", "holds one graph only", f"Name one of: {names}; or use --format trig")
    quads = list(_quads(store))
    return trig(quads) if result_format == "trig" else serialize(quads, format=_DATASET_FORMATS[result_format]) or b""


def _quads(store: Store) -> Iterator[Quad]:
    for graph in graph_names(store):
        yield from (Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples_of(store, graph))


def _short(graph: GraphName) -> str:
    return "default" if isinstance(graph, DefaultGraph) else graph.value.removeprefix(str(GRAPH))
