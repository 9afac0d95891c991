"""Answers in every syntax, each read back by another library."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import RDF, RDFS, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import Namespace
from rdflib.query import Result

from csto_graph.backend.embedded import Embedded
from csto_graph.serve.app import create_app
from csto_graph.serve.settings import Settings

CST = Namespace("https://w3id.org/csto-graph/ontology#")
CSTO = URIRef("https://w3id.org/csto-graph/id/organisation/csto")
MEMBERS = "SELECT ?state ?none { ?state cst:memberOf <id/organisation/csto> } ORDER BY ?state"
ARMENIA = "https://w3id.org/csto-graph/id/state/armenia"
BELARUS = "https://w3id.org/csto-graph/id/state/belarus"
DESCRIBE = "DESCRIBE <id/organisation/csto>"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?s { <id/organisation/csto> } ?s ?p ?o }"

GRAPH_SYNTAXES = [
    ("text/turtle", "turtle"),
    ("application/n-triples", "nt"),
    ("application/ld+json", "json-ld"),
    ("application/rdf+xml", "xml"),
]


def as_json(text: str) -> list[str]:
    return [each["state"]["value"] for each in json.loads(text)["results"]["bindings"]]


def as_csv(text: str) -> list[str]:
    return [each["state"] for each in csv.DictReader(io.StringIO(text))]


def as_tsv(text: str) -> list[str]:
    return [line.split("\t")[0].strip("<>") for line in text.splitlines()[1:]]


def as_xml(text: str) -> list[str]:
    return [str(each["state"]) for each in Result.parse(io.BytesIO(text.encode()), format="xml")]  # type: ignore[index,call-overload]  # rows by name


@pytest.mark.parametrize(
    ("media_type", "read"),
    [
        ("application/sparql-results+json", as_json),
        ("application/sparql-results+xml", as_xml),
        ("text/csv", as_csv),
        ("text/tab-separated-values", as_tsv),
    ],
)
def test_solutions(client: FlaskClient, media_type: str, read: Callable[[str], list[str]]) -> None:
    """The same solutions come in every results format, under its own label."""
    response = client.get("/sparql", query_string={"query": MEMBERS}, headers={"Accept": media_type})
    assert (response.status_code, response.mimetype) == (200, media_type)
    assert read(response.text) == [ARMENIA, BELARUS]


@pytest.mark.parametrize(
    ("named", "expected"),
    [("json", '"boolean":true'), ("xml", "<boolean>true</boolean>"), ("csv", "true"), ("tsv", "true"), ("html", ">Yes<")],
)
def test_a_truth(client: FlaskClient, named: str, expected: str) -> None:
    """ASK is answered in every results format."""
    assert expected in client.get("/sparql", query_string={"query": "ASK { ?s cst:memberOf ?o }", "format": named}).text


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own JSON-LD parser uses it
@pytest.mark.parametrize("query", [DESCRIBE, CONSTRUCT])
@pytest.mark.parametrize(("media_type", "parser"), GRAPH_SYNTAXES)
def test_graphs(client: FlaskClient, query: str, media_type: str, parser: str) -> None:
    """CONSTRUCT and DESCRIBE give the same graph in every RDF syntax."""
    response = client.get("/sparql", query_string={"query": query}, headers={"Accept": media_type})
    assert (response.status_code, response.mimetype) == (200, media_type)
    expected = Graph()
    expected.add((CSTO, RDF.type, CST.MilitaryAlliance))
    expected.add((CSTO, RDFS.label, Literal("Collective Security Treaty Organization", lang="en")))
    expected.add((CSTO, CST.memberCount, Literal(6)))
    assert isomorphic(Graph().parse(data=response.text, format=parser), expected)


@pytest.mark.parametrize("named", ["turtle", "rdfxml", "jsonld", "ntriples", "json", "html"])
def test_the_same_question_gets_the_same_bytes(client: FlaskClient, named: str) -> None:
    """Neither the order of the prefixes nor anything else changes from one answer to the next."""
    query = MEMBERS if named == "json" else DESCRIBE
    assert len({client.get("/sparql", query_string={"query": query, "format": named}).data for _ in range(6)}) == 1


def test_turtle_uses_our_prefixes(client: FlaskClient) -> None:
    """Terms are written with the prefixes every query may use."""
    text = client.get("/sparql", query_string={"query": DESCRIBE, "format": "turtle"}).text
    assert "cst:memberCount 6" in text
    assert text.startswith("@prefix cst: <https://w3id.org/csto-graph/ontology#> .\n@prefix dcat:")


def test_an_answer_that_is_there_already_is_not_sent_again(client: FlaskClient) -> None:
    """The ETag belongs to the bytes: 304 for the same answer, 200 for another or in another syntax."""
    first = client.get("/sparql", query_string={"query": MEMBERS})
    tag = {"If-None-Match": first.headers["ETag"]}
    again = client.get("/sparql", query_string={"query": MEMBERS}, headers=tag)
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/sparql", query_string={"query": MEMBERS, "format": "csv"}, headers=tag).text.startswith("state,none")
    assert client.get("/sparql", query_string={"query": "ASK {}"}, headers=tag).status_code == 200


def test_head_is_get_without_the_answer(client: FlaskClient) -> None:
    """HEAD has the headers of GET and no body."""
    asked, got = (client.open("/sparql", method=method, query_string={"query": MEMBERS}) for method in ("HEAD", "GET"))
    assert asked.data == b"" and asked.status_code == 200
    assert [asked.headers[name] for name in ("ETag", "Content-Length", "Content-Type")] == [
        got.headers[name] for name in ("ETag", "Content-Length", "Content-Type")
    ]


def test_caches_keep_one_copy_for_each_accept(client: FlaskClient) -> None:
    """Every answer varies by Accept, the refused one too."""
    for query in (MEMBERS, "nonsense"):
        assert "Accept" in client.get("/sparql", query_string={"query": query}).headers["Vary"]


def test_too_long_an_answer_is_refused_whole(backend: Embedded, queries: Path) -> None:
    """What does not fit is a 503 that names the limit, never a 200 that ends early."""
    client = create_app(backend, queries, Settings(answer=200_000)).test_client()
    product = "{ " + " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(5)) + " }"
    for query, named in (
        (f"SELECT * {product}", "json"),
        (f"SELECT * {product}", "csv"),
        (f"CONSTRUCT {{ ?new a ?s0 }} {{ {product} BIND(UUID() AS ?new) }}", "turtle"),
    ):
        response = client.get("/sparql", query_string={"query": query, "format": named})
        assert response.status_code == 503
        assert "200,000 bytes" in response.text and "LIMIT" in response.text and response.json["limit"] == "answer"


def test_a_runaway_query_ends_at_its_deadline(backend: Embedded, queries: Path) -> None:
    """A 503 with the limit and the time that had passed; the next query is answered."""
    client = create_app(backend, queries, Settings(seconds=2.0)).test_client()
    product = " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(12))
    response = client.get("/sparql", query_string={"query": f"SELECT (COUNT(*) AS ?n) {{ {product} }}"})
    assert response.status_code == 503 and response.mimetype == "application/problem+json"
    assert response.json["limit"] == "seconds" and 2.0 <= response.json["elapsed"] < 30  # by itself it would take days
    assert client.get("/sparql", query_string={"query": "ASK {}"}).status_code == 200


def test_a_hungry_query_ends_at_its_share_of_memory(backend: Embedded, queries: Path) -> None:
    """A 503 that names the limit."""
    client = create_app(backend, queries, Settings(memory=150 * 2**20)).test_client()
    product = " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(6))
    response = client.get("/sparql", query_string={"query": f"SELECT * {{ {product} }} ORDER BY ?o1"})
    assert response.status_code == 503 and response.json["limit"] == "memory"


def test_a_long_answer_comes_whole(client: FlaskClient) -> None:
    """An answer of more than one piece has its length told beforehand, and has it."""
    product = " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(5))
    response = client.get("/sparql", query_string={"query": f"SELECT * {{ {product} }} LIMIT 20000", "format": "csv"})
    assert len(response.data) == int(response.headers["Content-Length"]) > 2**20
    assert len(response.text.splitlines()) == 20_001
