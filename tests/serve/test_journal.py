"""What is written down of a request, and under which name it is found."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from csto_graph.serve.journal import JsonLines

SECRET = "SELECT ('hush' AS ?x) {}"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What goes to the log."""
    stream = io.StringIO()
    handler, logger = logging.StreamHandler(stream), logging.getLogger("csto_graph")
    handler.setFormatter(JsonLines())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield stream
    logger.removeHandler(handler)
    logger.setLevel(logging.NOTSET)


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_a_request_has_one_line(client: FlaskClient, written: io.StringIO) -> None:
    """With its id, client, form, release, status, time and size; the text of the query is not in it."""
    response = client.get("/sparql", query_string={"query": SECRET})
    response.close()
    (line,) = lines(written)
    assert line["id"] == response.headers["X-Request-ID"] and UUID(line["id"]).version == 4
    known = {"message": "request", "level": "info", "client": "127.0.0.1", "method": "GET", "path": "/sparql", "form": "SELECT"}
    assert known.items() <= line.items()
    assert (line["status"], line["release"], line["outcome"]) == (200, 3, "answered")
    assert line["bytes"] == len(response.data) and line["ms"] >= 0 and line["time"].endswith("+00:00")
    assert "hush" not in written.getvalue()


def test_queries_are_written_for_whom_asks(client: FlaskClient, written: io.StringIO) -> None:
    """At the level DEBUG, under the same id."""
    logging.getLogger("csto_graph").setLevel(logging.DEBUG)
    client.get("/sparql", query_string={"query": SECRET}).close()
    query, request = lines(written)
    assert query["query"] == SECRET and query["id"] == request["id"]


@pytest.mark.parametrize(
    ("path", "status", "outcome"),
    [
        ("/sparql?query=ASK", 400, "refused"),
        ("/sparql?query=ASK{}&timeout=99", 400, "timeout"),
        ("/nothing", 404, "refused"),
        ("/sparql?query=ASK+FROM+<x:y>+{}", 400, "refused"),
    ],
)
def test_a_refusal_names_the_request(client: FlaskClient, written: io.StringIO, path: str, status: int, outcome: str) -> None:
    """The problem document's `instance` is the id in the header and in the log."""
    response = client.get(path)
    response.close()
    (line,) = lines(written)
    assert response.json["instance"] == f"urn:uuid:{line['id']}" == f"urn:uuid:{response.headers['X-Request-ID']}"
    assert (line["status"], line["outcome"]) == (status, outcome)


def test_a_page_names_it_too(client: FlaskClient) -> None:
    """For those who report what they see."""
    response = client.get("/sparql?query=ASK", headers={"Accept": "text/html"})
    assert response.headers["X-Request-ID"] in response.text


def test_an_answer_not_taken_to_its_end_is_cut(client: FlaskClient, written: io.StringIO) -> None:
    """The log tells who left, and how much they had."""
    product = " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(5))
    query = {"query": f"SELECT * {{ {product} }} LIMIT 20000", "format": "csv"}
    response = client.get("/sparql", query_string=query, buffered=False)
    next(iter(response.response))
    response.close()
    (line,) = lines(written)
    assert line["outcome"] == "cut" and 0 < line["bytes"] < int(response.headers["Content-Length"])


def test_head_is_not_cut(client: FlaskClient, written: io.StringIO) -> None:
    """No body is what was asked for."""
    client.head("/sparql?query=ASK{}").close()
    assert lines(written)[0]["outcome"] == "answered"


def test_nothing_a_client_sends_breaks_a_line(client: FlaskClient, written: io.StringIO) -> None:
    """Line ends, escape sequences and long paths stay inside their string."""
    client.get("/a%0a%1b[2J%9b%ff" + "x" * 5_000).close()
    (line,) = lines(written)
    assert written.getvalue().isascii() and len(written.getvalue()) < 1_000
    assert line["path"].startswith("/a\n\x1b[2J")


def test_a_fault_of_ours_is_written_under_its_id(
    client: FlaskClient, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what happened, which the client is not told."""

    def fail(*_: object) -> None:
        raise OSError("/secret/path")

    monkeypatch.setattr("csto_graph.backend.embedded.Embedded.answer", fail)
    response = client.get("/sparql?query=ASK{?fault ?of 1}")
    response.close()
    fault, request = lines(written)
    assert "/secret/path" in fault["exception"] and fault["id"] == request["id"] == response.headers["X-Request-ID"]
    assert request["outcome"] == "failed" and "secret" not in response.text
