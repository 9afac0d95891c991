"""`/openapi.json`: a valid description, and one that the calls keep to, whatever is sent."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import Case, GenerationMode
from schemathesis.openapi import from_wsgi
from schemathesis.specs.openapi import checks

from csto_graph import resources
from csto_graph.backend.embedded import Embedded
from csto_graph.headers import header
from csto_graph.serve.app import create_app
from csto_graph.serve.questions import questions
from csto_graph.serve.settings import Settings
from csto_graph.sparql.paging import columns

QUERIES = resources.root() / "queries"
QUESTIONS = questions(QUERIES)
KEPT = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]
# Everything is chosen by the text of the test alone: the same calls each time, and nothing left on the disk.
SAME_EACH_TIME = settings(max_examples=60, derandomize=True, database=None, deadline=None, suppress_health_check=[*HealthCheck])


@pytest.fixture(scope="module")
def app(backend: Embedded) -> Flask:
    """The questions of the project on a small release, without the limits of one client."""
    return create_app(backend, QUERIES, Settings(client_seconds=1e6))


@pytest.fixture(scope="module")
def document(app: Flask) -> Any:
    """The description."""
    return app.test_client().get("/openapi.json").json


def test_the_description_is_valid(document: Any) -> None:
    """By the schema of OpenAPI 3.1, with every reference and every default looked at."""
    OpenAPIV31SpecValidator(document).validate()


def test_the_description_names_the_public_address(backend: Embedded) -> None:
    """Wherever a proxy has the service."""
    app = create_app(backend, QUERIES, Settings(base="https://example.org/graph"))
    assert app.test_client().get("/openapi.json").json["servers"] == [{"url": "https://example.org/graph"}]  # type: ignore[index]


def test_every_question_is_described_by_its_header(document: Any) -> None:
    """Summary, description, each parameter with its default, each column of its answer, and nothing besides."""
    assert [*document["paths"]] == ["/api/", *(f"/api/{each.name}" for each in QUESTIONS)]
    ids = [path["get"]["operationId"] for path in document["paths"].values()]
    assert len(ids) == len(set(ids))
    for question in QUESTIONS:
        told = document["paths"][f"/api/{question.name}"]["get"]
        assert (told["summary"], told["description"]) == (question.summary, header(question.query, "description"))
        own = [each for each in told["parameters"] if "name" in each and each["name"] != "format"]
        assert [(each["name"], each["example"]) for each in own] == [(each.name, each.default) for each in question.parameters]
        assert all(mine.summary in each["description"] for mine, each in zip(question.parameters, own, strict=True))
        schema = told["responses"]["200"]["content"]["application/json"]["schema"]
        assert [*schema["properties"]["items"]["items"]["properties"]] == [*columns(question.query)]


def _is_refused_for_its_thing(case: Case, detail: str) -> bool:
    """A schema cannot say which things there are: what is refused is a thing, named by its parameter."""
    things = {each.name for question in QUESTIONS for each in question.parameters if not each.type.startswith("xsd:")}
    name = detail.partition(":")[0]
    return name in things & set(case.query) and ("of this release" in detail or "names no thing" in detail)


def _refused_with_reason(case: Case, status: int, detail: str) -> bool:
    """What the schema allows is refused for a thing or a release that is not there, and for too little time."""
    named = case.query
    return (
        (status == 400 and _is_refused_for_its_thing(case, detail))
        or (status == 404 and "release" in named)
        or (status == 503 and "timeout" in named)
    )


@pytest.fixture(scope="module")
def schema(app: Flask) -> Any:
    """The description as schemathesis reads it."""
    return from_wsgi("/openapi.json", app)


def test_calls_keep_to_the_description(schema: Any) -> None:
    """What fits it is answered as it says, with 200 or for a reason that no schema can know."""
    seen = []

    @SAME_EACH_TIME
    @given(case=schema.as_strategy(generation_mode=GenerationMode.POSITIVE))
    def keeps(case: Case) -> None:
        response = case.call()
        case.validate_response(response, checks=KEPT)
        seen.append(response.status_code)
        if response.status_code != 200:
            assert _refused_with_reason(case, response.status_code, response.json()["detail"]), (case.query, response.text)

    keeps()
    assert seen.count(200) > 10


def test_what_does_not_fit_is_refused(schema: Any) -> None:
    """With a problem that is described, and never with a fault of ours."""
    seen = []

    @SAME_EACH_TIME
    @given(case=schema.as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def refuses(case: Case) -> None:
        response = case.call()
        case.validate_response(response, checks=KEPT)
        assert response.status_code < 500 or "timeout" in case.query
        seen.append(response.status_code)

    refuses()
    assert seen.count(400) > 20
