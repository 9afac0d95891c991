"""What is refused: each problem names the query and says what would be taken."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from csto_graph.backend.embedded import Embedded
from csto_graph.namespaces import XSD
from csto_graph.serve.app import create_app
from csto_graph.serve.reconcile import loading, routes
from csto_graph.serve.reconcile.asked import shown
from csto_graph.serve.reconcile.facts import Value
from csto_graph.serve.settings import Settings
from tests.serve.reconcile.release import GRAPHS, lay

DRAFT = "/reconcile/1.0-draft"


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"query": ""}, "the name is empty"),
        ({"query": " \t"}, "the name is empty"),
        ({"query": 3}, "no string"),
        ({"query": "a" * 301}, "longer than the 300 characters"),
        ({}, "names nothing to match"),
        ({"query": "x", "limit": 0}, "from 1 to 100"),
        ({"query": "x", "limit": 10**30}, "from 1 to 100"),
        ({"query": "x", "limit": 1e300}, "from 1 to 100"),
        ({"query": "x", "limit": True}, "from 1 to 100"),
        ({"query": "x", "limit": 1.5}, "from 1 to 100"),
        ({"query": "x", "type": "Unicorn"}, "no type Unicorn"),
        ({"query": "x", "type": [7]}, "no type 7"),
        ({"query": "x", "type_strict": "maybe"}, "type_strict is any, all or should"),
        ({"query": "x", "properties": [{"pid": "cst:nothing", "v": "y"}]}, "no property cst:nothing"),
        ({"query": "x", "properties": [{"pid": "cst:partyTo", "v": "y"}]}, "no property cst:partyTo"),
        ({"query": "x", "properties": [{"pid": "cst:memberOf"}]}, "by its identifier and its value"),
        ({"query": "x", "properties": [{"pid": "cst:memberOf", "v": []}]}, "from 1 to 50 values"),
        ({"query": "x", "properties": [{"pid": "cst:memberOf", "v": [None]}]}, "a value is a string"),
        ({"query": "x", "properties": "y"}, "properties is an array"),
        ({"query": "x", "properties": [{"pid": "cst:memberOf", "v": "y"}] * 20}, "more than 20 conditions"),
        ({"query": "x", "querry": "y"}, "it has the field querry"),
        ("x", "are objects"),
    ],
)
def test_a_query_that_cannot_be_meant(client: FlaskClient, query: object, says: str) -> None:
    """400 with the key of the query."""
    response = client.post("/reconcile", data={"queries": json.dumps({"good": {"query": "Armenia"}, "row 7": query})})
    assert response.status_code == 400 and response.mimetype == "application/problem+json"
    assert response.get_json()["query"] == "row 7" and response.get_json()["detail"].startswith("Query row 7: ")
    assert says in response.get_json()["detail"]


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ({}, "matchType is name or property"),
        ({"matchType": {}, "propertyValue": "x"}, "matchType is name or property"),
        ({"matchType": "name"}, "no propertyValue"),
        ({"matchType": "name", "propertyValue": {"no": "id"}}, "a value is a string"),
        ({"matchType": "name", "propertyValue": "x", "required": "yes"}, "required true or false"),
        ({"matchType": "name", "propertyValue": "x", "matchQuantifier": "some"}, "any, all or none"),
        ({"matchType": "name", "propertyValue": "x", "matchQualifier": "skos:exactMatch"}, "no property here offers a matchQualifier"),
        ({"matchType": "property", "propertyValue": "x"}, "by its identifier"),
        ("x", "are objects"),
    ],
)
def test_a_condition_that_cannot_be_meant(client: FlaskClient, condition: object, says: str) -> None:
    """400 with the place of the query."""
    response = client.post(f"{DRAFT}/match", json={"queries": [{"conditions": [{"matchType": "name", "propertyValue": "x"}]}, {"conditions": [condition]}]})
    assert response.status_code == 400 and response.get_json()["query"] == "1" and says in response.get_json()["detail"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "line 1, column"),
        ("[]", "an object of queries by key"),
        ('{"q": {"query": "a"}, "q": {"query": "b"}}', "the key q stands twice"),
        ('{"q": {"query": "a", "limit": NaN}}', "NaN is no number of JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('{"q": {"query": "a", "limit": ' + "9" * 5_000 + "}}", "is no JSON that is read here"),
        ("", "line 1, column"),
    ],
)
def test_what_is_no_batch(client: FlaskClient, text: str, says: str) -> None:
    """400 that says where it breaks off, whichever way it came."""
    response = client.post("/reconcile", data={"queries": text})
    assert response.status_code == 400 and says in response.get_json()["detail"]
    sent = client.post(f"{DRAFT}/match", data=text.replace('"q":', '"queries":', 1), content_type="application/json")
    assert sent.status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "sent", "status", "says"),
    [
        ("POST", "/reconcile", {"data": {"query": "Armenia"}}, 400, "Send one batch"),
        ("POST", "/reconcile", {"data": {"queries": "{}", "extend": "{}"}}, 400, "Send one batch"),
        ("POST", "/reconcile", {"json": {"q": {}}}, 415, "The draft of 1.0 takes JSON"),
        ("POST", f"{DRAFT}/match", {"data": {"queries": "{}"}}, 415, "The body is JSON"),
        ("POST", f"{DRAFT}/match", {"json": []}, 400, "an array of queries"),
        ("POST", f"{DRAFT}/match", {"json": {"queries": [{"conditions": []}]}}, 400, "names nothing to match"),
        ("POST", f"{DRAFT}/match?callback=f", {"json": {"queries": []}}, 400, "version 0.2"),
        ("POST", f"{DRAFT}/match", {"data": b'{"queries": "\xff"}', "content_type": "application/json"}, 400, "not UTF-8"),
        ("GET", f"{DRAFT}?callback=f", {}, 400, "version 0.2"),
        ("GET", "/reconcile?callback=alert(1)", {}, 400, "the name of a function"),
        ("GET", "/reconcile?callback=" + "a" * 101, {}, 400, "the name of a function"),
        ("GET", "/reconcile/suggest/entity", {}, 400, "takes prefix="),
        ("GET", "/reconcile/suggest/entity?prefix=a&cursor=-1", {}, 400, "cursor= takes a whole number"),
        ("GET", "/reconcile/suggest/entity?prefix=a&limit=1000", {}, 400, "limit= takes a whole number from 1 to 100"),
        ("GET", "/reconcile/suggest/unicorn?prefix=a", {}, 404, "entity, property and type"),
        ("GET", "/reconcile/properties", {}, 400, "There is no type"),
        ("GET", "/reconcile/properties?type=State&limit=x", {}, 400, "limit= takes"),
        ("GET", "/reconcile/preview", {}, 400, "id= names the thing"),
        ("GET", "/reconcile/preview?id=id:state/nowhere", {}, 404, "nothing with the identifier"),
        ("GET", "/reconcile/view?id=%3E%20%7D", {}, 404, "nothing with the identifier"),
        ("GET", "/reconcile?release=99", {}, 404, "no release 99"),
        ("GET", '/reconcile?extend={"ids":[],"properties":[{"id":"cst:nothing"}]}', {}, 400, "no property cst:nothing"),
        ("GET", '/reconcile?extend={"ids":[1],"properties":[]}', {}, 400, "identifiers as strings"),
        ("GET", '/reconcile?extend={"ids":["id:state/armenia"],"properties":[{"id":"cst:memberOf","settings":{"limit":-1}}]}', {}, 400, "limit is a whole number"),
        ("GET", '/reconcile?extend={"ids":["id:state/armenia"],"properties":[{"id":"cst:memberOf","settings":{"rank":1}}]}', {}, 400, "there are no others"),
        ("GET", '/reconcile?extend={"ids":[],"properties":[{"id":"cst:memberOf"}]}&extend={}', {}, 400, "Send one batch"),
        ("GET", '/reconcile?extend={"ids":["id:state/armenia"],"properties":[{"id":"cst:memberOf","settings":{"content":[]}}]}', {}, 400, "content one of"),
        ("GET", '/reconcile?extend={"ids":[],"properties":[{"id":"cst:memberOf"},{"id":"cst:memberOf"}]}', {}, 400, "given twice"),
        ("GET", "/reconcile?queries={}&timeout=1000", {}, 400, "timeout= takes seconds"),
    ],
)
def test_other_requests_that_cannot_be_meant(client: FlaskClient, method: str, path: str, sent: dict[str, Any], status: int, says: str) -> None:
    """A problem with its status."""
    response = client.open(path, method=method, **sent)
    assert response.status_code == status and response.mimetype == "application/problem+json"
    assert says in response.get_json()["detail"]


@pytest.mark.parametrize("limit", ["9" * 400, int("9" * 400), True, "٣", 1e22])
def test_a_limit_of_values_that_is_none(client: FlaskClient, limit: object) -> None:
    """400 that names the property."""
    asked = {"ids": ["id:state/armenia"], "properties": [{"id": "cst:memberOf", "settings": {"limit": limit}}]}
    response = client.post("/reconcile", data={"extend": json.dumps(asked)})
    assert response.status_code == 400 and "Settings of the property cst:memberOf" in response.get_json()["detail"]


def test_a_word_that_is_nested_deeper_than_it_can_be_written() -> None:
    """It was read, with fewer frames on the stack, so a problem says something of it."""
    nested: list[object] = []
    for _ in range(5_000):
        nested = [nested]
    assert shown(nested).startswith("[[")


@pytest.mark.parametrize(("text", "datatype"), [("many", XSD.integer), ("9" * 5_000, XSD.integer), ("INF", XSD.double), ("NaN", XSD.float), ("", XSD.decimal)])
def test_a_number_that_json_cannot_say(text: str, datatype: str) -> None:
    """It is given as its characters."""
    assert Value("literal", text, str(datatype)).number is None


def test_ten_thousand_names_at_once(client: FlaskClient) -> None:
    """413 that states the limit of the manifest, of both versions and of data extension."""
    queries = {str(number): {"query": "Armenia"} for number in range(10_000)}
    asked = {"ids": ["x"] * 10_000, "properties": []}
    answers = (
        client.post("/reconcile", data={"queries": json.dumps(queries)}),
        client.post(f"{DRAFT}/match", json={"queries": list(queries)}),
        client.post(f"{DRAFT}/extend", json=asked),
    )
    for response in answers:
        assert response.status_code == 413 and response.get_json()["limit"] == "batch"
        assert response.get_json()["allowed"] == client.get("/reconcile").get_json()["batchSize"]


def test_more_candidates_than_a_batch_may_ask_for(client: FlaskClient) -> None:
    """413, by the limits of its queries together."""
    queries = {str(number): {"query": "Armenia", "limit": 100} for number in range(6)}
    response = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert response.status_code == 413 and response.get_json()["allowed"] == 500 and "candidates" in response.get_json()["detail"]


def test_a_query_of_many_names_is_stopped_in_its_midst(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock is looked at for each name and each thing, not only between queries."""
    looked: list[float] = []
    monkeypatch.setattr(routes, "time", SimpleNamespace(sleep=lambda _: None, monotonic=lambda: looked.append(0) or float(len(looked))))
    condition = {"matchType": "name", "propertyValue": [f"Name {number}" for number in range(50)]}
    response = client.post(f"{DRAFT}/match", json={"queries": [{"conditions": [condition]}]})
    assert response.status_code == 503 and response.get_json()["limit"] == "seconds" and len(looked) < 50


