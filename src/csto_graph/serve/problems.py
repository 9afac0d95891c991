"""What was wrong with a request, as a problem document (RFC 9457) or, for a browser, as a page.

Nothing about the service itself is told: no traceback, no versions, no paths.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from flask import Flask, Response, current_app, g, render_template, request
from werkzeug.exceptions import BadHost, HTTPException, NotAcceptable

from csto_graph.backend.interface import DroppedRelease, EndpointFailed, Exceeded, Unavailable
from csto_graph.errors import BrokenRelease
from csto_graph.serve.journal import entry
from csto_graph.sparql.refusal import Refusal

_EXCEEDED: Final = {
    "seconds": "The answer was not ready within {allowed:g} seconds. Narrow the query, add LIMIT or allow more with timeout=.",
    "memory": "The answer took more than {allowed:,} bytes of memory. Narrow the query or add LIMIT.",
    "answer": "The answer is longer than the {allowed:,} bytes that are sent. Narrow the query or add LIMIT.",
}
PROBLEM_JSON: Final = "application/problem+json"


class Problem(HTTPException):
    """A refusal with its status, one sentence of what to do about it, and further members of the problem document."""

    def __init__(self, status: int, detail: str, *, fields: Mapping[str, str] = MappingProxyType({}), **members: Any) -> None:
        super().__init__(description=detail)
        self.code = status
        self.members = members
        self.fields = fields  # of the response's header


def register_problems(app: Flask) -> None:
    """Every error of the app, foreseen or not, is answered as a problem."""
    app.register_error_handler(HTTPException, problem_response)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(Exceeded, _exceeded)
    app.register_error_handler(Unavailable, _unavailable)
    app.register_error_handler(EndpointFailed, _endpoint_failed)
    app.register_error_handler(BrokenRelease, _broken)
    app.register_error_handler(DroppedRelease, _dropped)
    app.register_error_handler(Exception, _unforeseen)


def problem_response(error: HTTPException) -> Response:
    """RFC 9457: `type`, `title`, `status`, `detail`, `instance` (the id of the request), and members such as `line`."""
    status = error.code or 500
    members = error.members if isinstance(error, Problem) else {}
    known = {"title": error.name, "status": status, "detail": _detail(error), "instance": f"urn:uuid:{entry().id}"}
    document = {"type": "about:blank", **known, **members}
    response = _page(document) if _for_a_browser(error) else _json(document)
    response.status_code = status
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            response.headers[name] = value
    if isinstance(error, Problem):
        response.headers.update(error.fields)
    entry().outcome = str(members["limit"]) if "limit" in members else None
    return response


def _refused(refusal: Refusal) -> Response:
    place = {"line": refusal.line, "column": refusal.column}
    known: dict[str, Any] = {name: value for name, value in place.items() if value is not None}
    return problem_response(Problem(400, refusal.detail, **known))


def _exceeded(error: Exceeded) -> Response:
    """503, as the request may be good and the limits are ours (RFC 9110, section 15.6.4)."""
    detail = _EXCEEDED[error.limit].format(allowed=error.allowed)
    return problem_response(Problem(503, detail, limit=error.limit, allowed=error.allowed, elapsed=round(error.elapsed, 3)))


def _unavailable(error: Unavailable) -> Response:
    again = {"Retry-After": str(error.retry_after)}
    response = problem_response(Problem(503, f"{error.reason} Ask again in a moment.", fields=again))
    entry().outcome = "unavailable"
    return response


def _broken(error: BrokenRelease) -> Response:
    """The place stays in the log: it is a path of ours."""
    current_app.logger.error("%s", error, extra={"fields": {"id": entry().id}})
    return problem_response(Problem(503, "The release cannot be read. Whoever runs the service is told so in its log."))


def _endpoint_failed(error: EndpointFailed) -> Response:
    """502, as we are the gateway to it (RFC 9110, section 15.6.3)."""
    return problem_response(Problem(502, f"{error.reason} With SERVICE SILENT the query is answered without it."))


def _dropped(error: DroppedRelease) -> Response:
    return problem_response(Problem(410, f"Release {error} was here and is not kept any more. /releases lists those that are."))


def _unforeseen(error: Exception) -> Response:
    fields = {"id": entry().id}
    current_app.logger.error("The request %s failed", request.path, exc_info=error, extra={"fields": fields})
    return problem_response(Problem(500, "The service failed to answer. The fault is not in the request."))


def _detail(error: HTTPException) -> str:
    if isinstance(error, Problem):
        return error.description or error.name
    if error.code == 404:
        return f"There is nothing at {request.path}."
    if isinstance(error, BadHost):
        return "The header Host does not name a host."
    if error.code == 405:
        return f"{request.method} is not offered at {request.path}. The header Allow names what is."
    if error.code == 413:
        return f"The body is longer than the {request.max_content_length or 0:,} bytes that are read. Send less at once."
    return error.description or error.name


def _for_a_browser(error: HTTPException) -> bool:
    """Of a host that is none no page can be made: its links would lead nowhere."""
    return not isinstance(error, BadHost) and prefers_page(PROBLEM_JSON, "application/json")


def prefers_page(*others: str) -> bool:
    """Whether the client names HTML and none of the others as more welcome; `*/*` alone names nothing."""
    accepted = request.accept_mimetypes
    return "text/html" in accepted.values() and accepted.best_match([*others, "text/html"]) == "text/html"


def _page(document: Mapping[str, object]) -> Response:
    return Response(render_template("problem.html", problem=document, query=g.get("query", "")), mimetype="text/html")


def _json(document: Mapping[str, object]) -> Response:
    return Response(json.dumps(document, ensure_ascii=False), mimetype=PROBLEM_JSON)


def not_acceptable(offered: list[str], asked: str) -> NotAcceptable | Problem:
    """406 that lists what can be had (RFC 9110, section 15.5.7)."""
    return Problem(406, f"{asked} cannot be had here. Offered: {', '.join(offered)}.", offered=offered)
