"""Endpoints of this machine that answer as their path says: well, or not at all, or with lies."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

JSON = "application/json"
RESULTS = "application/sparql-results+json"


@dataclass(slots=True)
class Endpoints:
    """A server; `answers` holds for each path a status, a media type and the octets, or None where it never answers."""

    address: str = ""
    answers: dict[str, tuple[int, str, bytes] | None] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)  # path and body
    locations: dict[str, str] = field(default_factory=dict)  # where the redirect of a path leads
    encodings: dict[str, str] = field(default_factory=dict)  # what Content-Encoding says of a path
    over: threading.Event = field(default_factory=threading.Event)

    def give(self, path: str, answer: object, kind: str = JSON, status: int = 200) -> str:
        """Let a path answer so; returns its address."""
        self.answers[path] = (status, kind, answer if isinstance(answer, bytes) else json.dumps(answer).encode())
        return f"{self.address}{path}"

    def redirect(self, path: str, status: int, location: str) -> str:
        """Let a path lead elsewhere."""
        self.locations[path] = location
        return self.give(path, b"", "text/html", status)

    def hang(self, path: str) -> str:
        """Let a path take the request and never answer."""
        self.answers[path] = None
        return f"{self.address}{path}"

    def queries(self, number: int = -1) -> dict[str, Any]:
        """The batch of 0.2 that was sent."""
        found = json.loads(parse_qs(self.asked[number][1])["queries"][0])
        assert isinstance(found, dict)
        return found


@contextmanager
def serving() -> Iterator[Endpoints]:
    """A server until the block ends."""
    endpoints = Endpoints()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"endpoints": endpoints}))
    server.daemon_threads = True
    endpoints.address = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield endpoints
    finally:
        endpoints.over.set()
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    endpoints: Endpoints

    def do_GET(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self._answer("POST")

    def _answer(self, method: str) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
        self.endpoints.asked.append((self.path, body))
        found = self.endpoints.answers.get(f"{method} {self.path}", self.endpoints.answers.get(self.path, (404, JSON, b"")))
        if found is None:
            self.endpoints.over.wait()
            return
        status, kind, content = found
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content) + (100 if self.path.endswith("/cut") else 0)))
        if self.path in self.endpoints.encodings:
            self.send_header("Content-Encoding", self.endpoints.encodings[self.path])
        if 300 <= status < 400:
            self.send_header("Location", self.endpoints.locations.get(self.path, f"{self.endpoints.address}/elsewhere"))
        self.end_headers()
        with suppress(ConnectionError):  # who asked may have gone
            self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        pass
