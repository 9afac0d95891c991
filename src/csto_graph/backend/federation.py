"""Where SERVICE leads: other endpoints, asked on the engine's behalf, once it is sure that they are the ones on the list.

The engine sends its request to a port of this process. From there it goes to the listed address alone: the name is resolved
once and the connection goes to what was looked at, redirects are not followed, and the answer has a length and a time.
"""

from __future__ import annotations

import http.client
import ipaddress
import secrets
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import urlsplit

from csto_graph.backend.interface import EndpointFailed, Limits

_MOST_REQUESTS: Final = 50  # for one query
_MOST_ASKED: Final = 2**20  # bytes of a query that is sent
_MOST_ANSWERED: Final = 16 * 2**20  # bytes of an answer
_SAID: Final = {"User-Agent": "csto-graph"}
_PIECE: Final = 65_536
_RESULTS: Final = ("application/sparql-results+json", "application/sparql-results+xml")
_TRANSLATED: Final = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))  # RFC 6052, RFC 8215

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(slots=True)
class Router:
    """A port of this machine for the endpoints that a query may name; opened when the first does."""

    _secret: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    _server: ThreadingHTTPServer | None = None
    _endpoints: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _limits: Limits = field(default_factory=Limits)
    _until: float = 0.0
    _left: int = 0

    @property
    def allowed(self) -> frozenset[str]:
        """The endpoints on the list."""
        return frozenset(self._limits.services)

    def begin(self, limits: Limits) -> None:
        """Another query: what it may take, from now on."""
        self._limits, self._until, self._left = limits, time.monotonic() + limits.seconds, _MOST_REQUESTS

    def address(self, endpoint: str) -> str:
        """Where on this machine the endpoint is asked. Nobody can guess it."""
        if endpoint not in self._endpoints:
            self._endpoints.append(endpoint)
        return f"http://127.0.0.1:{self._port()}/{self._secret}/{self._endpoints.index(endpoint)}"

    def ask(self, path: str, body: bytes, accept: str) -> tuple[str, bytes]:
        """The media type and the bytes of the answer. Raises `EndpointFailed`."""
        with self._lock:
            self._left -= 1
        if self._left < 0:
            raise EndpointFailed(f"The query asks other endpoints more than {_MOST_REQUESTS} times.")
        _, secret, number = [*path.split("/"), "", ""][:3]
        if not secrets.compare_digest(secret.encode(), self._secret.encode()) or not number.isdecimal():
            raise EndpointFailed("There is nothing here.")
        return _fetched(self._endpoints[int(number)], self._as_asked(body), accept, self._limits, self._until)

    def _as_asked(self, body: bytes) -> bytes:
        """A clause within the clause names its endpoint again, which the other endpoint asks itself, and nothing of ours."""
        for endpoint in self._endpoints:
            body = body.replace(f"<{self.address(endpoint)}>".encode(), f"<{endpoint}>".encode())
        return body

    def _port(self) -> int:
        if self._server is None:
            handler = type("Handler", (_Handler,), {"router": self})
            self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
            self._server.daemon_threads = True
            threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self._server.server_address[1]


class _Handler(BaseHTTPRequestHandler):
    router: Router

    def do_POST(self) -> None:
        """A query operation by POST directly (SPARQL 1.1 Protocol, section 2.1.3), which is how the engine asks."""
        try:
            length = int(self.headers.get("Content-Length") or 0)
            if length > _MOST_ASKED:
                raise EndpointFailed(f"The query for the other endpoint is longer than {_MOST_ASKED:,} bytes.")
            kind, content = self.router.ask(self.path, self.rfile.read(length), self.headers.get("Accept") or "*/*")
            status = 200
        except EndpointFailed as failure:
            status, kind, content = 502, "text/plain; charset=utf-8", failure.reason.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Nothing: what is told is told by the answer."""


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was looked at, under the name it was found by."""

    def __init__(self, host: str, port: int, address: Address, seconds: float, *, tls: bool) -> None:
        super().__init__(host, port, timeout=seconds)
        self._address = address
        self._context = ssl.create_default_context() if tls else None

    def connect(self) -> None:
        """To that address and no other. Raises `OSError`."""
        self.sock = socket.create_connection((str(self._address), self.port), self.timeout)
        if self._context is not None:
            self.sock = self._context.wrap_socket(self.sock, server_hostname=self.host)


def _fetched(endpoint: str, body: bytes, accept: str, limits: Limits, until: float) -> tuple[str, bytes]:
    parts = urlsplit(endpoint)
    host, tls = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if tls else 80)
    target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    sent = {"Accept": accept, "Content-Type": "application/sparql-query", "Accept-Encoding": "identity", **_SAID}
    try:
        connection = _Pinned(host, port, _resolved(host, port, limits.networks), max(0.1, until - time.monotonic()), tls=tls)
        try:
            connection.request("POST", target, body, sent)
            return _answered(connection.getresponse(), endpoint, until)
        finally:
            connection.close()
    except (OSError, http.client.HTTPException) as error:
        raise EndpointFailed(f"<{endpoint}> could not be asked ({type(error).__name__}).") from error


def _answered(response: http.client.HTTPResponse, endpoint: str, until: float) -> tuple[str, bytes]:
    kind = response.headers.get_content_type()
    if 300 <= response.status < 400:
        raise EndpointFailed(f"<{endpoint}> answered {response.status} and names another address, which is not asked.")
    if response.status != 200:
        raise EndpointFailed(f"<{endpoint}> answered {response.status}.")
    if kind not in _RESULTS or response.headers.get("Content-Encoding", "identity") != "identity":
        raise EndpointFailed(f"<{endpoint}> answered in another format than SPARQL Query Results in JSON or XML.")
    content = bytearray()
    while piece := response.read1(_PIECE):
        content += piece
        if len(content) > _MOST_ANSWERED:
            raise EndpointFailed(f"<{endpoint}> answered more than the {_MOST_ANSWERED:,} bytes that are read.")
        if time.monotonic() > until:
            raise EndpointFailed(f"<{endpoint}> took longer than the query may.")
    if response.length:  # what Content-Length promised and did not come
        raise EndpointFailed(f"<{endpoint}> ended its answer too early.")
    return kind, bytes(content)


def _resolved(host: str, port: int, networks: tuple[str, ...]) -> Address:
    """The address to ask. Raises `EndpointFailed` where the name stands for one that is not public and not listed."""
    literal = _literal(host)
    if literal is not None:
        return literal  # the list has it: addresses are compared as they are written
    found = [ipaddress.ip_address(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    listed = [ipaddress.ip_network(network) for network in networks]
    if not found or not all(is_public(each) or any(each in network for network in listed) for each in found):
        raise EndpointFailed(f"The name {host} stands for an address that is not public.")
    return found[0]


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def is_public(address: Address) -> bool:
    """Whether an address is anybody's on the Internet, and no disguise of one that is not."""
    if isinstance(address, ipaddress.IPv6Address):
        if any((address.ipv4_mapped, address.sixtofour, address.teredo)) or any(address in each for each in _TRANSLATED):
            return False
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)
