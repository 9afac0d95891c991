"""The ontology: what each term must carry, and what no axiom may say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SDO
from rdflib.term import Node
from rdflib.util import from_n3

from csto_graph import resources
from csto_graph.namespaces import CST, DCTERMS, OA, ONTOLOGY_IRI, OWL, RDF, RDFS, SKOS, VANN, XSD
from csto_graph.turtle import read_turtle

ONTOLOGY = resources.root() / "ontology" / "csto.ttl"

# The table of section 3 of the design: predicate, domain, range.
STATEMENT_PREDICATES = """
memberOf Actor Organisation
joined Actor Pact
withdrewFrom Actor Pact
suspendedFrom Actor Pact
partyTo Actor Treaty
signatoryOf Actor Treaty
ratified Actor Treaty
observerIn Actor Organisation
signedOn Treaty date
signedIn Treaty Location
enteredIntoForceOn Treaty date
prolongedOn Treaty date
amendedOn Instrument date
replaced Instrument Instrument
registrationNumber Treaty string
provides Instrument string
terminatedOn Treaty date
foundedOn Organisation date
transformedOn Organisation date
dissolvedOn Actor date
transformedInto Organisation string
memberCount Organisation integer
personnelCount Actor integer
equipmentCount Actor integer
provisionOf Provision Instrument
invoked Actor Instrument
intervenedIn Actor Location
withdrewForcesFrom Actor Location
deployed Actor ArmedForce
agreedToSend Actor ArmedForce
contributedTo Actor Recipient
mandated Organisation Event
requestedAssistanceFrom Actor Actor
establishedForce Actor ArmedForce
forceOf ArmedForce Actor
readiness ArmedForce string
conductedExercise Actor Exercise
headquarteredIn Organisation Location
locatedIn Location Location
borders Location Location
chairedBy Actor Actor
ledBy Recipient Actor
tookPlaceIn Event Location
tookPartIn Actor Event
causedBy Event Cause
hasPart Event Event
after Event Event
hasPurpose Event string
deathToll Event integer
injuredCount Event integer
demanded Demander Circumstance
successorOf Actor Actor
alliedWith Actor Actor
opposes Actor Actor
cooperatesWith Actor Actor
claims Claimant Claim
blamed Actor Actor
"""

# The properties of the nodes that statements give: property, domain ("–": several), range ("–": terms of another file).
OTHER_PROPERTIES = """
member Membership Actor
organisation Membership Organisation
party Participation Actor
treaty Participation Treaty
signatory Participation Actor
ratifier Participation Actor
contributor Contribution Actor
force Contribution ArmedForce
intervention Contribution Recipient
location – Location
holder Tenure Actor
heldIn Tenure Recipient
role – string
intervener Intervention Actor
invoker Invocation Actor
instrument Invocation Instrument
requester AssistanceRequest Actor
addressee AssistanceRequest Actor
time – date
from – date
to – date
validAt – date
fromEarliest – date
fromLatest – date
toEarliest – date
toLatest – date
status Statement StatementStatus
presupposed Statement boolean
claimant – Claimant
rule Statement –
confidence Statement decimal
evidence Statement SpecificResource
statedIn Statement Passage
tellsOf Statement Event
disagrees Disagreement Statement
oneSide Disagreement Statement
otherSide Disagreement Statement
restsOn Disagreement Statement
follows Disagreement Statement
setsAside Disagreement Statement
because Disagreement string
kind Disagreement string
query Disagreement string
place Statement Location
number – integer
text – string
start Passage integer
end Passage integer
reviewed – boolean
"""

# What section 3 of the design puts each class under; prefixes are those of the ontology.
CLASSES = """
Actor cst:Claimant cst:Recipient prov:Agent
State cst:Actor cst:Location
FormerState cst:Actor cst:Location
Organisation cst:Actor cst:Pact org:FormalOrganization
IntergovernmentalOrganisation cst:Organisation
MilitaryAlliance cst:IntergovernmentalOrganisation
ArmedForce cst:Actor org:OrganizationalUnit
Person cst:Actor foaf:Person
Group cst:Actor foaf:Group
Place cst:Location schema:Place
Region cst:Place
Settlement cst:Place
Treaty cst:Pact cst:Instrument eli:LegalResource
Provision cst:Instrument eli:LegalResourceSubdivision
Event cst:Cause cst:Demander cst:Recipient sem:Event
Intervention cst:Event
Exercise cst:Event
Unrest cst:Event
ArmedConflict cst:Event
Invocation cst:Event
AssistanceRequest cst:Event
Circumstance cst:Cause
Membership cst:Situation org:Membership
Participation cst:Situation
Contribution cst:Situation
Tenure cst:Situation org:Membership
Document cst:Claimant foaf:Document
Claimant cst:Demander
Statement prov:Entity
Claim prov:Entity
Disagreement prov:Entity
"""

DISJOINT = ("State", "FormerState", "Organisation", "Person", "Treaty", "Event", "Place")
# What leads from an actor to what, by way of its situations and events; ^ turns a property round. From Tenure and from the force
# of a Contribution nothing is drawn: a tenure may be of another office than the chair, and a contribution only pledged.
CHAINS = {
    "memberOf": {("^member", "organisation")},
    "partyTo": {("^party", "treaty")},
    "signatoryOf": {("^signatory", "treaty")},
    "ratified": {("^ratifier", "treaty")},
    "suspendedFrom": {("^suspendedActor", "suspendedPact")},
    "contributedTo": {("^contributor", "intervention")},
    "intervenedIn": {("^intervener", "location")},
    "requestedAssistanceFrom": {("^requester", "addressee")},
    "invoked": {("^invoker", "instrument"), ("invoked", "provisionOf")},
}
SYMMETRIC = {"alliedWith", "borders", "cooperatesWith"}
TRANSITIVE = {"after", "before", "contains", "hasPart", "locatedIn", "partOf"}


def _rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(line.split()) for line in table.splitlines() if line]


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ONTOLOGY)


def _terms(graph: Graph) -> Iterator[URIRef]:
    for subject in sorted(set(graph.subjects())):
        if isinstance(subject, URIRef) and subject.startswith(CST):
            yield subject


def _local(term: Node | None) -> str:
    return "–" if term is None else re.split(r"[#/]", str(term))[-1]


def _typed(graph: Graph, type_: URIRef) -> set[str]:
    return {_local(term) for term in graph.subjects(RDF.type, type_)}


@pytest.mark.parametrize("row", _rows(STATEMENT_PREDICATES + OTHER_PROPERTIES), ids=lambda row: row[0])
def test_property_has_the_domain_and_range_agreed(ontology: Graph, row: tuple[str, str, str]) -> None:
    """Every property of the design is there, with one named domain and one named range where the design gives them."""
    name, domain, range_ = row
    kind = OWL.ObjectProperty if range_[0].isupper() or name == "rule" else OWL.DatatypeProperty
    assert (CST[name], RDF.type, kind) in ontology
    assert [_local(d) for d in ontology.objects(CST[name], RDFS.domain)] == [d for d in [domain] if d != "–"]
    assert [_local(r) for r in ontology.objects(CST[name], RDFS.range)] == [r for r in [range_] if r != "–"]


@pytest.mark.parametrize("row", _rows(CLASSES), ids=lambda row: row[0])
def test_class_is_under_the_classes_agreed(ontology: Graph, row: tuple[str, ...]) -> None:
    """Every class of the design is there, under exactly the classes that the design names."""
    supers = {ontology.namespace_manager.expand_curie(curie) for curie in row[1:]}
    assert set(ontology.objects(CST[row[0]], RDFS.subClassOf)) == supers


def test_every_term_is_explained(ontology: Graph) -> None:
    """Every term has one English label, one English definition, and says which ontology defines it."""
    for term in _terms(ontology):
        for predicate in (RDFS.label, SKOS.definition):
            texts = [o for o in ontology.objects(term, predicate) if isinstance(o, Literal) and o.language == "en"]
            assert len(texts) == 1, (term, predicate)
        assert (term, RDFS.isDefinedBy, URIRef(ONTOLOGY_IRI)) in ontology


def test_labels_are_unique_among_classes_and_among_properties(ontology: Graph) -> None:
    """No two classes share a label in a language, nor do two properties."""
    for types in ((OWL.Class,), (OWL.ObjectProperty, OWL.DatatypeProperty)):
        terms = [t for t in _terms(ontology) if any((t, RDF.type, type_) in ontology for type_ in types)]
        labels = [label for term in terms for label in ontology.objects(term, RDFS.label)]
        assert len(labels) == len(set(labels))


def test_header_says_what_fair_checks_ask(ontology: Graph) -> None:
    """The ontology has a version IRI, a version, a title, a description, a creator, a licence, a date and its prefix."""
    header = URIRef(ONTOLOGY_IRI)
    assert ontology.value(header, OWL.versionIRI) == URIRef(f"{ONTOLOGY_IRI}/{ontology.value(header, OWL.versionInfo)}")
    for predicate in (DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.license):
        assert ontology.value(header, predicate) is not None
    created = ontology.value(header, DCTERMS.created)
    assert isinstance(created, Literal) and created.datatype == XSD.date
    assert str(ontology.value(header, VANN.preferredNamespacePrefix)) == "cst"
    assert str(ontology.value(header, VANN.preferredNamespaceUri)) == str(CST)


def _links(graph: Graph, chain: Node) -> tuple[str, ...]:
    def spelled(link: Node) -> str:
        return f"^{_local(graph.value(link, OWL.inverseOf))}" if isinstance(link, BNode) else _local(link)

    return tuple(spelled(link) for link in Collection(graph, chain))


def test_blank_nodes_are_those_of_the_chains(ontology: Graph) -> None:
    """A blank node is a list of a chain or an inverse in it, as OWL 2 DL has them; there is no other."""
    lists = {node for chain in ontology.objects(None, OWL.propertyChainAxiom) for node in ontology.transitive_objects(chain, RDF.rest)}
    inverses = {link for node in lists for link in ontology.objects(node, RDF.first)}
    blank = {term for triple in ontology for term in triple if isinstance(term, BNode)}
    assert blank <= lists | inverses
    assert {p for node in blank for p in ontology.predicates(node)} == {RDF.first, RDF.rest, OWL.inverseOf}


def test_chains_are_those_that_are_sound(ontology: Graph) -> None:
    """Each chain leads over what the rule prp-spo2 of ours reads: two properties, the first of which may be turned round."""
    pairs = ontology.subject_objects(OWL.propertyChainAxiom)
    chains = [(_local(property_), _links(ontology, chain)) for property_, chain in pairs]
    assert {name: {links for other, links in chains if other == name} for name, _ in chains} == CHAINS
    assert all(len(links) == 2 and not links[1].startswith("^") for _, links in chains)


def test_chains_end_where_their_properties_do(ontology: Graph) -> None:
    """What a chain leads from and to is of the domain and the range of its property, by the axioms of its links."""
    for name, chains in CHAINS.items():
        for first, second in chains:
            start = ontology.value(CST[first.strip("^")], RDFS.range if first.startswith("^") else RDFS.domain)
            end = ontology.value(CST[second], RDFS.range)
            assert ontology.value(CST[name], RDFS.domain) in ontology.transitive_objects(start, RDFS.subClassOf), name
            assert ontology.value(CST[name], RDFS.range) in ontology.transitive_objects(end, RDFS.subClassOf), name


@pytest.mark.parametrize("pair", list(combinations(DISJOINT, 2)), ids="-".join)
def test_kinds_are_disjoint_in_pairs(ontology: Graph, pair: tuple[str, str]) -> None:
    """States, former states, organisations, persons, treaties, events and places have nothing in common."""
    first, second = (CST[name] for name in pair)
    assert (first, OWL.disjointWith, second) in ontology or (second, OWL.disjointWith, first) in ontology


def test_only_what_is_so_by_meaning_is_symmetric_or_transitive(ontology: Graph) -> None:
    """Opposing is not mutual, an ally's ally is not an ally, and the ontology says neither."""
    assert _typed(ontology, OWL.SymmetricProperty) == SYMMETRIC
    assert _typed(ontology, OWL.TransitiveProperty) == TRANSITIVE


