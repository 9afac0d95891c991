"""A small VoID description of a release (W3C Interest Group Note "Describing Linked Datasets with the VoID Vocabulary")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple
from rdflib import URIRef

from csto_graph.namespaces import BASE, CST, DCTERMS, ID, RDF, VOID
from csto_graph.release.turtle import sorted_triples, turtle

_DATASET: Final = f"{BASE}dataset"
_LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
_RIGHTS: Final = "The words of a source, quoted in passages, claims and evidence, stay under the terms of their publisher."


def void_description(graphs: Mapping[str, int]) -> bytes:
    """Turtle: the dataset with its licence and its triples, and each graph (IRI → triples) as a subset of it."""
    return turtle(sorted_triples([*_dataset(graphs), *_subsets(graphs)], "void.ttl"))


def _dataset(graphs: Mapping[str, int]) -> Iterator[Triple]:
    yield _triple(_DATASET, RDF.type, NamedNode(str(VOID.Dataset)))
    yield _triple(_DATASET, DCTERMS.title, Literal("csto-graph", language="en"))
    yield _triple(_DATASET, DCTERMS.license, NamedNode(_LICENCE))
    yield _triple(_DATASET, DCTERMS.rights, Literal(_RIGHTS, language="en"))
    yield _triple(_DATASET, VOID.uriSpace, Literal(str(ID)))
    yield _triple(_DATASET, VOID.vocabulary, NamedNode(str(CST)))
    yield _triple(_DATASET, VOID.triples, Literal(sum(graphs.values())))


def _subsets(graphs: Mapping[str, int]) -> Iterator[Triple]:
    for graph, triples in graphs.items():
        yield _triple(_DATASET, VOID.subset, NamedNode(graph))
        yield _triple(graph, RDF.type, NamedNode(str(VOID.Dataset)))
        yield _triple(graph, VOID.triples, Literal(triples))


def _triple(subject: str, predicate: URIRef, object_: NamedNode | Literal) -> Triple:
    return Triple(NamedNode(subject), NamedNode(str(predicate)), object_)