def test_a_batch_that_takes_too_long_is_no_half_answer(client: FlaskClient) -> None:
    """503 with the limit, and nothing of the results."""
    queries = json.dumps({str(number): {"query": "Armenia"} for number in range(50)})
    response = client.post("/reconcile?timeout=0.000001", data={"queries": queries})
    assert response.status_code == 503 and response.get_json()["limit"] == "seconds"


def test_one_batch_is_matched_at_a_time(client: FlaskClient) -> None:
    """Whoever's turn does not come within the time is told to come again; nothing is matched meanwhile."""
    assert client.post("/reconcile", data={"queries": "{}"}).status_code == 200
    with client.application.extensions[routes._ALONE]:
        response = client.post("/reconcile?timeout=0.05", data={"queries": '{"q": {"query": "Armenia"}}'})
        assert client.get("/reconcile/suggest/entity?prefix=arm").status_code == 200
    assert response.status_code == 503 and response.headers["Retry-After"] and "are being matched" in response.get_json()["detail"]


@pytest.mark.parametrize("word", ["a\r\nX-Evil: y", "\x7f", "\ud800", "<script>alert(1)</script>", "a\u2028b", "𝕬𝖗𝖒", "\u0000", "٣", "🇦🇲", "'; DROP TABLE", "?x } #"])
def test_no_word_breaks_it(client: FlaskClient, word: str) -> None:
    """As a name, as a key, as the value of a property, and as what is refused with its name."""
    queries = {word: {"query": word}, "v": {"query": "x", "properties": [{"pid": "cst:memberOf", "v": word}]}}
    assert client.post("/reconcile", data={"queries": json.dumps(queries)}).status_code == 200
    refused = client.post("/reconcile", data={"queries": json.dumps({word: {"query": "x", "type": word}})})
    assert refused.status_code == 400 and refused.get_json()["detail"]
    extended = client.post("/reconcile", data={"extend": json.dumps({"ids": [word], "properties": [{"id": "cst:memberOf"}]})})
    assert extended.status_code == 200 and extended.headers["Query-Note"].isprintable() and "X-Evil" not in extended.headers
    assert client.get("/reconcile/suggest/entity", query_string={"prefix": word.replace("\ud800", "")}).status_code == 200


