"""The load: clients that each keep one connection and ask as soon as they are answered, in a process of their own.

`python -m benchmarks.service.load` reads a `Load` as JSON from stdin and writes what was seen to stdout. Sockets are
read as they come: a library would take longer than a fast server.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import quantiles
from typing import Any
from urllib.parse import quote

_PATIENCE = 40.0  # seconds without a byte, after which an answer is not waited for: more than our own deadline


@dataclass(frozen=True, slots=True)
class Load:
    """Who is asked what, by how many clients, for how long."""

    port: int
    path: str
    queries: Sequence[str]
    accept: str
    clients: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Seen:
    """Requests a second, and the seconds of a request: median and 99th percentile. Statuses other than 200 are counted."""

    rate: float
    p50: float
    p99: float
    count: int
    bytes: int  # of the last body
    others: dict[str, int]
    processor: float = 0.0  # seconds of processor time that the server spent on one request: what else runs changes it little


def drive(load: Load) -> Seen:
    """The load, put on by another process."""
    command = [sys.executable, "-m", "benchmarks.service.load"]
    done = subprocess.run(command, input=json.dumps(asdict(load)), capture_output=True, text=True, check=True)
    return Seen(**json.loads(done.stdout))


class Client(threading.Thread):
    """One connection."""

    def __init__(self, load: Load, number: int) -> None:
        super().__init__()
        own = load.queries[number :: load.clients] or load.queries
        self._requests = [_request(load, query) for query in own]
        self._port = load.port
        self.until = 0.0
        self.seconds: list[float] = []
        self.statuses: Counter[str] = Counter()
        self.bytes = 0

    def run(self) -> None:
        """Asks until time is up, at least once."""
        with Wire(self._port) as wire:
            number = 0
            while not self.seconds or time.monotonic() < self.until:
                begun = time.perf_counter()
                status = self._ask(wire, self._requests[number % len(self._requests)])
                self.seconds.append(time.perf_counter() - begun)
                self.statuses[status] += 1
                number += 1


    def _ask(self, wire: Wire, request: bytes) -> str:
        try:
            status, self.bytes = wire.ask(request)
        except (TimeoutError, ConnectionError) as error:
            wire.close()
            return "never" if isinstance(error, TimeoutError) else "broken"
        return status


class Wire:
    """A connection that is kept (RFC 9112), opened again where the server closes it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None
        self._held = b""

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the connection and of what came over it."""
        if self._socket:
            self._socket.close()
        self._socket, self._held = None, b""

    def ask(self, request: bytes) -> tuple[str, int]:
        """The status and the length of the body. Raises `ConnectionError` where the answer is not whole."""
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=_PATIENCE)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        head = self._until(b"\r\n\r\n").lower()
        length = self._chunks() if b"transfer-encoding: chunked" in head else self._counted(_length(head))
        if b"connection: close" in head:
            self.close()
        return head[9:12].decode(), length

    def _more(self) -> None:
        assert self._socket
        received = self._socket.recv(262_144)
        if not received:
            raise ConnectionError("the answer is not whole")
        self._held += received

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._held:
            self._more()
        part, _, self._held = self._held.partition(mark)
        return part

    def _counted(self, length: int) -> int:
        left = length - len(self._held)
        if left <= 0:
            self._held = self._held[length:]
            return length
        self._held = b""
        assert self._socket
        while left:
            received = len(self._socket.recv(min(left, 262_144)))
            if not received:
                raise ConnectionError("the answer is not whole")
            left -= received
        return length

    def _chunks(self) -> int:
        total = 0
        while size := int(self._until(b"\r\n").split(b";")[0], 16):
            total += self._counted(size)
            self._until(b"\r\n")
        self._until(b"\r\n")
        return total


def _length(head: bytes) -> int:
    return int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])


def _request(load: Load, query: str) -> bytes:
    target = f"{load.path}?query={quote(query, safe='')}"
    return f"GET {target} HTTP/1.1\r\nHost: localhost:{load.port}\r\nAccept: {load.accept}\r\n\r\n".encode()


def _seen(clients: Sequence[Client], seconds: float) -> Seen:
    taken = sorted(each for client in clients for each in client.seconds)
    cuts = quantiles(taken, n=100, method="inclusive") if len(taken) > 1 else taken * 99
    statuses = sum((client.statuses for client in clients), Counter[str]())
    others = {status: count for status, count in statuses.items() if status != "200"}
    return Seen(len(taken) / seconds, cuts[49], cuts[98], len(taken), clients[0].bytes, others)


def main() -> None:
    """From stdin to stdout."""
    record: dict[str, Any] = json.load(sys.stdin)
    load = Load(**record)
    clients = [Client(load, number) for number in range(load.clients)]
    begun = time.monotonic()  # to write the requests takes longer than many a load
    for client in clients:
        client.until = begun + load.seconds
        client.start()
    for client in clients:
        client.join()
    json.dump(asdict(_seen(clients, time.monotonic() - begun)), sys.stdout)


if __name__ == "__main__":
    main()
