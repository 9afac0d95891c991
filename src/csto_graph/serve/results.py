"""An answer in the syntax the client asked for, written whole before the first byte leaves: never a cut 200."""

from __future__ import annotations

import io
from typing import Final

from flask import Response, request
from pyoxigraph import QueryResultsFormat, QueryTriples, RdfFormat

from csto_graph.namespaces import PREFIXES
from csto_graph.serve.documents import rdf_document
from csto_graph.serve.engine import Answer, Query
from csto_graph.serve.negotiation import GRAPHS, PAGE, SOLUTIONS, Syntax, chosen_syntax
from csto_graph.serve.pages import answer_page
from csto_graph.serve.problems import Problem

LONGEST: Final = 64 * 2**20  # bytes of one answer


class _Bounded(io.BytesIO):
    """Refuses to grow beyond `LONGEST`, which ends the engine's work on the answer."""

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # the engine writes bytes and nothing else
        if self.tell() + len(data) > LONGEST:
            raise Problem(503, f"The answer is longer than the {LONGEST:,} bytes that are sent. Narrow the query or add LIMIT.")
        return super().write(data)


def write_answer(answer: Answer, query: Query, named: str | None) -> Response:
    """The answer with its ETag; 304 where the client has it already, 406 where its syntax is not offered."""
    offered = GRAPHS if isinstance(answer, QueryTriples) else SOLUTIONS
    syntax = chosen_syntax(offered, request.accept_mimetypes, named)
    body = answer_page(answer, query) if syntax is PAGE else _written(answer, syntax)
    response = Response(body, content_type=content_type(syntax))
    response.add_etag()
    response.make_conditional(request)
    return response


def content_type(syntax: Syntax) -> str:
    """The media type, with the character set where the type's registration has that parameter."""
    return f"{syntax.media_type}; charset=utf-8" if syntax.media_type.startswith("text/") else syntax.media_type


def _written(answer: Answer, syntax: Syntax) -> bytes:
    out = _Bounded()
    if isinstance(answer, QueryTriples) and isinstance(syntax.engine, RdfFormat):
        return rdf_document(answer, syntax.engine, PREFIXES, out)
    elif not isinstance(answer, QueryTriples) and isinstance(syntax.engine, QueryResultsFormat):
        answer.serialize(out, format=syntax.engine)
    return out.getvalue()
