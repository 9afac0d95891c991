"""SHACL (W3C Recommendation of 20 July 2017), by pyshacl over an rdflib graph in memory."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pyshacl
from pyshacl.errors import ReportableRuntimeError
from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from csto_graph.errors import RefusedData
from csto_graph.model import Finding, Report
from csto_graph.namespaces import RDF, SH
from csto_graph.turtle import read_turtle
from csto_graph.validate.conversion import rdflib_graph
from csto_graph.validate.findings import in_order


def validate_shapes(data: Iterable[ox.Triple], shapes: Path, ontology: Path) -> Report:
    """Holds the data against the shapes of a folder of Turtle files (or of one file).

    The ontology is added to the data, so that a shape of a class reaches its subclasses; nothing else is inferred here:
    hand in what the reasoner added. `checked` counts shapes, those of properties included.
    Raises `RefusedData` if there is no shape, or if a file cannot be read as Turtle or as SHACL.
    """
    shape_graph = rdflib_graph(shape_triples(shapes))
    data_graph = rdflib_graph({*read_turtle(ontology), *data})
    try:
        _, results, _ = pyshacl.validate(data_graph, shacl_graph=shape_graph, inference="none", inplace=True)
    except ReportableRuntimeError as error:
        raise RefusedData(shapes, f"is not SHACL ({_first_line(error)})", "Mend the shape it names") from None
    if not isinstance(results, Graph):
        raise RefusedData(shapes, f"could not be applied ({_first_line(results)})", "Mend the shape it names")
    return Report(in_order(_findings(results, shape_graph)), checked=len(_shapes(shape_graph)))


def shape_triples(shapes: Path) -> Iterable[ox.Triple]:
    """What the files say. Raises `RefusedData` where there is none or one is not Turtle."""
    paths = sorted(shapes.glob("*.ttl")) if shapes.is_dir() else [shapes]
    if not paths:
        raise RefusedData(shapes, "holds no shapes", "Restore the folder from the repository")
    return (triple for path in paths for triple in read_turtle(path))


def _shapes(graph: Graph) -> set[Node]:
    return {*graph.subjects(RDF.type, SH.NodeShape), *graph.subjects(RDF.type, SH.PropertyShape)}


def _findings(results: Graph, shapes: Graph) -> Iterable[Finding]:
    for result in results.objects(None, SH.result):  # not those of sh:detail, which say why a result is one
        path = results.value(result, SH.resultPath)
        value = results.value(result, SH.value)
        yield Finding(
            check=_check(results.value(result, SH.sourceShape), shapes),
            severity=str(results.value(result, SH.resultSeverity)).removeprefix(str(SH)),
            focus_node=str(results.value(result, SH.focusNode)),
            result_path=None if path is None else _path(results, path),
            value=None if value is None else str(value),
            message="; ".join(sorted(str(message) for message in results.objects(result, SH.resultMessage))),
        )


def _check(shape: Node | None, shapes: Graph) -> str:
    # A shape without an IRI is named by the shape it stands in, for its own name is another one in every run.
    while shape is not None and not isinstance(shape, URIRef):
        shape = next(iter(shapes.subjects(None, shape)), None)
    return str(shape)


def _path(results: Graph, path: Node) -> str:
    """The path as SPARQL 1.1 would write it, as far as our shapes use paths: a property or a sequence."""
    if (path, RDF.first, None) in results:
        return "/".join(_path(results, step) for step in Collection(results, path))
    return str(path)


def _first_line(problem: object) -> str:
    return str(problem.value if isinstance(problem, Literal) else problem).strip().partition("\n")[0]
