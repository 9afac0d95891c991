"""The short way for a request that was answered before: what does not depend on the client is remembered whole.

A request for the current release that is the same to the byte gets the same response as long as that release is current and its
answer is in the cache. All others go the long way; so does each one where the text of queries is logged.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from csto_graph.backend.interface import Backend
from csto_graph.errors import BrokenRelease
from csto_graph.model import Release
from csto_graph.serve.cache import Cache, Kept, Key, Reply
from csto_graph.serve.journal import entry_of, writes_queries

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_LEFT: Final = "csto_graph.left"
_LONGEST: Final = 4_096  # characters of a query string
_NAMES: Final = (
    "wsgi.url_scheme", "HTTP_HOST", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "HTTP_ACCEPT",
    "HTTP_ACCEPT_ENCODING",
)  # fmt: skip
_OTHERWISE: Final = frozenset({  # what makes a request one of a kind
    "HTTP_ACCEPT_DATETIME", "HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_CONTENT_ENCODING", "HTTP_TRANSFER_ENCODING", "HTTP_EXPECT", "CONTENT_LENGTH",
})  # fmt: skip

Left: TypeAlias = tuple[Release, Key, Kept, bytes]


def leave(environ: WSGIEnvironment, left: Left) -> None:
    """Says that the response to this request is an answer from the cache, over the current release, with this body."""
    environ[_LEFT] = left


class Front:
    """A WSGI application (PEP 3333) before another."""

    def __init__(self, application: WSGIApplication, backend: Backend, cache: Cache) -> None:
        self._application = application
        self._backend = backend
        self._cache = cache

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answers as the other did, or lets it answer."""
        asked = _asked(environ)
        if asked is None or writes_queries():
            return self._application(environ, start_response)
        reply = self._cache.reply(asked)
        if reply is not None and self._is_current(reply.release):
            made = entry_of(environ)
            made.form, made.route, made.release = reply.form, reply.route, reply.release.number
            start_response("200 OK", reply.headers.copy())
            return (reply.body,)
        return self._application(environ, self._remembering(environ, asked, start_response))

    def _is_current(self, release: Release) -> bool:
        try:
            return self._backend.current() is release
        except BrokenRelease:
            return False  # the long way says so

    def _remembering(self, environ: WSGIEnvironment, asked: tuple[str, ...], start_response: StartResponse) -> StartResponse:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            left: Left | None = environ.get(_LEFT)
            if left and status == "200 OK" and any(name == "Last-Modified" for name, _ in headers):
                release, key, kept, body = left
                made = entry_of(environ)
                self._cache.remember(asked, Reply(key, kept, release, headers.copy(), body, made.form, made.route))
            return start_response(status, headers, *rest)

        return start


def _asked(environ: WSGIEnvironment) -> tuple[str, ...] | None:
    if environ["REQUEST_METHOD"] != "GET" or not _OTHERWISE.isdisjoint(environ):
        return None
    asked = tuple([environ.get(name, "") for name in _NAMES])
    return asked if len(asked[4]) <= _LONGEST else None
