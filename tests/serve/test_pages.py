"""Pages for people: start, answers, refusals."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from csto_graph.namespaces import curie
from csto_graph.serve import pages
from csto_graph.serve.pages import cell

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
VOID = {"meta", "link", "br", "input", "hr", "img"}


class Page(HTMLParser):
    """Links, headings, labels and the text of a page; it notes every element that is closed out of turn."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: dict[str, str] = {}
        self.tags: list[str] = []
        self.misplaced: list[str] = []
        self.text = ""
        self._open: list[str] = []
        self._href = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self._open.append(tag)
        self._href = dict(attrs).get("href") or "" if tag == "a" else self._href

    def handle_endtag(self, tag: str) -> None:
        if self._open.pop() != tag:
            self.misplaced.append(tag)
        self._href = "" if tag == "a" else self._href

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._href:
            self.links[data] = self._href


def page(client: FlaskClient, query: str) -> Page:
    """The answer to a query as a browser gets it."""
    response = client.get("/sparql", query_string={"query": query}, headers=BROWSER)
    assert response.mimetype == "text/html", response.text
    return Page(response.text)


def test_the_start_page_says_what_is_there(client: FlaskClient) -> None:
    """Release, content, counts, sources and questions stand on it, without a script."""
    got = Page(client.get("/").text)
    for words in ("ab" * 32, "graph:evidence/demo", "What is it?", "2022-01-10", "not stated", "http://localhost/sparql speaks"):
        assert words in " ".join(got.text.split())
    assert "script" not in got.tags and got.misplaced == []
    assert got.tags.count("h1") == 1 and "label" in got.tags and "textarea" in got.tags


def test_every_question_is_a_link_that_answers_it(client: FlaskClient) -> None:
    """Following a question of the start page shows its answer under its words."""
    links = Page(client.get("/").text).links
    for summary, expected in (("Who are the members?", "2 solutions"), ("What is said of Armenia?", "3 triples")):
        answer = Page(client.get(links[summary], headers=BROWSER).text)
        assert summary in answer.text and expected in answer.text


@pytest.mark.parametrize("accept", ["text/html", BROWSER["Accept"]])
def test_the_endpoint_without_a_query_is_the_start_page_for_a_browser(client: FlaskClient, accept: str) -> None:
    """Someone who opens the endpoint gets the form."""
    assert "Ask the graph" in client.get("/sparql", headers={"Accept": accept}).text
    assert "Ask the graph" in client.get("/sparql?query=", headers={"Accept": accept}).text


def test_solutions_are_a_table(client: FlaskClient) -> None:
    """IRIs are short and lead on, literals stand as they are, unbound variables are empty."""
    got = page(client, "SELECT ?s ?label ?none { ?s a cst:MilitaryAlliance ; rdfs:label ?label }")
    assert "Collective Security Treaty Organization" in got.text
    assert "id:organisation/csto" in got.links
    assert got.misplaced == [] and got.tags.count("td") == 3


def test_a_thing_leads_to_all_that_is_said_of_it(client: FlaskClient) -> None:
    """The link of a thing of ours is its page, that of a term of ours is where all are explained."""
    links = page(client, "SELECT ?s ?status { GRAPH ?g { ?s a cst:Statement ; cst:status ?status } }").links
    about = Page(client.get(links["id:statement/1"], headers=BROWSER).text)
    assert "cst:Attributed" in about.links and "evidence/demo" in about.links
    assert links["cst:Attributed"] == "/ontology#Attributed"


def test_data_cannot_become_markup(client: FlaskClient) -> None:
    """Literals, queries, variable names and addresses of the release are text on a page, whatever they hold."""
    hostile = "SELECT ?label ('</textarea><script>x</script>' AS ?x) (IRI('javascript:alert(1)') AS ?y) { <id/state/belarus> rdfs:label ?label }"
    response = client.get("/sparql", query_string={"query": hostile}, headers=BROWSER)
    got = Page(response.text)
    assert "<script>alert(1)</script> & Belarus" in got.text
    assert "script" not in got.tags and got.misplaced == []
    assert not any(link.startswith("javascript:") for link in got.links.values())
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("query", ["</textarea><script>alert(1)</script>", "SELECT * { ?s un:<script> ?o }"])
def test_a_refusal_cannot_become_markup(client: FlaskClient, query: str) -> None:
    """What was wrong is shown as text, with the query in its form to be mended."""
    response = client.get("/sparql", query_string={"query": query}, headers=BROWSER)
    got = Page(response.text)
    assert response.status_code == 400
    assert "script" not in got.tags and "Line 1, column" in got.text and query in got.text


