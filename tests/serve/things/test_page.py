"""The page of a thing: what it shows, what it shows apart, and that nothing on it is markup of others."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from csto_graph.serve.things import data, passages, view
from tests.serve.test_pages import Page


def shown(client: FlaskClient, name: str) -> Page:
    """The page, which is well nested, has one heading of the first rank and no script."""
    response = client.get(f"/page/{name}")
    assert response.status_code == 200, response.text
    page = Page(response.text)
    assert page.misplaced == [] and page.tags.count("h1") == 1 and "script" not in page.tags
    page.text = " ".join(page.text.split())
    return page


KINDS = ["state/armenia", "organisation/csto", "membership/1", "statement/1", "evidence/1", "selector/1", "passage/demo.0-24",
         "document/demo", "claim/1", "person/he", "disagreement/1", "state/belarus", "place/Ереван", ".well-known/genid/0a",
         "graph/evidence/demo"]  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_has_a_page(things: FlaskClient, name: str) -> None:
    """With its IRI, its data as links, and a way to the start page."""
    page = shown(things, name)
    assert {"turtle", "jsonld", "ntriples", "rdfxml"} <= page.links.keys() and page.links["csto-graph"] == "/"
    assert "https://w3id.org/csto-graph/" in page.text


GONE = {"/page/state/old-name": 410}  # which Armenia's page names as what it stands for


def test_every_link_into_the_service_answers(things: FlaskClient) -> None:
    """Those of each page to pages and data, once."""
    links = {href for name in KINDS for href in shown(things, name).links.values() if href.startswith(("/page", "/data", "http://localhost"))}
    assert len(links) > 30
    assert {href: status for href in sorted(links) if (status := things.get(href).status_code) != 200} == GONE


def test_a_claim_is_not_shown_as_a_fact(things: FlaskClient) -> None:
    """What someone said stands apart, with who says so; its own page says that it is no fact."""
    page = shown(things, "organisation/csto")
    assert "Said, and not taken for a fact" in page.text and "What is stated" not in page.text
    assert page.text.index("Who says so") < page.text.index(" he ")
    statement = shown(things, "statement/1")
    assert "Not a fact of this graph. Claimed" in statement.text


def test_words_are_marked_in_their_sentence(things: FlaskClient) -> None:
    """The passage around the words, where the offsets are known; else the words before and after them."""
    html = things.get("/page/statement/1").text
    assert "It has <mark>6 members</mark>, he said." in html


def test_a_thing_shows_names_situations_disagreements_and_what_points_at_it(things: FlaskClient) -> None:
    """Each in a part of its own."""
    page = shown(things, "state/armenia")
    assert "Armenia; Hayastan" in page.text and page.links["Armenia in CSTO"] == "/page/membership/1"
    assert "from 1994" in page.text and "member of" in page.text
    assert shown(things, "organisation/csto").links["six or nine"] == "/page/disagreement/1"
    assert shown(things, "person/he").links["six members"] == "/page/claim/1"


def test_what_follows_is_apart_with_its_rule(things: FlaskClient) -> None:
    """By its W3C name, and what it starts from; where none is found, that is said. It is no class that somebody stated."""
    page = shown(things, "state/armenia")
    stated, _, follows = page.text.partition("What follows")
    assert "cax-sco from state" in follows and "prp-dom from member of" in follows
    assert "x:nobody-knows-why" in follows and "no single rule gives it" in follows
    assert "cst:Actor" in follows and "cst:Actor" not in stated and "x:nobody" not in stated


def test_nothing_that_a_release_says_is_markup(things: FlaskClient) -> None:
    """A label with a script in it is text."""
    response = things.get("/page/state/belarus")
    assert "<script>" not in response.text and "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Belarus" in response.text
    assert "script-src" not in response.headers["Content-Security-Policy"]


def test_a_page_has_its_tag_and_its_release(things: FlaskClient) -> None:
    """304 for who has it; another release has another tag, which its address names, and its links stay in it."""
    first = things.get("/page/state/armenia")
    assert things.get("/page/state/armenia", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    before = things.get("/page/state/armenia?release=1")
    assert before.headers["ETag"] != first.headers["ETag"] and before.headers["Memento-Datetime"]
    assert Page(before.text).links["Armenia in CSTO"] == "/page/membership/1?release=1"
    assert things.get("/page/state/armenia", headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"


def test_the_start_page_links_to_pages(things: FlaskClient) -> None:
    """Of the texts, and of the graphs."""
    links = Page(things.get("/").text).links
    assert links["What is it?"] == "/page/document/demo" and things.get(links["What is it?"]).status_code == 200


def test_answers_link_to_pages(things: FlaskClient) -> None:
    """In the table of /sparql a thing of ours leads to its page."""
    query = "SELECT ?state { ?state a cst:State } ORDER BY ?state LIMIT 1"
    answer = Page(things.get("/sparql", query_string={"query": query}, headers={"Accept": "text/html"}).text)
    assert answer.links["id:state/armenia"] == "/page/state/armenia"


def test_a_long_text_is_read_in_its_order(things: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of it has its passages as they follow one another, each with its statements, though the description has others."""
    for module in (passages, view, data):
        monkeypatch.setattr(module, "MOST", 1)
    pages = [Page(things.get(f"/page/document/long?page={number}").text) for number in (1, 2)]
    assert [("First." in page.text, "Then, second1." in page.text) for page in pages] == [(True, False), (False, True)]
    assert "second is said" in pages[1].text and "Next page" in pages[0].links
    linked = things.get("/data/document/long.ttl").headers
    assert 'page=2>; rel="next"' in linked["Link"] and "This is page 1 of 2" in linked["Query-Note"]
