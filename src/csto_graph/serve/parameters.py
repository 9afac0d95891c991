"""What a request of the SPARQL 1.1 Protocol says: its parameters, and the text it sends as its body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl

from flask import request

from csto_graph.serve.problems import Problem

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
_MOST: Final = 1_000

Parameters = list[tuple[str, str]]


def parameters() -> Parameters:
    """Of a form the body counts and nothing else, of the other ways the query string (tables in sections 2.1 and 2.2).

    The body of a direct POST stands for the parameter `query` or `update`. Raises a problem 400 or 415.
    """
    if request.method != "POST":
        return _decoded(request.query_string)
    if request.mimetype == FORM:
        return _decoded(_body())
    if request.mimetype in {QUERY, UPDATE}:
        name = "query" if request.mimetype == QUERY else "update"
        return [(name, sent_text()), *(pair for pair in _decoded(request.query_string) if pair[0] != name)]
    sent = request.mimetype or "a body without Content-Type"
    raise Problem(415, f"A query is posted as {QUERY}, an update as {UPDATE}, either as {FORM}; not as {sent}.")


def values(given: Parameters, name: str) -> tuple[str, ...]:
    """Every value of a parameter, in their order."""
    return tuple(value for key, value in given if key == name)


def sent_text() -> str:
    """The body as text. Raises a problem 400 or 415 where it is not UTF-8."""
    try:
        return _body().decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(400, f"The body is not UTF-8: byte {error.start} cannot be read.") from error


def require_utf8(what: str, parameters: Mapping[str, str]) -> None:
    """Raises a problem 415 where the parameters of a media type say that the text is in another character set."""
    charset = parameters.get("charset", "utf-8")
    if charset.lower() not in {"utf-8", "utf8", "us-ascii"}:
        raise Problem(415, f"{what} is sent in UTF-8, not in {charset}.")


def _body() -> bytes:
    require_utf8("A query or an update", request.mimetype_params)
    return request.get_data()


def _decoded(form: bytes) -> Parameters:
    try:
        text = form.decode("ascii", errors="strict") if form.isascii() else form.decode("utf-8")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST)
    except UnicodeDecodeError as error:
        raise Problem(400, "The parameters are not UTF-8. Encode them as UTF-8, then percent-encode them.") from error
    except ValueError as error:
        raise Problem(400, f"There are more than {_MOST} parameters.") from error
