"""What is written down of each request: one line of JSON on stderr, under an id that the response names too.

The text of a query is the client's own affair and is written at the level DEBUG only.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from flask import request

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_KEY: Final = "csto_graph.entry"
_LONGEST: Final = 200  # characters of a path or of the name of a method
_LOG: Final = logging.getLogger("csto_graph.requests")


@dataclass(slots=True)
class Entry:
    """What is known of a request."""

    id: str = field(default_factory=lambda: str(uuid4()))
    route: str | None = None  # the rule that its path matches
    form: str | None = None  # of its query: SELECT, ASK …
    release: int | None = None
    outcome: str | None = None  # why it was not answered, where that is known
    begun: float = field(default_factory=time.monotonic)
    status: int | None = None
    promised: int | None = None  # bytes, by Content-Length
    bytes: int = 0


Observer = Callable[[Entry, str, float], None]  # what is known of a request, what came of it, the seconds it took


def entry() -> Entry:
    """That of the request which is being answered."""
    return entry_of(request.environ)


def entry_of(environ: WSGIEnvironment) -> Entry:
    """That of the request with this environment."""
    found: Entry = environ[_KEY]
    return found


def writes_queries() -> bool:
    """Whether the text of each query is written down."""
    return _LOG.isEnabledFor(logging.DEBUG)


def note_query(form: str, text: str) -> None:
    """Writes the form into the entry and the text nowhere but in a log at the level DEBUG."""
    entry().form = form
    _LOG.debug("query", extra={"fields": {"id": entry().id, "query": text}})


class Journal:
    """A WSGI application (PEP 3333) around another, which gives each request its id and writes its line at the end."""

    def __init__(self, application: WSGIApplication, observe: Observer) -> None:
        """`observe` is told of each request when it has ended."""
        self._application = application
        self._observe = observe

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answers as the other does, with the header X-Request-ID."""
        made = environ[_KEY] = Entry()

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            made.status = int(status[:3])
            made.promised = next((int(value) for name, value in headers if name.lower() == "content-length"), None)
            return start_response(status, [*headers, ("X-Request-ID", made.id)], *rest)

        return _Body(self._application(environ, start), environ, made, self._observe)


class _Body:
    """Counts what is taken of a body; the line is written when the server lets go of it."""

    def __init__(self, body: Iterable[bytes], environ: WSGIEnvironment, made: Entry, observe: Observer) -> None:
        self._body = body
        self._environ = environ
        self._entry = made
        self._observe = observe

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._body:
            self._entry.bytes += len(piece)
            yield piece

    def close(self) -> None:
        """PEP 3333: called at the end, come what may."""
        try:
            close = getattr(self._body, "close", None)
            if close is not None:
                close()
        finally:
            seconds = time.monotonic() - self._entry.begun
            outcome = _outcome(self._environ["REQUEST_METHOD"], self._entry)
            self._observe(self._entry, outcome, seconds)
            _LOG.info("request", extra={"fields": _line(self._environ, self._entry, outcome, seconds)})


def _line(environ: WSGIEnvironment, made: Entry, outcome: str, seconds: float) -> dict[str, object]:
    path = environ.get("PATH_INFO", "").encode("latin-1", "replace").decode("utf-8", "replace")
    return {
        "id": made.id,
        "client": environ.get("REMOTE_ADDR", ""),
        "method": environ["REQUEST_METHOD"][:_LONGEST],
        "path": path[:_LONGEST],
        "form": made.form,
        "status": made.status,
        "ms": round(seconds * 1000, 1),
        "bytes": made.bytes,
        "release": made.release,
        "outcome": outcome,
    }


def _outcome(method: str, made: Entry) -> str:
    """`answered`, `unchanged`, `refused`, `failed`, the limit that was passed, or `cut` where the client left before the end."""
    if method != "HEAD" and made.promised is not None and made.bytes < made.promised:
        return "cut"
    if made.outcome:
        return made.outcome
    status = made.status or 500
    return "failed" if status >= 500 else "refused" if status >= 400 else "unchanged" if status == 304 else "answered"


class JsonLines(logging.Formatter):
    """A record as one line: `time` (ISO 8601, UTC), `level`, `message`, and the record's own fields."""

    def format(self, record: logging.LogRecord) -> str:
        """ASCII, so that nothing a client sent can move the cursor of a terminal."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"time": moment, "level": record.levelname.lower(), "message": record.getMessage()}
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line)


def write_lines(level: str) -> None:
    """Sends what is logged from now on to stderr as lines of JSON; of others only their warnings."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("csto_graph").setLevel(level.upper())
