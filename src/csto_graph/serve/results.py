"""An answer in the syntax the client asked for, whole before the first byte leaves: never a cut 200."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Final

from flask import Response, request

from csto_graph.backend.interface import Answer, Query
from csto_graph.model import Release
from csto_graph.serve.answering import answered
from csto_graph.serve.editions import asked_release
from csto_graph.serve.negotiation import GRAPHS, PAGE, SOLUTIONS, Syntax, chosen_syntax
from csto_graph.serve.pages import answer_page
from csto_graph.sparql.forms import gives_graph

_AT_ONCE: Final = 2**20  # bytes of an answer that are sent as one piece
_PIECE: Final = 2**18
_VOLATILE: Final = re.compile(r"(?i)\b(?:now|rand|uuid|struuid|bnode|service)\b")  # what gives another answer each time


def write_answer(query: Query, named: str | None) -> Response:
    """The answer with its ETag; 304 where the client has it already, 406 where its syntax is not offered."""
    release, graph = asked_release(), gives_graph(query.text)
    syntax = chosen_syntax(GRAPHS if graph else SOLUTIONS, request.accept_mimetypes, named)
    tag = None if _VOLATILE.search(query.text) else _tag(release, query, syntax)
    if tag is not None and tag in request.if_none_match:
        response = Response(status=304)
    elif syntax is PAGE:
        response = Response(answer_page(release, query, graph=graph), content_type=content_type(syntax))
    else:
        response = _sent(answered(release, query, syntax.name), syntax)
    if tag is not None:
        response.set_etag(tag)
    return response


def content_type(syntax: Syntax) -> str:
    """The media type, with the character set where the type's registration has that parameter."""
    return f"{syntax.media_type}; charset=utf-8" if syntax.media_type.startswith("text/") else syntax.media_type


def _tag(release: Release, query: Query, syntax: Syntax) -> str:
    """The same release gives the same bytes for the same request."""
    asked = repr((release.content, query, syntax.name)).encode("utf-8", "surrogatepass")
    return f"{release.number}-{hashlib.sha256(asked).hexdigest()[:16]}"


def _sent(answer: Answer, syntax: Syntax) -> Response:
    if answer.length <= _AT_ONCE:
        with answer:
            return Response(answer.read(), content_type=content_type(syntax))
    response = Response(_pieces(answer), content_type=content_type(syntax))
    response.content_length = answer.length
    response.call_on_close(answer.close)
    return response


def _pieces(answer: Answer) -> Iterator[bytes]:
    with answer:
        while piece := answer.read(_PIECE):
            yield piece
