"""Every kind of axiom that the ontology has is read by a rule, and every rule has an axiom to read."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, XSD, Graph, URIRef

from csto_graph import reason, resources
from csto_graph.reason.rules import CLASH_RULES, PROPERTY_RULES, TYPE_RULES

RULES = Path(reason.__file__).parent / "rules"

# Kind of axiom (the predicate, or the class of the subject) → the rules of ours that read it.
READ = {
    RDFS.subClassOf: {"cax-sco"},
    RDFS.subPropertyOf: {"prp-spo1"},
    RDFS.domain: {"prp-dom"},
    RDFS.range: {"prp-rng", "dt-not-type"},
    OWL.inverseOf: {"prp-inv1", "prp-inv2"},
    OWL.propertyChainAxiom: {"prp-spo2"},
    OWL.disjointWith: {"cax-dw"},
    OWL.SymmetricProperty: {"prp-symp"},
    OWL.TransitiveProperty: {"prp-trp"},
}
# Nothing about things follows from these.
SILENT = {
    OWL.Ontology, OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.NamedIndividual, RDFS.Datatype,
    OWL.versionIRI, OWL.versionInfo, OWL.equivalentClass, RDF.type, RDF.first, RDF.rest, RDFS.label, RDFS.isDefinedBy,
    RDFS.seeAlso,
}  # fmt: skip


def _kinds(ontology: Graph) -> set[URIRef]:
    used = {predicate for _, predicate, _ in ontology} | set(ontology.objects(None, RDF.type))
    return {URIRef(term) for term in used if str(term).startswith((str(OWL), str(RDFS), str(RDF)))}


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(resources.root() / "ontology" / "csto.ttl")


def test_every_kind_of_axiom_has_its_rule(ontology: Graph) -> None:
    """An axiom of a kind that no rule reads would go unexplained, and its clashes unseen: write the rule first."""
    assert _kinds(ontology) == READ.keys() | SILENT


def test_an_axiom_of_another_kind_is_noticed(ontology: Graph) -> None:
    """The test above is one that can fail: a property that nothing has with itself needs prp-irp."""
    changed = Graph() + ontology
    changed.add((URIRef("x:p"), RDF.type, OWL.IrreflexiveProperty))
    changed.add((URIRef("x:p"), OWL.propertyDisjointWith, URIRef("x:q")))
    assert _kinds(changed) - READ.keys() - SILENT == {OWL.IrreflexiveProperty, OWL.propertyDisjointWith}


def test_every_rule_is_there_and_is_one_of_these() -> None:
    """No rule without its file, and no file that nothing reads."""
    assert {path.stem for path in RULES.iterdir()} == set().union(*READ.values()) == {*TYPE_RULES, *PROPERTY_RULES, *CLASH_RULES}


def test_equivalence_is_of_datatypes_alone(ontology: Graph) -> None:
    """That a datatype takes every literal says nothing of any; of classes it would need cax-eqc1 and cax-eqc2."""
    for subject, other in ontology.subject_objects(OWL.equivalentClass):
        assert (subject, RDF.type, RDFS.Datatype) in ontology and other == RDFS.Literal


def test_datatypes_of_ranges_are_those_that_the_rule_knows(ontology: Graph) -> None:
    """dt-not-type asks of these four; a range that is another needs its line there."""
    ranges = {o for o in ontology.objects(None, RDFS.range) if str(o).startswith(str(XSD))}
    assert ranges == {XSD.boolean, XSD.decimal, XSD.integer, XSD.string}
