"""A small release as a build lays it: a store, a manifest, two questions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, Store

from csto_graph.backend.carrying import FREELY
from csto_graph.backend.embedded import Embedded
from csto_graph.release.blank import publish_blank
from csto_graph.serve.app import create_app
from csto_graph.serve.settings import Settings

CONTENT = "ab" * 32
GRAPHS = """
@prefix cst: <https://w3id.org/csto-graph/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix graph: <https://w3id.org/csto-graph/graph/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://w3id.org/csto-graph/id/> .

<state/armenia> a cst:State ; rdfs:label "Armenia"@en ; cst:memberOf <organisation/csto> .
<state/belarus> a cst:State ; rdfs:label "<script>alert(1)</script> & Belarus"@en ; cst:memberOf <organisation/csto> .
<organisation/csto> a cst:MilitaryAlliance ; rdfs:label "Collective Security Treaty Organization"@en ; cst:memberCount 6 .
graph:reference { <state/armenia> rdfs:label "Armenia"@en }
<https://w3id.org/csto-graph/graph/evidence/demo> {
  <document/demo> a cst:Document ; dcterms:title "What is it?" ; dcterms:date "2022-01-10"^^xsd:date .
  <statement/1> a cst:Statement ; cst:status cst:Attributed ; cst:evidence <evidence/1> .
  <selector/1> oa:exact "six members" ; oa:start 4 .
}
"""
COUNTS = {
    "default": 10,
    "https://w3id.org/csto-graph/graph/evidence/demo": 8,
    "https://w3id.org/csto-graph/graph/reference": 1,
}


def lay_release(home: Path, number: int, store: Store, counts: dict[str, int], content: str = CONTENT) -> None:
    """A release as a build leaves it, current."""
    folder = home / "releases" / str(number)
    folder.mkdir(parents=True)
    store.backup(folder / "store")
    manifest = {"content": content, "version": "0.1.0", "triples": counts, "sources": ["demo"]}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (folder / "published.json").write_text(json.dumps({"published": "2022-02-01T10:00:00+00:00"}), encoding="utf-8")
    (home / "current").write_text(f"{number}\n", encoding="ascii")


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    store = Store(str(tmp_path_factory.mktemp("store")))
    store.load(GRAPHS.encode(), format=RdfFormat.TRIG)
    store.flush()
    lay_release(folder, 3, store, COUNTS)
    return folder


@pytest.fixture(scope="session")
def backend(home: Path) -> Iterator[Embedded]:
    embedded = Embedded(home, readers=2)
    yield embedded
    embedded.close()


@pytest.fixture(scope="session")
def queries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("queries")
    (folder / "competency").mkdir()
    members = "SELECT ?label WHERE { ?state cst:memberOf ?organisation ; rdfs:label ?label } ORDER BY ?label\n"
    (folder / "competency" / "members.rq").write_text(f"#+ summary: Who are the members?\n{members}", encoding="utf-8")
    (folder / "competency" / "armenia.rq").write_text(
        "#+ summary: What is said of Armenia?\nDESCRIBE <id/state/armenia>\n", encoding="utf-8"
    )
    return folder


@pytest.fixture(scope="session")
def app(backend: Embedded, queries: Path) -> Flask:
    return create_app(backend, queries)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


TOKEN = "correct horse battery staple"
AUTHORISED = {"Authorization": f"Bearer {TOKEN}"}


class Writer(FlaskClient):
    """A client that sends the token with every request."""

    def open(self, *arguments: Any, **named: Any) -> Any:
        """As the client of Flask does."""
        named["headers"] = {**AUTHORISED, **dict(named.get("headers") or {})}
        return super().open(*arguments, **named)


def writer(app: Flask) -> FlaskClient:
    """Such a client."""
    app.test_client_class = Writer
    return app.test_client()


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory, queries: Path) -> Iterator[FlaskClient]:
    """A client that may write a blank store."""
    folder = tmp_path_factory.mktemp("blank")
    embedded = Embedded(folder, first=publish_blank(folder), readers=1, writing=FREELY)
    settings = Settings(token=TOKEN, client_seconds=1e6, client_at_once=64)
    yield writer(create_app(embedded, queries, settings))
    embedded.close()