def test_inverses_turn_domain_and_range_round(ontology: Graph) -> None:
    """The domain of an inverse is the range of its property, and the other way about."""
    for inverse, property_ in ontology.subject_objects(OWL.inverseOf):
        if isinstance(inverse, BNode):  # in a chain: it has neither of its own
            continue
        assert ontology.value(inverse, RDFS.domain) == ontology.value(property_, RDFS.range), inverse
        assert ontology.value(inverse, RDFS.range) == ontology.value(property_, RDFS.domain), inverse


def test_sources_may_disagree(ontology: Graph) -> None:
    """No functional property, cardinality, key or asymmetry turns two sources that differ into a contradiction."""
    for type_ in ("FunctionalProperty", "InverseFunctionalProperty", "AsymmetricProperty", "IrreflexiveProperty", "Restriction"):
        assert not _typed(ontology, OWL[type_])
    assert not list(ontology.subject_objects(OWL.hasKey))


def test_alignments_point_upwards_only(ontology: Graph) -> None:
    """Nothing of ours is said to be the same as a term of another vocabulary."""
    same = (OWL.equivalentClass, OWL.equivalentProperty, OWL.sameAs)
    pairs = {(_local(s), o) for predicate in same for s, o in ontology.subject_objects(predicate)}
    assert pairs == {("date", RDFS.Literal)}  # a datatype without a definition is not OWL 2 DL


