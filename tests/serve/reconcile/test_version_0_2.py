"""Version 0.2 of the Reconciliation Service API: each answer by the schema written from its specification, and what it says."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.serve.reconcile.release import CST, ID, WIKIDATA, require_valid


def ask(client: FlaskClient, **query: Any) -> list[dict[str, Any]]:
    """The candidates for one query, valid by the schema."""
    response = client.post("/reconcile", data={"queries": json.dumps({"q0": query})})
    assert response.status_code == 200, response.text
    require_valid(response.json, "0.2", "results")
    found: list[dict[str, Any]] = response.get_json()["q0"]["result"]
    return found


def extend(client: FlaskClient, ids: list[str], *properties: dict[str, Any]) -> Any:
    response = client.get("/reconcile", query_string={"extend": json.dumps({"ids": ids, "properties": list(properties)})})
    require_valid(response.json, "0.2", "extension")
    return response.json


def test_the_manifest_says_what_is_offered(client: FlaskClient) -> None:
    """At the endpoint without parameters; the addresses in it answer."""
    manifest = client.get("/reconcile").get_json()
    require_valid(manifest, "0.2", "manifest")
    assert (manifest["batchSize"], manifest["identifierSpace"]) == (50, ID)
    assert client.head("/reconcile").headers["ETag"] == client.get("/reconcile").headers["ETag"]
    assert manifest["defaultTypes"][0] == {"id": f"{CST}State", "name": "state", "broader": [{"id": f"{CST}Actor", "name": "actor"}]}
    armenia = quote(f"{ID}state/armenia", safe="")
    assert client.get(manifest["view"]["url"].replace("{{id}}", armenia)).headers["Location"] == "http://localhost/id/state/armenia"
    assert client.get(manifest["preview"]["url"].replace("{{id}}", armenia)).status_code == 200
    assert 'id="name_same"' in client.get(manifest["feature_view"]["url"].replace("{{id}}", "name_same")).text
    for kind, service in manifest["suggest"].items():
        suggestions = client.get(f"{service['service_url']}{service['service_path']}?prefix=")
        require_valid(suggestions.json, "0.2", "suggestions")
        assert suggestions.get_json()["result"], kind
    propose = manifest["extend"]["propose_properties"]
    require_valid(client.get(f"{propose['service_url']}{propose['service_path']}?type={quote(CST)}State").json, "0.2", "proposal")


def test_a_batch_is_answered_by_get_and_by_post_alike(client: FlaskClient) -> None:
    """One result for each key, in candidates of falling score."""
    queries = {"q0": {"query": "Armenia"}, "other": {"query": "lania", "limit": 1}, "": {"query": "zzz"}}
    posted = client.post("/reconcile", data={"queries": json.dumps(queries)})
    got = client.get("/reconcile", query_string={"queries": json.dumps(queries)})
    assert posted.get_json() == got.get_json()
    require_valid(got.json, "0.2", "results")
    results = got.get_json()
    assert list(results) == ["q0", "other", ""] and len(results["other"]["result"]) == 1 and results[""]["result"] == []
    scores = [each["score"] for each in results["q0"]["result"]]
    assert scores == sorted(scores, reverse=True) and scores[0] == 100
    assert got.headers["ETag"] and client.get("/reconcile", query_string={"queries": json.dumps(queries)}, headers={"If-None-Match": got.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("name", ["Armenia", "ARMENIA", "  arménia ", "Republic of Armenia", "wd:Q399", "http://www.wikidata.org/entity/Q399", "https://sws.geonames.org/174982/", f"{ID}state/armenia", "id:state/armenia", "state/armenia"])
def test_what_one_thing_alone_is_called_is_a_sure_match(client: FlaskClient, name: str) -> None:
    """Its label, an alternative label or an identifier of its own, whatever the case."""
    best, *others = ask(client, query=name, type=f"{CST}State")
    assert (best["id"], best["match"]) == (f"{ID}state/armenia", True)
    assert not any(each["match"] for each in others)


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ({"query": "Armena"}, "a letter is missing"),
        ({"query": "Lania"}, "a hidden label may be another's too"),
        ({"query": "Republic of Lania"}, "another is called the same but for the form of state"),
        ({"query": "Accord"}, "a treaty and an organisation have the name"),
        ({"query": "AU"}, "a weak name, and the code of a state"),
        ({"query": "AM"}, "a code is no name"),
        ({"query": "https://sws.geonames.org/1/"}, "a close match is no identity"),
        ({"query": "Q1"}, "somebody's graph is no linkset of ours"),
        ({"query": "Armenia", "type": "cst:Organisation"}, "it is of another type"),
        ({"query": "Armenia", "properties": [{"pid": "cst:iso3166Alpha2", "v": "XX"}]}, "the code is another"),
        ({"query": "West Lania", "properties": [{"pid": "cst:iso3166Alpha2", "v": "AM"}]}, "it has no code"),
        ({"properties": [{"pid": "cst:iso3166Alpha2", "v": "AM"}]}, "no name was given"),
        ({"query": "Armenia", "type": "cst:Treaty", "type_strict": "should"}, "it is of another type, which only should be that"),
        ({"query": "Armenia in the Accord"}, "a situation is none of the things that are matched"),
    ],
)
def test_what_is_not_sure_is_no_match(client: FlaskClient, query: dict[str, Any], why: str) -> None:
    """Candidates may come, and nobody is told to take one."""
    assert [each["name"] for each in ask(client, **query) if each["match"]] == [], why


def test_no_name_with_a_fault_is_sure(client: FlaskClient) -> None:
    """Each name of the release with one letter left out is never a match."""
    names = ["Armenia", "Republic of Armenia", "East Lania", "West Lania", "Collective Security Treaty Organization", "CSTO", "African Union"]
    faulty = sorted({name[:at] + name[at + 1 :] for name in names for at, letter in enumerate(name) if letter != " "})
    for start in range(0, len(faulty), 50):
        queries = {name: {"query": name} for name in faulty[start : start + 50]}
        answer = client.post("/reconcile", data={"queries": json.dumps(queries)}).get_json()
        assert [name for name, each in answer.items() for one in each["result"] if one["match"]] == []


def test_a_type_decides_between_namesakes(client: FlaskClient) -> None:
    """With it the name is one thing's; without, both are offered."""
    assert {each["id"] for each in ask(client, query="Accord")} == {f"{ID}treaty/accord", f"{ID}organisation/csto"}
    (treaty,) = ask(client, query="Accord", type=[f"{CST}Treaty"])
    assert treaty["id"] == f"{ID}treaty/accord" and treaty["match"]
    assert ask(client, query="Accord", type=["cst:Treaty", "cst:Actor"], type_strict="all") == []
    assert len(ask(client, query="Accord", type=["cst:Treaty", "cst:Actor"], type_strict="any")) == 2


