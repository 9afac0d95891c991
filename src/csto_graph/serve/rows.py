"""What a page is made of, asked of the back-end like any other query, within the client's turn and from the cache."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
from flask import g

from csto_graph.backend.interface import Query
from csto_graph.model import Release
from csto_graph.serve.answering import answered
from csto_graph.serve.solutions import Row, solutions


def rows(release: Release, query: str) -> list[Row]:
    """Every solution of a SELECT. Raises what `answered` raises."""
    with answered(release, Query(query), "json") as answer:
        found = solutions(answer)
    g.notes = ()  # the query is ours
    return found


def triples(release: Release, query: str) -> Iterator[ox.Triple]:
    """Every triple of a CONSTRUCT. Raises what `answered` raises."""
    with answered(release, Query(query), "ntriples") as answer:
        content = answer.read()
    g.notes = ()
    for quad in ox.parse(content, format=ox.RdfFormat.N_TRIPLES):
        yield quad.triple
