"""The description of the calls (OpenAPI 3.1), made from the headers of the questions: what they take has one source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from csto_graph import __version__
from csto_graph.headers import header
from csto_graph.serve.api.calls import offered, taken
from csto_graph.serve.api.objects import OBJECTS
from csto_graph.serve.api.parts import FARTHEST, MOST
from csto_graph.serve.negotiation import SOLUTIONS, Syntax
from csto_graph.serve.problems import PROBLEM_JSON
from csto_graph.serve.questions import Question
from csto_graph.sparql.paging import columns
from csto_graph.sparql.stored import Parameter
from csto_graph.sparql.terms import MOST_DIGITS

Node = dict[str, Any]
_REFUSALS: Final = {
    "400": "A parameter that the question has not, a value of another kind, or a thing of another class: the detail says which.",
    "404": "There is no release of this number.",
    "406": "The format is not offered; those that are are listed.",
    "410": "The release was here and is not kept any more.",
    "429": "The client has had its share; Retry-After says when to ask again.",
    "503": "A limit of the service was passed, or it is busy.",
}
_STRING: Final[Node] = {"type": "string"}
_COUNT: Final[Node] = {"type": "integer", "minimum": 0}
_TEXT: Final[Node] = {"schema": _STRING}
_VALUE: Final[Node] = {"type": ["string", "integer", "boolean"], "description": "An IRI, a literal, a whole number or a truth"}
_PROBLEM: Final[Node] = {  # RFC 9457, section 3.1
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {**dict.fromkeys(("type", "title", "detail", "instance"), _STRING), "status": _COUNT},
}
_SOLUTIONS: Final[Node] = {  # SPARQL 1.1 Query Results JSON Format, section 3
    "type": "object",
    "required": ["head", "results"],
    "properties": {
        "head": {"type": "object", "properties": {"vars": {"type": "array", "items": _STRING}}},
        "results": {"type": "object", "properties": {"bindings": {"type": "array", "items": {"type": "object"}}}},
    },
}
_WHOLE: Final = "JSON objects and pages"
_FIELDS: Final = {
    "ETag": ("Changes with the release", _STRING),
    "Link": ("The first, prev, next and last part, all of one release (RFC 8288)", _STRING),
    "X-Total-Count": ("How many solutions there are in all; on parts only", _COUNT),
}


def described(questions: Iterable[Question], address: str, most_seconds: float) -> Node:
    """The document for a service at a public address, of which a request may ask at most that many seconds."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "csto-graph: questions on collective security",
            "version": __version__,
            "description": "Each question is a stored SPARQL query with parameters; `/sparql` answers any other.",
        },
        "servers": [{"url": address}],
        "tags": [{"name": "questions"}],
        "paths": {"/api/": {"get": _list()}, **{f"/api/{each.name}": {"get": _operation(each)} for each in questions}},
        "components": {
            "parameters": dict(_common(most_seconds)),
            "headers": {name: {"description": text, "schema": schema} for name, (text, schema) in _FIELDS.items()},
            "responses": {status: _refusal(text) for status, text in _REFUSALS.items()},
            "schemas": {"Problem": _PROBLEM, "Solutions": _SOLUTIONS, "Value": _VALUE},
        },
    }


def _list() -> Node:
    content = {"application/json": {"schema": {"type": "object", "required": ["questions"]}}, "text/html": _TEXT}
    answer = {"description": "Each question with its address and its parameters", "content": content}
    known = {"operationId": "list_questions", "summary": "Which questions are there?", "tags": ["questions"]}
    return known | {"responses": {"200": answer}}


def _operation(question: Question) -> Node:
    own = [_parameter(each) for each in question.parameters]
    shared = [_ref("parameters", name) for name in taken(question) if name != "format"]
    return {
        "operationId": question.name.replace("-", "_"),
        "summary": question.summary,
        "description": header(question.query, "description"),
        "tags": ["questions"],
        "parameters": [*own, _format(offered(question)), *shared],
        "responses": {"200": _answer(question), **{status: _ref("responses", status) for status in _REFUSALS}},
    }


def _parameter(parameter: Parameter) -> Node:
    """A thing is given by its path, a CURIE or its IRI, so any reference to one will do for the schema."""
    schemas: Mapping[str, Node] = {
        "xsd:date": {"type": "string", "format": "date"},
        "xsd:integer": {"type": "integer", "minimum": 1 - 10**MOST_DIGITS, "maximum": 10**MOST_DIGITS - 1},
        "xsd:string": {"type": "string", "pattern": "^[^\\u0000]*$"},
    }
    schema = schemas.get(parameter.type, _STRING | {"format": "iri-reference"})
    default: Any = int(parameter.default) if parameter.type == "xsd:integer" else parameter.default
    of_class = "" if parameter.type.startswith("xsd:") else f" (a {parameter.type}, such as {default})"
    return _query(parameter.name, parameter.summary + of_class, schema | {"default": default}) | {"example": default}


def _common(most_seconds: float) -> Iterator[tuple[str, Node]]:
    for name, text, schema in (
        ("limit", f"At most so many solutions. Without it all come, save that {_WHOLE} come {MOST:,} at a time.",
         {"type": "integer", "minimum": 1, "maximum": MOST}),
        ("offset", "So many solutions are left out before the first", _COUNT | {"maximum": FARTHEST, "default": 0}),
        ("release", "The number of a release, else the current one is asked", _COUNT | {"maximum": 10**9 - 1}),
        ("timeout", "Seconds that the answer may take", {"type": "number", "exclusiveMinimum": 0, "maximum": most_seconds}),
    ):  # fmt: skip
        yield name, _query(name, text, schema)


def _query(name: str, text: str, schema: Node) -> Node:
    return {"name": name, "in": "query", "description": text, "required": False, "schema": schema}


def _format(syntaxes: tuple[Syntax, ...]) -> Node:
    names = [syntax.name for syntax in syntaxes]
    return _query("format", "Instead of the header Accept", {"type": "string", "enum": names, "default": names[0]})


def _answer(question: Question) -> Node:
    content = {syntax.media_type: _TEXT for syntax in offered(question)}
    if OBJECTS in offered(question):
        content[SOLUTIONS[0].media_type] = {"schema": _ref("schemas", "Solutions")}
        content[OBJECTS.media_type] = {"schema": _objects(columns(question.query))}
    headers = {name: _ref("headers", name) for name in _FIELDS}
    return {"description": "The answer", "headers": headers, "content": content}


def _objects(names: tuple[str, ...]) -> Node:
    value = _ref("schemas", "Value")
    item = {"type": "object", "properties": dict.fromkeys(names, value), "additionalProperties": False}
    following = {"type": ["string", "null"], "format": "uri", "description": "The address of the next part, null behind the last"}
    members = {"total": _COUNT, "limit": _COUNT, "offset": _COUNT, "next": following, "items": {"type": "array", "items": item}}
    return {"type": "object", "required": [*members], "properties": members, "additionalProperties": False}


def _refusal(text: str) -> Node:
    return {"description": text, "content": {PROBLEM_JSON: {"schema": _ref("schemas", "Problem")}, "text/html": _TEXT}}


def _ref(kind: str, name: str) -> Node:
    return {"$ref": f"#/components/{kind}/{name}"}
