"""An answer in the syntax the client asked for, whole before the first byte leaves: never a cut 200."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Final

from flask import Response, request

from csto_graph import __version__
from csto_graph.backend.interface import GRAPH_SYNTAXES, SOLUTION_SYNTAXES, Answer, Query
from csto_graph.model import Release
from csto_graph.serve.answering import answer_key, is_volatile, kept_or_asked
from csto_graph.serve.cache import Kept, Key
from csto_graph.serve.catalogue import served
from csto_graph.serve.conditions import listed, unchanged, validated
from csto_graph.serve.editions import asked_edition
from csto_graph.serve.encoding import LEAST, Packed, packed, wants_gzip
from csto_graph.serve.front import leave
from csto_graph.serve.negotiation import GRAPHS, SOLUTIONS, Syntax, negotiated
from csto_graph.serve.pages import answer_page
from csto_graph.sparql.forms import gives_graph

_AT_ONCE: Final = 2**20  # bytes of an answer that are sent as one piece
_PIECE: Final = 2**18
_BY_ENGINE: Final = frozenset({*SOLUTION_SYNTAXES, *GRAPH_SYNTAXES})
GZIP: Final = "-gzip"  # after the tag of an answer: its bytes are others


def write_answer(query: Query, named: str | None) -> Response:
    """The answer with its ETag; 304 where the client has it already, 406 where its syntax is not offered."""
    graph = gives_graph(query.text)
    syntax = negotiated(GRAPHS if graph else SOLUTIONS, named)
    return write_as(syntax, query, lambda release: answer_page(release, query, graph=graph).encode())


def write_as(syntax: Syntax, query: Query, made: Callable[[Release], bytes]) -> Response:
    """The same in a syntax; what the back-end does not write is `made` of a release."""
    edition = asked_edition()
    if is_volatile(query.text):
        response = _written(edition.release, query, syntax, made)
        response.headers["Cache-Control"] = "no-store"
        return response
    tag, gzip = _tag(edition.release, query, syntax), wants_gzip(request.environ.get("HTTP_ACCEPT_ENCODING"))
    known = listed([f"{tag}{GZIP}", tag] if gzip else [tag])
    if known:
        return unchanged(validated(Response(content_type=content_type(syntax)), known, edition.since))
    response = _written(edition.release, query, syntax, made)
    encoded = "Content-Encoding" in response.headers
    return validated(response, f"{tag}{GZIP}" if encoded else tag, edition.since)


def content_type(syntax: Syntax) -> str:
    """The media type, with the character set where the type's registration has that parameter."""
    return f"{syntax.media_type}; charset=utf-8" if syntax.media_type.startswith("text/") else syntax.media_type


def _tag(release: Release, query: Query, syntax: Syntax) -> str:
    """The same release gives the same bytes for the same request, as long as this is the same program."""
    asked = repr((release.content, query, syntax.name, __version__)).encode("utf-8", "surrogatepass")
    return f"{release.tag}-{hashlib.sha256(asked).hexdigest()[:16]}"


def _written(release: Release, query: Query, syntax: Syntax, made: Callable[[Release], bytes]) -> Response:
    if syntax.name not in _BY_ENGINE:
        return sent_whole(Kept(made(release), more=False), syntax)
    found = kept_or_asked(release, query, syntax.name)
    if isinstance(found, Kept):
        return sent_whole(found, syntax, answer_key(release, query, syntax.name))
    if found.length > _AT_ONCE:
        return _sent_in_pieces(found, syntax)
    with found:
        return sent_whole(Kept(found.read(), more=False), syntax)


def sent_whole(kept: Kept, syntax: Syntax, key: Key | None = None) -> Response:
    """The response with what is kept, compressed for who asks for that; with its key where it is in the cache."""
    gzip = len(kept.content) >= LEAST and wants_gzip(request.environ.get("HTTP_ACCEPT_ENCODING"))
    content = _packed(kept, key) if gzip else kept.content
    edition = asked_edition()
    if key and edition.asked == "current":
        leave(request.environ, (edition.release, key, kept, content))
    response = Response(content, content_type=content_type(syntax))
    if gzip:
        response.headers["Content-Encoding"] = "gzip"
    return response


def _packed(kept: Kept, key: Key | None) -> bytes:
    if kept.packed is not None:
        return kept.packed
    content = packed(kept.content)
    if key:
        served().cache.pack(key, kept, content)
    return content


def _sent_in_pieces(answer: Answer, syntax: Syntax) -> Response:
    gzip = wants_gzip(request.environ.get("HTTP_ACCEPT_ENCODING"))
    sent = Packed(answer) if gzip else answer
    response = Response(_pieces(sent), content_type=content_type(syntax))
    response.content_length = sent.length
    response.call_on_close(sent.close)
    if request.method == "HEAD":
        response.close()  # the server takes nothing of it, and does not say so
    if gzip:
        response.headers["Content-Encoding"] = "gzip"
    return response


def _pieces(answer: Answer | Packed) -> Iterator[bytes]:
    try:
        while piece := answer.read(_PIECE):
            yield piece
    finally:
        answer.close()
