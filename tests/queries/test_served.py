"""The competency questions through the service, which writes some queries anew before the engine reads them."""

from __future__ import annotations

import json
import re
import shlex
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


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_question_is_a_call_in_parts(path: Path, client: FlaskClient) -> None:
    """Each has an order, and its parts, one behind the other, are the committed answer."""
    address: str | None = f"/api/{path.stem}?limit=25&format=csv"
    rows: list[str] = []
    while address:
        response = client.get(address)
        head, *part = response.text.replace("\r\n", "\n").splitlines(keepends=True)
        rows += part if rows else [head, *part]
        found = re.search(r'<([^>]+)>; rel="next"', response.headers["Link"])
        address = found[1] if found else None
    assert "".join(rows) == (EXPECTED / f"{path.stem}.csv").read_text(encoding="utf-8")


PAGE = (resources.root() / "docs" / "api.md").read_text(encoding="utf-8")
CALLS = re.findall(r"```\n(curl [^\n]+)\n```\n(?:\n```(\w+)\n(.+?)\n```)?", PAGE, re.DOTALL)


@pytest.mark.parametrize(("command", "kind", "shown"), CALLS, ids=lambda part: part[-40:])
def test_the_page_on_calls_shows_what_they_answer(command: str, kind: str, shown: str, client: FlaskClient) -> None:
    """Each line is asked, and what is shown of its answer is in it; … stands for what is left out."""
    given = shlex.split(command)[1:]
    headers = dict(given[at + 1].split(": ", 1) for at, each in enumerate(given) if each == "-H")
    response = client.get(given[-1].removeprefix("http://127.0.0.1:8000"), headers=headers, base_url="http://127.0.0.1:8000")
    assert response.status_code == (400 if '"status": 400' in shown else 200)
    if kind == "http":
        for line in shown.splitlines():
            name, _, value = line.partition(": ")
            assert value in response.headers[name]
    elif kind == "json":
        pattern = re.escape(json.dumps(json.loads(shown), ensure_ascii=False)[1:-1]).replace("…", ".+")
        assert re.search(pattern, response.text) or json.loads(shown).items() <= response.json.items()  # type: ignore[union-attr]


def test_the_page_has_calls_of_each_kind() -> None:
    """A page on which nothing was found would prove nothing."""
    assert [kind for _, kind, _ in CALLS] == ["json", "json", "", "http"]
