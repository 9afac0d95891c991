"""Graphs in the syntaxes that `query` and `export` offer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pyoxigraph import RdfFormat, Triple, serialize

from csto_graph.release.turtle import prefixes_of, turtle

GRAPH_FORMATS: Final = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}


def written(triples: Sequence[Triple], name: str) -> bytes:
    """The triples in the named syntax; Turtle sorts them itself, the others keep their order."""
    if name == "turtle":
        return turtle(triples)
    return serialize(triples, format=GRAPH_FORMATS[name], prefixes=prefixes_of(triples)) or b""
