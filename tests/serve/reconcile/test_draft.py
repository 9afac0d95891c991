"""The draft of version 1.0: JSON by POST, arrays with conditions, routes of its own."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.serve.reconcile.release import CST, ID, require_valid

HERE = "/reconcile/1.0-draft"
NAME = {"matchType": "name", "propertyValue": "Lania"}
MEMBER = {"matchType": "property", "propertyId": "cst:memberOf", "propertyValue": "CSTO"}


def match(client: FlaskClient, *conditions: dict[str, Any], **beside: Any) -> list[str]:
    """The candidates for one query, valid by the schema."""
    response = client.post(f"{HERE}/match", json={"queries": [{"conditions": list(conditions), **beside}]})
    assert response.status_code == 200, response.text
    require_valid(response.json, "1.0-draft", "results")
    return [each["id"].removeprefix(f"{ID}state/") for each in response.get_json()["results"][0]["candidates"]]


def test_the_manifest_and_its_routes(client: FlaskClient) -> None:
    """Its templates are those of RFC 6570; every route that it says is offered answers."""
    manifest = client.get(HERE).get_json()
    require_valid(manifest, "1.0-draft", "manifest")
    armenia = quote(f"{ID}state/armenia", safe="")
    assert client.get(manifest["view"]["url"].replace("{id}", armenia)).status_code == 303
    assert "Armenia" in client.get(f"{HERE}/preview?id={armenia}").text
    for kind in manifest["suggest"]:
        require_valid(client.get(f"{HERE}/suggest/{kind}?prefix=").json, "1.0-draft", "suggestions")
    require_valid(client.get(f"{HERE}/extend/propose?type=State").json, "1.0-draft", "proposal")
    both = client.get(f"{HERE}/suggest/entity?prefix=arm").get_json()["result"]
    assert client.get(f"{HERE}/suggest/entity?prefix=arm&limit=1&offset=1").get_json()["result"] == both[1:]


def test_results_stand_in_the_order_of_the_queries(client: FlaskClient) -> None:
    """Each feature has a name; the languages that a client tells are no mistake."""
    queries = [{"lang": "en", "conditions": [{"matchType": "name", "propertyValue": name, "lang": "en"}]} for name in ("Armenia", "zzz")]
    answer = client.post(f"{HERE}/match", json={"queries": queries}).get_json()
    require_valid(answer, "1.0-draft", "results")
    first, second = (each["candidates"] for each in answer["results"])
    assert first[0]["match"] and first[0]["features"][0]["name"] and second == []


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ([NAME], ["west-lania", "east-lania"]),
        ([NAME, MEMBER], ["west-lania", "east-lania"]),
        ([NAME, MEMBER | {"required": True}], ["west-lania"]),
        ([NAME, MEMBER | {"required": True, "matchQuantifier": "none"}], ["east-lania"]),
        ([NAME, MEMBER | {"propertyValue": ["CSTO", "African Union"], "matchQuantifier": "all", "required": True}], []),
        ([NAME, MEMBER | {"propertyValue": ["CSTO", "African Union"], "required": True}], ["west-lania"]),
        ([MEMBER], ["armenia", "west-lania"]),
        ([{"matchType": "name", "propertyValue": ["Armenia", "West Lania"]}], ["armenia", "west-lania"]),
        ([{"matchType": "name", "v": "Armenia", "required": True}], ["armenia"]),
        ([{"matchType": "property", "pid": "cst:iso3166Alpha2", "v": "AM"}], ["armenia"]),
    ],
)
def test_conditions(client: FlaskClient, conditions: list[dict[str, Any]], expected: list[str]) -> None:
    """Wanted or required; any, all or none of several values; the names that the draft had for its fields before."""
    found = match(client, *conditions, type="State")
    assert set(found[: len(expected)]) == set(expected) if expected else found == []


def test_values_as_arrays(client: FlaskClient) -> None:
    """In the order in which things and properties were asked for."""
    ids = [f"{ID}organisation/csto", f"{ID}state/armenia"]
    asked = {"ids": ids, "properties": [{"id": f"{CST}memberOf"}, {"id": "cst:memberCount"}]}
    answer = client.post(f"{HERE}/extend", json=asked).get_json()
    require_valid(answer, "1.0-draft", "extension")
    assert [row["id"] for row in answer["rows"]] == ids
    assert answer["rows"][0]["properties"] == [{"id": f"{CST}memberOf", "values": []}, {"id": "cst:memberCount", "values": [{"int": 6}]}]


def test_a_script_of_another_site_may_ask(client: FlaskClient) -> None:
    """OPTIONS allows the POST with its Content-Type, and the answer may be read; of 0.2 as well."""
    for path in (f"{HERE}/match", f"{HERE}/extend", "/reconcile"):
        before = client.options(path, headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"})
        assert "POST" in before.headers["Access-Control-Allow-Methods"] and "Content-Type" in before.headers["Access-Control-Allow-Headers"]
    answer = client.post(f"{HERE}/match", json={"queries": []}, headers={"Origin": "https://example.org"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*" and answer.get_json() == {"results": []}
