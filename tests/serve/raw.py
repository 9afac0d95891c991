"""The service in a process of its own, and requests to it byte by byte, as no well-behaved client sends them."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # it ships no annotations

PATIENCE = 60.0  # seconds that a loaded machine may take


@dataclass(frozen=True, slots=True)
class Raw:
    """A response: its status, 0 where the connection was closed without one, and all that came."""

    status: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Target:
    """A server at a port, whose log goes to a file."""

    port: int
    log: Path

    def connect(self) -> socket.socket:
        """A connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def send(self, content: bytes) -> Raw:
        """Sends these bytes and reads until the server closes."""
        with self.connect() as connection:
            received = bytearray()
            try:
                connection.sendall(content)
                while piece := connection.recv(65_536):
                    received += piece
            except (ConnectionResetError, BrokenPipeError):
                pass  # it has said what it had to say
        return Raw(_status(bytes(received)), bytes(received))

    def answers(self) -> bool:
        """Whether a normal query is answered as ever."""
        raw = self.send(request("GET", "/sparql?query=ASK%7B%7D&format=csv"))
        return raw.status == 200 and raw.content.endswith(b"true")


def request(method: str, target: str, body: bytes | None = None, **headers: str) -> bytes:
    """A request after which the connection is closed; `_` in the name of a header stands for `-`."""
    fields = {"Host": "127.0.0.1", "Connection": "close", **{name.replace("_", "-"): value for name, value in headers.items()}}
    if body is not None:
        fields.setdefault("Content-Length", str(len(body)))
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items()), "", ""]
    return "\r\n".join(lines).encode("latin-1") + (body or b"")


@contextmanager
def serving(home: Path, log: Path, *arguments: object) -> Iterator[Target]:
    """A server over the releases of a home; whatever it started is ended afterwards."""
    command = [sys.executable, "-m", "csto_graph.cli", "serve", "--port", "0", "--home", str(home), *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with log.open("w") as stderr, subprocess.Popen(command, stderr=stderr, env=environment) as process:
        family = [psutil.Process(process.pid)]
        try:
            port = _port(log, process)
            family += family[0].children(recursive=True)
            yield Target(port, log)
            family += family[0].children(recursive=True) if process.poll() is None else []
        finally:
            for each in family:
                if each.is_running():
                    each.kill()


def _port(log: Path, process: subprocess.Popen[bytes]) -> int:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        if found := re.search(r"http://127\.0\.0\.1:(\d+)", log.read_text()):
            return int(found[1])
        time.sleep(0.1)
    raise AssertionError(log.read_text())


def _status(received: bytes) -> int:
    found = re.match(rb"HTTP/1\.[01] (\d{3}) ", received)
    return int(found[1]) if found else 0
