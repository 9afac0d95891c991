"""The public address of the service, and where the things of the graph are found there."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from csto_graph.backend.embedded import Embedded
from csto_graph.namespaces import BASE
from csto_graph.serve.addresses import here, leads, root, shown
from csto_graph.serve.app import create_app
from csto_graph.serve.settings import Settings
from tests.serve.test_pages import BROWSER, Page

ASK = {"query": "ASK {}"}


def standing(backend: Embedded, queries: object, base: str | None) -> FlaskClient:
    """A client of a service with that `--base`."""
    return create_app(backend, queries, Settings(base=base)).test_client()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("base", "address"),
    [
        (None, "http://asked.example"),
        ("https://example.org", "https://example.org"),
        ("https://example.org:8443/graph", "https://example.org:8443/graph"),
        ("/graph", "http://asked.example/graph"),
    ],
)
def test_what_leads_on_leads_to_the_public_address(backend: Embedded, queries: object, base: str | None, address: str) -> None:
    """In the header, in the description of the service, in pages, and in the list of mementos that it links to."""
    client = standing(backend, queries, base)
    host = {"Host": "asked.example"}
    answer = client.get("/sparql", query_string=ASK, headers=host)
    assert answer.headers["Link"].startswith(f"<{address}/sparql?query=ASK")
    assert f"<{address}/sparql>" in client.get("/sparql", headers={**host, "Accept": "text/turtle"}).text
    path = urlsplit(address).path
    assert f'action="{path}/sparql"' in client.get("/", headers={**host, **BROWSER}).text
    listed = client.get("/releases", query_string={"of": f"{path}/sparql", "format": "link-format"}, headers=host).text
    assert f'<{address}/sparql>;rel="original timegate"' in listed


def test_a_public_address_is_kept_whoever_asks(backend: Embedded, queries: object) -> None:
    """With `--base` no Host and no cached reply to one leads anywhere else."""
    client = standing(backend, queries, "https://example.org")
    links = {client.get("/sparql", query_string=ASK, headers={"Host": host}).headers["Link"] for host in ("a.example", "b.example:1")}
    assert len(links) == 1 and "https://example.org/sparql" in links.pop()


def test_things_are_found_where_the_service_stands(app: Flask) -> None:
    """Things, graphs and what stands for blank nodes have a page and data; a term of the ontology stands on one page of them all."""
    with app.test_request_context("/", base_url="http://a.example/graph"):
        assert root() == "http://a.example/graph"
        assert leads("page", f"{BASE}id/state/armenia") == "/graph/page/state/armenia"
        assert leads("data", f"{BASE}id/state/armenia", ".ttl") == "/graph/data/state/armenia.ttl"
        assert leads("page", f"{BASE}graph/source/a") == "/graph/page/graph/source/a"
        assert leads("page", f"{BASE}.well-known/genid/0a") == "/graph/page/.well-known/genid/0a"
        assert leads("page", f"{BASE}id/state/Å?#%") == f"/graph/page/state/{quote('Å?#%')}"
        assert here(f"{BASE}ontology#State") == "http://a.example/graph/ontology#State"
        assert [shown(f"{BASE}{path}") for path in ("id/a/b", "graph/a", ".well-known/genid/0", "ontology#State")] == [True] * 3 + [False]


def test_pages_that_are_found_link_into_the_site(backend: Embedded, queries: object) -> None:
    """A link of the start page under a path answers once the proxy has taken the path off."""
    client = standing(backend, queries, "/graph")
    links = Page(client.get("/", headers=BROWSER).text).links
    href = links["Who are the members?"]
    assert href.startswith("/graph/sparql?") and client.get(href.removeprefix("/graph")).status_code == 200


@pytest.mark.parametrize("host", ['a"><script>', "a b", "a/b", "a@b", "a:b", "a\\b", "127.0.0.1:8000/../x"])
def test_a_host_that_is_none_is_refused(app: Flask, host: str) -> None:
    """400 and no page, as no link of it would lead anywhere."""
    response = app.test_client().get("/", headers={"Host": host, **BROWSER})
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