def test_a_preview_may_stand_in_a_frame_and_nothing_else_may(client: FlaskClient) -> None:
    """What is in the graph is text in it, and no script runs."""
    preview = client.get("/reconcile/preview?id=id:state/armorica")
    assert "Armorica &lt;b&gt;bold&lt;/b&gt;" in preview.text and "<b>" not in preview.text and "<form" not in preview.text
    assert "X-Frame-Options" not in preview.headers
    policy = preview.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy and "default-src 'none'" in policy and "script-src" not in policy
    for path in ("/reconcile", "/reconcile/features", "/", "/reconcile/preview?id=x"):
        headers = client.get(path, headers={"Accept": "text/html"}).headers
        assert headers["X-Frame-Options"] == "DENY" and "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_what_is_matched_is_the_release_that_is_asked(tmp_path: Path, queries: Path) -> None:
    """A new release has its new names, the older one is asked by its number; eight threads build an index once."""
    lay(tmp_path, tmp_path / "one")
    backend = Embedded(tmp_path, readers=1)
    try:
        app = create_app(backend, queries, Settings())
        _require_built_once(app)
        lay(tmp_path, tmp_path / "two", GRAPHS.replace('"Armenia"@en', '"Hayastan"@en'), number=2)
        for path, name in (("/reconcile", "Hayastan"), ("/reconcile?release=1", "Armenia"), ("/reconcile", "Hayastan")):
            answer = app.test_client().post(path, data={"queries": json.dumps({"q": {"query": name}})})
            assert answer.get_json()["q"]["result"][0]["match"]
    finally:
        backend.close()


def _require_built_once(app: Flask) -> None:
    built: list[object] = []
    make = loading._built
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "_built", lambda release: built.append(release) or make(release))
        threads = [threading.Thread(target=lambda: app.test_client().get("/reconcile")) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(built) == 1