def test_borrowed_terms_are_declared(ontology: Graph) -> None:
    """Every class and property of another vocabulary that an axiom names is declared, as OWL 2 DL asks."""
    named = {o for p in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain) for o in ontology.objects(None, p)}
    for term in {*named, OA.SpecificResource}:
        assert set(ontology.objects(term, RDF.type)) & {OWL.Class, OWL.ObjectProperty}, term


def _strangers(graph: Graph) -> set[tuple[str, str]]:
    """The nodes that have a property and are of no class with which it goes."""
    found = set()
    for property_ in set(graph.subjects(SDO.domainIncludes)):
        classes = set(graph.objects(property_, SDO.domainIncludes))
        for node in set(graph.subjects(property_)):
            if not classes & {above for c in graph.objects(node, RDF.type) for above in graph.transitive_objects(c, RDFS.subClassOf)}:
                found.add((_local(property_), _local(node)))
    return found


def test_several_kinds_of_nodes_are_named_in_full() -> None:
    """In the release a property that says with which kinds of nodes it goes (schema:domainIncludes) goes with no other."""
    graph = Graph()
    for path in sorted((resources.root() / "data" / "release").rglob("*.ttl")):
        for triple in read_turtle(path):
            graph.add(tuple(map(from_n3, map(str, triple))))  # rdflib's own reader takes ten times as long
    assert _strangers(graph) == set()
    graph.add((URIRef("urn:x"), CST.location, URIRef("urn:y")))
    assert _strangers(graph) == {("location", "urn:x")}


@pytest.mark.parametrize("folder", ["ontology/shapes", "queries/violations"])
def test_shapes_and_queries_use_declared_terms(ontology: Graph, folder: str) -> None:
    """A shape or a query that names a term which the ontology has not would check nothing."""
    paths = sorted((resources.root() / folder).iterdir())
    used = {name for path in paths for name in re.findall(r"\bcst:(\w+)", path.read_text(encoding="utf-8"))}
    assert used <= {_local(term) for term in _terms(ontology)}
