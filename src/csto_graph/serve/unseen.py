"""What is answered and written down of a request that the HTTP server refuses before the application sees it."""

from __future__ import annotations

import json
import logging
from http import HTTPStatus
from typing import Final
from uuid import uuid4

from csto_graph.serve.problems import PROBLEM_JSON

_LOG: Final = logging.getLogger("csto_graph.requests")


def refused(status: HTTPStatus, detail: str, client: str) -> tuple[list[tuple[str, str]], bytes]:
    """The header and the body of a problem document (RFC 9457) under an id, with which its line is written.

    What the line has nothing of, such as a method that could not be read, is null in it.
    """
    known = str(uuid4())
    problem = {"title": status.phrase, "status": status.value, "detail": detail, "instance": f"urn:uuid:{known}"}
    body = json.dumps({"type": "about:blank", **problem}).encode()
    _LOG.info("request", extra={"fields": _line(known, client, status, len(body))})
    fields = {"Content-Type": PROBLEM_JSON, "Content-Length": str(len(body)), "X-Request-ID": known}
    return [*fields.items(), ("X-Content-Type-Options", "nosniff")], body


def _line(known: str, client: str, status: HTTPStatus, length: int) -> dict[str, object]:
    """The members of the journal's lines."""
    nothing = dict.fromkeys(("method", "path", "form", "ms", "release"))
    outcome = "failed" if status is HTTPStatus.INTERNAL_SERVER_ERROR else "refused"
    return {"id": known, "client": client, **nothing, "status": status.value, "bytes": length, "outcome": outcome}
