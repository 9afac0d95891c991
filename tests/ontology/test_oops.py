"""The decidable pitfalls of OOPS!: the ontology has none of them, and an ontology that has one is found out."""

from __future__ import annotations

import pytest
from rdflib import Graph

from csto_graph import resources
from tests.ontology.oops import ACTS, CHECKS, UNDECIDED

# A change that falls into the pitfall, as a SPARQL update.
FALLS = [
    ("P02", "INSERT DATA { cst:State owl:equivalentClass cst:Organisation }"),
    ("P03", "INSERT DATA { cst:isA a owl:ObjectProperty }"),
    ("P03", 'INSERT DATA { cst:kindOf a owl:ObjectProperty ; rdfs:label "is a"@en }'),
    ("P04", "INSERT DATA { cst:Island a owl:Class }"),
    ("P04", "DELETE WHERE { cst:reviewed rdfs:range ?r ; schema:domainIncludes ?d }"),
    ("P05", "DELETE { cst:hasMember rdfs:range ?r } INSERT { cst:hasMember rdfs:range cst:State } WHERE { cst:hasMember rdfs:range ?r }"),
    ("P06", "INSERT DATA { cst:Place rdfs:subClassOf cst:Region }"),
    ("P07", "INSERT DATA { cst:StateOrOrganisation a owl:Class }"),
    ("P07", 'INSERT DATA { cst:Power a owl:Class ; rdfs:label "state and organisation"@en }'),
    ("P08", "DELETE WHERE { cst:State skos:definition ?text }"),
    ("P08", "DELETE WHERE { cst:memberOf rdfs:label ?text }"),
    ("P10", "DELETE DATA { cst:State owl:disjointWith cst:Treaty }"),
    ("P11", "DELETE WHERE { cst:memberOf rdfs:domain ?c }"),
    ("P11", "DELETE WHERE { cst:location schema:domainIncludes ?c }"),
    ("P11", "DELETE WHERE { cst:memberCount rdfs:range ?c }"),
    ("P12", 'INSERT DATA { cst:belongsTo a owl:ObjectProperty ; rdfs:label "member of"@en }'),
    ("P12", "DELETE DATA { cst:memberOf rdfs:subPropertyOf org:memberOf }"),
    ("P13", "DELETE DATA { cst:hasMember owl:inverseOf cst:memberOf }"),
    ("P14", "INSERT DATA { cst:Pact rdfs:subClassOf [ a owl:Restriction ; owl:onProperty cst:hasMember ; owl:allValuesFrom cst:State ] }"),
    ("P15", "INSERT DATA { cst:Pact rdfs:subClassOf [ owl:onProperty cst:hasMember ; owl:someValuesFrom [ owl:complementOf cst:State ] ] }"),
    ("P19", "INSERT DATA { cst:memberOf rdfs:domain cst:State }"),
    ("P19", "INSERT DATA { cst:memberCount rdfs:range xsd:decimal }"),
    ("P20", 'INSERT DATA { cst:State rdfs:label "A state that exists at the date of the reference data."@en }'),
    ("P20", 'INSERT DATA { cst:State skos:definition "state"@en }'),
    ("P20", 'INSERT DATA { <https://w3id.org/csto-graph/ontology> dcterms:modified "yesterday" }'),
    ("P20", 'INSERT DATA { <https://w3id.org/csto-graph/ontology> owl:versionInfo "the newest" }'),
    ("P21", "INSERT DATA { cst:OtherEvent a owl:Class }"),
    ("P22", "INSERT DATA { cst:peace_treaty a owl:Class }"),
    ("P22", "INSERT DATA { cst:MemberOf a owl:ObjectProperty }"),
    ("P23", "INSERT DATA { cst:Integer a owl:Class }"),
    ("P24", "INSERT DATA { cst:State rdfs:subClassOf cst:State }"),
    ("P24", "INSERT DATA { cst:memberOf rdfs:range cst:memberOf }"),
    ("P25", "INSERT DATA { cst:opposes owl:inverseOf cst:opposes }"),
    ("P26", "INSERT DATA { cst:borders owl:inverseOf cst:contains }"),
    ("P27", "INSERT DATA { cst:joined owl:equivalentProperty cst:memberOf }"),
    ("P28", "INSERT DATA { cst:memberOf a owl:SymmetricProperty }"),
    ("P29", "INSERT DATA { cst:memberOf a owl:TransitiveProperty }"),
    ("P30", "DELETE DATA { cst:Person rdfs:subClassOf foaf:Person }"),
    ("P31", "INSERT DATA { cst:State owl:equivalentClass cst:Treaty }"),
    ("P32", 'INSERT DATA { cst:Treaty rdfs:label "событие"@ru }'),
    ("P33", "INSERT DATA { cst:chairs owl:propertyChainAxiom ( cst:leads ) }"),
    ("P34", "DELETE DATA { org:Membership a owl:Class }"),
    ("P34", "INSERT DATA { cst:joined rdfs:range cst:Club }"),
    ("P35", "DELETE DATA { org:memberOf a owl:ObjectProperty }"),
    ("P35", "INSERT DATA { cst:State cst:since 1991 }"),
    ("P36", "INSERT DATA { <https://w3id.org/csto-graph/ontology.owl> a owl:Ontology }"),
    ("P38", "DELETE WHERE { ?o a owl:Ontology }"),
    ("P39", "DELETE WHERE { ?o vann:preferredNamespaceUri ?n }"),
    ("P39", "INSERT DATA { <https://example.org/Club> rdfs:isDefinedBy <https://w3id.org/csto-graph/ontology> }"),
    ("P40", "INSERT DATA { cst:State rdfs:subClassOf <http://xmlns.com/foaf/0.1/State> }"),
    ("P40", "INSERT DATA { cst:State rdfs:subClassOf <http://example.org/State> }"),
    ("P41", "DELETE WHERE { ?o dcterms:license ?l }"),
]  # fmt: skip


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(resources.root() / "ontology" / "csto.ttl")


