"""What follows, and what must not."""

from __future__ import annotations

import random
from pathlib import Path

import owlrl
import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef

from csto_graph import resources
from csto_graph.errors import RefusedData
from csto_graph.namespaces import PREFIXES
from csto_graph.reason import materialise

ONTOLOGY = resources.root() / "ontology" / "csto.ttl"
_HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items()) + (
    "@prefix state: <https://w3id.org/csto-graph/id/state/> .\n"
    "@prefix body: <https://w3id.org/csto-graph/id/organisation/> .\n"
    "@prefix treaty: <https://w3id.org/csto-graph/id/treaty/> .\n"
    "@prefix event: <https://w3id.org/csto-graph/id/event/> .\n"
    "@prefix place: <https://w3id.org/csto-graph/id/place/> .\n"
)

SUSPENSION = "body:s a cst:Suspension ; cst:suspendedActor state:a ; cst:suspendedPact body:o ."

FOLLOWS = [
    ("cax-sco", "state:a a cst:State .", "state:a a cst:Actor ."),
    ("cax-sco, twice", "body:o a cst:MilitaryAlliance .", "body:o a cst:Pact ."),
    ("cax-sco, aligned", "state:a a cst:State .", "state:a a prov:Agent ."),
    ("prp-dom", "state:a cst:memberOf body:o .", "state:a a cst:Actor ."),
    ("prp-rng", "state:a cst:memberOf body:o .", "body:o a cst:Organisation ."),
    ("prp-dom of a date", 'treaty:t cst:signedOn "1992"^^xsd:gYear .', "treaty:t a cst:Treaty ."),
    ("prp-inv", "state:a cst:memberOf body:o .", "body:o cst:hasMember state:a ."),
    ("prp-inv, back", "treaty:t cst:hasParty state:a .", "state:a cst:partyTo treaty:t ."),
    ("prp-spo1", "state:a cst:memberOf body:o .", "state:a org:memberOf body:o ."),
    ("prp-symp", "state:a cst:alliedWith state:b .", "state:b cst:alliedWith state:a ."),
    ("prp-trp", "place:a cst:locatedIn place:b . place:b cst:locatedIn state:c .", "place:a cst:locatedIn state:c ."),
    ("prp-spo2, membership", "body:m cst:member state:a ; cst:organisation body:o .", "state:a cst:memberOf body:o ."),
    ("prp-spo2, then prp-inv", "body:m cst:member state:a ; cst:organisation body:o .", "body:o cst:hasMember state:a ."),
    ("prp-spo2, then prp-spo1", "body:m cst:member state:a ; cst:organisation body:o .", "state:a org:memberOf body:o ."),
    ("prp-spo2, participation", "body:p cst:party state:a ; cst:treaty treaty:t .", "state:a cst:partyTo treaty:t ."),
    ("prp-spo2, signing", "body:p cst:signatory state:a ; cst:treaty treaty:t .", "state:a cst:signatoryOf treaty:t ."),
    ("prp-spo2, ratifying", "body:p cst:ratifier state:a ; cst:treaty treaty:t .", "state:a cst:ratified treaty:t ."),
    ("prp-spo2, suspension", "body:s cst:suspendedActor state:a ; cst:suspendedPact body:o .", "state:a cst:suspendedFrom body:o ."),
    ("prp-spo2, intervention", "event:i cst:intervener state:a ; cst:location state:b .", "state:a cst:intervenedIn state:b ."),
    ("prp-spo2, contribution", "body:c cst:contributor state:a ; cst:intervention event:i .", "state:a cst:contributedTo event:i ."),
    ("prp-spo2, request", "event:r cst:requester state:a ; cst:addressee body:o .", "state:a cst:requestedAssistanceFrom body:o ."),
    ("prp-spo2, invocation", "event:i cst:invoker state:a ; cst:instrument treaty:t .", "state:a cst:invoked treaty:t ."),
    ("prp-spo2, provision", "state:a cst:invoked treaty:a4 . treaty:a4 cst:provisionOf treaty:t .", "state:a cst:invoked treaty:t ."),
    (
        "prp-inv, then prp-spo2, twice",
        "event:i cst:invoker state:a ; cst:instrument treaty:a4 . treaty:t cst:hasProvision treaty:a4 .",
        "state:a cst:invoked treaty:t .",
    ),
    ("prp-inv, succession", "state:a cst:successorOf state:b .", "state:b cst:succeededBy state:a ."),
    ("prp-trp, time", "event:a cst:after event:b . event:b cst:after event:c .", "event:c cst:before event:a ."),
    ("prp-trp, inverse", "event:a cst:hasPart event:b . event:b cst:hasPart event:c .", "event:c cst:partOf event:a ."),
]

