"""Two releases with a thing of every kind: the second has one less, and one that was withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, Store

from csto_graph.backend.embedded import Embedded
from csto_graph.serve.app import create_app
from csto_graph.serve.settings import Settings
from tests.serve.conftest import lay_release

TRIG = """
@prefix cst: <https://w3id.org/csto-graph/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix graph: <https://w3id.org/csto-graph/graph/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://w3id.org/csto-graph/id/> .

<state/armenia> a cst:State ; rdfs:label "Armenia"@en ; cst:memberOf <organisation/csto> .
<state/belarus> a cst:State ; rdfs:label "<script>alert(1)</script> & Belarus"@en .
<organisation/csto> a cst:MilitaryAlliance ; rdfs:label "Collective Security Treaty Organization"@en .
<treaty/report.ttl> a cst:Treaty ; rdfs:label "A treaty whose name ends like a file"@en .
<treaty/report> a cst:Treaty ; rdfs:label "A treaty whose name begins another's"@en .
<place/c%C3%B4te> a cst:Place ; rdfs:label "Côte"@en .
<place/Ереван> a cst:Place ; rdfs:label "Yerevan"@en .
<membership/1> a cst:Membership , cst:Situation ; rdfs:label "Armenia in CSTO"@en ; cst:member <state/armenia> ;
  cst:organisation <organisation/csto> ; cst:from "1994"^^xsd:gYear .
graph:reference {
  <state/armenia> rdfs:label "Armenia"@en ; skos:altLabel "Hayastan"@en .
  <state/old-name> owl:deprecated true ; dcterms:isReplacedBy <state/armenia> ; dcterms:date "2026-01-02"^^xsd:date ;
    rdfs:comment "named twice"@en .
}
<https://w3id.org/csto-graph/graph/evidence/demo> {
  <document/demo> a cst:Document ; rdfs:label "the text “What is it?”"@en ; dcterms:title "What is it?"@en ; dcterms:date "2022-01-10"^^xsd:date .
  <passage/demo.0-24> a cst:Passage ; cst:text "It has 6 members, he said." ; cst:start 0 ; cst:end 26 ; dcterms:isPartOf <document/demo> .
  <statement/1> a cst:Statement , rdf:Statement ; rdfs:label "CSTO memberCount 6"@en ; cst:status cst:Attributed ; rdf:subject <organisation/csto> ;
    rdf:predicate cst:memberCount ; rdf:object 6 ; cst:claimant <person/he> ; cst:evidence <evidence/1> ; cst:statedIn <passage/demo.0-24> .
  <evidence/1> a oa:SpecificResource ; oa:hasSource <document/demo> ; oa:hasSelector <selector/1> .
  <selector/1> oa:exact "6 members" ; oa:prefix "It has " ; oa:suffix ", he said." .
  <claim/1> a cst:Claim ; rdfs:label "six members"@en ; cst:claimant <person/he> .
  <person/he> a cst:Person ; rdfs:label "he"@en .
}
<https://w3id.org/csto-graph/graph/evidence/long> {
  <document/long> a cst:Document ; rdfs:label "a long text"@en .
  <passage/long.10-23> a cst:Passage ; cst:text "Then, second." ; cst:start 10 ; cst:end 23 ; dcterms:isPartOf <document/long> .
  <passage/long.2-8> a cst:Passage ; cst:text "First." ; cst:start 2 ; cst:end 8 ; dcterms:isPartOf <document/long> .
  <statement/long> a cst:Statement ; rdfs:label "second is said" ; cst:status cst:Asserted ; cst:statedIn <passage/long.10-23> ;
    cst:evidence <evidence/long> ; rdf:object "second is said" .
  <evidence/long> oa:hasSelector <selector/long> .
  <selector/long> oa:exact "second" ; oa:start 16 ; oa:end 22 .
}
graph:disagreements { <disagreement/1> a cst:Disagreement ; rdfs:label "six or nine"@en ; cst:disagrees <statement/1> }
graph:ontology { <https://w3id.org/csto-graph/.well-known/genid/0a> a owl:Restriction . cst:memberOf rdfs:label "member of"@en ; rdfs:domain cst:Joiner .
  cst:State rdfs:label "state"@en ; rdfs:subClassOf cst:Actor }
graph:inferred { <state/armenia> a cst:Actor, cst:Joiner ; <x:nobody-knows-why> <state/belarus> }
<state/armenia> a cst:Actor, cst:Joiner ; <x:nobody-knows-why> <state/belarus> .
"""
GONE = "<https://w3id.org/csto-graph/id/state/gone> a <https://w3id.org/csto-graph/ontology#State> ."


def lay_two(folder: Path) -> Path:
    """A home with both releases; the second is current."""
    for number, more in ((1, GONE), (2, "")):
        store = Store(str(folder / f"store-{number}"))
        store.load((TRIG + more).encode(), format=RdfFormat.TRIG)
        store.flush()
        lay_release(folder / "home", number, store, {"default": 1}, content=f"{number:064}")
    return folder / "home"


@pytest.fixture(scope="module")
def things(tmp_path_factory: pytest.TempPathFactory, queries: Path) -> Iterator[FlaskClient]:
    """A client of a service over them."""
    embedded = Embedded(lay_two(tmp_path_factory.mktemp("things")), readers=1)
    yield create_app(embedded, queries, Settings(client_seconds=1e6)).test_client()
    embedded.close()
