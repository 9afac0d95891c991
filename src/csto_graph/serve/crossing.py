"""What scripts of other sites may do (Fetch Standard, section 3.3, CORS): read, and ask. Nothing that writes is open to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flask import Response, request

READING: Final = frozenset({"GET", "HEAD"})
ASKING: Final = frozenset({  # endpoints whose POST changes nothing
    "protocol.sparql", "reconcile.service", "reconcile.match", "reconcile.extend_1",
})  # fmt: skip
_EXPOSED: Final = ", ".join((
    "ETag", "Last-Modified", "Memento-Datetime", "Link", "Content-Location", "Vary", "Allow", "Retry-After", "Content-Length",
    "Content-Encoding", "X-Request-ID", "X-Total-Count", "Query-Note",
))  # fmt: skip
_ORIGIN: Final = ("Access-Control-Allow-Origin", "*")
_OPEN: Final = (_ORIGIN, ("Access-Control-Expose-Headers", _EXPOSED))
_SENT: Final = "Accept, Accept-Datetime, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since"
_REMEMBERED: Final = "86400"  # seconds that a browser may remember it


def crossing(response: Response) -> Sequence[tuple[str, str]]:
    """The header fields that let a script read the answer, or in answer to its OPTIONS say what it may send."""
    if request.method == "OPTIONS":
        return _allowed_before(response)
    if request.method in READING or (request.method == "POST" and request.endpoint in ASKING):
        return _OPEN
    return ()


def _allowed_before(response: Response) -> Sequence[tuple[str, str]]:
    offered = {method.strip() for method in response.headers.get("Allow", "").split(",")}
    allowed = sorted(offered & (READING | ({"POST"} if request.endpoint in ASKING else frozenset())))
    if not allowed:
        return ()
    return (
        _ORIGIN,
        ("Access-Control-Allow-Methods", ", ".join(allowed)),
        ("Access-Control-Allow-Headers", _SENT),
        ("Access-Control-Max-Age", _REMEMBERED),
    )
