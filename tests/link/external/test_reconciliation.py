"""A Reconciliation Service is asked as its manifest says, 0.2 or the draft of 1.0, and its answers are held against that."""

from __future__ import annotations

import json
from typing import Any

import pytest

from csto_graph.errors import RefusedData
from csto_graph.link.external.asking import Limits
from csto_graph.link.external.reconciliation import candidates, read_manifest
from tests.link.external.lying import Endpoints

LIMITS = Limits()
OLD: dict[str, Any] = {"versions": ["0.2"], "name": "x", "identifierSpace": "https://other.test/", "schemaSpace": "https://other.test/"}
DRAFT: dict[str, Any] = {"versions": ["1.0-draft"], "name": "x", "view": {"url": "https://other.test/{id}"}, "standardizedScore": True}
FOUND: dict[str, Any] = {"id": "7", "name": "Armenia", "score": 90.5, "match": True, "type": [{"id": "t1", "name": "country"}, "t2"]}


def _old(endpoints: Endpoints, path: str, results: dict[str, Any], **more: Any) -> str:
    endpoints.give(f"POST {path}", results)
    return endpoints.give(path, OLD | more)


def test_release_0_2(endpoints: Endpoints) -> None:
    """Queries go in a form; identifiers become IRIs in the identifier space; names of types are kept as words."""
    address = _old(endpoints, "/old", {"q0": {"result": [FOUND]}, "q1": {"result": []}})
    found = candidates(read_manifest(address, LIMITS), ["Armenia", "Nowhere"], LIMITS, limit=3, type_="t1")
    assert endpoints.queries() == {f"q{n}": {"query": name, "limit": 3, "type": "t1"} for n, name in enumerate(["Armenia", "Nowhere"])}
    assert [[(each.iri, each.label, each.types) for each in several] for several in found] == [
        [("https://other.test/7", "Armenia", ("country", "t2"))], [],
    ]  # fmt: skip
    assert found[0][0].remark == "the endpoint scores it 90.5 and calls it a match"


def test_the_draft(endpoints: Endpoints) -> None:
    """Queries go as JSON to /match; results come in their order; a score is optional; the template of IRIs is filled in."""
    endpoints.give("/draft/match", {"results": [{"candidates": [{"id": "a/b", "name": "Armenia"}]}]})
    service = read_manifest(endpoints.give("/draft", DRAFT), LIMITS)
    found = candidates(service, ["Armenia"], LIMITS, limit=3)
    sent = {"queries": [{"conditions": [{"matchType": "name", "propertyValue": "Armenia", "v": "Armenia"}], "limit": 3}]}
    assert json.loads(endpoints.asked[-1][1]) == sent
    assert [each.iri for each in found[0]] == ["https://other.test/a%2Fb"]


def test_batches_are_as_large_as_the_manifest_allows(endpoints: Endpoints) -> None:
    """A batch size of two makes two requests of three names."""
    address = _old(endpoints, "/small", {"q0": {"result": []}}, batchSize=1)
    before = len(endpoints.asked)
    candidates(read_manifest(address, LIMITS), ["a", "b", "c"], LIMITS, limit=1)
    assert len(endpoints.asked) - before == 1 + 3


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ([], "no object of results"),
        ({}, "left out the answer to a query, 'q0'"),
        ({"q0": {"result": []}, "q9": {"result": []}}, "answered a query that was not asked, 'q9'"),
        ({"q0": {}}, "without a result"),
        ({"q0": {"result": {}}}, "candidates that are no list"),
        ({"q0": {"result": ["x"]}}, "a candidate that is no object"),
        ({"q0": {"result": [{"name": "x", "score": 1}]}}, "without an id and a name"),
        ({"q0": {"result": [FOUND | {"name": " "}]}}, "without an id and a name"),
        ({"q0": {"result": [FOUND | {"id": "a b"}]}}, "makes no IRI"),
        ({"q0": {"result": [FOUND | {"score": 101}]}}, "the score 101, of 100 at most"),
        ({"q0": {"result": [FOUND | {"score": -1}]}}, "the score -1"),
        ({"q0": {"result": [FOUND | {"score": "high"}]}}, "the score 'high'"),
        ({"q0": {"result": [FOUND | {"score": True}]}}, "the score True"),
        ({"q0": {"result": [{"id": "7", "name": "x"}]}}, "the score None"),
        ({"q0": {"result": [FOUND | {"type": "t1"}]}}, "types of a candidate as no list"),
        ({"q0": {"result": [FOUND | {"type": [{"name": ""}]}]}}, "a type without an id"),
    ],
)  # fmt: skip
def test_an_answer_that_lies_is_refused(endpoints: Endpoints, answer: Any, said: str) -> None:
    """The refusal names the address and what was wrong."""
    address = _old(endpoints, "/lies", answer, standardizedScore=True)
    with pytest.raises(RefusedData) as refusal:
        candidates(read_manifest(address, LIMITS), ["Armenia"], LIMITS, limit=3)
    assert refusal.value.place == address
    assert said in refusal.value.problem


def test_a_score_of_1e999_is_no_number(endpoints: Endpoints) -> None:
    """JSON has no infinity, and Python reads one all the same."""
    endpoints.give("POST /infinite", b'{"q0": {"result": [{"id": "7", "name": "x", "score": 1e999}]}}')
    with pytest.raises(RefusedData, match="the score inf"):
        candidates(read_manifest(endpoints.give("/infinite", OLD), LIMITS), ["x"], LIMITS, limit=1)


@pytest.mark.parametrize("answer", [{"results": []}, {"results": [{}]}, {"results": {}}, []])
def test_a_draft_that_lies_is_refused(endpoints: Endpoints, answer: Any) -> None:
    """Results are as many as queries, each with its candidates."""
    endpoints.give("/false/match", answer)
    with pytest.raises(RefusedData, match=r"/false/match: "):
        candidates(read_manifest(endpoints.give("/false", DRAFT), LIMITS), ["Armenia"], LIMITS, limit=3)


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        ([], "no manifest"),
        ({"versions": ["0.2"]}, "no manifest"),
        (OLD | {"versions": ["7"]}, "speaks versions ['7']"),
        (OLD | {"versions": "0.2"}, "speaks versions 0.2"),
        (OLD | {"batchSize": 0}, "0 as the size of a batch"),
        (OLD | {"identifierSpace": "x"}, "nothing of how its identifiers become IRIs"),
        (DRAFT | {"view": {"url": "https://other.test/"}}, "nothing of how its identifiers become IRIs"),
    ],
)  # fmt: skip
def test_what_is_no_manifest_is_refused(endpoints: Endpoints, manifest: Any, said: str) -> None:
    """Before anything is asked of it."""
    with pytest.raises(RefusedData) as refusal:
        read_manifest(endpoints.give("/manifest", manifest), LIMITS)
    assert said in refusal.value.problem