@pytest.mark.parametrize(
    ("pid", "value", "expected"),
    [
        ("cst:iso3166Alpha2", "am", ["state/armenia"]),
        ("cst:memberOf", "CSTO", ["state/armenia", "state/west-lania"]),
        ("cst:memberOf", {"id": f"{ID}organisation/csto", "name": "whatever"}, ["state/armenia", "state/west-lania"]),
        ("cst:foundedOn", "2002", ["organisation/union", "organisation/csto"]),
        ("cst:foundedOn", "2002-10-07T00:00:00Z", ["organisation/csto", "organisation/union"]),
        ("cst:memberCount", 6, ["organisation/csto"]),
        ("cst:memberCount", ["5", "6.0"], ["organisation/csto"]),
        ("cst:memberCount", 7, []),
        ("cst:hasPurpose", "To stand by one another!", ["organisation/csto"]),
        (WIKIDATA, "Q399", ["state/armenia"]),
        (WIKIDATA.replace("wikidata", "geonames"), "174982", ["state/armenia"]),
        ("cst:foundedOn", "20", []),
        ("cst:foundedOn", True, []),
    ],
)
def test_properties_find_things_without_a_name(client: FlaskClient, pid: str, value: object, expected: list[str]) -> None:
    """Codes, things by any of their names, dates by their year, numbers, texts, links."""
    found = ask(client, properties=[{"pid": pid, "v": value}])
    assert [each["id"].removeprefix(ID) for each in found] == expected
    assert all(each["score"] > 85 for each in found)


def test_a_property_decides_between_names(client: FlaskClient) -> None:
    """The feature of that property says how far it agrees."""
    first, second = ask(client, query="Lania", properties=[{"pid": "cst:memberOf", "v": "CSTO"}], limit=2)
    assert (first["id"], second["id"]) == (f"{ID}state/west-lania", f"{ID}state/east-lania")
    features = {each["id"]: each["value"] for each in first["features"]}
    assert features[f"{CST}memberOf"] == 1 and features["name_core"] == 1 and features["name_same"] == 0


