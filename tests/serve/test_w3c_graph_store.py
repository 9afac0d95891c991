"""The W3C suites of the Graph Store Protocol and of the Service Description, read where they lie, on a blank store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")

SPARQL11 = Path(__file__).resolve().parents[3] / "shared" / "w3c" / "rdf-tests" / "sparql" / "sparql11"
FILES = sorted((SPARQL11 / "graph-store-protocol").glob("manifest-*.ttl"))
MANIFEST = Graph()
for file in FILES:
    MANIFEST.parse(file)


def entries(graph: Graph) -> list[str]:
    """The tests of each manifest, in their order."""
    return [str(entry) for listed in graph.objects(None, MF.entries) for entry in Collection(graph, listed)]


# Two tests are in no list of entries, and are run all the same.
TESTS = sorted(str(test) for test in MANIFEST.subjects(RDF.type, MF.GraphStoreProtocolTest))
# The manifest these replace gives its requests as prose; each of its 18 entries is a request of a test here.
SUPERSEDED = entries(Graph().parse(SPARQL11 / "http-rdf-update" / "manifest.ttl")) if FILES else []
DESCRIPTION = entries(Graph().parse(SPARQL11 / "service-description" / "manifest.ttl")) if FILES else []


@pytest.fixture
def tester(blank: FlaskClient) -> FlaskClient:
    """A store that holds nothing."""
    assert blank.post("/update", data="DROP ALL", content_type="application/sparql-update").status_code == 200
    return blank


@pytest.mark.skipif(not FILES, reason="the W3C suites do not lie beside this clone")
def test_the_suites_are_there() -> None:
    """All entries of the manifests."""
    assert (len(TESTS), len(entries(MANIFEST)), len(SUPERSEDED), len(DESCRIPTION)) == (14, 13, 18, 3)


@pytest.mark.parametrize("entry", TESTS, ids=[entry.partition("#")[2] for entry in TESTS])
def test_graph_store(tester: FlaskClient, entry: str) -> None:
    """Each request of the entry in its turn: the status, the place, the type and the graph that the suite expects."""
    action = MANIFEST.value(URIRef(entry), MF.action)
    location = ""
    for request in Collection(MANIFEST, MANIFEST.value(action, HT.requests)):
        path, expected = str(MANIFEST.value(request, HT.absolutePath)), MANIFEST.value(request, HT.resp)
        response = tester.open(
            path.replace("/gsp", "/graphs", 1).replace("$LOCATION$", quote(location, safe="")),
            base_url="http://www.example",
            method=str(MANIFEST.value(request, HT.methodName)),
            headers=dict(headers(request)),
            data=chars(request).replace("$LOCATION$", location).encode(),
        )
        codes = {str(code).rpartition("#")[2] for code in MANIFEST.objects(expected, MF.expectedStatus)}
        assert codes & {STATUSES[response.status_code]}, (path, codes, response.status_code, response.text)
        if MANIFEST.value(expected, MF.expectedLocation):
            location = response.headers["Location"]
        for name, value in headers(expected):
            assert response.headers[name] == value
        if MANIFEST.value(expected, HT.body):
            wanted = chars(expected).replace("$LOCATION$", location)
            assert canonical(response.data) == canonical(wanted.encode())


STATUSES = {200: "OK", 201: "Created", 204: "NoContent", 404: "NotFound", 400: "BadRequest", 405: "MethodNotAllowed"}


def headers(message: Node | None) -> Iterator[tuple[str, str]]:
    """The header fields of a request or of a response."""
    listed = MANIFEST.value(message, HT.headers)
    for header in Collection(MANIFEST, listed) if listed else ():
        yield str(MANIFEST.value(header, HT.fieldName)), str(MANIFEST.value(header, HT.fieldValue))


def chars(message: Node | None) -> str:
    """Its body."""
    body = MANIFEST.value(message, HT.body)
    return str(MANIFEST.value(body, CNT.chars)) if body else ""


def canonical(turtle: bytes) -> set[str]:
    """A graph by which isomorphic ones are equal (RDF Dataset Canonicalization 1.0)."""
    dataset = Dataset(parse(turtle, format=RdfFormat.TURTLE))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


@pytest.fixture(scope="module")
def description(blank: FlaskClient) -> Graph:
    """What a GET of the bare endpoint gives, with a named graph in the store."""
    created = blank.put("/graphs/one", data="<x:s> <x:p> 1 .", content_type="text/turtle")
    assert created.status_code == 201
    response = blank.get("/sparql", base_url="http://www.example")
    assert (response.status_code, response.mimetype) == (200, "text/turtle")
    return Graph().parse(data=response.text, format="turtle")


SERVICE = URIRef("http://www.example/sparql")


@pytest.mark.parametrize("entry", [entry.partition("#")[2] for entry in DESCRIPTION])
def test_service_description(description: Graph, entry: str) -> None:
    """It is RDF, it names this endpoint, and it keeps to the schema (SPARQL 1.1 Service Description, section 3)."""
    assert {
        "returns-rdf": lambda: len(description) > 0,
        "has-endpoint-triple": lambda: (SERVICE, SD.endpoint, SERVICE) in description,
        "conforms-to-schema": lambda: not list(violations(description)),
    }[entry]()


RANGES = {
    SD.supportedLanguage: {SD.SPARQL10Query, SD.SPARQL11Query, SD.SPARQL11Update},
    SD.feature: {SD.DereferencesURIs, SD.UnionDefaultGraph, SD.RequiresDataset, SD.EmptyGraphs, SD.BasicFederatedQuery},
}
CLASSES = {
    SD.defaultDataset: SD.Dataset, SD.availableGraphs: SD.GraphCollection, SD.defaultGraph: SD.Graph,
    SD.namedGraph: SD.NamedGraph, SD.graph: SD.Graph,
}  # fmt: skip


def violations(graph: Graph) -> Iterator[object]:
    """What the schema does not allow: there is no machine-readable one, so its sections are spelled out here."""
    for service in graph.subjects(RDF.type, SD.Service):
        yield from [] if len(list(graph.objects(service, SD.endpoint))) == 1 else [service]
    for named in graph.subjects(RDF.type, SD.NamedGraph):
        yield from [] if len(list(graph.objects(named, SD.name))) == 1 else [named]
    for predicate, allowed in RANGES.items():
        yield from set(graph.objects(None, predicate)) - allowed
    for predicate, class_ in CLASSES.items():
        yield from (each for each in graph.objects(None, predicate) if (each, RDF.type, class_) not in graph)
    for term in {*graph.predicates(), *graph.objects(None, RDF.type)}:
        yield from [term] if str(term).startswith(str(SD)) and term not in KNOWN else []


KNOWN = {*RANGES, *CLASSES, SD.Service, SD.endpoint, SD.resultFormat, SD.inputFormat, SD.name, *CLASSES.values()}


def test_the_description_says_whether_updates_are_taken(description: Graph, client: FlaskClient) -> None:
    """They are where there is a token, and are not where there is none."""
    assert (SERVICE, SD.supportedLanguage, SD.SPARQL11Update) in description
    assert "SPARQL11Update" not in client.get("/sparql").text
