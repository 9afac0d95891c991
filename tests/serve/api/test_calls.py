"""Stored questions as calls: their formats, their parts, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from werkzeug.http import parse_dict_header
from werkzeug.test import TestResponse

from csto_graph.backend.embedded import Embedded
from csto_graph.errors import RefusedData
from csto_graph.namespaces import XSD
from csto_graph.serve.api.objects import as_objects
from csto_graph.serve.api.parts import Part
from csto_graph.serve.app import create_app
from csto_graph.serve.settings import Settings
from tests.serve.test_pages import BROWSER, Page

QUERY = """#+ summary: Who is a member of it?
#+ description: All of them.
#+ parameters:
#+   organisation: cst:Actor, of what
#+   day: xsd:date, on which day
SELECT ?state ?label ?day ?count ?known WHERE {
  VALUES ?organisation { <https://w3id.org/csto-graph/id/organisation/csto> }
  VALUES ?day { "2022-01-10"^^xsd:date }
  { ?state cst:memberOf ?organisation } UNION { BIND (?organisation AS ?state) OPTIONAL { ?state cst:memberCount ?count } }
  ?state rdfs:label ?label
  BIND (BOUND(?count) AS ?known)
}
ORDER BY ?day
"""
QUESTIONS = {
    "who": QUERY.replace("cst:Actor", "cst:MilitaryAlliance"),
    "about": "#+ summary: What is said of Armenia?\nDESCRIBE <https://w3id.org/csto-graph/id/state/armenia>\n",
    "two": "#+ summary: Which two?\nSELECT ?s WHERE { ?s a cst:State } ORDER BY ?s LIMIT 2\n",
    "yes": "#+ summary: Is there a state?\nASK { ?s a cst:State }\n",
}


@pytest.fixture(scope="module")
def client(backend: Embedded, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of a service with a question of each kind."""
    folder: Path = tmp_path_factory.mktemp("calls")
    (folder / "competency").mkdir()
    for name, query in QUESTIONS.items():
        (folder / "competency" / f"{name}.rq").write_text(query, encoding="utf-8")
    return create_app(backend, folder, Settings(client_seconds=1e6)).test_client()


def _links(response: TestResponse) -> dict[str, str]:
    """Relation → address, of all fields Link."""
    found = {}
    for link in ", ".join(response.headers.getlist("Link")).split(", <"):
        address, _, rest = link.removeprefix("<").partition(">")
        found[parse_dict_header(rest.strip("; ").split(";")[0])["rel"] or ""] = address
    return found


def test_who_does_not_mind_gets_objects(client: FlaskClient) -> None:
    """Numbers and truths are those of JSON, what is not bound is left out, and all columns decide where the order does not."""
    response = client.get("/api/who")
    assert (response.status_code, response.mimetype) == (200, "application/json")
    state = "https://w3id.org/csto-graph/id/state"
    assert response.json == {
        "total": 3,
        "limit": 1000,
        "offset": 0,
        "next": None,
        "items": [
            {
                "state": "https://w3id.org/csto-graph/id/organisation/csto",
                "label": "Collective Security Treaty Organization",
                "day": "2022-01-10",
                "count": 6,
                "known": True,
            },
            {"state": f"{state}/armenia", "label": "Armenia", "day": "2022-01-10", "known": False},
            {"state": f"{state}/belarus", "label": "<script>alert(1)</script> & Belarus", "day": "2022-01-10", "known": False},
        ],
    }


@pytest.mark.parametrize(
    ("accept", "named", "media_type"),
    [
        ("application/json", "objects", "application/json"),
        ("application/sparql-results+json", "json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "xml", "application/sparql-results+xml"),
        ("text/csv", "csv", "text/csv"),
        ("text/tab-separated-values", "tsv", "text/tab-separated-values"),
        ("text/html", "html", "text/html"),
    ],
)
def test_an_answer_has_the_format_that_is_asked(client: FlaskClient, accept: str, named: str, media_type: str) -> None:
    """By Accept or by name it is the same answer, with the same tag."""
    by_accept = client.get("/api/who", headers={"Accept": accept})
    by_name = client.get("/api/who", query_string={"format": named})
    assert by_accept.mimetype == by_name.mimetype == media_type
    assert by_accept.headers["ETag"] == by_name.headers["ETag"]
    assert "Accept" in by_accept.headers["Vary"]
    head = client.head("/api/who", headers={"Accept": accept})
    assert (head.headers["Content-Length"], head.data) == (str(len(by_accept.data)), b"")
    unchanged = client.get("/api/who", headers={"Accept": accept, "If-None-Match": by_accept.headers["ETag"]})
    assert (unchanged.status_code, unchanged.data) == (304, b"")


def test_a_call_answers_as_its_query_does(client: FlaskClient) -> None:
    """Byte for byte, with a parameter of its own."""
    location = client.get("/questions/who", query_string={"day": "2012-07-01", "format": "csv"}).headers["Location"]
    answer = client.get("/api/who", query_string={"day": "2012-07-01", "format": "csv"})
    assert answer.data == client.get(location).data
    assert b"2012-07-01" in answer.data and "X-Total-Count" not in answer.headers


@pytest.mark.parametrize("syntax", ["objects", "json", "xml", "csv", "tsv", "html"])
def test_parts_lead_to_one_another(client: FlaskClient, syntax: str) -> None:
    """Each says how many solutions there are; first, prev, next and last are addresses of the same release."""
    asked = {"format": syntax, "day": "2012-07-01", "limit": "1"}
    response = client.get("/api/who", query_string=asked)
    assert response.headers["X-Total-Count"] == "3"
    links = _links(response)
    assert {"first", "next", "last"} <= links.keys() and "prev" not in links
    seen, walked = [response], links
    while "next" in walked:
        assert parse_qs(urlsplit(walked["next"]).query)["release"] == ["3"]
        seen.append(client.get(walked["next"]))
        walked = _links(seen[-1])
    assert len(seen) == 3
    assert client.get(walked["prev"]).data == seen[1].data
    assert client.get(walked["first"]).data == client.get(links["first"]).data
    assert client.get(links["last"]).data == seen[2].data
    assert "original timegate" in walked and "next memento" not in walked
    if syntax == "csv":
        whole = client.get("/api/who", query_string={"format": "csv", "day": "2012-07-01"}).data.splitlines()
        assert sorted(each.data.splitlines()[1] for each in seen) == sorted(whole[1:])


def test_objects_name_the_next_part(client: FlaskClient) -> None:
    """In the body as in the header; behind the last there is nothing, which is said."""
    first = client.get("/api/who?limit=2").json
    assert first and len(first["items"]) == 2 and first["total"] == 3
    second = client.get(first["next"]).json
    assert second and (second["next"], second["offset"], len(second["items"])) == (None, 2, 1)
    beyond = client.get("/api/who?limit=2&offset=7")
    assert beyond.json == {"total": 3, "limit": 2, "offset": 7, "next": None, "items": []}
    assert parse_qs(urlsplit(_links(beyond)["prev"]).query)["offset"] == ["1"]


def test_a_page_says_where_it_stands(client: FlaskClient) -> None:
    """With the fields of the question, its words escaped, and the way to the other parts and formats."""
    html = client.get("/api/who", query_string={"limit": "2", "offset": "1", "day": "2012-07-01"}, headers=BROWSER).text
    got = Page(html)
    assert not got.misplaced and "<script>" not in html
    assert "Who is a member of it?" in got.text and "Solutions 2 to 3 of 3" in got.text and "Previous" in got.text
    assert 'name="day" type="date" value="2012-07-01"' in html
    assert 'href="/api/who?day=2012-07-01&amp;format=csv"' in html and 'href="/openapi.json"' in html
    assert "None of 3 solutions" in client.get("/api/who?offset=5", headers=BROWSER).text


def test_pages_lead_to_the_call(client: FlaskClient) -> None:
    """The start page to the list, the page of an answer to the same question with the same values."""
    assert 'href="/api/"' in client.get("/", headers=BROWSER).text
    location = client.get("/questions/who", query_string={"day": "2012-07-01"}).headers["Location"]
    assert 'href="/api/who?day=2012-07-01"' in client.get(location, headers=BROWSER).text
    assert "/api/" not in client.get("/sparql", query_string={"query": "ASK {}"}, headers=BROWSER).text


@pytest.mark.parametrize(("accept", "mimetype"), [("text/turtle", "text/turtle"), ("*/*", "text/turtle"), ("text/html", "text/html")])
def test_a_graph_is_given_whole(client: FlaskClient, accept: str, mimetype: str) -> None:
    """It has no order, so it has no parts."""
    response = client.get("/api/about", headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (200, mimetype)
    assert client.get("/api/about?limit=1").status_code == 400


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/api/who?day=yesterday", 400, "day: 'yesterday' is not of xsd:date. It takes a day, such as 2012-07-01."),
        ("/api/who?day=", 400, "It takes a day"),
        ("/api/who?day=2012-07-01&day=2013-07-01", 400, "day is given more than once"),
        ("/api/who?week=1", 400, "has no parameter 'week'. It takes organisation, day, format, release, timeout, limit, offset."),
        ("/api/who?organisation=x> }", 400, "a thing of class cst:MilitaryAlliance"),
        ("/api/who?organisation=state/armenia", 400, "organisation: id:state/armenia is no cst:MilitaryAlliance of this release"),
        ("/api/who?organisation=organisation/nowhere", 400, "Name one that is, such as organisation/csto"),
        ("/api/who?limit=0", 400, "limit: '0' is none. It takes a whole number from 1 to 1,000."),
        ("/api/who?limit=1001", 400, "from 1 to 1,000"),
        ("/api/who?limit=٣", 400, "limit"),
        ("/api/who?offset=-1", 400, "from 0 to 1,000,000,000"),
        ("/api/who?offset=99999999999999999999", 400, "offset"),
        ("/api/who?timeout=0", 400, "timeout= takes seconds"),
        ("/api/who?day=%ff", 400, "not UTF-8"),
        ("/api/who?release=9", 404, "There is no release 9"),
        ("/api/who?release=x", 400, "release="),
        ("/api/who?format=yaml", 406, "objects, json, xml, csv, tsv, html"),
        ("/api/whom", 404, "The nearest is who."),
        ("/api/nothing-like-it", 404, "/api/ lists those that there are."),
        ("/api/two?limit=1", 400, "two has no parameter 'limit'. It takes format, release, timeout."),
    ],
)
def test_what_is_wrong_is_named(client: FlaskClient, path: str, status: int, said: str) -> None:
    """As a problem document with the parameter and what it takes."""
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert said in response.json["detail"]  # type: ignore[index]  # a problem is an object


def test_a_release_can_be_asked(client: FlaskClient) -> None:
    """By number, as a memento that may be kept; scripts of other sites may read the total."""
    response = client.get("/api/who?release=3&limit=2", headers={"Origin": "https://example.org"})
    assert response.headers["Memento-Datetime"] and response.headers["Cache-Control"] == "max-age=86400"
    assert "X-Total-Count" in response.headers["Access-Control-Expose-Headers"]
    options = client.options("/api/who")
    assert options.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert client.post("/api/who").status_code == 405


def test_a_question_without_parts_is_answered(client: FlaskClient) -> None:
    """One that has a LIMIT of its own, and one that asks whether."""
    assert len(json.loads(client.get("/api/two").data)["results"]["bindings"]) == 2
    assert client.get("/api/yes").json == {"head": {}, "boolean": True}


def test_the_list_has_every_question(client: FlaskClient) -> None:
    """As JSON and as a page; it is not sent again to who has it."""
    response = client.get("/api/")
    assert {each["name"] for each in response.json["questions"]} == set(QUESTIONS)  # type: ignore[index]
    (who,) = (each for each in response.json["questions"] if each["name"] == "who")  # type: ignore[index]
    assert who["address"] == "http://localhost/api/who"
    assert who["parameters"][1] == {"name": "day", "type": "xsd:date", "summary": "on which day", "default": "2022-01-10"}
    page = client.get("/api/", headers=BROWSER)
    assert not Page(page.text).misplaced and 'href="/api/who"' in page.text
    assert client.get("/api/", headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


def test_no_parameter_of_a_question_hides_one_of_every_answer(backend: Embedded, tmp_path: Path) -> None:
    """`limit` of a question could not be told from that of its parts: refused at the start."""
    (tmp_path / "competency").mkdir()
    query = "#+ summary: Which?\n#+ parameters:\n#+   limit: xsd:integer, how many\nSELECT * { VALUES ?limit { 1 } } ORDER BY ?limit"
    (tmp_path / "competency" / "which.rq").write_text(query, encoding="utf-8")
    with pytest.raises(RefusedData, match="a parameter limit already"):
        create_app(backend, tmp_path)


@pytest.mark.parametrize("text", ["many", "9" * 5_000, "1_0", "٣"])
def test_a_whole_number_that_is_none_is_its_characters(text: str) -> None:
    """Whoever may write may write anything."""
    part = Part(1, 0, 1)
    with Flask(__name__).test_request_context("/?release=1"):
        g.edition = SimpleNamespace(release=SimpleNamespace(number=1))
        content = as_objects([{"n": {"type": "literal", "value": text, "datatype": str(XSD.integer)}}], part)
    assert json.loads(content)["items"] == [{"n": text}]