def test_suggestions_begin_like_what_was_typed(client: FlaskClient) -> None:
    """Labels before other names, beginnings before words inside; `cursor` skips; an identifier finds its thing."""

    def names(path: str) -> list[str]:
        answer = client.get(f"/reconcile/suggest/{path}")
        require_valid(answer.json, "0.2", "suggestions")
        return [each["name"] for each in answer.get_json()["result"]]

    assert names("entity?prefix=ARM") == ["Armenia", "Armorica <b>bold</b>"]
    assert names("entity?prefix=lan") == ["East Lania", "West Lania"]
    assert names("entity?prefix=arm&cursor=1") == ["Armorica <b>bold</b>"]
    assert names(f"entity?prefix={ID}state/armenia") == names("entity?prefix=Q399") == ["Armenia"]
    assert names("property?prefix=member") == ["member count", "member of"]
    assert names("type?prefix=госуд") == ["state"]
    assert names(f"type?prefix={quote(CST)}Treaty") == ["treaty"]
    assert names("type?prefix=zzz") == []


def test_values_extend_a_table(client: FlaskClient) -> None:
    """Things, codes, links, numbers and dates; what a thing has not is an empty cell, and an unknown thing is told in a note."""
    ids = [f"{ID}state/armenia", f"{ID}organisation/csto", "id:state/nowhere"]
    asked = ["cst:memberOf", "cst:iso3166Alpha2", WIKIDATA, "cst:memberCount", f"{CST}foundedOn"]
    answer = extend(client, ids, *({"id": each} for each in asked))
    assert answer["meta"][0] == {"id": "cst:memberOf", "name": "member of", "type": {"id": f"{CST}Organisation", "name": "organisation"}}
    armenia, csto, nowhere = (answer["rows"][each] for each in ids)
    assert armenia["cst:memberOf"] == [{"id": f"{ID}organisation/csto", "name": "Collective Security Treaty Organization"}]
    assert armenia["cst:iso3166Alpha2"] == [{"str": "AM"}] and armenia[WIKIDATA] == [{"str": "http://www.wikidata.org/entity/Q399"}]
    assert csto["cst:memberCount"] == [{"int": 6}] and csto[f"{CST}foundedOn"] == [{"str": "2002-10-07"}]
    assert set(nowhere) == set(asked) and not any(nowhere.values())
    note = client.get("/reconcile", query_string={"extend": json.dumps({"ids": ids, "properties": [{"id": "cst:memberOf"}]})}).headers["Query-Note"]
    assert "id:state/nowhere" in note


def test_settings_say_how_values_are_given(client: FlaskClient) -> None:
    """At most so many, and a thing by its name or its IRI."""
    ids = [f"{ID}state/armenia"]
    for content, cell in (("name", "Collective Security Treaty Organization"), ("iri", f"{ID}organisation/csto")):
        answer = extend(client, ids, {"id": "cst:memberOf", "settings": {"content": content, "limit": "1"}})
        assert answer["rows"][ids[0]] == {"cst:memberOf": [{"str": cell}]} and "type" not in answer["meta"][0]


def test_properties_are_proposed_for_a_type(client: FlaskClient) -> None:
    """Those that its things have, the commonest first, and no name."""
    proposal = client.get("/reconcile/properties?type=cst:State&limit=2").get_json()
    require_valid(proposal, "0.2", "proposal")
    assert [each["id"] for each in proposal["properties"]] == [f"{CST}iso3166Alpha2", f"{CST}memberOf"]
    assert client.get("/reconcile/properties?type=cst:Treaty").get_json()["properties"] == []


def test_old_browsers_are_served_by_a_call_of_their_function(client: FlaskClient) -> None:
    """JSONP, as the specification allows it: a comment, the name, the document in ASCII."""
    response = client.get("/reconcile/suggest/type", query_string={"prefix": "госуд", "callback": "jQuery.cb_1"})
    assert response.mimetype == "application/javascript" and response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.text == f'/**/jQuery.cb_1({{"result": [{{"id": "{CST}State", "name": "state"}}]}});'
    assert client.get("/reconcile?callback=f").text.startswith('/**/f({"versions": ["0.2"]')
