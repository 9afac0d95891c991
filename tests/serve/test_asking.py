"""Stored questions with parameters, in a browser: fields on the page of the answer, and the way to another answer."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from csto_graph.backend.embedded import Embedded
from csto_graph.serve.app import create_app
from tests.serve.test_pages import BROWSER, Page

QUERY = """#+ summary: Who is a member of it?
#+ parameters:
#+   organisation: cst:Organisation, of what
#+   day: xsd:date, on which day
SELECT ?label ?day WHERE {
  VALUES ?organisation { <https://w3id.org/csto-graph/id/organisation/csto> }
  VALUES ?day { "2022-01-10"^^xsd:date }
  ?state cst:memberOf ?organisation ; rdfs:label ?label
}
"""


@pytest.fixture(scope="module")
def client(backend: Embedded, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of a service with one question."""
    folder: Path = tmp_path_factory.mktemp("asking")
    (folder / "competency").mkdir()
    (folder / "competency" / "who.rq").write_text(QUERY, encoding="utf-8")
    return create_app(backend, folder).test_client()


def _sent_to(client: FlaskClient, **values: str) -> dict[str, list[str]]:
    response = client.get("/questions/who", query_string=values)
    assert response.status_code == 303, response.text
    address = urlsplit(response.headers["Location"])
    assert address.path == "/sparql"
    return parse_qs(address.query)


def test_values_lead_to_the_query_that_has_them(client: FlaskClient) -> None:
    """What is not given, or empty, keeps its default; what /sparql takes beside a query is handed on."""
    assert _sent_to(client) == _sent_to(client, day="") == {"query": [QUERY.rstrip("\n") + "\n"]}
    asked = _sent_to(client, day="2012-07-01", format="csv")
    assert asked["format"] == ["csv"]
    assert asked["query"][0] == QUERY.replace('"2022-01-10"^^xsd:date', '"2012-07-01"^^<http://www.w3.org/2001/XMLSchema#date>')


@pytest.mark.parametrize(
    ("path", "values", "status", "said"),
    [
        ("/questions/who", {"day": "yesterday"}, 400, "a day, such as 2012-07-01"),
        ("/questions/who", {"organisation": "x> } #"}, 400, "a thing of class cst:Organisation"),
        ("/questions/who", {"organisation": "state/armenia"}, 400, "id:state/armenia is no cst:Organisation of this release"),
        ("/questions/who", {"organisation": "organisation/nowhere"}, 400, "Name one that is, such as organisation/csto"),
        ("/questions/who", {"week": "1"}, 400, "It has organisation, day"),
        ("/questions/who", {"day": ["2012-07-01", "2013-07-01"]}, 400, "day is given more than once"),
        ("/questions/when", {}, 404, "no question when"),
    ],
)
def test_a_wrong_value_is_refused_with_what_it_takes(
    client: FlaskClient, path: str, values: dict[str, str | list[str]], status: int, said: str
) -> None:
    """As a problem document, or as a page for a browser."""
    response = client.get(path, query_string=values)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert said in response.json["detail"]  # type: ignore[index]  # a problem is an object
    assert client.get(path, query_string=values, headers=BROWSER).mimetype == "text/html"


def test_the_page_of_an_answer_has_fields_with_the_values_asked(client: FlaskClient) -> None:
    """The question over them; a query of one's own has none."""
    query = _sent_to(client, day="2012-07-01")["query"][0]
    html = client.get("/sparql", query_string={"query": query}, headers=BROWSER).text
    got = Page(html)
    assert not got.misplaced
    assert "Who is a member of it?" in got.text and "on which day" in got.text
    assert 'name="day" type="date" value="2012-07-01"' in html
    assert 'name="organisation" type="text" value="organisation/csto"' in html
    assert 'action="/questions/who"' in html
    assert "/questions/" not in client.get("/sparql", query_string={"query": "ASK {}"}, headers=BROWSER).text


def test_asking_again_asks_the_same_release(client: FlaskClient) -> None:
    """And within the same time."""
    location = client.get("/questions/who", query_string={"release": "3", "timeout": "7"}).headers["Location"]
    html = client.get(location, headers=BROWSER).text
    form = html[html.index('<form class="asking"') :].partition("</form>")[0]
    assert '<input type="hidden" name="release" value="3">' in form and '<input type="hidden" name="timeout" value="7">' in form
