"""A collection of cited facts → its graphs: what it asserts (`graph/curated/<id>`), its statements (`graph/evidence/<id>`)."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from csto_graph.cited import Citation, CitedFact, Collection
from csto_graph.graph import evidence
from csto_graph.graph.nodes import LABEL, TYPE, cst, dated, described, english, graph, in_graph
from csto_graph.graph.sources import asserted_triples, derived, speaks_of
from csto_graph.iris import digest
from csto_graph.model import Status
from csto_graph.namespaces import DCTERMS, ID, SCHEMA, SKOS, XSD

_SOURCE, _IDENTIFIER, _TITLE = (ox.NamedNode(str(each)) for each in (DCTERMS.source, DCTERMS.identifier, DCTERMS.title))
_NOTE, _ADDRESS = ox.NamedNode(str(SKOS.note)), ox.NamedNode(str(SCHEMA.url))
_URI = ox.NamedNode(str(XSD.anyURI))


def collection_quads(collection: Collection) -> Iterator[ox.Quad]:
    """The quads of both graphs. As with a text, what nothing asserted speaks of is described among the evidence."""
    asserted = [fact for fact in collection.facts if fact.status is Status.ASSERTED]
    stated = {iri for fact in asserted for iri in speaks_of(fact)}
    in_curated, in_evidence = graph("curated", collection.id), graph("evidence", collection.id)
    yield from in_graph(asserted_triples(collection.id, asserted), in_curated)
    for thing in collection.things:
        yield from in_graph(described(thing), in_curated if thing.iri in stated else in_evidence)
    yield from in_graph(_about(collection), in_evidence)
    for citation in collection.citations:
        yield from in_graph(_cited(collection, citation), in_evidence)
    for fact in collection.facts:
        yield from in_graph(_statement(collection, fact), in_evidence)


def fact_iri(collection: Collection, fact: CitedFact) -> str:
    """The IRI of the statement that a line of a collection is."""
    return f"{ID}statement/{digest(collection.id, fact.row)}"


def _about(collection: Collection) -> Iterator[ox.Triple]:
    node = evidence.document_node(collection.id)
    yield ox.Triple(node, TYPE, cst("Document"))
    yield ox.Triple(node, LABEL, english(f"the collection “{collection.title}”"))
    yield ox.Triple(node, _TITLE, english(collection.title))
    if collection.date:
        yield ox.Triple(node, ox.NamedNode(str(DCTERMS.date)), dated(collection.date))
    if collection.licence:
        yield ox.Triple(node, ox.NamedNode(str(DCTERMS.license)), ox.Literal(collection.licence))
    if collection.note:
        yield ox.Triple(node, _NOTE, english(collection.note))


def _cited(collection: Collection, citation: Citation) -> Iterator[ox.Triple]:
    node = _citation_node(collection, citation)
    yield ox.Triple(node, TYPE, cst("Document"))
    yield ox.Triple(node, LABEL, english(citation.title))
    yield ox.Triple(node, _TITLE, english(citation.title))
    if citation.address:
        yield ox.Triple(node, _ADDRESS, ox.Literal(citation.address, datatype=_URI))
    if citation.note:
        yield ox.Triple(node, _NOTE, english(citation.note))


def _statement(collection: Collection, fact: CitedFact) -> Iterator[ox.Triple]:
    node = ox.NamedNode(fact_iri(collection, fact))
    yield from evidence.reified(node, fact)
    yield from derived(collection.id, fact, node)
    yield ox.Triple(node, cst("sureness"), cst(f"Sureness{fact.sureness}"))
    yield ox.Triple(node, ox.NamedNode(str(DCTERMS.isPartOf)), evidence.document_node(collection.id))
    yield ox.Triple(node, _IDENTIFIER, ox.Literal(fact.row))
    for citation in fact.citations:
        yield ox.Triple(node, _SOURCE, _citation_node(collection, citation))
    if fact.note:
        yield ox.Triple(node, _NOTE, english(fact.note))
    yield from evidence.claim(node, fact, fact.note or evidence.reading(fact))


def _citation_node(collection: Collection, citation: Citation) -> ox.NamedNode:
    return evidence.document_node(f"{collection.id}.{citation.key}")
