"""The property chains of an ontology, read from their lists (OWL 2 Web Ontology Language, `owl:propertyChainAxiom`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from csto_graph.namespaces import OWL, RDF
from csto_graph.reason.rules import ONTOLOGY, Term

CHAIN = ox.NamedNode(str(OWL.propertyChainAxiom))
_INVERSE = ox.NamedNode(str(OWL.inverseOf))
_FIRST, _REST, _NIL, _TYPE = (ox.NamedNode(str(term)) for term in (RDF.first, RDF.rest, RDF.nil, RDF.type))


@dataclass(frozen=True, slots=True)
class Link:
    """One property of a chain; inverted, it leads from its object to its subject."""

    property: ox.NamedNode
    inverted: bool

    def triple(self, start: ox.NamedNode, end: ox.NamedNode) -> ox.Triple:
        """The triple by which the link leads from one thing to another."""
        return ox.Triple(end, self.property, start) if self.inverted else ox.Triple(start, self.property, end)


def links(store: ox.Store, chain: Term) -> tuple[Link, ...]:
    """The links of the chain whose list begins at this node of `graph/ontology`."""
    return tuple(_link(store, member) for member in _members(store, chain))


def _members(store: ox.Store, node: Term | None) -> Iterator[Term]:
    while node is not None and node != _NIL:
        yield from _values(store, node, _FIRST)
        node = next(_values(store, node, _REST), None)


def _link(store: ox.Store, member: Term) -> Link:
    if next(_values(store, member, _TYPE), None) is None:  # not a property with a name, which would be declared
        for inverted in _values(store, member, _INVERSE):
            assert isinstance(inverted, ox.NamedNode)
            return Link(inverted, inverted=True)
    assert isinstance(member, ox.NamedNode)
    return Link(member, inverted=False)


def _values(store: ox.Store, subject: Term, predicate: ox.NamedNode) -> Iterator[Term]:
    assert not isinstance(subject, ox.Literal)
    return (quad.object for quad in store.quads_for_pattern(subject, predicate, None, ONTOLOGY))
