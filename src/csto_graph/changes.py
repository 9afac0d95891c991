"""Whether a change that a user made may be published: shapes and clash rules, over what it touches.

Beside `pipeline` the only module that knows several stages: a build checks everything, a change what it can have broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

import pyoxigraph as ox

from csto_graph import graph, resources
from csto_graph.model import Finding, Report
from csto_graph.namespaces import RDFS
from csto_graph.reason.clashes import clashes
from csto_graph.reason.materialise import materialise
from csto_graph.release.difference import Difference
from csto_graph.release.graphs import user_graphs
from csto_graph.validate import reach, validate_shapes

_MOST_FOCUS_NODES: Final = 2_000  # with more, validating everything is as quick
_HIERARCHY: Final = ox.NamedNode(str(RDFS.subClassOf))  # decides what a shape of a class reaches, wherever it is


def check_change(store: ox.Store, difference: Difference) -> Report:
    """What speaks against publishing a store that differs so from a release; anything short of a violation is left out."""
    report = _shapes_report(store, difference)
    added = any(change.added for change in difference.values())
    found = [*report.findings, *(_clashes(store) if added else ())]  # to take away makes nothing contradict itself
    return Report(tuple(finding for finding in found if finding.severity == "Violation"), report.checked)


def _shapes_report(store: ox.Store, difference: Difference) -> Report:
    shapes, ontology = resources.root() / "ontology" / "shapes", resources.root() / "ontology" / "csto.ttl"
    touched = list(_touched(difference))
    steps = None if any(triple.predicate == _HIERARCHY for triple in touched) else reach(shapes)
    if steps is not None:
        focus_nodes = _backwards(store, {_iri(triple.subject) for triple in touched}, steps)
        if len(focus_nodes) <= _MOST_FOCUS_NODES:
            whole = validate_shapes(_forwards(store, focus_nodes, steps), shapes, ontology)
            return _about(whole, {node.value for node in focus_nodes})
    return validate_shapes(graph.described_triples(store), shapes, ontology)


def _about(report: Report, focus_nodes: set[str]) -> Report:
    """The findings on these nodes: of those that they lead to, not all that is said was at hand."""
    return Report(tuple(finding for finding in report.findings if finding.focus_node in focus_nodes), report.checked)


def _clashes(store: ox.Store) -> tuple[Finding, ...]:
    """Over the default graph and the users' graphs; what follows from both is looked at and not kept."""
    ontology = resources.root() / "ontology" / "csto.ttl"
    written = chain.from_iterable(store.quads_for_pattern(None, None, None, name) for name in user_graphs(store))
    asserted = [*graph.default_triples(store), *(quad.triple for quad in written)]
    return clashes(ontology, asserted, materialise(ontology, asserted))


def _touched(difference: Difference) -> Iterator[ox.Triple]:
    return (triple for change in difference.values() for triple in chain(change.added, change.removed))


def _backwards(store: ox.Store, nodes: Iterable[ox.NamedNode], steps: int) -> set[ox.NamedNode]:
    """These nodes and those from which they can be reached in so many steps."""
    found = border = set(nodes)
    for _ in range(steps):
        border = {_iri(quad.subject) for node in border for quad in _described(store, None, node)} - found
        found = found | border
        if len(found) > _MOST_FOCUS_NODES:
            break
    return found


def _forwards(store: ox.Store, nodes: Iterable[ox.NamedNode], steps: int) -> set[ox.Triple]:
    """What is said of these nodes and of those that can be reached in so many steps."""
    seen = border = set(nodes)
    triples: set[ox.Triple] = set()
    for _ in range(steps + 1):
        new = {quad.triple for node in border for quad in _described(store, node, None)}
        border = {triple.object for triple in new if isinstance(triple.object, ox.NamedNode)} - seen
        seen, triples = seen | border, triples | new
    return triples


def _described(store: ox.Store, subject: ox.NamedNode | None, object_: ox.NamedNode | None) -> Iterator[ox.Quad]:
    quads = store.quads_for_pattern(subject, None, object_, None)
    return (quad for quad in quads if graph.is_described(quad))


def _iri(node: ox.NamedNode | ox.BlankNode | ox.Triple) -> ox.NamedNode:
    assert isinstance(node, ox.NamedNode), node  # blank nodes have their IRIs by now
    return node
