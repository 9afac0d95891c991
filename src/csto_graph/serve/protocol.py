"""Which request is a query: SPARQL 1.1 Protocol, section 2.1, its three ways; the update operation is not offered."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl

from flask import Blueprint, Response, g, request

from csto_graph.backend.interface import Query
from csto_graph.serve.answering import allow, require_length
from csto_graph.serve.description import describe_service
from csto_graph.serve.problems import Problem, prefers_page
from csto_graph.serve.results import write_answer
from csto_graph.serve.start import show_start

blueprint = Blueprint("protocol", __name__)

_FORM: Final = "application/x-www-form-urlencoded"
_DIRECT: Final = "application/sparql-query"
_MOST_PARAMETERS: Final = 1_000
_READ_ONLY: Final = "This service is read-only: updates are not offered. Ask with the parameter query."

Parameters = list[tuple[str, str]]


@blueprint.route("/sparql/", methods=["GET", "POST"])
@blueprint.route("/sparql", methods=["GET", "POST"])  # added first, so this is the address that pages name
def sparql() -> Response:
    """The answer to the query, or the description of the service where there is none."""
    parameters = _parameters()
    query = _query(parameters)
    named = dict(parameters).get("format")
    if query is None:
        return show_start() if named == "html" or (named is None and prefers_page("text/turtle")) else describe_service(named)
    g.query = query.text
    require_length(query.text, 413 if request.method == "POST" else 414)
    allow(dict(parameters).get("timeout"))
    return write_answer(query, named)


def _parameters() -> Parameters:
    """Of a form the body counts and nothing else, of the two other ways the query string (table in section 2.1)."""
    if request.method != "POST":
        return _decoded(request.query_string)
    if request.mimetype == _FORM:
        return _decoded(_body())
    if request.mimetype == _DIRECT:
        return [("query", _text(_body())), *(pair for pair in _decoded(request.query_string) if pair[0] != "query")]
    if request.mimetype == "application/sparql-update":
        raise Problem(415, _READ_ONLY)
    sent = request.mimetype or "a body without Content-Type"
    raise Problem(415, f"A query is posted as {_DIRECT} or as {_FORM}, not as {sent}.")


def _body() -> bytes:
    charset = request.mimetype_params.get("charset", "utf-8")
    if charset.lower() not in {"utf-8", "utf8", "us-ascii"}:
        raise Problem(415, f"A query is sent in UTF-8, not in {charset}.")
    return request.get_data()


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(400, f"The query is not UTF-8: byte {error.start} cannot be read.") from error


def _decoded(form: bytes) -> Parameters:
    try:
        text = form.decode("ascii", errors="strict") if form.isascii() else form.decode("utf-8")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS)
    except UnicodeDecodeError as error:
        raise Problem(400, "The parameters are not UTF-8. Encode them as UTF-8, then percent-encode them.") from error
    except ValueError as error:
        raise Problem(400, f"There are more than {_MOST_PARAMETERS} parameters.") from error


def _query(parameters: Parameters) -> Query | None:
    if any(name == "update" for name, _ in parameters):
        raise Problem(400, _READ_ONLY)
    texts = [value for name, value in parameters if name == "query"]
    if len(texts) > 1:
        raise Problem(400, f"There are {len(texts)} queries in one request. Send one at a time.")
    default, named = (_values(parameters, name) for name in ("default-graph-uri", "named-graph-uri"))
    if not texts or (not texts[0].strip() and request.method != "POST"):
        if request.method == "POST":
            raise Problem(400, "The form has no parameter query.")
        return None
    return Query(texts[0], default, named)


def _values(parameters: Parameters, name: str) -> tuple[str, ...]:
    return tuple(value for key, value in parameters if key == name)
