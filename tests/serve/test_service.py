"""The health of the service, its description of itself, and what keeps it from starting."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree

import pytest
from flask.testing import FlaskClient
from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef

from csto_graph.backend.embedded import Embedded
from csto_graph.errors import RefusedData, WrongCall
from csto_graph.serve import app as app_module
from csto_graph.serve.questions import questions

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")


def test_health(client: FlaskClient) -> None:
    """It answers with the release it reads, and with no version of anything."""
    assert client.get("/health").json == {"status": "ok", "release": 3, "content": "ab" * 32, "triples": 19}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own JSON-LD parser uses it
@pytest.mark.parametrize(
    ("accept", "parser"),
    [("", "turtle"), ("text/turtle", "turtle"), ("application/rdf+xml", "xml"), ("application/ld+json", "json-ld")],
)
def test_the_endpoint_describes_itself(client: FlaskClient, accept: str, parser: str) -> None:
    """Without a query a program gets the SPARQL 1.1 Service Description: language, formats, graphs."""
    response = client.get("/sparql", headers={"Accept": accept} if accept else {})
    described = Graph().parse(data=response.text, format=parser)
    service = described.value(predicate=RDF.type, object=SD.Service)
    assert service == URIRef("http://localhost/sparql")
    assert (service, SD.supportedLanguage, SD.SPARQL11Query) in described
    assert len(set(described.objects(service, SD.resultFormat))) == 11
    assert {str(name) for name in described.objects(None, SD.name)} == {
        "https://w3id.org/csto-graph/graph/evidence/demo",
        "https://w3id.org/csto-graph/graph/reference",
    }
    assert not any(isinstance(term, BNode) for triple in described for term in triple)
    assert Literal(8) in set(described.objects())


def test_a_description_in_an_unknown_syntax_is_refused(client: FlaskClient) -> None:
    """The offer is listed; a page is not among it for who asks for a picture."""
    response = client.get("/sparql", headers={"Accept": "image/png"})
    assert response.status_code == 406 and "text/turtle" in response.text and "text/html" not in response.text


def test_a_missing_page_is_a_broken_installation(
    backend: Embedded, queries: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package without its templates says so at the start, not at the first request."""
    templates = Path(copytree(Path(app_module.__file__).parent / "templates", tmp_path / "templates"))
    (templates / "answer.html").unlink()
    monkeypatch.setattr(app_module, "__name__", "__main__")
    with pytest.raises(WrongCall, match=r"answer\.html: .*Reinstall csto-graph"):
        app_module._require_templates(templates)


def test_questions_come_in_the_order_of_their_names(queries: Path) -> None:
    """Each has its name, its words and its query."""
    found = questions(queries)
    assert [(each.name, each.summary) for each in found] == [
        ("armenia", "What is said of Armenia?"),
        ("members", "Who are the members?"),
    ]
    assert "cst:memberOf" in found[1].query


def test_a_query_without_a_question_is_refused(tmp_path: Path) -> None:
    """The file is named, and what it lacks."""
    (tmp_path / "competency").mkdir()
    (tmp_path / "competency" / "mute.rq").write_text("ASK {}", encoding="utf-8")
    with pytest.raises(RefusedData, match=r"mute\.rq: .*#\+ summary:"):
        questions(tmp_path)
    with pytest.raises(RefusedData, match="competency"):
        questions(tmp_path / "nowhere")


def test_the_manifest_counts_are_shown(client: FlaskClient) -> None:
    """The counts of the start page are those of the manifest."""
    assert json.loads(client.get("/health").text)["triples"] == 10 + 8 + 1
    assert ">10<" in client.get("/").text


@pytest.mark.parametrize("path", ["/", "/sparql", "/sparql?query=ASK{}", "/sparql?query=ASK", "/health", "/nothing"])
@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_every_answer_is_safe_to_show(client: FlaskClient, path: str, accept: str) -> None:
    """Browsers may not guess its type, run anything in it, frame it or tell others its address; no software is named."""
    headers = client.get(path, headers={"Accept": accept}).headers
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in headers["Content-Security-Policy"] and "script" not in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer" and "Server" not in headers
