"""The ontology as triples, and triples as N-Triples."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from csto_graph.errors import RefusedData
from csto_graph.namespaces import RDF


def read_ontology(path: Path) -> frozenset[ox.Triple]:
    """The triples of a Turtle file. Raises `RefusedData` naming the file and the line of a syntax error."""
    try:
        return frozenset(quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise RefusedData(path, f"is not Turtle ({error.msg})", "Mend the line it names") from None
    except OSError as error:
        raise RefusedData(path, f"cannot be read ({error.strerror})", "Restore the file from the repository") from None


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
