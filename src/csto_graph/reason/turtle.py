"""What triples declare, and triples as N-Triples."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from csto_graph.namespaces import RDF


def declared(triples: Iterable[ox.Triple], type_: str) -> frozenset[str]:
    """The IRIs of the terms declared with this type: `owl:Class`, `owl:ObjectProperty` …"""
    return frozenset(
        triple.subject.value
        for triple in triples
        if triple.predicate.value == str(RDF.type)
        and isinstance(triple.subject, ox.NamedNode)
        and isinstance(triple.object, ox.NamedNode)
        and triple.object.value == type_
    )


def n_triples(triples: Iterable[ox.Triple]) -> bytes:
    """The triples in N-Triples, one a line, sorted: the syntax that every reasoner here reads without loss."""
    return "".join(sorted(f"{triple.subject} {triple.predicate} {triple.object} .\n" for triple in triples)).encode()
