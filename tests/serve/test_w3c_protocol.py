"""The W3C protocol suite, read where it lies, on a blank store in which the suite may write."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import RDFS, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")

# The suite asks for this graph and gives no data for it.
EMPTY = "http://kasei.us/2009/09/sparql/data/data0.rdf"

SUITE = Path(__file__).resolve().parents[3] / "shared" / "w3c" / "rdf-tests" / "sparql" / "sparql11" / "protocol"
MANIFEST = Graph().parse(SUITE / "manifest.ttl") if SUITE.is_dir() else Graph()
LIST = MANIFEST.value(predicate=None, subject=None) if not SUITE.is_dir() else next(MANIFEST.objects(None, MF.entries))
TESTS = [str(entry) for entry in Collection(MANIFEST, LIST)] if LIST else []


def initial_state() -> str:
    """An update after which the store holds the suite's data and nothing else."""
    parts = ["DROP ALL", f"CREATE GRAPH <{EMPTY}>"]
    for data in MANIFEST.objects(None, UT.graphData):
        path, name = MANIFEST.value(data, UT.graph), MANIFEST.value(data, RDFS.label)
        content = Path(str(path).removeprefix("file://")).read_text(encoding="utf-8")
        parts.append(f"INSERT DATA {{ GRAPH <{name}> {{ {content} }} }}")
    return " ; ".join(parts)


@pytest.fixture
def tester(blank: FlaskClient) -> FlaskClient:
    """A blank store with the suite's data."""
    response = blank.post("/update", data=initial_state(), content_type="application/sparql-update")
    assert response.status_code == 200, response.text
    return blank


@pytest.mark.skipif(not TESTS, reason="the W3C suites do not lie beside this clone")
def test_the_suite_is_there() -> None:
    """The suite has its 34 tests."""
    assert len(TESTS) == 34


@pytest.mark.parametrize("entry", TESTS, ids=[entry.partition("#")[2] for entry in TESTS])
def test_protocol(tester: FlaskClient, entry: str) -> None:
    """Each request of the suite gets a status, a truth and a kind of answer that the suite expects."""
    action = MANIFEST.value(URIRef(entry), MF.action)
    requests = list(Collection(MANIFEST, MANIFEST.value(action, HT.requests)))
    assert requests
    for request in requests:
        body = MANIFEST.value(request, HT.body)
        response = tester.open(
            str(MANIFEST.value(request, HT.absolutePath)),
            method=str(MANIFEST.value(request, HT.methodName)),
            headers=dict(_headers(request)),
            data=_sent(body) if body else None,
        )
        expected = MANIFEST.value(request, HT.resp)
        statuses = {str(each).rpartition("StatusCode")[2][0] for each in MANIFEST.objects(expected, MF.expectedStatus)}
        assert str(response.status_code)[0] in statuses, response.text
        truth = MANIFEST.value(expected, MF.expectedBoolean)
        if truth is not None:
            assert json.loads(response.text)["boolean"] is truth.toPython()  # type: ignore[attr-defined]  # a literal
        _check_format(str(MANIFEST.value(expected, MF.expectedFormat) or ""), response.mimetype)


def _headers(request: Node) -> Iterator[tuple[str, str]]:
    headers = MANIFEST.value(request, HT.headers)
    for header in Collection(MANIFEST, headers) if headers else ():
        yield str(MANIFEST.value(header, HT.fieldName)), str(MANIFEST.value(header, HT.fieldValue))


def _sent(body: Node) -> bytes:
    return str(MANIFEST.value(body, CNT.chars)).encode(str(MANIFEST.value(body, CNT.characterEncoding) or "UTF-8"))


def _check_format(expected: str, media_type: str) -> None:
    offered = {
        "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
        "tabular": {"application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"},
        "RDF": {"text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"},
        "": {media_type},
    }
    assert media_type in offered[expected]
