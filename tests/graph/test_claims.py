"""A claim is never a fact: what the article reports, judges, plans or denies is no plain triple."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from csto_graph.namespaces import CST, GRAPH, ID, RDF

DEFAULT = ox.DefaultGraph()
NOT_FACTS = ["claims", "blamed", "agreedToSend"]


@pytest.mark.parametrize("predicate", NOT_FACTS)
def test_no_opinion_plan_or_accusation_is_a_plain_triple(store: ox.Store, predicate: str) -> None:
    """The article's statements are among the evidence, and its graph has no such triple."""
    term = ox.NamedNode(f"{CST}{predicate}")
    assert list(store.quads_for_pattern(None, ox.NamedNode(str(RDF.predicate)), term, ox.NamedNode(f"{GRAPH}evidence/csto-2022-01-10")))
    assert list(store.quads_for_pattern(None, term, None, ox.NamedNode(f"{GRAPH}source/csto-2022-01-10"))) == []


def test_every_statement_that_is_not_asserted_has_no_plain_triple(store: ox.Store) -> None:
    """Whatever its predicate, unless another asserts the same; and there are such statements, so that this can fail."""
    not_asserted = """
        PREFIX cst: <https://w3id.org/csto-graph/ontology#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT ?plain WHERE {
          GRAPH ?g { ?x rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; cst:status ?status FILTER (?status != cst:Asserted) }
          MINUS { GRAPH ?other { ?y rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; cst:status cst:Asserted } }
          BIND (EXISTS { ?s ?p ?o } AS ?plain)
        }"""
    solutions = store.query(not_asserted)
    assert isinstance(solutions, ox.QuerySolutions)
    found = [one["plain"].value for one in solutions]
    assert len(found) >= 10
    assert set(found) == {"false"}


def test_a_thing_that_only_a_claim_speaks_of_is_not_in_the_default_graph(store: ox.Store) -> None:
    """The gangs of the accusation and the contingents of the promise are described among the evidence alone."""
    for path in ("group/csto-2022-01-10.foreign-trained-terrorist-gang", "force/csto-2022-01-10.tajikistan-contingent"):
        node = ox.NamedNode(f"{ID}{path}")
        assert list(store.quads_for_pattern(node, None, None, None)), path
        assert list(store.quads_for_pattern(node, None, None, DEFAULT)) == []


def test_a_claim_has_its_words_and_its_holder(store: ox.Store) -> None:
    """What Russia is said to claim stands under Russia's name."""
    texts = {
        quad.object.value
        for claim in store.quads_for_pattern(None, ox.NamedNode(f"{CST}claimant"), ox.NamedNode(f"{ID}state/russia"))
        for quad in store.quads_for_pattern(claim.subject, ox.NamedNode(f"{CST}text"), None)
    }
    assert "Central Asian nations are not real countries" in texts


@pytest.mark.parametrize(
    ("subject", "predicate", "object_"),
    [
        ("state/russia", "deployed", "force/csto-2022-01-10.russia-special-force"),
        ("state/armenia", "memberOf", "organisation/csto"),
        ("organisation/csto", "chairedBy", "state/armenia"),
    ],
)
def test_what_is_asserted_is_a_plain_triple(store: ox.Store, subject: str, predicate: str, object_: str) -> None:
    """The other side of the promise: facts are there to be asked for plainly."""
    quad = ox.Quad(ox.NamedNode(ID + subject), ox.NamedNode(CST + predicate), ox.NamedNode(ID + object_), DEFAULT)
    assert quad in store
