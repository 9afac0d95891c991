"""Changing the graph over HTTP: who may, what is answered, and why not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import RDF, Graph

from csto_graph.backend.carrying import Writing
from csto_graph.backend.embedded import Embedded
from csto_graph.namespaces import GRAPH, SH
from csto_graph.release.skolem import GENID
from csto_graph.serve.app import create_app
from csto_graph.serve.settings import Settings
from tests.backend.gates import gate
from tests.release.stores import publish_members
from tests.serve.conftest import AUTHORISED, TOKEN, writer

INSERT = "INSERT DATA { GRAPH <x:g> { <x:s> <x:p> 1 } }"
UPDATE = "application/sparql-update"
TURTLE = "text/turtle"


@pytest.fixture(scope="module")
def gated(tmp_path_factory: pytest.TempPathFactory, queries: Path) -> Iterator[FlaskClient]:
    """A client that may write a release, through a gate."""
    home = tmp_path_factory.mktemp("gated")
    embedded = Embedded(home, first=publish_members(home), readers=1, writing=Writing(gate))
    yield writer(create_app(embedded, queries, Settings(token=TOKEN, change=10_000, wrong_tokens=1_000)))
    embedded.close()


def number(client: FlaskClient) -> int:
    """That of the current release."""
    return int(client.get("/health").json["release"])  # type: ignore[index]  # it is JSON


@pytest.fixture
def stranger(gated: FlaskClient) -> FlaskClient:
    """One who has no token."""
    return FlaskClient(gated.application)


WRITES = [("POST", "/update"), ("POST", "/update/"), ("POST", "/graphs"), ("PUT", "/graphs/a"), ("POST", "/graphs/a"),
          ("DELETE", "/graphs/a"), ("PATCH", "/graphs/a"), ("PUT", "/graphs?default"), ("POST", "/sparql")]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_without_a_token_of_the_service_nobody_writes(client: FlaskClient, method: str, path: str) -> None:
    """403, and how whoever runs it could switch it on; a token that is sent does not help."""
    for headers in ({}, AUTHORISED):
        response = client.open(path, method=method, data=INSERT, content_type=UPDATE, headers=headers)
        assert (response.status_code, response.mimetype) == (403, "application/problem+json")
        assert "CSTO_GRAPH_TOKEN" in response.json["detail"]  # type: ignore[index]  # it is JSON


@pytest.mark.parametrize(("method", "path"), WRITES)
@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer é", f"bearer  {TOKEN} y"])
def test_only_who_has_the_token_writes(stranger: FlaskClient, method: str, path: str, sent: str) -> None:
    """401 with the way to authenticate (RFC 6750, section 3)."""
    response = stranger.open(path, method=method, data=INSERT, content_type=UPDATE, headers={"Authorization": sent} if sent else {})
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith('Bearer realm="csto-graph"')
    assert TOKEN not in response.text


def test_an_update_says_what_it_did(gated: FlaskClient, stranger: FlaskClient) -> None:
    """As JSON: the release, the triples, the blank nodes that were named; anyone reads the release at once."""
    before = number(gated)
    response = gated.post("/update", data="INSERT DATA { GRAPH <x:first> { <x:s> <x:p> [], 1 } }", content_type=UPDATE)
    assert (response.status_code, response.json) == (200, {"release": before + 1, "added": 2, "removed": 0, "skolemised": 1})
    assert response.headers["CSTO-Graph-Skolemised"] == "1"
    assert "true" in stranger.get("/sparql?query=ASK{GRAPH<x:first>{}}").text
    assert "false" in stranger.get(f"/sparql?release={before}&query=ASK{{GRAPH<x:first>{{}}}}").text
    assert GENID in stranger.get("/graphs?graph=x:first").text


def test_the_form_does_as_well(gated: FlaskClient) -> None:
    """At either address, with the dataset of the request."""
    gated.delete("/graphs?graph=x:g")
    assert gated.post("/sparql", data={"update": INSERT}).json["added"] == 1  # type: ignore[index]  # it is JSON
    copied = {"update": "INSERT { GRAPH <x:h> { ?s ?p ?o } } WHERE { ?s ?p ?o }", "using-graph-uri": "x:g"}
    assert gated.post("/update", data=copied).json["added"] == 1  # type: ignore[index]  # it is JSON
    missing = copied | {"using-graph-uri": "x:none"}
    assert gated.post("/update", data=missing).status_code == 400


@pytest.mark.parametrize(
    ("request_", "status", "said"),
    [
        ({"data": "INSERT DATA {", "content_type": UPDATE}, 400, "ends too early"),
        ({"data": "LOAD <http://x/>", "content_type": UPDATE}, 400, "fetches nothing"),
        ({"data": {"update": [INSERT, INSERT]}}, 400, "one update at a time"),
        ({"data": {"update": INSERT, "query": "ASK {}"}}, 400, "one update at a time"),
        ({"data": {"query": "ASK {}"}}, 400, "one update at a time"),
        ({"data": INSERT, "content_type": "text/plain"}, 415, "application/sparql-update"),
        ({"data": INSERT.encode("utf-16"), "content_type": f"{UPDATE}; charset=utf-16"}, 415, "UTF-8"),
        ({"data": b"\xff", "content_type": UPDATE}, 400, "not UTF-8"),
        ({"data": INSERT + " " * 20_000, "content_type": UPDATE}, 413, "10,000 bytes"),
        ({"data": INSERT, "content_type": UPDATE, "query_string": "release=1"}, 400, "current release"),
    ],
)
def test_what_is_wrong_with_an_update(gated: FlaskClient, request_: dict[str, object], status: int, said: str) -> None:
    """Its status and what to do about it; nothing is changed."""
    before = number(gated)
    response = gated.post("/update", **request_)  # type: ignore[arg-type]  # of a request
    assert response.status_code == status
    assert said in response.json["detail"]  # type: ignore[index]  # it is JSON
    assert number(gated) == before


@pytest.mark.parametrize(
    ("graph", "said"),
    [("source/one", "data/sources"), ("evidence/one", "data/sources"), ("reference", "data/reference"), ("curated/x", "data/curated"),
     ("inferred", "ontology/csto.ttl"), ("links/wikidata", "data/mappings"), ("enrichment/x", "link import"), ("ontology", "ontology/csto.ttl"),
     ("disagreements", "sources"), ("default", "csto-graph build")],
)  # fmt: skip
def test_graphs_of_the_build_say_where_to_change_them(gated: FlaskClient, graph: str, said: str) -> None:
    """403 by either way of writing, with the graph and what to change instead."""
    update = f"INSERT DATA {{ GRAPH <{GRAPH}{graph}> {{ <x:s> <x:p> 1 }} }}"
    for response in (
        gated.post("/update", data=update, content_type=UPDATE),
        gated.put(f"/graphs?graph={GRAPH}{graph}", data="<x:s> <x:p> 1 .", content_type=TURTLE),
    ):
        assert response.status_code == 403
        assert said in response.json["detail"] and response.json["graphs"] == [f"graph:{graph}"]  # type: ignore[index]  # it is JSON
    assert gated.put("/graphs?default", data="", content_type=TURTLE).status_code == 403


def test_what_does_not_conform_is_answered_with_the_report(gated: FlaskClient) -> None:
    """422 with each finding, in words, as members and as SHACL writes it; or in Turtle for who prefers that."""
    before = number(gated)
    bad = "INSERT DATA { GRAPH <x:g> { <x:s> <x:bad> 1 } }"
    response = gated.post("/update", data=bad, content_type=UPDATE)
    problem = response.json
    assert response.status_code == 422 and problem is not None
    assert problem["detail"] == "Nothing was changed, as the graph would not conform. <x:s>: Bad."
    assert problem["findings"][0]["message"] == "Bad."
    for report in (problem["report"], gated.post("/update", data=bad, content_type=UPDATE, headers={"Accept": TURTLE}).text):
        graph = Graph().parse(data=report, format="turtle")
        result = graph.value(None, RDF.type, SH.ValidationResult)
        assert str(graph.value(result, SH.resultMessage)) == "Bad."
        assert str(graph.value(result, SH.resultPath)) == "x:bad"
    assert number(gated) == before


def test_a_graph_from_its_beginning_to_its_end(gated: FlaskClient, stranger: FlaskClient) -> None:
    """The statuses of the protocol: 201, 200 or 204, 404."""
    url = "/graphs/notes/anna"
    made = gated.put(url, data="<a> <p> 1 .", content_type=TURTLE)
    assert (made.status_code, made.headers["Location"]) == (201, "http://localhost/graphs/notes/anna")
    assert "<http://localhost/graphs/notes/a> <http://localhost/graphs/notes/p> 1" in stranger.get(url).text
    assert gated.put(url, data="<a> <p> 2 .", content_type=TURTLE).status_code == 204
    assert gated.post(url, data="<a> <p> [] .", content_type=TURTLE).status_code == 200  # a blank node: there is something to tell
    assert gated.post(url, data="", content_type=TURTLE).status_code == 204  # nothing to add
    patch = gated.patch(url, data="DELETE WHERE { ?s ?p 2 }", content_type=UPDATE)
    assert patch.status_code == 204
    assert stranger.head(url).status_code == 200
    assert [gated.delete(url).status_code, gated.delete(url).status_code] == [204, 404]
    assert stranger.get(url).status_code == 404
    assert stranger.get(f"{url}?release={made.headers['CSTO-Graph-Release']}").status_code == 200


def test_a_new_graph_gets_an_address(gated: FlaskClient, stranger: FlaskClient) -> None:
    """POST to /graphs: 201 and where it lies."""
    response = gated.post("/graphs", data="<x:s> <x:p> 1 .", content_type=TURTLE)
    assert response.status_code == 201
    assert "<x:s> <x:p> 1" in stranger.get(response.headers["Location"]).text


@pytest.mark.parametrize(
    ("media_type", "document"),
    [
        (TURTLE, "<x:s> <x:p> 1 ."), ("application/n-triples", '<x:s> <x:p> "1" .'), ("application/trig", "<x:s> <x:p> 1 ."),
        ("application/ld+json", '{"@id": "x:s", "x:p": 1}'),
        ("application/rdf+xml", '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="x:">'
                                '<r:Description r:about="x:s"><x:p>1</x:p></r:Description></r:RDF>'),
    ],
)  # fmt: skip
def test_every_syntax_is_taken(gated: FlaskClient, media_type: str, document: str) -> None:
    """Whatever RDF syntax the engine reads."""
    response = gated.post("/graphs", data=document, content_type=media_type)
    assert response.status_code == 201, response.text
    assert "x:s" in gated.get(response.headers["Location"]).text


@pytest.mark.parametrize(
    ("method", "path", "request_", "status"),
    [
        ("PUT", "/graphs", {"data": "", "content_type": TURTLE}, 400),
        ("PUT", "/graphs?graph=relative", {"data": "", "content_type": TURTLE}, 400),
        ("PUT", "/graphs?graph=x:g&default", {"data": "", "content_type": TURTLE}, 400),
        ("PUT", "/graphs?graph=x:g&graph=x:h", {"data": "", "content_type": TURTLE}, 400),
        ("PUT", "/graphs?graph=x:g", {"data": "<x:s>", "content_type": TURTLE}, 400),
        ("PUT", "/graphs?graph=x:g", {"data": "<x:s> <x:p> 1 ."}, 415),
        ("PUT", "/graphs?graph=x:g", {"data": "<x:s> <x:p> 1 .", "content_type": "text/html"}, 415),
        ("PUT", "/graphs?graph=x:g", {"data": "<x:s> <x:p> 'Ã©' .", "content_type": f"{TURTLE}; charset=iso-8859-1"}, 415),
        ("PUT", "/graphs?graph=x:g", {"data": "<x:s> <x:p> <x:o> <x:g> .", "content_type": "application/n-quads"}, 400),
        ("PUT", "/graphs?graph=x:g", {"data": '{"@context": "http://127.0.0.1/"}', "content_type": "application/ld+json"}, 400),
        ("PUT", "/graphs?graph=x:g", {"data": " " * 20_000, "content_type": TURTLE}, 413),
        ("PATCH", "/graphs?graph=x:g", {"data": "", "content_type": TURTLE}, 415),
        ("POST", "/graphs?graph=x:g", {"data": {"a": "b"}, "content_type": "multipart/form-data"}, 400),
        ("GET", "/graphs?graph=x:none", {}, 404),
        ("GET", "/graphs/none", {}, 404),
        ("DELETE", "/graphs?graph=x:none", {}, 404),
        ("PATCH", "/graphs?graph=x:none", {"data": "DELETE WHERE { ?s ?p ?o }", "content_type": UPDATE}, 404),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_graph(gated: FlaskClient, method: str, path: str, request_: dict[str, object], status: int) -> None:
    """Its status, and nothing is changed."""
    before = number(gated)
    response = gated.open(path, method=method, **request_)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json"), response.text
    assert number(gated) == before


def test_the_bare_address_describes_the_service(stranger: FlaskClient) -> None:
    """It names the graphs there are."""
    response = stranger.get("/graphs")
    assert response.status_code == 200 and "graph/source/one" in response.text


def test_the_token_is_in_no_record(gated: FlaskClient) -> None:
    """A setting that is shown does not show it."""
    assert TOKEN not in repr(Settings(token=TOKEN))
