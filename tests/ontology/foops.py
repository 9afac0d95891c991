"""The tests of FOOPS! that need no registry, rewritten as checks: each yields what it misses, and nothing where all is there.

Source of every check: the catalogue of tests of FOOPS! (https://w3id.org/foops/, each test at https://w3id.org/foops/test/ID; texts in
src/main/resources/testCatalogue.properties of github.com/oeg-upm/fair_ontologies); D. Garijo, O. Corcho, M. Poveda-Villalón,
"FOOPS!: An Ontology Pitfall Scanner for the FAIR Principles", ISWC 2021. Of the properties by which FOOPS! takes a piece of metadata
those are asked for that the ontology uses. The five stars are those of T. Berners-Lee's scheme,
as https://5stardata.info explains it, asked of the ontology.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from pyoxigraph import RdfFormat, parse
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, VANN, Graph, Literal, URIRef
from rdflib.term import Node

from csto_graph.namespaces import CST, ONTOLOGY_IRI


@dataclass(frozen=True, slots=True)
class Got:
    """What a site answers."""

    status: int
    media_type: str
    body: bytes


Site = Callable[[str, str], Got]  # IRI, Accept → answer
Check = Callable[[Graph, Site], Iterator[str]]

_HEADER: Final = URIRef(ONTOLOGY_IRI)
_STATUS: Final = URIRef("http://purl.org/ontology/bibo/status")
_SYNTAXES: Final = ("text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples")
_PERSISTENT: Final = ("w3id.org", "doi.org", "purl.org", "linked.data.gov.au", "dbpedia.org", "www.w3.org", "perma.cc", "data.europa.eu")
_METADATA: Final = (DCTERMS, VANN, "http://purl.org/ontology/bibo/")
_PROPERTIES: Final = (OWL.ObjectProperty, OWL.DatatypeProperty)
_OPEN: Final = ("https://creativecommons.org/licenses/by/", "https://creativecommons.org/publicdomain/zero/")


def _missing(graph: Graph, *predicates: URIRef) -> Iterator[str]:
    yield from (str(predicate) for predicate in predicates if not any(str(o).strip() for o in graph.objects(_HEADER, predicate)))


def _terms(graph: Graph) -> list[URIRef]:
    """Classes and properties of the namespace, as FOOPS! takes them; individuals and datatypes are asked with them."""
    return sorted(term for term in set(graph.subjects(RDF.type)) if isinstance(term, URIRef) and term.startswith(CST))


def _triples(got: Got) -> set[tuple[str, str, str]]:
    """Those of an answer in RDF, without those of blank nodes; none where it is no RDF."""
    syntax = RdfFormat.from_media_type(got.media_type)
    if got.status != 200 or syntax is None:
        return set()
    try:
        found = [quad.triple for quad in parse(input=got.body, format=syntax)]
    except SyntaxError:
        return set()
    return {(str(s), str(p), str(o)) for s, p, o in found if not str(s).startswith("_:") and not str(o).startswith("_:")}


def _given(site: Site, media_type: str) -> set[tuple[str, str, str]]:
    """The triples that a site gives who asks for a media type; none where it gives another."""
    got = site(ONTOLOGY_IRI, media_type)
    return _triples(got) if got.media_type == media_type else set()


def purl1(graph: Graph, site: Site) -> Iterator[str]:
    """PURL1, Ontology has a persistent URL: one of w3id.org or another known register."""
    for header in graph.subjects(RDF.type, OWL.Ontology):
        if urlsplit(str(header)).netloc not in _PERSISTENT:
            yield str(header)


def uri1(graph: Graph, site: Site) -> Iterator[str]:
    """URI1, Ontology URI is resolvable: in at least one RDF serialisation."""
    if not any(_given(site, media_type) for media_type in _SYNTAXES):
        yield ONTOLOGY_IRI


def uri2(graph: Graph, site: Site) -> Iterator[str]:
    """URI2, Consistent ontology IDs: the document found at the IRI is of the ontology with that IRI."""
    found = {s for s, p, o in _triples(site(ONTOLOGY_IRI, "text/turtle")) if (p, o) == (f"<{RDF.type}>", f"<{OWL.Ontology}>")}
    if found != {f"<{ONTOLOGY_IRI}>"}:
        yield f"{ONTOLOGY_IRI} ≠ {found}"


def ver1(graph: Graph, site: Site) -> Iterator[str]:
    """VER1, A version IRI is declared: one, and not that of the ontology."""
    versions = list(graph.objects(_HEADER, OWL.versionIRI))
    if len(versions) != 1 or _HEADER in versions:
        yield f"{versions}"


def ver2(graph: Graph, site: Site) -> Iterator[str]:
    """VER2, Ontology version IRI resolves: to the version that states it."""
    for version in graph.objects(_HEADER, OWL.versionIRI):
        if (f"<{ONTOLOGY_IRI}>", f"<{OWL.versionIRI}>", f"<{version}>") not in _triples(site(str(version), "text/turtle")):
            yield str(version)


def om1(graph: Graph, site: Site) -> Iterator[str]:
    """OM1, Minimum metadata: title, description, license, version IRI, creator, namespace URI."""
    yield from _missing(
        graph, DCTERMS.title, DCTERMS.description, DCTERMS.license, OWL.versionIRI, DCTERMS.creator, VANN.preferredNamespaceUri
    )


def om2(graph: Graph, site: Site) -> Iterator[str]:
    """OM2, Recommended metadata: namespace prefix, version info, creation date, citation, which names the version."""
    yield from _missing(
        graph, VANN.preferredNamespacePrefix, OWL.versionInfo, DCTERMS.created, DCTERMS.bibliographicCitation
    )
    for version in graph.objects(_HEADER, OWL.versionInfo):
        if not any(str(version) in str(citation) for citation in graph.objects(_HEADER, DCTERMS.bibliographicCitation)):
            yield f"citation of {version}"


def om3(graph: Graph, site: Site) -> Iterator[str]:
    """OM3, Detailed metadata: publisher, status, date issued, and modified; the rest of it stands in `NOT_CLAIMED`."""
    yield from _missing(graph, DCTERMS.publisher, _STATUS, DCTERMS.issued, DCTERMS.modified)


def om4_1(graph: Graph, site: Site) -> Iterator[str]:
    """OM4.1, Ontology has a license available: by an IRI, so that it can be looked up."""
    licences = list(graph.objects(_HEADER, DCTERMS.license))
    if not licences or any(not isinstance(each, URIRef) or urlsplit(each).scheme not in ("http", "https") for each in licences):
        yield f"{licences}"


def om5_1(graph: Graph, site: Site) -> Iterator[str]:
    """OM5.1, Basic provenance metadata: creator, creation date."""
    yield from _missing(graph, DCTERMS.creator, DCTERMS.created)


def om5_2(graph: Graph, site: Site) -> Iterator[str]:
    """OM5.2, Detailed provenance metadata: date issued, publisher; no date before the creation."""
    yield from _missing(graph, DCTERMS.issued, DCTERMS.publisher)
    for created in graph.objects(_HEADER, DCTERMS.created):
        later = (DCTERMS.issued, DCTERMS.modified)
        yield from (str(p) for p in later for date in graph.objects(_HEADER, p) if str(date) < str(created))


def rdf1(graph: Graph, site: Site) -> Iterator[str]:
    """RDF1, Ontology is available in RDF: each serialisation is read and holds the same."""
    whole = _given(site, _SYNTAXES[0])
    for media_type in _SYNTAXES:
        found = _given(site, media_type)
        if not found or found != whole:
            yield media_type


def cn1(graph: Graph, site: Site) -> Iterator[str]:
    """CN1, Ontology has content negotiation: HTML and the RDF serialisations from one IRI, each under its media type."""
    for media_type in ("text/html", *_SYNTAXES):
        got = site(ONTOLOGY_IRI, media_type)
        if got.status != 200 or got.media_type != media_type:
            yield media_type


def http1(graph: Graph, site: Site) -> Iterator[str]:
    """HTTP1, Ontology uses an open protocol."""
    headers = graph.subjects(RDF.type, OWL.Ontology)
    yield from (str(header) for header in headers if urlsplit(str(header)).scheme not in ("http", "https"))


def doc1(graph: Graph, site: Site) -> Iterator[str]:
    """DOC1, Ontology has HTML documentation: every term is a place in it."""
    got = site(ONTOLOGY_IRI, "text/html")
    page = got.body.decode() if got.status == 200 and got.media_type == "text/html" else ""
    yield from (str(term) for term in _terms(graph) if f'id="{term.removeprefix(CST)}"' not in page)


def find1(graph: Graph, site: Site) -> Iterator[str]:
    """FIND1, Ontology prefix is declared."""
    yield from _missing(graph, VANN.preferredNamespacePrefix)


def voc1(graph: Graph, site: Site) -> Iterator[str]:
    """VOC1, Ontology reuses existing vocabularies for metadata annotations: what is said of it is said in theirs."""
    own = {p for p in graph.predicates(_HEADER) if str(p).startswith(CST)}
    reused = [vocabulary for vocabulary in _METADATA if any(str(p).startswith(str(vocabulary)) for p in graph.predicates(_HEADER))]
    if own or not reused:
        yield f"{own or 'none reused'}"


def voc2(graph: Graph, site: Site) -> Iterator[str]:
    """VOC2, Ontology imports or reuses well established vocabularies: its classes or properties stand under some of theirs."""
    if not _above(graph):
        yield "none"


def _above(graph: Graph) -> set[Node]:
    pairs = (pair for p in (RDFS.subClassOf, RDFS.subPropertyOf) for pair in graph.subject_objects(p))
    return {o for s, o in pairs if str(s).startswith(CST) and not str(o).startswith((str(CST), str(OWL), str(RDFS)))}


def voc3(graph: Graph, site: Site) -> Iterator[str]:
    """VOC3, All terms have labels."""
    yield from _unsaid(graph, RDFS.label)


def voc4(graph: Graph, site: Site) -> Iterator[str]:
    """VOC4, All terms have definitions."""
    yield from _unsaid(graph, SKOS.definition)


def _unsaid(graph: Graph, predicate: URIRef) -> Iterator[str]:
    terms = _terms(graph)
    yield from (str(term) for term in terms if not any(isinstance(o, Literal) and str(o) for o in graph.objects(term, predicate)))
    yield from [] if terms else ["no terms"]


def star1(graph: Graph, site: Site) -> Iterator[str]:
    """★ On the Web under an open licence."""
    if site(ONTOLOGY_IRI, "*/*").status != 200:
        yield ONTOLOGY_IRI
    if not any(str(licence).startswith(_OPEN) for licence in graph.objects(_HEADER, DCTERMS.license)):
        yield "no open licence"


def star2(graph: Graph, site: Site) -> Iterator[str]:
    """★★ As structured data that a machine reads: whoever asks for nothing special gets no page and no picture."""
    got = site(ONTOLOGY_IRI, "*/*")
    if not _triples(got):
        yield got.media_type


def star3(graph: Graph, site: Site) -> Iterator[str]:
    """★★★ In a non-proprietary format: all that is offered are standards of the W3C."""
    if not all(_given(site, media_type) for media_type in _SYNTAXES):
        yield "a format is missing"


def star4(graph: Graph, site: Site) -> Iterator[str]:
    """★★★★ With IRIs for things, so that people can point at them: each term's IRI leads to what is said of it."""
    said = {s for s, _, _ in _triples(site(ONTOLOGY_IRI, "text/turtle"))}
    yield from (str(term) for term in _terms(graph) if f"<{term}>" not in said)


