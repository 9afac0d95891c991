"""Graphs in the syntaxes that `query` offers."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Triple, serialize

from csto_graph.release.syntaxes import GRAPH_FORMATS
from csto_graph.release.turtle import prefixes_of, turtle
from csto_graph.turtle import with_sorted_prefixes


def written(triples: Sequence[Triple], name: str) -> bytes:
    """The triples in the named syntax; Turtle sorts them itself, the others keep their order."""
    if name == "turtle":
        return turtle(triples)
    return with_sorted_prefixes(serialize(triples, format=GRAPH_FORMATS[name], prefixes=prefixes_of(triples)) or b"")
