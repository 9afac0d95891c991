"""Compressed answers."""

from __future__ import annotations

import gzip

import pytest
from flask.testing import FlaskClient

from csto_graph.serve.encoding import wants_gzip

LONG = {"query": "SELECT * { ?s ?p ?o . ?a ?b ?c }", "format": "csv"}
SHORT = {"query": "ASK {}", "format": "csv"}
VERY_LONG = {"query": f"SELECT * {{ {' '.join(f'?s{i} ?p{i} ?o{i} .' for i in range(5))} }} LIMIT 20000", "format": "csv"}


@pytest.mark.parametrize(
    ("accepted", "wanted"),
    [
        (None, False), ("", False), ("gzip", True), ("GZIP", True), ("deflate, gzip;q=0.5, br", True), ("*", True), ("br, *;q=0.1", True),
        ("gzip;q=0", False), ("*;q=0", False), ("gzip;q=0, *", False), ("identity", False), ("br", False), ("identity, gzip;q=0.5", False),
        ("gzip;q=0.5, identity;q=0.5", True), ("identity;q=0, gzip", True), ("gzip;q=1.000", True), ("gzip;q=0.000", False),
    ],
)  # fmt: skip
def test_who_wants_it(accepted: str | None, wanted: bool) -> None:
    """By name or by star, unless the plain answer is more welcome."""
    assert wants_gzip(accepted) is wanted


@pytest.mark.parametrize("query", [LONG, VERY_LONG, LONG | {"format": "html"}])
def test_a_compressed_answer(client: FlaskClient, query: dict[str, str]) -> None:
    """The same bytes once unpacked, a length that is told, another tag, and a cache that knows."""
    plain = client.get("/sparql", query_string=query)
    for _ in range(2):
        packed = client.get("/sparql", query_string=query, headers={"Accept-Encoding": "gzip"})
        assert gzip.decompress(packed.data) == plain.data
        assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data)
        assert packed.headers["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain.headers
        assert packed.headers["ETag"] != plain.headers["ETag"]
        assert "Accept-Encoding" in packed.headers["Vary"] and "Accept-Encoding" in plain.headers["Vary"]
    head = client.head("/sparql", query_string=query, headers={"Accept-Encoding": "gzip"})
    assert [head.headers[name] for name in ("ETag", "Content-Length", "Content-Encoding")] == [
        packed.headers[name] for name in ("ETag", "Content-Length", "Content-Encoding")
    ]


def test_either_tag_is_known_again(client: FlaskClient) -> None:
    """By who takes that form; who does not take gzip is not told that the compressed copy will do."""
    tags = [client.get("/sparql", query_string=LONG, headers=headers).headers["ETag"] for headers in ({}, {"Accept-Encoding": "gzip"})]
    for tag, accepted, status in ((tags[0], "", 304), (tags[1], "gzip", 304), (tags[1], "", 200)):
        response = client.get("/sparql", query_string=LONG, headers={"If-None-Match": tag, "Accept-Encoding": accepted})
        assert response.status_code == status


def test_short_answers_and_refusals_are_plain(client: FlaskClient) -> None:
    """There is nothing to gain."""
    for query in (SHORT, {"query": "nonsense"}):
        assert "Content-Encoding" not in client.get("/sparql", query_string=query, headers={"Accept-Encoding": "gzip"}).headers
