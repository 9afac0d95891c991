"""The short way: nothing that it gives differs from what the long way gives."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from csto_graph.backend.embedded import Embedded
from csto_graph.serve.app import create_app
from csto_graph.serve.catalogue import Catalogue
from csto_graph.serve.settings import Settings
from tests.release.stores import MEMBERS, publish_members

QUERY = {"query": "SELECT ?s { ?s a cst:State } ORDER BY ?s", "format": "csv"}


@pytest.fixture
def app(backend: Embedded, queries: Path) -> Flask:
    return create_app(backend, queries, Settings())


@pytest.fixture
def routed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The long way leaves its traces here."""
    taken: list[str] = []
    app.before_request(lambda: taken.append("long"))
    return taken


def ask(client: FlaskClient, headers: dict[str, str] | None = None, method: str = "GET", **parameters: str) -> TestResponse:
    return client.open("/sparql", method=method, query_string=QUERY | parameters, headers=headers or {})


def told(response: TestResponse) -> tuple[int, bytes, list[tuple[str, str]]]:
    return response.status_code, response.data, sorted(pair for pair in response.headers if pair[0] != "X-Request-ID")


def test_the_same_request_gets_the_same_response(client: FlaskClient, routed: list[str]) -> None:
    """Body and header fields, save the id of the request; only the first goes the long way."""
    first, again = ask(client), ask(client)
    assert told(first) == told(again) and len(routed) == 1
    assert first.headers["X-Request-ID"] != again.headers["X-Request-ID"]


@pytest.mark.parametrize(
    "headers",
    [{"Accept-Encoding": "gzip"}, {"Accept": "text/csv"}, {"Host": "example.org"}, {"If-None-Match": "*"}, {"Accept-Datetime": "Tue, 01 Feb 2022 10:00:00 GMT"},
     {"If-Modified-Since": "Tue, 01 Feb 2022 10:00:00 GMT"}, {"If-Match": '"x"'}],
)  # fmt: skip
def test_another_request_goes_the_long_way(client: FlaskClient, routed: list[str], headers: dict[str, str]) -> None:
    """What may change the response makes it another request."""
    for _ in range(2):
        ask(client)
    status = ask(client, headers).status_code
    assert len(routed) == 2 and ask(client).status_code == 200
    assert ask(client, headers).status_code == status


def test_a_request_that_is_refused_is_refused_the_second_time(client: FlaskClient) -> None:
    """A packed body is not read, whatever was answered before."""
    ask(client)
    assert ask(client, {"Content-Encoding": "gzip"}).status_code == 415


@pytest.mark.parametrize(
    ("method", "parameters"),
    [("HEAD", {}), ("POST", {}), ("GET", {"release": "3"}), ("GET", {"query": "SELECT (NOW() AS ?n) {}"}), ("GET", {"query": "nonsense"}), ("GET", {"format": "html"})],
)
def test_what_always_goes_the_long_way(client: FlaskClient, routed: list[str], method: str, parameters: dict[str, str]) -> None:
    """Other methods, other releases, what changes each time, refusals and pages."""
    ask(client)
    for _ in range(2):
        ask(client, method=method, **parameters)
    assert len(routed) == 3


def test_the_journal_tells_the_same(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    """Form and release are written for either way."""
    caplog.set_level(logging.INFO, "csto_graph.requests")
    for _ in range(2):
        ask(client).close()
    lines = [record.fields for record in caplog.records if record.name == "csto_graph.requests"]  # type: ignore[attr-defined]  # ours
    assert [{name: line[name] for name in ("form", "release", "status", "bytes", "outcome")} for line in lines] == [
        {"form": "SELECT", "release": 3, "status": 200, "bytes": lines[0]["bytes"], "outcome": "answered"}
    ] * 2


def test_where_queries_are_logged_each_one_is(client: FlaskClient, routed: list[str], caplog: pytest.LogCaptureFixture) -> None:
    """At the level DEBUG all go the long way."""
    caplog.set_level(logging.DEBUG, "csto_graph.requests")
    for _ in range(2):
        ask(client)
    assert len(routed) == 2


def test_another_release_is_seen_at_once(tmp_path: Path, queries: Path) -> None:
    """Whoever publishes it; and going back is seen as well."""
    publish_members(tmp_path, MEMBERS[:1])
    embedded = Embedded(tmp_path, readers=1)
    client = create_app(embedded, queries, Settings()).test_client()
    for count in (1, 2, 3):
        publish_members(tmp_path, MEMBERS[:count])
        assert [len(ask(client).text.split()) - 1 for _ in range(3)] == [count] * 3
    publish_members(tmp_path, MEMBERS[:1])
    assert len(ask(client).text.split()) - 1 == 1
    embedded.close()


def test_it_holds_no_more_than_the_cache(app: Flask) -> None:
    """Other words for the same are remembered up to a number, and go with their answer."""
    client, catalogue = app.test_client(), app.extensions["csto-graph"]
    assert isinstance(catalogue, Catalogue)
    for number in range(50):
        ask(client, {"Accept": f"text/csv;q=0.{number + 10}"})
    counts = catalogue.cache.counts()
    assert counts.entries == 1 and 8 * 1_000 < counts.bytes < 8 * 5_000
    catalogue.cache.keep_only([])
    assert (catalogue.cache.counts().entries, catalogue.cache.counts().bytes) == (0, 0)
