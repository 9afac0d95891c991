"""Every prefix, once.

Terms of the ontology are written `CST.memberOf`; nothing else in the package spells an IRI base.
"""

from __future__ import annotations

from typing import Final

from rdflib import DCAT, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SKOS, VANN, VOID, XSD, Namespace

BASE: Final = "https://w3id.org/csto-graph/"
CST: Final = Namespace(f"{BASE}ontology#")
ID: Final = Namespace(f"{BASE}id/")
GRAPH: Final = Namespace(f"{BASE}graph/")
LEXICON: Final = Namespace(f"{BASE}lexicon#")
OA: Final = Namespace("http://www.w3.org/ns/oa#")
SEM: Final = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
ELI: Final = Namespace("http://data.europa.eu/eli/ontology#")
SCHEMA: Final = Namespace("https://schema.org/")
ONTOLEX: Final = Namespace("http://www.w3.org/ns/lemon/ontolex#")
SYNSEM: Final = Namespace("http://www.w3.org/ns/lemon/synsem#")
LEXICOG: Final = Namespace("http://www.w3.org/ns/lemon/lexicog#")
LEXINFO: Final = Namespace("http://www.lexinfo.net/ontology/3.0/lexinfo#")
SH: Final = Namespace("http://www.w3.org/ns/shacl#")
SSSOM: Final = Namespace("https://w3id.org/sssom/")
SEMAPV: Final = Namespace("https://w3id.org/semapv/vocab/")

ONTOLOGY_IRI: Final = f"{BASE}ontology"
GENID: Final = f"{BASE}.well-known/genid/"  # what stands for a blank node (RDF 1.1 Concepts, section 3.5)

# Declared in every Turtle file we write and for every query we answer.
PREFIXES: Final[dict[str, str]] = {
    "cst": str(CST),
    "id": str(ID),
    "graph": str(GRAPH),
    "lexicon": str(LEXICON),
    "dcat": str(DCAT),
    "dcterms": str(DCTERMS),
    "eli": str(ELI),
    "foaf": str(FOAF),
    "oa": str(OA),
    "org": str(ORG),
    "owl": str(OWL),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": str(SCHEMA),
    "sem": str(SEM),
    "skos": str(SKOS),
    "vann": str(VANN),
    "void": str(VOID),
    "wd": "http://www.wikidata.org/entity/",
    "xsd": str(XSD),
}

# Longest first, so that an IRI is shortened by the namespace nearest to it.
_NEAREST_FIRST: Final = sorted(PREFIXES.items(), key=lambda item: (-len(item[1]), item[0]))


def curie(iri: str) -> str:
    """An IRI as people read it: `cst:memberOf`, `id:state/armenia` (W3C CURIE Syntax 1.0); whole where no prefix fits."""
    for prefix, namespace in _NEAREST_FIRST:
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


__all__ = [
    "BASE", "CST", "DCAT", "DCTERMS", "ELI", "FOAF", "GENID", "GRAPH", "ID", "LEXICOG", "LEXICON", "LEXINFO", "OA", "ONTOLEX",
    "ONTOLOGY_IRI", "ORG", "OWL", "PREFIXES", "PROV", "RDF", "RDFS", "SCHEMA", "SEM", "SEMAPV", "SH", "SKOS", "SSSOM", "SYNSEM",
    "VANN", "VOID", "XSD", "curie",
]  # fmt: skip
