"""What whoever asks is told beside an answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, Store

from csto_graph.backend.embedded import Embedded
from csto_graph.serve.app import create_app
from tests.serve.conftest import lay_release

ONTOLOGY = """
@prefix cst: <https://w3id.org/csto-graph/ontology#> .
<https://w3id.org/csto-graph/graph/ontology> { cst:memberOf a <x:Property> . cst:State a <x:Class> }
"""


@pytest.fixture
def asked(tmp_path: Path, queries: Path) -> Iterator[FlaskClient]:
    """A service whose release has an ontology."""
    store = Store(str(tmp_path / "store"))
    store.load(ONTOLOGY.encode(), format=RdfFormat.TRIG)
    store.flush()
    lay_release(tmp_path / "home", 1, store, {})
    backend = Embedded(tmp_path / "home", readers=1)
    yield create_app(backend, queries).test_client()
    backend.close()


def test_an_unknown_term_is_noted_and_the_answer_is_the_same(asked: FlaskClient) -> None:
    """200 and an empty answer, with a header that names the nearest term; on a page the same in words."""
    for _ in range(2):
        response = asked.get("/sparql", query_string={"query": "SELECT ?s ?o { ?s cst:memberOff ?o }", "format": "csv"})
        assert (response.status_code, response.text) == (200, "s,o\r\n")
        assert response.headers["Query-Note"] == "cst:memberOff is not a term of the ontology. Did you mean cst:memberOf?"
    assert "Query-Note" in response.headers["Access-Control-Expose-Headers"]
    page = asked.get("/sparql", query_string={"query": "SELECT * { ?s cst:memberOff ?o }", "format": "html"})
    assert "Did you mean cst:memberOf?" in page.text and page.headers["Query-Note"]


def test_several_are_several_fields_in_ascii(asked: FlaskClient) -> None:
    """What a query names may be in any script; a header may not."""
    response = asked.get("/sparql", query_string={"query": "ASK { ?s cst:état ?o ; a cst:Stat }"})
    assert response.headers.getlist("Query-Note") == [
        "cst:\\xe9tat is not a term of the ontology.",
        "cst:Stat is not a term of the ontology. Did you mean cst:State?",
    ]


def test_a_query_of_known_terms_has_no_notes(asked: FlaskClient, client: FlaskClient) -> None:
    """Nor has any where the release has no ontology."""
    assert "Query-Note" not in asked.get("/sparql?query=ASK{?s+cst:memberOf+?o}").headers
    assert "Query-Note" not in client.get("/sparql?query=ASK{?s+cst:memberOff+?o}").headers