def star5(graph: Graph, site: Site) -> Iterator[str]:
    """★★★★★ Linked to the data of others: to at least three vocabularies, and every kind of thing among them."""
    kinds = ("Actor", "Organisation", "Person", "Place", "Treaty", "Event", "Membership", "Document", "Statement")
    above = _above(graph)
    yield from (kind for kind in kinds if not above & set(graph.transitive_objects(CST[kind], RDFS.subClassOf)))
    namespaces = {str(term).rpartition("#")[0] or str(term).rpartition("/")[0] for term in above}
    yield from [] if len(namespaces) >= 3 else [f"{namespaces}"]


CHECKS: Final[dict[str, Check]] = {
    "PURL1": purl1, "URI1": uri1, "URI2": uri2, "VER1": ver1, "VER2": ver2, "OM1": om1, "OM2": om2, "OM3": om3, "OM4.1": om4_1,
    "OM5.1": om5_1, "OM5.2": om5_2, "RDF1": rdf1, "CN1": cn1, "HTTP1": http1, "DOC1": doc1, "FIND1": find1, "VOC1": voc1,
    "VOC2": voc2, "VOC3": voc3, "VOC4": voc4, "1 star": star1, "2 stars": star2, "3 stars": star3, "4 stars": star4, "5 stars": star5,
}  # fmt: skip

# What is left of the catalogue, and why: it is asked of the live Web.
LIVE: Final = {
    "FIND2": "Ontology prefix is found in prefix.cc or LOV: registries, in which nobody has entered it yet",
    "FIND3": "Ontology found in community registry: LOV, in which nobody has entered it yet",
    "FIND_3_BIS": "Metadata are accessible even when the ontology is not: asks the same registry",
    "OM4.2": "Ontology license is resolvable: fetches the page of Creative Commons; OM4.1 here asks that it is an IRI of the Web",
}
# Pieces of OM3 that would have to be made up.
NOT_CLAIMED: Final = {
    "doi": "no DOI is registered",
    "logo": "there is no logo",
    "source": "it is derived from no other resource; what it is aligned with is said term by term",
}
