"""Every inferred triple has a proof that ends in what was asserted, and nothing else has one."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csto_graph import resources
from csto_graph.namespaces import CST, GRAPH, ID
from csto_graph.reason import materialise
from csto_graph.reason.explanation import Explainer, Explanation
from csto_graph.reason.rules import DEFAULT, INFERRED, ONTOLOGY, PROPERTY_RULES, TYPE_RULES, dataset
from csto_graph.reason.spelling import spelled, spelled_axiom
from csto_graph.turtle import read_turtle
from tests.reason.closures import Axioms, closure, is_sound
from tests.reason.test_materialise import DOES_NOT_FOLLOW, FOLLOWS, _triples

FILE = resources.root() / "ontology" / "csto.ttl"
SCHEMA = read_turtle(FILE)
AXIOMS = Axioms(SCHEMA)


def _store(turtle: str) -> ox.Store:
    asserted = _triples(turtle)
    return dataset(SCHEMA, asserted, materialise(FILE, asserted))


def _explained(turtle: str, triple: str) -> tuple[Explanation, ...]:
    return Explainer(_store(turtle)).explanations(_triples(triple)[0])


def _paths(explanation: Explanation) -> Iterator[list[ox.Triple]]:
    """Each way down from a triple to what is asserted."""
    if not explanation.premises:
        yield [explanation.triple]
    for premise in explanation.premises:
        yield from ([explanation.triple, *path] for path in _paths(premise))


@pytest.mark.parametrize(("asserted", "entailed"), [row[1:] for row in FOLLOWS], ids=[row[0] for row in FOLLOWS])
def test_what_follows_is_explained(asserted: str, entailed: str) -> None:
    """Each way to it is a chain of right steps, down to what was asserted, and meets no triple twice."""
    found = _explained(asserted, entailed)
    assert found
    for explanation in found:
        assert is_sound(AXIOMS, explanation) and set(explanation.asserted) <= set(_triples(asserted))
        assert all(len(path) == len(set(path)) for path in _paths(explanation))
    assert [each.length for each in found] == sorted(each.length for each in found)


@pytest.mark.parametrize(("asserted", "other"), [row[1:] for row in DOES_NOT_FOLLOW], ids=[row[0] for row in DOES_NOT_FOLLOW])
def test_what_must_not_follow_has_no_proof(asserted: str, other: str) -> None:
    """Nothing that sounds alike is explained; what was asserted is explained by nothing but itself."""
    triple = _triples(other)[0]
    found = _explained(asserted, other)
    assert found == ((Explanation(triple),) if triple in _triples(asserted) else ())


RULES = [
    ("cax-sco", "state:a a cst:State .", "state:a a cst:Actor .", "cst:State rdfs:subClassOf cst:Actor"),
    ("prp-dom", "state:a cst:memberOf body:o .", "state:a a cst:Actor .", "cst:memberOf rdfs:domain cst:Actor"),
    ("prp-rng", "state:a cst:memberOf body:o .", "body:o a cst:Organisation .", "cst:memberOf rdfs:range cst:Organisation"),
    ("prp-spo1", "state:a cst:memberOf body:o .", "state:a org:memberOf body:o .", "cst:memberOf rdfs:subPropertyOf org:memberOf"),
    ("prp-inv1", "body:o cst:hasMember state:a .", "state:a cst:memberOf body:o .", "cst:hasMember owl:inverseOf cst:memberOf"),
    ("prp-inv2", "state:a cst:memberOf body:o .", "body:o cst:hasMember state:a .", "cst:hasMember owl:inverseOf cst:memberOf"),
    ("prp-symp", "state:a cst:borders state:b .", "state:b cst:borders state:a .", "cst:borders a owl:SymmetricProperty"),
    (
        "prp-trp",
        "event:a cst:after event:b . event:b cst:after event:c .",
        "event:a cst:after event:c .",
        "cst:after a owl:TransitiveProperty",
    ),
    (
        "prp-spo2",
        "body:m cst:member state:a ; cst:organisation body:o .",
        "state:a cst:memberOf body:o .",
        "cst:memberOf owl:propertyChainAxiom ( ^cst:member cst:organisation )",
    ),
    (
        "prp-spo2",
        "state:a cst:invoked treaty:a4 . treaty:a4 cst:provisionOf treaty:t .",
        "state:a cst:invoked treaty:t .",
        "cst:invoked owl:propertyChainAxiom ( cst:invoked cst:provisionOf )",
    ),
]


@pytest.mark.parametrize(("rule", "asserted", "entailed", "axiom"), RULES, ids=[f"{row[0]} {row[2]}" for row in RULES])
def test_the_rule_and_the_axiom_are_named(rule: str, asserted: str, entailed: str, axiom: str) -> None:
    """The last step says by which W3C rule and by which axiom, and from which premises."""
    first = _explained(asserted, entailed)[0]
    assert first.rule == rule and first.axiom is not None
    assert spelled_axiom(_store(asserted), first.axiom) == axiom
    assert {premise.triple for premise in first.premises} == set(_triples(asserted))


def test_every_rule_is_tried_here() -> None:
    """The table above has each rule that explains."""
    assert {row[0] for row in RULES} == {*TYPE_RULES, *PROPERTY_RULES}


def test_the_shortest_comes_first() -> None:
    """One step from the type that was asserted comes before three from a membership."""
    found = _explained("state:a a cst:Actor ; cst:memberOf body:o . state:b cst:hasMember state:a .", "state:a a cst:Claimant .")
    assert (found[0].length, found[0].asserted) == (1, tuple(_triples("state:a a cst:Actor .")))
    ways = _explained("state:a a cst:State ; cst:memberOf body:o . state:b cst:hasMember state:a .", "state:a a cst:Actor .")
    assert [(each.rule, each.length) for each in ways] == [
        ("cax-sco", 1), ("prp-dom", 1), ("prp-rng", 1), ("prp-dom", 2), ("prp-rng", 2),
    ]  # fmt: skip


def test_a_circle_ends() -> None:
    """Two places within one another, and an inverse of an inverse, are explained without going round."""
    turtle = "place:a cst:locatedIn place:b . place:b cst:contains place:a ; cst:locatedIn place:a ."
    for triple in materialise(FILE, _triples(turtle)):
        found = Explainer(_store(turtle)).explanations(triple)
        assert found and all(len(path) == len(set(path)) for each in found for path in _paths(each)), spelled(triple)


def test_what_is_asserted_needs_no_rule() -> None:
    """An asserted triple that would follow too is asserted."""
    turtle = "state:a a cst:State, cst:Actor ."
    assert _explained(turtle, "state:a a cst:Actor .") == (Explanation(_triples("state:a a cst:Actor .")[0]),)


def test_what_is_not_there_has_no_proof_though_it_would_follow() -> None:
    """The default graph is explained, not what it might have: a release may be older than the rules."""
    store = dataset(SCHEMA, _triples("state:a cst:memberOf body:o ."))
    assert Explainer(store).explanations(_triples("state:a a cst:Actor .")[0]) == ()


def test_what_no_rule_gives_has_no_proof() -> None:
    """A triple in graph/inferred that does not follow is not explained away."""
    store = dataset(SCHEMA, _triples("state:a a cst:State ."), _triples("state:a cst:opposes state:b ."))
    assert Explainer(store).explanations(_triples("state:a cst:opposes state:b .")[0]) == ()


THINGS = [ox.NamedNode(f"{ID}thing/{name}") for name in "abcd"]
CLASSES = [ox.NamedNode(f"{CST}{name}") for name in ("State", "Membership", "Event", "MilitaryAlliance", "Provision", "Actor")]
LINKS = [
    ox.NamedNode(f"{CST}{name}")
    for name in (
        "memberOf", "hasMember", "member", "organisation", "invoked", "invoker", "instrument", "provisionOf", "hasProvision",
        "locatedIn", "contains", "borders", "after", "before", "signatory", "treaty", "successorOf", "intervener", "location",
        "suspendedActor", "suspendedPact", "holder", "heldIn",
    )
]  # fmt: skip
type_triples = st.tuples(st.sampled_from(THINGS), st.just(ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")), st.sampled_from(CLASSES))
link_triples = st.tuples(st.sampled_from(THINGS), st.sampled_from(LINKS), st.sampled_from(THINGS))
graphs = st.sets(st.one_of(link_triples, link_triples, type_triples).map(lambda each: ox.Triple(*each)), min_size=1, max_size=8)


@settings(max_examples=int(os.environ.get("CSTO_GRAPH_EXAMPLES", "25")), deadline=None)
@given(graphs)
def test_by_chance_too_all_follows_that_follows_and_is_explained(asserted: set[ox.Triple]) -> None:
    """Brute force finds the same triples, no more and no fewer, and accepts every step of every shortest proof."""
    inferred = set(materialise(FILE, asserted))
    assert inferred == closure(AXIOMS, asserted) - asserted
    explainer = Explainer(dataset(SCHEMA, asserted, inferred))
    for triple in inferred:
        first = explainer.explanations(triple)[0]
        assert is_sound(AXIOMS, first) and set(first.asserted) <= asserted


@pytest.mark.slow
def test_every_inferred_triple_of_the_release_is_explained(store: ox.Store) -> None:
    """Each has a proof by right steps that ends in triples which the sources, the cited facts or the reference data hold."""
    explainer, rules = Explainer(store), Counter[str]()
    held = {
        quad.triple
        for quad in store
        if str(quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else "").startswith(
            (f"{GRAPH}source/", f"{GRAPH}curated/", f"{GRAPH}reference")
        )
    }
    inferred = {quad.triple for quad in store.quads_for_pattern(None, None, None, INFERRED)}
    for triple in inferred:
        found = explainer.explanations(triple)
        assert found, f"nothing explains {spelled(triple)}"
        assert is_sound(AXIOMS, found[0]) and set(found[0].asserted) <= held, spelled(triple)
        rules[str(found[0].rule)] += 1
    assert rules.total() == len(inferred) > 3000 and rules["prp-spo2"]
    assert all(ox.Quad(t.subject, t.predicate, t.object, DEFAULT) in store for t in inferred)


@pytest.mark.slow
def test_axioms_of_proofs_stand_in_the_release(store: ox.Store) -> None:
    """Whoever has the release can look up each axiom that its proofs name in graph/ontology."""
    explainer = Explainer(store)
    axioms = {
        explanation.axiom
        for quad in store.quads_for_pattern(None, None, None, INFERRED)
        if "/id/organisation/" in str(quad.subject) or "/id/membership/" in str(quad.subject)
        for explanation in explainer.explanations(quad.triple)
    }
    assert len(axioms) > 10
    for axiom in axioms:
        assert axiom is not None
        assert ox.Quad(axiom.subject, axiom.predicate, axiom.object, ONTOLOGY) in store
