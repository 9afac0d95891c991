"""Over the built release: the data fetched equals the description in it, and every thing dereferences."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import Graph

from csto_graph.backend.embedded import Embedded
from csto_graph.namespaces import BASE, GENID, GRAPH, ID, PREFIXES
from csto_graph.pipeline import BuildResult
from csto_graph.serve.addresses import leads
from csto_graph.serve.app import create_app
from csto_graph.serve.settings import Settings
from csto_graph.serve.things.naming import iri_of
from csto_graph.sparql.describing import description
from tests.serve.test_pages import Page

pytestmark = pytest.mark.slow
PARSED = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "rdf": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD}


@pytest.fixture(scope="module")
def client(built: BuildResult, queries: Path) -> Iterator[FlaskClient]:
    embedded = Embedded(built.release.folder.parent.parent, readers=2)
    yield create_app(embedded, queries, Settings(client_seconds=1e6)).test_client()
    embedded.close()


@pytest.fixture(scope="module")
def things(store: ox.Store) -> list[str]:
    """Every IRI of ours that something is said of, the terms of the ontology left out, and every graph."""
    said = {quad.subject.value for quad in store if isinstance(quad.subject, ox.NamedNode)}
    graphs = {graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)}
    return sorted(iri for iri in said | graphs if iri.startswith((str(ID), GENID, str(GRAPH))))


def sample(things: list[str]) -> list[str]:
    """The first and the middle one of each kind, graphs left out, and the thing most is said of."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for iri in things:
        if not iri.startswith(str(GRAPH)):
            kinds[iri.removeprefix(BASE).rpartition("/")[0]].append(iri)
    found = {each[at] for each in kinds.values() for at in (0, len(each) // 2)}
    assert len(kinds) >= 20, kinds.keys()
    return sorted(found | {f"{ID}organisation/csto"})


def here(iri: str) -> str:
    return "/" + quote(iri.removeprefix(BASE))


def test_the_data_fetched_are_the_description(client: FlaskClient, store: ox.Store, things: list[str]) -> None:
    """As sets of triples, from `/id/…` on, in one syntax after the other."""
    wrong = {}
    for number, iri in enumerate(sample(things)):
        suffix, syntax = sorted(PARSED.items())[number % 4]
        response = client.get(f"{here(iri)}.{suffix}", follow_redirects=True)
        fetched = {quad.triple for quad in ox.parse(response.data, format=syntax)}
        described = set(store.query(description(iri), prefixes=PREFIXES))  # type: ignore[arg-type]  # a CONSTRUCT
        if fetched != described or not fetched:
            wrong[iri] = (response.status_code, len(fetched), len(described))
    assert wrong == {}


def test_every_syntax_gives_the_same(client: FlaskClient, store: ox.Store) -> None:
    """Also to another library."""
    iri = f"{ID}state/armenia"
    described = set(store.query(description(iri), prefixes=PREFIXES))  # type: ignore[arg-type]
    for suffix, syntax in PARSED.items():
        assert {quad.triple for quad in ox.parse(client.get(f"/data/state/armenia.{suffix}").data, format=syntax)} == described
    for suffix, name in (("ttl", "turtle"), ("rdf", "xml")):
        assert len(Graph().parse(data=client.get(f"/data/state/armenia.{suffix}").text, format=name)) == len(described)
    assert json.loads(client.get("/data/state/armenia.json").data)


def test_every_thing_dereferences(client: FlaskClient, things: list[str]) -> None:
    """Each is found by the path that its own page has here; a sample over HTTP, as all of them would take minutes."""
    with client.application.test_request_context("/"):
        paths = {iri: unquote(leads("page", iri)).removeprefix("/page/") for iri in things}
        assert {iri: path for iri, path in paths.items() if iri_of(path) != iri} == {} and len(things) > 1_500
    for iri in [*things[::40], *(f"{each}.nt" for each in things[20::400])]:
        response = client.get(here(iri), headers={"Accept": "text/html"})
        suffix = ".nt" if iri.endswith(".nt") else ""
        place = f"/{'data' if suffix else 'page'}/{paths[iri.removesuffix('.nt')]}{suffix}"
        graph = iri.startswith(str(GRAPH)) and suffix
        assert response.status_code == 303 and (graph or unquote(urlsplit(response.headers["Location"]).path) == place), iri


def test_pages_lead_to_pages(client: FlaskClient, things: list[str]) -> None:
    """Those of a sample are well nested, and every link on them to a page leads to a thing of the release."""
    known = {f"/page/{quote(iri.removeprefix(str(ID)).removeprefix(BASE))}" for iri in things}
    terms: set[str] = set()
    for iri in [*sample(things)[::2], *(iri for iri in things if iri.startswith(str(GRAPH)))]:
        response = client.get(here(iri), headers={"Accept": "text/html"}, follow_redirects=True)
        page = Page(response.text)
        assert (response.status_code, page.misplaced, page.tags.count("h1")) == (200, [], 1), iri
        assert {href for href in page.links.values() if href.startswith("/page/") and urlsplit(href).path not in known} == set()
        assert "no single rule gives it" not in page.text
        terms |= {href for href in page.links.values() if href.startswith(("/ontology#", "/lexicon#"))}
    explained = {place: client.get(place, headers={"Accept": "text/html"}).text for place in ("/ontology", "/lexicon")}
    assert len(terms) > 50
    assert {term for term in terms if f'id="{term.partition("#")[2]}"' not in explained[term.partition("#")[0]]} == set()