def test_an_unknown_address_is_a_page_too(client: FlaskClient) -> None:
    """A browser is told of a wrong address in HTML, with the way back."""
    response = client.get("/<b>", headers=BROWSER)
    assert response.status_code == 404
    assert "There is nothing at /<b>." in Page(response.text).text
    assert Page(response.text).links["To the start page"] == "/"


def test_no_solution_is_said(client: FlaskClient) -> None:
    """An empty table is a sentence."""
    got = page(client, "SELECT ?s { ?s a cst:Person }")
    assert "Nothing in the graph fits the question." in got.text and "table" not in got.tags


@pytest.mark.parametrize(
    ("query", "noun"), [("SELECT ?s { ?s ?p ?o }", "solutions"), ("CONSTRUCT WHERE { ?s ?p ?o }", "triples")]
)
def test_a_cut_page_says_so(client: FlaskClient, monkeypatch: pytest.MonkeyPatch, query: str, noun: str) -> None:
    """What is not shown is announced, and the links give all of it."""
    monkeypatch.setattr(pages, "MOST_SHOWN", 2)
    got = page(client, query)
    assert f"More than 2 {noun}" in got.text and "The first 2 are shown here." in got.text
    everything = client.get(got.links["csv" if noun == "solutions" else "ntriples"])
    assert len(everything.text.splitlines()) > 8


def test_a_graph_is_turtle_with_the_prefixes_it_needs(client: FlaskClient) -> None:
    """A short graph is not preceded by a long list of prefixes."""
    got = page(client, "CONSTRUCT WHERE { ?s cst:memberCount ?o }")
    assert "1 triple" in got.text and "cst:memberCount 6 ." in got.text
    assert got.text.count("@prefix") == 3  # cst, id, xsd


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        ("https://w3id.org/csto-graph/ontology#memberOf", "cst:memberOf"),
        ("https://w3id.org/csto-graph/id/state/armenia", "id:state/armenia"),
        ("https://w3id.org/csto-graph/ontology#", "https://w3id.org/csto-graph/ontology#"),
        ("http://example.org/x", "http://example.org/x"),
    ],
)
def test_short(iri: str, expected: str) -> None:
    """A namespace with a prefix shortens an IRI; the namespace alone and foreign IRIs stay."""
    assert curie(iri) == expected


def test_cells(app: Flask) -> None:
    """Numbers are marked to be aligned, other datatypes are named, blank nodes have no link."""
    xsd = "http://www.w3.org/2001/XMLSchema#"
    with app.test_request_context():
        number = cell({"type": "literal", "value": "6", "datatype": f"{xsd}integer"})
        assert (number.text, number.note, number.number) == ("6", "", True)
        date = cell({"type": "literal", "value": "2022", "datatype": f"{xsd}gYear"})
        assert (date.text, date.note, date.number) == ("2022", "gYear", False)
        russian = cell({"type": "literal", "value": "Армения", "xml:lang": "ru"})
        assert (russian.note, russian.language) == ("ru", "ru")
        assert cell({"type": "literal", "value": "Armenia", "xml:lang": "en"}).note == ""
        assert cell({"type": "literal", "value": "six"}).note == "" and cell(None).text == ""
        assert cell({"type": "bnode", "value": "b"}).href == "" and cell({"type": "uri", "value": "urn:x"}).href == ""
        assert cell({"type": "uri", "value": "http://example.org/x"}).href == "http://example.org/x"


@pytest.mark.parametrize("query", ["SELECT * { ?s ?p ?o }", "ASK {", "DESCRIBE <https://w3id.org/csto-graph/id/state/armenia>"])
def test_the_form_keeps_what_was_asked_beside_the_query(client: FlaskClient, query: str) -> None:
    """The release, the dataset and the deadline of the answer on the page, or of the refusal; and the links to things keep the release."""
    graph = "https://w3id.org/csto-graph/graph/reference"
    asked = {"query": query, "release": "3", "default-graph-uri": graph, "named-graph-uri": graph, "timeout": "7"}
    text = client.get("/sparql", query_string=asked, headers=BROWSER).text
    for name in asked.keys() - {"query"}:
        assert f'<input type="hidden" name="{name}" value="{asked[name]}">' in text
    assert "Release 3 is asked" in text
    links = [link for link in Page(text).links.values() if "query=" in link]
    assert all(parse_qs(urlsplit(link).query)["release"] == ["3"] for link in links)
    assert links or query != "SELECT * { ?s ?p ?o }"


def test_the_start_page_of_a_release_asks_that_release(client: FlaskClient) -> None:
    """Its form and its questions; that of the current one names none."""
    text = client.get("/?release=3").text
    assert '<input type="hidden" name="release" value="3">' in text
    assert [link for link in Page(text).links.values() if "query=" in link and "release=3" not in link] == []
    assert "release=" not in "".join(Page(client.get("/").text).links.values()) and "hidden" not in client.get("/").text