@pytest.mark.parametrize("pitfall", sorted(CHECKS))
def test_the_ontology_is_free_of(ontology: Graph, pitfall: str) -> None:
    """No case of the pitfall is found."""
    assert list(CHECKS[pitfall](ontology)) == []


@pytest.mark.parametrize(("pitfall", "fall"), FALLS)
def test_who_falls_into_it_is_found_out(ontology: Graph, pitfall: str, fall: str) -> None:
    """The check finds the pitfall in an ontology that a change led into it."""
    fallen = Graph()
    fallen += ontology
    prefixes = {str(prefix): str(namespace) for prefix, namespace in ontology.namespaces()}
    fallen.update(fall, initNs=prefixes)
    assert list(CHECKS[pitfall](fallen))


def test_every_pitfall_is_decided_or_said_to_be_undecidable() -> None:
    """P01 to P41 each have a check that can fail, or a reason."""
    assert sorted({*CHECKS, *UNDECIDED}) == [f"P{number:02}" for number in range(1, 42)]
    assert not CHECKS.keys() & UNDECIDED.keys()
    assert {pitfall for pitfall, _ in FALLS} == CHECKS.keys()


def test_acts_without_an_inverse_are_properties_without_one(ontology: Graph) -> None:
    """The list of acts has no property that is not in the ontology, or that has an inverse after all."""
    named = "SELECT ?name { ?p a owl:ObjectProperty FILTER NOT EXISTS { ?p owl:inverseOf|^owl:inverseOf ?i FILTER ISIRI(?i) } BIND(STRAFTER(STR(?p), '#') AS ?name) }"
    assert {str(row["name"]) for row in ontology.query(named)} >= ACTS  # type: ignore[index]  # rows of a SELECT
