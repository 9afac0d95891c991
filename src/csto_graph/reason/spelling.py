"""Triples and axioms as people read them."""

from __future__ import annotations

import pyoxigraph as ox

from csto_graph.namespaces import RDF, curie
from csto_graph.reason.chains import CHAIN, links
from csto_graph.reason.rules import Term

_TYPE = ox.NamedNode(str(RDF.type))


def spelled(triple: ox.Triple) -> str:
    """A triple in short: `id:state/armenia cst:memberOf id:organisation/csto`."""
    predicate = "a" if triple.predicate == _TYPE else short(triple.predicate)
    return f"{short(triple.subject)} {predicate} {short(triple.object)}"


def spelled_axiom(store: ox.Store, axiom: ox.Triple) -> str:
    """The same, with a property chain in full: `cst:memberOf owl:propertyChainAxiom ( ^cst:member cst:organisation )`.

    An inverse is written as SPARQL 1.1 writes an inverse path.
    """
    if axiom.predicate != CHAIN:
        return spelled(axiom)
    members = (f"{'^' if link.inverted else ''}{short(link.property)}" for link in links(store, axiom.object))
    return f"{short(axiom.subject)} {short(CHAIN)} ( {' '.join(members)} )"


def short(term: Term) -> str:
    """A term in short: a CURIE where a prefix fits, a literal as Turtle writes it."""
    if isinstance(term, ox.NamedNode):
        return curie(term.value)
    if isinstance(term, ox.Literal) and not term.language:
        return str(term).replace(f"^^<{term.datatype.value}>", f"^^{curie(term.datatype.value)}")
    return str(term)
