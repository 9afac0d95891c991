"""An import → `graph/enrichment/<id>`: its triples, and for each whence it was taken and through which link.

PROV-O and RDF's reification, and no term of our own: nothing of this is a statement of ours (`cst:Statement`).
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from csto_graph.enrichment import Enrichment, Imported
from csto_graph.graph.nodes import LABEL, TYPE, dated, english, graph, in_graph
from csto_graph.iris import digest
from csto_graph.namespaces import DCTERMS, ID, PROV, RDF

_DERIVED, _PRIMARY = ox.NamedNode(str(PROV.wasDerivedFrom)), ox.NamedNode(str(PROV.hadPrimarySource))
_ENTITY, _REIFIED = ox.NamedNode(str(PROV.Entity)), ox.NamedNode(str(RDF.Statement))
_ENDS = tuple(ox.NamedNode(str(each)) for each in (RDF.subject, RDF.predicate, RDF.object))


def enrichment_quads(enrichment: Enrichment) -> Iterator[ox.Quad]:
    """The quads of one import. What was admitted into the default graph is a cited fact beside them."""
    return in_graph(_triples(enrichment), graph("enrichment", enrichment.id))


def _triples(enrichment: Enrichment) -> Iterator[ox.Triple]:
    extract = ox.NamedNode(f"{ID}extract/{enrichment.sha256[:16]}")
    yield from _about(enrichment, extract)
    for each in enrichment.values:
        yield ox.Triple(ox.NamedNode(each.thing), ox.NamedNode(each.property), each.value)
        yield from _provenance(enrichment, each, extract)


def _about(enrichment: Enrichment, extract: ox.NamedNode) -> Iterator[ox.Triple]:
    node = ox.NamedNode(f"{ID}import/{enrichment.id}")
    yield ox.Triple(node, TYPE, _ENTITY)
    yield ox.Triple(node, LABEL, english(enrichment.title))
    yield ox.Triple(node, ox.NamedNode(str(DCTERMS.date)), dated(enrichment.date))
    yield ox.Triple(node, _DERIVED, extract)
    if enrichment.licence:
        yield ox.Triple(node, ox.NamedNode(str(DCTERMS.license)), ox.Literal(enrichment.licence))
    yield ox.Triple(extract, TYPE, _ENTITY)
    yield ox.Triple(extract, LABEL, ox.Literal(enrichment.extract))
    yield ox.Triple(extract, ox.NamedNode(str(DCTERMS.identifier)), ox.Literal(f"sha256:{enrichment.sha256}"))


def _provenance(enrichment: Enrichment, each: Imported, extract: ox.NamedNode) -> Iterator[ox.Triple]:
    """The value is derived from the extract, which says it of another thing, and from the link that makes the two one."""
    thing, there = ox.NamedNode(each.thing), ox.NamedNode(each.source)
    link = ox.NamedNode(f"{ID}link/{digest(each.thing, each.link, each.source)}")
    value = ox.NamedNode(f"{ID}import/{enrichment.id}.{digest(each.thing, each.property, str(each.value), each.source)}")
    yield from _reified(link, thing, ox.NamedNode(each.link), there)
    yield from _reified(value, thing, ox.NamedNode(each.property), each.value)
    yield ox.Triple(value, ox.NamedNode(str(DCTERMS.isPartOf)), ox.NamedNode(f"{ID}import/{enrichment.id}"))
    yield ox.Triple(value, _DERIVED, extract)
    yield ox.Triple(value, _DERIVED, link)
    yield ox.Triple(value, _PRIMARY, there)


def _reified(node: ox.NamedNode, *ends: ox.NamedNode | ox.Literal) -> Iterator[ox.Triple]:
    yield ox.Triple(node, TYPE, _REIFIED)
    yield from (ox.Triple(node, predicate, end) for predicate, end in zip(_ENDS, ends, strict=True))
