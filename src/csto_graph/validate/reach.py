"""How far from its focus node a shape looks, which decides what has to be validated anew after a change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from csto_graph.namespaces import RDF, SH
from csto_graph.validate.conversion import rdflib_graph
from csto_graph.validate.shapes import shape_triples

# Whatever has one of these may look anywhere: backwards, any number of steps, or by a query.
_BOUNDLESS: Final = (
    SH.inversePath, SH.zeroOrMorePath, SH.oneOrMorePath, SH.alternativePath, SH.sparql, SH.target, SH.targetObjectsOf,
)  # fmt: skip
_NESTED: Final = (SH.node, SH.property, SH.qualifiedValueShape, SH["not"])
_LISTS: Final = (SH["or"], SH["and"], SH.xone)


def reach(shapes: Path) -> int | None:
    """The most steps, along properties, between a focus node and the subject of a triple that decides whether it conforms.

    None where no number says it. Raises `RefusedData` like `validate_shapes`.
    """
    graph = rdflib_graph(shape_triples(shapes))
    if any((None, predicate, None) in graph for predicate in _BOUNDLESS):
        return None
    tops = {*graph.subjects(RDF.type, SH.NodeShape), *graph.subjects(RDF.type, SH.PropertyShape)}
    try:
        return max((_reach(graph, shape) for shape in tops), default=0)
    except RecursionError:  # shapes that name one another
        return None


def _reach(graph: Graph, shape: Node) -> int:
    steps = _length(graph, graph.value(shape, SH.path))
    inner = [_reach(graph, nested) for nested in _nested(graph, shape)]
    own = [max(steps - 1, 0), *([steps] if (shape, SH["class"], None) in graph else [])]
    return max(*own, *(steps + each for each in inner)) if inner else max(own)


def _length(graph: Graph, path: Node | None) -> int:
    if path is None:
        return 0
    return 1 if isinstance(path, URIRef) else len(Collection(graph, path))


def _nested(graph: Graph, shape: Node) -> Iterator[Node]:
    for predicate in _NESTED:
        yield from graph.objects(shape, predicate)
    for predicate in _LISTS:
        for members in graph.objects(shape, predicate):
            yield from _members(graph, members)


def _members(graph: Graph, members: Node) -> Iterable[Node]:
    return Collection(graph, members)
