"""pyoxigraph terms as rdflib terms, with every character of a literal kept."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import IdentifiedNode


def rdflib_graph(triples: Iterable[ox.Triple]) -> Graph:
    """An rdflib graph in memory with these triples."""
    graph = Graph(bind_namespaces="none")
    with _silence("rdflib.term"):
        for triple in triples:
            graph.add((_node(triple.subject), URIRef(triple.predicate.value), rdflib_term(triple.object)))
    return graph


def rdflib_term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> IdentifiedNode | Literal:
    """The same term in rdflib. Raises `TypeError` for a triple term, which rdflib has not."""
    if not isinstance(term, ox.Literal):
        return _node(term)
    if term.language:
        return Literal(term.value, lang=term.language)
    # rdflib would write "01"^^xsd:integer as "1", and the shapes would never see what was wrong.
    return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)


def _node(term: ox.NamedNode | ox.BlankNode | ox.Triple) -> IdentifiedNode:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    raise TypeError(f"{term} is a triple term")


@contextmanager
def _silence(name: str) -> Iterator[None]:
    # rdflib logs a traceback for "2022-02-32"^^xsd:date; the shapes say the same in a line, with the place.
    logger = logging.getLogger(name)
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before
