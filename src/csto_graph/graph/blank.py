"""IRIs for the blank nodes of the ontology: the lists and inverses of its property chains (OWL 2 DL has them blank)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from csto_graph.iris import digest
from csto_graph.namespaces import GENID

Outgoing = Mapping[ox.BlankNode, list[ox.Triple]]


def named(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The triples with an IRI for every blank node, made from what is said of it: the same in every build.

    Two nodes of which the same is said become one. Raises `RecursionError` for nodes that lead back to themselves,
    which no list and no inverse does.
    """
    kept = tuple(triples)
    outgoing: defaultdict[ox.BlankNode, list[ox.Triple]] = defaultdict(list)
    for triple in kept:
        if isinstance(triple.subject, ox.BlankNode):
            outgoing[triple.subject].append(triple)
    for triple in kept:
        subject, object_ = (_iri(term, outgoing) for term in (triple.subject, triple.object))
        assert isinstance(subject, ox.NamedNode)
        yield ox.Triple(subject, triple.predicate, object_)


def _iri(
    term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, outgoing: Outgoing
) -> ox.NamedNode | ox.Literal | ox.Triple:
    if not isinstance(term, ox.BlankNode):
        return term
    said = sorted(f"{triple.predicate} {_iri(triple.object, outgoing)}" for triple in outgoing.get(term, ()))
    return ox.NamedNode(f"{GENID}{digest(*said)}")
