"""Conditional requests (RFC 9110, section 13)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from csto_graph.serve.conditions import validated

QUERY = {"query": "SELECT ?s { ?s a cst:State } ORDER BY ?s"}
PUBLISHED = "Tue, 01 Feb 2022 10:00:00 GMT"
BEFORE, AFTER = "Tue, 01 Feb 2022 09:59:59 GMT", "Tue, 01 Feb 2022 10:00:01 GMT"
OTHER = '"other"'


@pytest.fixture
def tag(client: FlaskClient) -> str:
    return str(client.get("/sparql", query_string=QUERY).headers["ETag"])


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If-None-Match": "TAG"}, 304),
        ({"If-None-Match": "W/TAG"}, 304),
        ({"If-None-Match": f"{OTHER}, TAG"}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": OTHER}, 200),
        ({"If-Modified-Since": PUBLISHED}, 304),
        ({"If-Modified-Since": AFTER}, 304),
        ({"If-Modified-Since": BEFORE}, 200),
        ({"If-Modified-Since": "nonsense"}, 200),
        ({"If-None-Match": OTHER, "If-Modified-Since": AFTER}, 200),  # the tag goes before the instant
        ({"If-None-Match": "TAG", "If-Modified-Since": BEFORE}, 304),
        ({"If-Match": "TAG"}, 200),
        ({"If-Match": "*"}, 200),
        ({"If-Match": OTHER}, 412),
        ({"If-Match": "W/TAG"}, 412),  # compared strongly
        ({"If-Match": OTHER, "If-None-Match": "TAG"}, 412),
        ({"If-Match": "TAG", "If-None-Match": "TAG"}, 304),
        ({"If-Unmodified-Since": PUBLISHED}, 200),
        ({"If-Unmodified-Since": BEFORE}, 412),
        ({"If-Match": "TAG", "If-Unmodified-Since": BEFORE}, 200),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_conditions(client: FlaskClient, tag: str, headers: dict[str, str], status: int, method: str) -> None:
    """Each of the four, and which goes before which."""
    sent = {name: value.replace("TAG", tag) for name, value in headers.items()}
    response = client.open("/sparql", method=method, query_string=QUERY, headers=sent)
    assert response.status_code == status
    if status == 304:
        assert response.data == b"" and not {"Content-Type", "Content-Encoding"} & set(response.headers.keys())
        assert response.headers["ETag"] == tag
        assert {"Vary", "Cache-Control", "Link"} <= set(response.headers.keys())
        assert response.headers["Content-Security-Policy"] == client.get("/sparql", query_string=QUERY).headers["Content-Security-Policy"]


@pytest.mark.parametrize("headers", [{"If-None-Match": "*"}, {"If-Modified-Since": AFTER}])
@pytest.mark.parametrize(("query", "status"), [("nonsense", 400), ("SELECT (NOW() AS ?n) {}", 200)])
def test_what_has_no_good_answer_is_not_unchanged(client: FlaskClient, headers: dict[str, str], query: str, status: int) -> None:
    """A condition counts only for what would be answered (section 13.2.1); what changes each time was changed."""
    assert client.get("/sparql", query_string={"query": query}, headers=headers).status_code == status


def test_conditions_of_a_post_are_not_those_of_its_query(client: FlaskClient, tag: str) -> None:
    """The conditions of POST are about /sparql itself."""
    assert client.post("/sparql", data=QUERY, headers={"If-None-Match": tag}).status_code == 200


def test_what_changes_each_time_is_kept_by_nobody(client: FlaskClient) -> None:
    """No tag, no instant, no copy."""
    headers = client.get("/sparql", query_string={"query": "SELECT (RAND() AS ?n) {}"}).headers
    assert not {"ETag", "Last-Modified"} & set(headers.keys()) and headers["Cache-Control"] == "no-store"


def test_the_second_of_a_change_has_no_instant(app: Flask) -> None:
    """Another change may come within it."""
    with app.test_request_context():
        now = datetime.now(UTC).replace(microsecond=0)
        assert "Last-Modified" not in validated(Response(), "x", max(now, datetime.now(UTC).replace(microsecond=0))).headers
        assert validated(Response(), "x", datetime(2022, 2, 1, 10, tzinfo=UTC)).headers["Last-Modified"] == PUBLISHED
