"""Which triples decide whether a node conforms: what has to be validated anew after a change, and over what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, TypeAlias

import pyoxigraph as ox
from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from csto_graph.namespaces import RDF, SH
from csto_graph.validate.conversion import rdflib_graph
from csto_graph.validate.shapes import shape_triples

Steps: TypeAlias = tuple[ox.NamedNode, ...]
Reads: TypeAlias = Mapping[ox.NamedNode, frozenset[Steps]]

TYPE: Final = ox.NamedNode(str(RDF.type))
_NESTED: Final = (SH.node, SH.property, SH.qualifiedValueShape, SH["not"])
_LISTS: Final = (SH["or"], SH["and"], SH.xone)
_COMPARED: Final = (SH.lessThan, SH.lessThanOrEquals, SH.equals, SH.disjoint)  # they name a property of the focus node
_TARGETED: Final = (SH.targetSubjectsOf,)
# These look at the value nodes alone, or at nothing. Whatever else a shape has may look anywhere.
_VALUES: Final = (
    SH.datatype, SH.nodeKind, SH.minCount, SH.maxCount, SH.minLength, SH.maxLength, SH.pattern, SH.flags, SH.languageIn,
    SH.uniqueLang, SH["in"], SH.hasValue, SH.minInclusive, SH.maxInclusive, SH.minExclusive, SH.maxExclusive,
    SH.qualifiedMinCount, SH.qualifiedMaxCount, SH.message, SH.severity, SH.name, SH.description, SH.order, SH.group,
    SH.deactivated, SH.targetNode,
)  # fmt: skip
_KNOWN: Final = frozenset({*_NESTED, *_LISTS, *_COMPARED, *_TARGETED, *_VALUES, SH.path, SH.targetClass, SH["class"]})


def reads(shapes: Path) -> Reads | None:
    """For each predicate that a shape looks at the ways from a focus node to the subject, as the predicates of their steps.

    No other triple decides whether a node conforms, save those that say which class is under which.
    None where a shape may look anywhere: backwards, any number of steps, at every predicate, or by a query.
    Raises `RefusedData` like `validate_shapes`.
    """
    graph = rdflib_graph(shape_triples(shapes))
    if any(str(predicate).startswith(str(SH)) and predicate not in _KNOWN for predicate in graph.predicates()):
        return None
    found: defaultdict[ox.NamedNode, set[Steps]] = defaultdict(set, {TYPE: {()}})  # a class is a target by its instances
    tops = {*graph.subjects(RDF.type, SH.NodeShape), *graph.subjects(RDF.type, SH.PropertyShape)}
    try:
        for predicate, way in (pair for shape in tops for pair in _reads(graph, shape, ())):
            found[predicate].add(way)
    except RecursionError:  # shapes that name one another
        return None
    return {predicate: frozenset(ways) for predicate, ways in found.items()}


def _reads(graph: Graph, shape: Node, way: Steps) -> Iterator[tuple[ox.NamedNode, Steps]]:
    path = _path(graph, graph.value(shape, SH.path))
    yield from ((step, way + path[:index]) for index, step in enumerate(path))
    yield from ((_term(other), way) for named in (*_COMPARED, *_TARGETED) for other in graph.objects(shape, named))
    if (shape, SH["class"], None) in graph:
        yield TYPE, way + path
    for nested in _nested(graph, shape):
        yield from _reads(graph, nested, way + path)


def _path(graph: Graph, path: Node | None) -> Steps:
    """A property or a sequence of properties: paths of other kinds have predicates that are not known."""
    if path is None:
        return ()
    return (_term(path),) if isinstance(path, URIRef) else tuple(map(_term, Collection(graph, path)))


def _nested(graph: Graph, shape: Node) -> Iterator[Node]:
    for predicate in _NESTED:
        yield from graph.objects(shape, predicate)
    for predicate in _LISTS:
        for members in graph.objects(shape, predicate):
            yield from Collection(graph, members)


def _term(node: Node) -> ox.NamedNode:
    return ox.NamedNode(str(node))
