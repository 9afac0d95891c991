"""Things that are not there, and addresses that mean nothing."""

from __future__ import annotations

from typing import NoReturn

import pytest
from flask.testing import FlaskClient

from csto_graph.backend.interface import Exceeded
from csto_graph.serve.things import missing

BROWSER = {"Accept": "text/html"}


@pytest.mark.parametrize("place", ["/id/{}", "/page/{}", "/data/{}", "/data/{}.ttl", "/id/{}.html"])
def test_a_name_that_is_nearly_right_is_told_the_right_one(things: FlaskClient, place: str) -> None:
    """404 as a problem with the nearest labels, their IRIs and where they are found here; as a page for a browser."""
    response = things.get(place.format("state/armenai"))
    assert response.status_code == 404 and response.mimetype == "application/problem+json"
    first = response.get_json()["nearest"][0]
    assert first == {"label": "Armenia", "iri": "https://w3id.org/csto-graph/id/state/armenia", "address": "http://localhost/page/state/armenia"}
    assert "Armenia" in response.get_json()["detail"]
    page = things.get(place.format("state/armenai"), headers=BROWSER)
    assert page.mimetype == "text/html" and 'href="http://localhost/page/state/armenia"' in page.text


def test_a_name_is_unknown_though_no_other_can_be_told(things: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """404 without names where to read them all takes longer than an answer may, and they are not asked for each time."""
    asked: list[str] = []

    def exceeded(_: object, query: str) -> NoReturn:
        asked.append(query)
        raise Exceeded("seconds", 30, 30)

    missing._index.cache_clear()
    monkeypatch.setattr(missing, "rows", exceeded)
    try:
        for name in ("state/armenai", "state/armenio"):
            response = things.get(f"/id/{name}")
            assert (response.status_code, response.get_json()["nearest"], len(asked)) == (404, [], 1)
    finally:
        missing._index.cache_clear()


def test_a_withdrawn_thing_is_gone_and_names_what_stands_for_it(things: FlaskClient) -> None:
    """410 with when, why and the replacement, as a member and as a link (RFC 5829)."""
    for path in ("/id/state/old-name", "/data/state/old-name.ttl", "/page/state/old-name", "/id/state/old-name.nt"):
        response = things.get(path)
        problem = response.get_json()
        assert response.status_code == 410 and problem["replacement"] == "https://w3id.org/csto-graph/id/state/armenia"
        assert "2026-01-02" in problem["detail"] and "named twice" in problem["detail"]
        assert response.headers["Link"] == '<http://localhost/id/state/armenia>; rel="successor-version"'


def test_a_thing_of_an_earlier_release_is_gone_and_is_found_there(things: FlaskClient) -> None:
    """410 that names the release and leads to it."""
    response = things.get("/id/state/gone")
    assert response.status_code == 410 and "Release 1 had it" in response.get_json()["detail"]
    address = response.get_json()["memento"]
    assert address == "http://localhost/page/state/gone?release=1" and things.get(address).status_code == 200
    assert things.get("/id/state/gone?release=1").status_code == 303
    assert things.get("/id/state/never?release=1").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/id/state",
        "/id/state/",
        "/id/state/armenia/",
        "/id/Armenia",
        "/id/../../etc/passwd",
        "/id/state/..%2f..%2fetc",
        "/id/state/%3E%20%7D%20%23",
        "/id/state/%22%5C%0A",
        "/id/state/a%00b",
        "/id/state/%FF%FE",
        "/id/state/%F0%9F%98%80",
        "/id/state/" + "a" * 5_000,
        "/id/" + "a/" * 2_000,
        "/data/.ttl",
        "/page/.html",
        "/graph/source",
        "/graph/evidence/none",
        "/.well-known/genid/none",
        "/id/state/armenia%23x",
        "/data/state/armenia.csv",
    ],
)
@pytest.mark.parametrize("accept", ["text/turtle", "text/html"])
def test_what_names_nothing_is_a_problem(things: FlaskClient, path: str, accept: str) -> None:
    """404, never a fault of the service, and nothing of it is taken for a query or for markup."""
    response = things.get(path, headers={"Accept": accept})
    assert response.status_code == 404, response.text
    assert len(response.text) < 12_000


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "9999999999", "１"])
def test_a_page_that_is_none_is_a_problem(things: FlaskClient, page: str) -> None:
    """400 for what is no number, 404 for one beyond the last."""
    assert things.get("/data/state/armenia.ttl", query_string={"page": page}).status_code == 400
    assert things.get("/data/state/armenia.ttl?page=2").status_code == 404


@pytest.mark.parametrize("release", ["7", "x"])
def test_a_release_that_is_none_is_a_problem(things: FlaskClient, release: str) -> None:
    """As everywhere."""
    status = {"7": 404, "x": 400}[release]
    assert [things.get(f"/{kind}/state/armenia?release={release}").status_code for kind in ("id", "data", "page")] == [status] * 3