DOES_NOT_FOLLOW = [
    ("a member is no state", "state:a cst:memberOf body:o .", "state:a a cst:State ."),
    ("a member is not party to anything", "state:a cst:memberOf body:o .", "state:a cst:partyTo body:o ."),
    ("who joins is not yet a member for ever", "state:a cst:joined body:o .", "state:a cst:memberOf body:o ."),
    ("a signatory is not bound", "state:a cst:signatoryOf treaty:t .", "state:a cst:partyTo treaty:t ."),
    ("an agreement to send is no deployment", "state:a cst:agreedToSend body:f .", "state:a cst:deployed body:f ."),
    ("a request is not its answer", "state:a cst:requestedAssistanceFrom body:o .", "body:o cst:intervenedIn state:a ."),
    ("opposition is not mutual", "state:a cst:opposes state:b .", "state:b cst:opposes state:a ."),
    (
        "an ally's ally is no ally",
        "state:a cst:alliedWith state:b . state:b cst:alliedWith state:c .",
        "state:a cst:alliedWith state:c .",
    ),
    ("neighbours of neighbours", "state:a cst:borders state:b . state:b cst:borders state:c .", "state:a cst:borders state:c ."),
    ("a successor is no predecessor", "state:a cst:successorOf state:b .", "state:b cst:successorOf state:a ."),
    (
        "a successor's successor",
        "state:a cst:successorOf state:b . state:b cst:successorOf state:c .",
        "state:a cst:successorOf state:c .",
    ),
    (
        "a successor inherits no membership",
        "state:a cst:successorOf state:b . state:b cst:memberOf body:o .",
        "state:a cst:memberOf body:o .",
    ),
    ("to be suspended is not to withdraw", f"{SUSPENSION} state:a cst:suspendedFrom body:o .", "state:a cst:withdrewFrom body:o ."),
    ("a suspension is no membership", SUSPENSION, "state:a cst:memberOf body:o ."),
    ("a suspension is no withdrawal", SUSPENSION, "state:a cst:withdrewFrom body:o ."),
    ("a signatory's participation does not bind", "body:p cst:signatory state:a ; cst:treaty treaty:t .", "state:a cst:partyTo treaty:t ."),
    ("nor does a ratifier's", "body:p cst:ratifier state:a ; cst:treaty treaty:t .", "state:a cst:partyTo treaty:t ."),
    ("a party need not have signed", "body:p cst:party state:a ; cst:treaty treaty:t .", "state:a cst:signatoryOf treaty:t ."),
    ("two actors of two memberships", "body:m cst:member state:a . body:n cst:organisation body:o .", "state:a cst:memberOf body:o ."),
    ("members are not allies", "state:a cst:memberOf body:o . state:b cst:memberOf body:o .", "state:a cst:alliedWith state:b ."),
    ("who is in the chair need not be a member", "body:o cst:chairedBy state:a .", "state:a cst:memberOf body:o ."),
    ("an office is not the chair", "body:t cst:heldIn body:o ; cst:holder state:a .", "body:o cst:chairedBy state:a ."),
    ("nor the lead", "body:t cst:heldIn body:o ; cst:holder state:a .", "body:o cst:ledBy state:a ."),
    ("nor membership", "body:t cst:heldIn body:o ; cst:holder state:a .", "state:a cst:memberOf body:o ."),
    ("a pledged force is not sent", "body:c cst:contributor state:a ; cst:force body:f .", "state:a cst:deployed body:f ."),
    (
        "a place in a member is no member",
        "place:a cst:locatedIn state:b . state:b cst:memberOf body:o .",
        "place:a cst:memberOf body:o .",
    ),
    (
        "a place may have lain elsewhere then",  # a plain triple says: at some time
        "event:e cst:tookPlaceIn place:a . place:a cst:locatedIn state:b .",
        "event:e cst:tookPlaceIn state:b .",
    ),
    ("a later event has another cause", "event:a cst:after event:b .", "event:a cst:causedBy event:b ."),
    ("a treaty is not invoked by its article", "state:a cst:invoked treaty:t . treaty:a4 cst:provisionOf treaty:t .", "state:a cst:invoked treaty:a4 ."),
    ("a successor is another thing", "state:a cst:successorOf state:b .", "state:a owl:sameAs state:b ."),
    ("a state of the past is none of today", "state:a a cst:FormerState .", "state:a a cst:State ."),
    ("seat and owner", "body:o cst:headquarteredIn state:a .", "body:o cst:memberOf state:a ."),
    ("everything is a thing", "state:a a cst:State .", "state:a a owl:Thing ."),
    ("what is asserted is not inferred", "state:a a cst:State .", "state:a a cst:State ."),
    ("a thing is itself", "state:a a cst:State .", "state:a owl:sameAs state:a ."),
    ("a borrowed vocabulary is not read", "state:a cst:memberOf body:o .", "state:a a foaf:Agent ."),
]


