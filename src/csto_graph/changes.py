"""Whether a change that a user made may be published: shapes and clash rules, over what it touches.

Beside `pipeline` the only module that knows several stages: a build checks everything, a change what it can have broken.
After a release that conforms this refuses what checking everything would refuse, and for the same reasons. Its cost grows with
the change and what stands next to it; only what says what follows from other triples (`owl:sameAs` …) costs more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Final, TypeAlias

import pyoxigraph as ox

from csto_graph import graph, resources
from csto_graph.model import Finding, Report
from csto_graph.namespaces import RDF, RDFS
from csto_graph.reason import RULING, clashes, materialise, telling_predicates
from csto_graph.release.difference import Difference
from csto_graph.release.graphs import user_graphs
from csto_graph.release.turtle import DEFAULT, GraphName
from csto_graph.turtle import read_turtle
from csto_graph.validate import reads, validate_shapes
from csto_graph.validate.reads import Reads, Steps

Nodes: TypeAlias = set[ox.NamedNode]
Object: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_HIERARCHY: Final = ox.NamedNode(str(RDFS.subClassOf))  # decides what a shape of a class reaches, wherever it is
_TYPE: Final = ox.NamedNode(str(RDF.type))


def check_change(store: ox.Store, difference: Difference) -> Report:
    """What speaks against publishing a store that differs so from a release; anything short of a violation is left out."""
    report = _shapes_report(store, difference)
    found = [*report.findings, *_clashes(store, difference)]
    return Report(tuple(finding for finding in found if finding.severity == "Violation"), report.checked)


def _shapes_report(store: ox.Store, difference: Difference) -> Report:
    shapes, ontology = resources.root() / "ontology" / "shapes", resources.root() / "ontology" / "csto.ttl"
    read, changed = _read_by_shapes(), _changed(store, difference)
    if read is None or any(triple.predicate == _HIERARCHY for triple in changed):
        return validate_shapes(graph.described_triples(store), shapes, ontology)
    focus_nodes = set(chain.from_iterable(_focus_nodes(store, triple, read) for triple in changed))
    if not focus_nodes:
        return Report((), 0)
    return _about(validate_shapes(_decisive(store, focus_nodes, read), shapes, ontology), focus_nodes)


def _about(report: Report, nodes: Nodes) -> Report:
    """The findings on these nodes: of those that they lead to, not all that is said was at hand."""
    names = {node.value for node in nodes}
    return Report(tuple(finding for finding in report.findings if finding.focus_node in names), report.checked)


def _changed(store: ox.Store, difference: Difference) -> set[ox.Triple]:
    """The triples that no graph said before, and those that none says any more: the shapes read all graphs as one."""
    added = _described(_quads(name, change.added) for name, change in difference.items())
    removed = _described(_quads(name, change.removed) for name, change in difference.items())
    differing = {quad.triple for quad in added} ^ {quad.triple for quad in removed}  # what moved is in both
    return {t for t in differing if added.issuperset(_found(store, _iri(t.subject), t.predicate, t.object))}


def _focus_nodes(store: ox.Store, triple: ox.Triple, read: Reads) -> Nodes:
    """The nodes from which a shape looks at this triple. A way that the change broke ends in a triple that it took away."""
    return set().union(*(_back(store, _iri(triple.subject), way) for way in read.get(triple.predicate, ())))


def _back(store: ox.Store, node: ox.NamedNode, way: Steps) -> Nodes:
    nodes = {node}
    for step in reversed(way):
        nodes = {_iri(quad.subject) for node in nodes for quad in store.quads_for_pattern(None, step, node, None)}
    return nodes


def _decisive(store: ox.Store, nodes: Nodes, read: Reads) -> set[ox.Triple]:
    """What the shapes look at from these nodes, and which class is under which."""
    triples = {quad.triple for quad in _found(store, None, _HIERARCHY, None)}
    for way in set().union(*read.values()):
        ends = _forth(store, nodes, way)
        for predicate in (predicate for predicate, ways in read.items() if way in ways):
            triples |= {quad.triple for end in ends for quad in _found(store, end, predicate, None)}
    return triples


def _forth(store: ox.Store, nodes: Nodes, way: Steps) -> Nodes:
    for step in way:
        objects = (quad.object for node in nodes for quad in store.quads_for_pattern(node, step, None, None))
        nodes = {node for node in objects if isinstance(node, ox.NamedNode)}
    return nodes


def _clashes(store: ox.Store, difference: Difference) -> tuple[Finding, ...]:
    """Over the default graph and the users' graphs; what follows from both is looked at and not kept.

    To take triples away makes nothing contradict itself, and `locality` says why what is added can do so only at its two ends.
    """
    graphs: list[GraphName] = [DEFAULT, *user_graphs(store)]
    telling = _telling_predicates()
    if telling is None or any(_rules(store, name) for name in graphs):
        return _contradictions({quad.triple for name in graphs for quad in store.quads_for_pattern(None, None, None, name)})
    things = {thing for change in difference.values() for triple in change.added for thing in _told(triple, telling)}
    told = {triple for name in graphs for thing in things for triple in _telling(store, thing, name, telling)}
    names = {thing.value for thing in things}
    return tuple(finding for finding in _contradictions(told) if finding.focus_node in names) if told else ()


def _contradictions(asserted: set[ox.Triple]) -> tuple[Finding, ...]:
    ontology = resources.root() / "ontology" / "csto.ttl"
    return clashes(ontology, asserted, materialise(ontology, asserted))


def _rules(store: ox.Store, name: GraphName) -> bool:
    """Whether a graph says anything beyond the ontology about what follows from what."""
    pairs = chain.from_iterable(((term, None), (_TYPE, term)) for term in RULING)
    return any(next(store.quads_for_pattern(None, *pair, name), None) for pair in pairs)


def _told(triple: ox.Triple, telling: frozenset[ox.NamedNode]) -> Iterator[ox.NamedNode]:
    """The things to which a triple gives a class."""
    ends = (triple.subject, triple.object) if triple.predicate in telling else (triple.subject,) * (triple.predicate == _TYPE)
    return (end for end in ends if isinstance(end, ox.NamedNode))


def _telling(store: ox.Store, thing: ox.NamedNode, name: GraphName, telling: frozenset[ox.NamedNode]) -> Iterator[ox.Triple]:
    """The triples of a graph that give a class to a thing."""
    for predicate in telling:
        yield from (quad.triple for quad in store.quads_for_pattern(thing, predicate, None, name))
        yield from (quad.triple for quad in store.quads_for_pattern(None, predicate, thing, name))
    yield from (quad.triple for quad in store.quads_for_pattern(thing, _TYPE, None, name))


@cache
def _telling_predicates() -> frozenset[ox.NamedNode] | None:
    return telling_predicates(read_turtle(resources.root() / "ontology" / "csto.ttl"))


@cache
def _read_by_shapes() -> Reads | None:
    return reads(resources.root() / "ontology" / "shapes")


def _found(store: ox.Store, subject: ox.NamedNode | None, predicate: ox.NamedNode, object_: Object | None) -> Iterator[ox.Quad]:
    return filter(graph.is_described, store.quads_for_pattern(subject, predicate, object_, None))


def _described(parts: Iterable[Iterable[ox.Quad]]) -> set[ox.Quad]:
    return set(filter(graph.is_described, chain.from_iterable(parts)))


def _quads(name: GraphName, triples: Iterable[ox.Triple]) -> Iterator[ox.Quad]:
    return (ox.Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples)


def _iri(node: ox.NamedNode | ox.BlankNode | ox.Triple) -> ox.NamedNode:
    assert isinstance(node, ox.NamedNode), node  # blank nodes have their IRIs by now
    return node
