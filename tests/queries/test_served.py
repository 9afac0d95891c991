"""The competency questions through the service, which writes some queries anew before the engine reads them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from csto_graph import pipeline, resources
from csto_graph.backend.embedded import Embedded
from csto_graph.headers import header
from csto_graph.serve.app import create_app
from csto_graph.serve.settings import Settings
from csto_graph.sparql.stored import parameters
from tests.queries.answers import EXPECTED, QUERIES


@pytest.fixture(scope="module")
def client(built: pipeline.BuildResult) -> Iterator[FlaskClient]:
    """Of the service on the built release, without the limits of one client."""
    backend = Embedded(built.release.folder.parents[1], readers=1)
    yield create_app(backend, resources.root() / "queries", Settings(client_seconds=1e9)).test_client()
    backend.close()


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_the_service_answers_as_the_store_does(path: Path, client: FlaskClient) -> None:
    """The committed answer, and nothing that the service has to say of the query."""
    response = client.get("/sparql", query_string={"query": path.read_text(encoding="utf-8")}, headers={"Accept": "text/csv"})
    assert response.status_code == 200
    assert "Query-Note" not in response.headers
    assert response.text.replace("\r\n", "\n") == (EXPECTED / f"{path.stem}.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_the_page_of_a_question_has_its_parameters(path: Path, client: FlaskClient) -> None:
    """The summary stands on the start page; the page of the answer has a field for each parameter, with its default."""
    query = path.read_text(encoding="utf-8")
    assert header(query, "summary") in client.get("/", headers={"Accept": "text/html"}).text.replace("&#39;", "'")
    page = client.get("/sparql", query_string={"query": query}, headers={"Accept": "text/html"}).text
    for parameter in parameters(query, path):
        assert parameter.summary in page
        assert parameter.default in page
