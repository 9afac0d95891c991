"""Reference data → `graph/reference`: types, names and identifiers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from csto_graph.graph.nodes import cst, dated, described, english, graph, in_graph
from csto_graph.model import Identifier, Name, NameKind, Thing
from csto_graph.namespaces import DCTERMS, OWL, RDFS, SKOS
from csto_graph.withdrawal import Withdrawal

DEPRECATED = ox.NamedNode(str(OWL.deprecated))
_LABELS = {NameKind.STRONG: "altLabel", NameKind.WEAK: "hiddenLabel"}  # hidden: for search, not for show (SKOS)
_IDENTIFIER = ox.NamedNode(str(DCTERMS.identifier))


def reference_quads(
    things: Iterable[Thing], names: Iterable[Name], identifiers: Iterable[Identifier], withdrawn: Iterable[Withdrawal] = ()
) -> Iterator[ox.Quad]:
    """Types, labels, other names and codes of the things that are known, and which IRIs are no longer used.

    Demonyms and capitals are no names of a state.
    """
    name_of = graph("reference")
    known = {thing.iri: thing for thing in things}
    for thing in known.values():
        yield from in_graph(described(thing), name_of)
    for name in names:
        if name.kind in _LABELS and name.surface_form != known[name.iri].label:
            yield ox.Quad(ox.NamedNode(name.iri), _skos(_LABELS[name.kind]), english(name.surface_form), name_of)
    for identifier in identifiers:
        code = ox.Literal(identifier.identifier, datatype=cst(identifier.scheme))
        yield ox.Quad(ox.NamedNode(identifier.thing), _IDENTIFIER, code, name_of)
    for each in withdrawn:
        yield from in_graph(_withdrawn(each), name_of)


def _withdrawn(each: Withdrawal) -> Iterator[ox.Triple]:
    node = ox.NamedNode(each.iri)
    yield ox.Triple(node, DEPRECATED, ox.Literal(True))
    yield ox.Triple(node, ox.NamedNode(str(DCTERMS.date)), dated(each.since))
    yield ox.Triple(node, ox.NamedNode(str(RDFS.comment)), english(each.reason))
    if each.replacement:
        yield ox.Triple(node, ox.NamedNode(str(DCTERMS.isReplacedBy)), ox.NamedNode(each.replacement))


def _skos(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{SKOS}{name}")
