"""Conditional requests (RFC 9110, section 13): whether the client has it already."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from flask import Response, request
from werkzeug.datastructures import ETags
from werkzeug.exceptions import PreconditionFailed

from csto_graph.backend.interface import Precondition

_OF_CONTENT: Final = ("Content-Length", "Content-Type", "Content-Encoding")
_CONDITIONS: Final = ("HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")


def listed(tags: Iterable[str]) -> str | None:
    """The tag that If-None-Match lists by its name: a client has it from an answer that was good, so none need be made again."""
    if request.method not in ("GET", "HEAD") or not request.if_none_match or _requires():
        return None
    return next((tag for tag in tags if request.if_none_match.contains_weak(tag) and not request.if_none_match.star_tag), None)


def validated(response: Response, tag: str | None, since: datetime | None) -> Response:
    """A good answer with ETag and Last-Modified, or 304 in its place; to be called once it is known to be good (section 13.2.1).

    The order is that of section 13.2.2: If-Match or else If-Unmodified-Since, raised as 412; then If-None-Match or else
    If-Modified-Since. Last-Modified is left out within the second of the change, as another may come in the same second
    (section 8.8.2.2).
    """
    if tag is not None:
        response.headers["ETag"] = f'"{tag}"'
    if since is not None and datetime.now(UTC) - since >= timedelta(seconds=1):
        response.last_modified = since
    if request.method in ("GET", "HEAD") and any(name in request.environ for name in _CONDITIONS):
        _require(tag, since)
        if _unchanged(tag, since):
            return unchanged(response)
    return response


def unchanged(response: Response) -> Response:
    """304 with the header fields of the answer that it stands for (section 15.4.5)."""
    response.close()
    headers = [(name, value) for name, value in response.headers if name not in _OF_CONTENT]
    return Response(status=304, mimetype=response.mimetype, headers=headers)  # its policy goes by the type; werkzeug sends none


def precondition() -> Precondition:
    """What a request that changes something asks of the release it changes. A weak tag fits no If-Match (section 13.1.1)."""
    since = request.if_unmodified_since
    return Precondition(
        _tags(request.if_match, weak=False) if "HTTP_IF_MATCH" in request.environ else None,
        _tags(request.if_none_match, weak=True) if "HTTP_IF_NONE_MATCH" in request.environ else None,
        since.isoformat() if since else None,
    )


def _tags(field: ETags, *, weak: bool) -> tuple[str, ...]:
    """Those that a field lists; an empty one is left out, as nothing has it."""
    return ("*",) if field.star_tag else tuple(filter(None, field.as_set(include_weak=weak)))


def _requires() -> bool:
    return "HTTP_IF_MATCH" in request.environ or "HTTP_IF_UNMODIFIED_SINCE" in request.environ


def _require(tag: str | None, since: datetime | None) -> None:
    if "HTTP_IF_MATCH" in request.environ:
        if not (request.if_match.star_tag or (tag is not None and tag in request.if_match)):
            raise PreconditionFailed("The answer is not one of those that If-Match names.")
    elif request.if_unmodified_since and since is not None and since > request.if_unmodified_since:
        raise PreconditionFailed("The answer was changed after the instant that If-Unmodified-Since names.")


def _unchanged(tag: str | None, since: datetime | None) -> bool:
    if "HTTP_IF_NONE_MATCH" in request.environ:
        return request.if_none_match.star_tag or (tag is not None and request.if_none_match.contains_weak(tag))
    moment = request.if_modified_since
    return moment is not None and since is not None and since <= moment
