"""IRIs for blank nodes (RDF 1.1 Concepts, section 3.5, "Replacing Blank Nodes with IRIs")."""

from __future__ import annotations

from collections import defaultdict
from uuid import uuid4

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from csto_graph.namespaces import GENID
from csto_graph.release.difference import Difference


def skolemise(store: Store, difference: Difference) -> int:
    """Gives every blank node of the added triples an IRI that nothing else has; how many there were."""
    names: defaultdict[str, NamedNode] = defaultdict(lambda: NamedNode(f"{GENID}{uuid4().hex}"))
    for graph, change in difference.items():
        for triple in change.added:
            named = _named(triple, names)
            if named != triple:
                store.remove(Quad(triple.subject, triple.predicate, triple.object, graph))
                store.add(Quad(named.subject, named.predicate, named.object, graph))
    return len(names)


def _named(triple: Triple, names: defaultdict[str, NamedNode]) -> Triple:
    subject, object_ = (_iri(term, names) for term in (triple.subject, triple.object))
    assert not isinstance(subject, Literal)
    return Triple(subject, triple.predicate, object_)


def _iri(term: NamedNode | BlankNode | Literal | Triple, names: defaultdict[str, NamedNode]) -> NamedNode | Literal | Triple:
    if isinstance(term, BlankNode):
        return names[term.value]
    return _named(term, names) if isinstance(term, Triple) else term