def _triples(turtle: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(_HEAD + turtle, format=ox.RdfFormat.TURTLE)]


@pytest.mark.parametrize(("asserted", "entailed"), [row[1:] for row in FOLLOWS], ids=[row[0] for row in FOLLOWS])
def test_what_follows(asserted: str, entailed: str) -> None:
    """Each OWL 2 RL rule that the ontology needs adds its triple."""
    assert _triples(entailed)[0] in materialise(ONTOLOGY, _triples(asserted))


@pytest.mark.parametrize(("asserted", "other"), [row[1:] for row in DOES_NOT_FOLLOW], ids=[row[0] for row in DOES_NOT_FOLLOW])
def test_what_must_not_follow(asserted: str, other: str) -> None:
    """Nothing is added that sounds alike and is not entailed, or is entailed and says nothing."""
    assert _triples(other)[0] not in materialise(ONTOLOGY, _triples(asserted))


def _everything() -> list[ox.Triple]:
    return [triple for _, asserted, _ in FOLLOWS for triple in _triples(asserted)]


def test_nothing_about_the_terms_themselves() -> None:
    """Every triple that is added is about a thing of ours; none has a literal or a blank node for subject or object."""
    for triple in materialise(ONTOLOGY, _everything()):
        assert str(triple.subject.value).startswith("https://w3id.org/csto-graph/id/")
        assert isinstance(triple.object, ox.NamedNode)


def test_labels_and_dates_are_not_repeated() -> None:
    """A literal that the reasoner spells in its own way does not come back as a new triple."""
    asserted = _triples('state:a rdfs:label "A"@en ; cst:readiness "01"^^xsd:integer ; cst:dissolvedOn "1991"^^xsd:gYear .')
    assert not [t for t in materialise(ONTOLOGY, asserted) if isinstance(t.object, ox.Literal)]


def test_the_order_of_the_input_does_not_matter() -> None:
    """The result is sorted, and the same for the same triples in any order."""
    asserted = _everything()
    shuffled = random.Random(1).sample(asserted, len(asserted))
    result = materialise(ONTOLOGY, asserted)
    assert result == materialise(ONTOLOGY, shuffled) == sorted(result, key=str)


def test_nothing_follows_from_nothing() -> None:
    """Without an assertion nothing is added: what the ontology entails about itself stays out."""
    assert materialise(ONTOLOGY, []) == []


@pytest.mark.slow
def test_another_reasoner_adds_the_same() -> None:
    """owlrl, which follows the rules of the recommendation one by one, adds the same triples about the same things."""
    asserted = _everything()
    graph = Graph().parse(ONTOLOGY)
    graph.parse(data="\n".join(f"{t.subject} {t.predicate} {t.object} ." for t in asserted), format="turtle")
    given = set(graph)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    things = {URIRef(str(t.subject.value)) for t in asserted} | {URIRef(str(getattr(t.object, "value", ""))) for t in asserted}
    empty = {"http://www.w3.org/2002/07/owl#Thing", "http://www.w3.org/2002/07/owl#sameAs"}
    theirs = {t for t in set(graph) - given if t[0] in things and isinstance(t[2], URIRef) and not {str(t[1]), str(t[2])} & empty}
    ours = {
        (str(t.subject.value), t.predicate.value, str(getattr(t.object, "value", ""))) for t in materialise(ONTOLOGY, asserted)
    }
    assert ours == {(str(s), str(p), str(o)) for s, p, o in theirs if str(s).startswith("https://w3id.org/csto-graph/id/")}


def test_a_syntax_error_is_named(tmp_path: Path) -> None:
    """An ontology that is not Turtle is refused by name."""
    broken = tmp_path / "broken.ttl"
    broken.write_text("cst:State a owl:Class", encoding="utf-8")
    with pytest.raises(RefusedData, match=r"broken\.ttl: is not Turtle"):
        materialise(broken, [])


def test_a_missing_ontology_is_named(tmp_path: Path) -> None:
    """An ontology that is not there is refused by name."""
    with pytest.raises(RefusedData, match=r"absent\.ttl: cannot be read"):
        materialise(tmp_path / "absent.ttl", [])
