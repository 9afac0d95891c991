"""Requests and what they are answered with."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
LABELS = "SELECT ?label { <id/state/armenia> rdfs:label ?label }"
EVIDENCE = "https://w3id.org/csto-graph/graph/evidence/demo"
REFERENCE = "https://w3id.org/csto-graph/graph/reference"
STATEMENT = "ASK { <id/statement/1> a cst:Statement }"
IN_SOME_GRAPH = "ASK { GRAPH ?g { <id/statement/1> a cst:Statement } }"


def bindings(response: TestResponse) -> list[dict[str, str]]:
    """The solutions of a JSON answer, each variable with its value."""
    assert response.status_code == 200, response.text
    assert response.mimetype == "application/sparql-results+json"
    return [{name: term["value"] for name, term in each.items()} for each in json.loads(response.text)["results"]["bindings"]]


def problem(response: TestResponse, status: int) -> dict[str, object]:
    """The problem document, its members as RFC 9457 wants them and nothing about the service."""
    assert response.status_code == status, response.text
    assert response.mimetype == "application/problem+json"
    document: dict[str, object] = json.loads(response.text)
    assert document["status"] == status
    assert document["type"] == "about:blank" and document["title"] and document["detail"]
    assert not any(word in response.text.casefold() for word in ("traceback", "oxigraph", "werkzeug", "flask", ".py"))
    return document


@pytest.mark.parametrize(
    "request_",
    [
        {"method": "GET", "query_string": {"query": LABELS}},
        {"method": "POST", "data": {"query": LABELS}},
        {"method": "POST", "data": f"query={quote(LABELS)}", "content_type": f"{FORM}; charset=UTF-8"},
        {"method": "POST", "data": LABELS, "content_type": DIRECT},
        {"method": "POST", "data": LABELS, "content_type": f"{DIRECT}; charset=utf-8", "query_string": {"query": "ASK {}"}},
        {"method": "GET", "path": "/sparql/", "query_string": {"query": LABELS}},
    ],
)
def test_a_query_arrives_in_three_ways(client: FlaskClient, request_: dict[str, object]) -> None:
    """GET, a posted form and a posted query give the same answer."""
    assert bindings(client.open(**{"path": "/sparql", **request_})) == [{"label": "Armenia"}]  # type: ignore[arg-type]  # a table of requests


@pytest.mark.parametrize(
    ("request_", "status", "said"),
    [
        ({"method": "GET", "query_string": "query=ASK{}&query=ASK{}"}, 400, "2 queries in one request"),
        ({"method": "GET", "query_string": "update=CLEAR+ALL"}, 400, "sent by POST"),
        ({"method": "POST", "data": {"update": "CLEAR ALL"}}, 403, "takes no changes"),
        ({"method": "POST", "data": {"other": "x"}}, 400, "no parameter query"),
        ({"method": "POST", "data": "CLEAR ALL", "content_type": "application/sparql-update"}, 403, "takes no changes"),
        ({"method": "POST", "data": "ASK {}", "content_type": "text/plain"}, 415, DIRECT),
        ({"method": "POST", "data": b"ASK {}"}, 415, "without Content-Type"),
        ({"method": "POST", "data": "ASK {}".encode("utf-16"), "content_type": f"{DIRECT}; charset=utf-16"}, 415, "UTF-8"),
        ({"method": "POST", "data": b"ASK { # \xff\n }", "content_type": DIRECT}, 400, "byte 8"),
        ({"method": "POST", "data": b"query=ASK%20%7B%7D%20%23%FF", "content_type": FORM}, 400, "not UTF-8"),
        ({"method": "POST", "data": b"query=\xff", "content_type": FORM}, 400, "not UTF-8"),
        ({"method": "GET", "query_string": "query=ASK{}%FF"}, 400, "not UTF-8"),
        ({"method": "GET", "query_string": "a&" * 1_001}, 400, "1000 parameters"),
        ({"method": "GET", "query_string": {"query": "ASK {"}}, 400, "ends too early"),
        (
            {"method": "GET", "query_string": {"query": "SELECT (<x:f>(1) AS ?y) {}"}},
            400,
            "custom function <x:f> is not supported",
        ),
        ({"method": "GET", "query_string": {"query": "INSERT DATA {}"}}, 400, "read-only"),
        ({"method": "GET", "query_string": {"query": "ASK { SERVICE <http://127.0.0.1:9/> {} }"}}, 400, "SERVICE"),
        ({"method": "GET", "query_string": {"query": "ASK FROM <file:///etc/passwd> {}"}}, 400, "file:///etc/passwd"),
        ({"method": "GET", "query_string": {"query": r"ASK FROM <http://e/\uD800> {}"}}, 400, "not in this release"),
        ({"method": "GET", "query_string": {"query": "ASK {}", "default-graph-uri": "http://g/9"}}, 400, "<http://g/9>"),
        ({"method": "GET", "query_string": {"query": "ASK {}", "named-graph-uri": "not an iri"}}, 400, "<not an iri>"),
        ({"method": "GET", "query_string": {"query": "ASK {}", "format": "pdf"}}, 406, "json, xml, csv, tsv, html"),
        ({"method": "POST", "data": b"#" * 10_000_000, "content_type": DIRECT}, 413, "3,000,000 bytes"),
        ({"method": "POST", "data": b"query=" + b"%20" * 1_200_000, "content_type": FORM}, 413, "3,000,000 bytes"),
        ({"method": "PUT", "data": "ASK {}"}, 405, "PUT is not offered at /sparql"),
        ({"method": "DELETE"}, 405, "Allow"),
        ({"method": "GET", "path": "/nothing"}, 404, "There is nothing at /nothing"),
    ],
)
def test_a_refused_request_is_told_why(client: FlaskClient, request_: dict[str, object], status: int, said: str) -> None:
    """Each refusal has its status and a sentence that says what to change."""
    assert said in str(problem(client.open(**{"path": "/sparql", **request_}), status)["detail"])  # type: ignore[arg-type]  # a table of requests


def test_a_syntax_error_has_its_place(client: FlaskClient) -> None:
    """Line and column are members of the problem."""
    document = problem(client.get("/sparql", query_string={"query": "SELECT * {\n ?s ?p\n}"}), 400)
    assert (document["line"], document["column"]) == (3, 1)
    assert "“}” cannot stand here" in str(document["detail"])


def test_deep_nesting_is_refused_and_the_service_lives(client: FlaskClient) -> None:
    """A query that would end the process is refused, and the next one is answered."""
    problem(client.post("/sparql", data={"query": "ASK {" + "{" * 90_000}), 400)
    assert bindings(client.get("/sparql", query_string={"query": LABELS})) == [{"label": "Armenia"}]


def test_what_may_be_had_is_listed(client: FlaskClient) -> None:
    """406 carries the offered media types, 405 the allowed methods."""
    response = client.get("/sparql", query_string={"query": LABELS}, headers={"Accept": "text/turtle"})
    assert "application/sparql-results+json" in problem(response, 406)["offered"]  # type: ignore[operator]  # a list
    assert set(client.put("/sparql").headers["Allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}


@pytest.mark.parametrize(
    ("query", "graphs", "truth"),
    [
        (STATEMENT, {}, False),
        (IN_SOME_GRAPH, {}, True),
        (STATEMENT, {"default-graph-uri": EVIDENCE}, True),
        (STATEMENT, {"default-graph-uri": [REFERENCE, EVIDENCE]}, True),
        (STATEMENT, {"default-graph-uri": REFERENCE}, False),
        (STATEMENT, {"named-graph-uri": EVIDENCE}, False),
        (IN_SOME_GRAPH, {"named-graph-uri": EVIDENCE}, True),
        (IN_SOME_GRAPH, {"named-graph-uri": REFERENCE}, False),
        (IN_SOME_GRAPH, {"default-graph-uri": EVIDENCE}, False),
        (f"ASK FROM <{REFERENCE}> {STATEMENT[4:]}", {"default-graph-uri": EVIDENCE}, True),
        (f"ASK FROM <{EVIDENCE}> {STATEMENT[4:]}", {"default-graph-uri": REFERENCE}, False),
        (f"ASK FROM <{EVIDENCE}> {STATEMENT[4:]}", {}, True),
        (f"ASK FROM NAMED <{EVIDENCE}> {IN_SOME_GRAPH[4:]}", {}, True),
    ],
)
def test_the_dataset_is_the_one_asked_for(client: FlaskClient, query: str, graphs: dict[str, str], truth: bool) -> None:
    """Without a word the default graph; the request's dataset comes before the query's (section 2.1.4)."""
    response = client.get("/sparql", query_string={"query": query, **graphs})
    assert json.loads(response.text) == {"head": {}, "boolean": truth}


def test_prefixes_are_declared_but_may_be_declared_otherwise(client: FlaskClient) -> None:
    """A query's own declaration of a well-known prefix holds."""
    assert bindings(client.get("/sparql", query_string={"query": "SELECT ?s { ?s a cst:MilitaryAlliance }"}))
    assert not bindings(client.get("/sparql", query_string={"query": "PREFIX cst: <x:> SELECT ?s { ?s a cst:MilitaryAlliance }"}))


def test_anyone_may_read(client: FlaskClient) -> None:
    """Scripts of other sites may ask, and what they may send is told before."""
    answered = client.get("/sparql", query_string={"query": LABELS}, headers={"Origin": "https://example.org"})
    assert answered.headers["Access-Control-Allow-Origin"] == "*"
    asked = client.options("/sparql", headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"})
    assert (asked.status_code, asked.text) == (200, "")
    assert "POST" in asked.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in asked.headers["Access-Control-Allow-Headers"]


def test_an_unforeseen_failure_tells_nothing(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault of ours is a 500 in our words; what happened stands in the log alone."""

    def fail(*_: object) -> None:
        raise OSError("/secret/path")

    monkeypatch.setattr("csto_graph.backend.embedded.Embedded.answer", fail)
    response = client.get("/sparql", query_string={"query": "ASK { ?never ?asked 1 }"})
    assert "not in the request" in str(problem(response, 500)["detail"])
    assert "secret" not in response.text
    assert "/secret/path" in caplog.text
