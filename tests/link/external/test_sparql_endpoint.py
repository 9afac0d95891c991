"""A SPARQL endpoint is asked for the things that bear our names, and its answers are held against the question."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from csto_graph.errors import RefusedData
from csto_graph.link.external.asking import Limits
from csto_graph.link.external.sparql_endpoint import Endpoint, bearing, query
from csto_graph.link.external.triples import Properties
from tests.link.external.lying import RESULTS, Endpoints

LIMITS = Limits()
DATA = """@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://other.test/1> a <https://other.test/Country> ; rdfs:label "Armenia"@en , "Arménie"@fr ; skos:altLabel "Hayastan" .
<https://other.test/2> rdfs:label "Belarus" ; <https://other.test/is> <https://other.test/State> .
<https://other.test/3> rdfs:label "Arménie"@fr . [] rdfs:label "Belarus" ."""


def _term(value: str, kind: str = "uri") -> dict[str, str]:
    return {"type": kind, "value": value}


def _answer(*solutions: dict[str, Any]) -> dict[str, Any]:
    return {"head": {"vars": ["wanted", "item", "label", "type"]}, "results": {"bindings": list(solutions)}}


WANTED = {"wanted": _term("Armenia", "literal")}


def test_whatever_store_answers(endpoints: Endpoints) -> None:
    """The query that is sent, put to a store: labels in English or in no language, of things that have an IRI."""
    store = ox.Store()
    store.load(DATA, format=ox.RdfFormat.TURTLE)
    properties = Properties(types=("https://other.test/is",))
    names = ["Armenia", "Belarus", "Hayastan", 'Quote " and \\']
    solutions = store.query(query(Endpoint("", properties), names))
    assert isinstance(solutions, ox.QuerySolutions)
    address = endpoints.give("/sparql", solutions.serialize(format=ox.QueryResultsFormat.JSON), RESULTS)
    found = bearing(Endpoint(address, properties), names, LIMITS)
    assert {name: [(each.iri, each.label) for each in several] for name, several in found.items()} == {
        "Armenia": [("https://other.test/1", "Armenia")],
        "Belarus": [("https://other.test/2", "Belarus")],
        "Hayastan": [("https://other.test/1", "Armenia")],
        'Quote " and \\': [],
    }
    assert found["Belarus"][0].types == ("https://other.test/State",)
    assert "Hayastan" in found["Armenia"][0].names
    assert parse_qs(endpoints.asked[-1][1])["query"] == [query(Endpoint("", properties), sorted(names))]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ([], "no SPARQL results"),
        ({"boolean": True}, "no SPARQL results"),
        (_answer({"item": "x"}), "no SPARQL results"),
        (_answer({"wanted": {"type": "star", "value": "x"}}), "no SPARQL results"),
        (_answer(WANTED), "other variables"),
        (_answer(WANTED | {"item": _term("https://other.test/1"), "more": _term("x", "literal")}), "other variables"),
        (_answer({"wanted": _term("Russia", "literal"), "item": _term("https://other.test/1")}), "not asked, 'Russia'"),
        (_answer(WANTED | {"item": _term("x", "literal")}), "which is no IRI"),
        (_answer(WANTED | {"item": _term("not an iri")}), "which is no IRI"),
        (_answer(*[WANTED | {"item": _term("https://other.test/1")}] * 5000), "5,000 solutions or more for 1 names"),
    ],
)  # fmt: skip
def test_an_answer_that_lies_is_refused(endpoints: Endpoints, answer: Any, said: str) -> None:
    """The refusal names the address and what was wrong."""
    address = endpoints.give("/lies", answer, RESULTS)
    with pytest.raises(RefusedData) as refusal:
        bearing(Endpoint(address), ["Armenia"], LIMITS)
    assert refusal.value.place == address
    assert said in refusal.value.problem
