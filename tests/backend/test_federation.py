"""SERVICE asks the endpoints on the list and nobody else, whatever they answer."""

from __future__ import annotations

import ipaddress
import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from werkzeug.test import TestResponse

from csto_graph.backend.embedded import Embedded
from csto_graph.backend.federation import is_public
from csto_graph.backend.interface import EndpointFailed, Exceeded, Limits, Query
from csto_graph.serve.app import create_app
from csto_graph.serve.settings import Settings
from csto_graph.sparql.federation import endpoint
from csto_graph.sparql.refusal import Refusal
from tests.backend.test_readers import data
from tests.serve.conftest import lay_release
from tests.serve.test_fuzz import EXAMPLES, queries

RESULTS = "application/sparql-results+json"
FOUND = json.dumps({"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "uri", "value": "x:found"}}]}}).encode()


class Endpoint(BaseHTTPRequestHandler):
    """Answers by its path."""

    def do_POST(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]  # see `other`
        self.server.bodies.append(self.rfile.read(int(self.headers["Content-Length"])).decode())  # type: ignore[attr-defined]
        kind = self.path.strip("/").partition("?")[0]
        if kind == "slow":
            time.sleep(4)
        if kind == "elsewhere":
            return self._send(307, b"", Location=f"http://127.0.0.1:{self.server.server_address[1]}/found")
        if kind == "fails":
            return self._send(500, b"secret")
        if kind == "page":
            return self._send(200, b"<html>", "text/html")
        if kind == "packed":
            return self._send(200, FOUND, Content_Encoding="gzip")
        if kind == "nonsense":
            return self._send(200, b"nonsense")
        if kind == "large":
            return self._send(200, FOUND + b" " * (17 * 2**20))
        if kind == "cut":
            return self._send(200, FOUND, length=len(FOUND) + 100)
        return self._send(200, FOUND)

    def _send(self, status: int, content: bytes, kind: str = RESULTS, length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content) if length is None else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        with suppress(ConnectionError):  # who asked may have gone
            self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def other() -> Iterator[ThreadingHTTPServer]:
    """Another endpoint on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    server.asked, server.bodies = [], []  # type: ignore[attr-defined]  # the paths and the queries
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedded]:
    folder: Path = tmp_path_factory.mktemp("federation")
    from pyoxigraph import Store

    stored = Store(str(folder / "store"))
    stored.bulk_extend(data(3))
    stored.flush()
    lay_release(folder / "home", 1, stored, {})
    embedded = Embedded(folder / "home", readers=1)
    yield embedded
    embedded.close()


@pytest.fixture(scope="module")
def stranger() -> Iterator[list[int]]:
    """The port of a listener that nobody may ask, and one number more for each visit."""
    listening = socket.create_server(("127.0.0.1", 0))
    found: list[int] = [listening.getsockname()[1]]

    def count() -> None:
        with suppress(OSError):
            while True:
                listening.accept()[0].close()
                found.append(1)

    threading.Thread(target=count, daemon=True).start()
    yield found
    listening.close()


class Asked:
    """The other endpoint from the side of a query."""

    def __init__(self, backend: Embedded, other: ThreadingHTTPServer) -> None:
        self.at = f"http://127.0.0.1:{other.server_address[1]}"
        self.paths: list[str] = other.asked  # type: ignore[attr-defined]  # see `other`
        self.bodies: list[str] = other.bodies  # type: ignore[attr-defined]
        self._backend = backend
        self.paths.clear()
        self.bodies.clear()

    def ask(self, query: str, syntax: str = "csv", **limits: Any) -> str:
        """The answer; `@` in the query stands for the other endpoint. It is on the list, unless `services` says what is."""
        allowed = Limits(**{"services": tuple(f"{self.at}/{name}" for name in PATHS)} | limits)
        with self._backend.answer(self._backend.current(), Query(query.replace("@", self.at)), syntax, allowed) as answer:
            return answer.read().decode()


PATHS = ("found", "found?default=1", "elsewhere", "fails", "page", "packed", "nonsense", "large", "cut", "slow", "")


@pytest.fixture
def asked(backend: Embedded, other: ThreadingHTTPServer) -> Asked:
    return Asked(backend, other)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s { SERVICE <@/found> { ?s ?p ?o } }",
        "SELECT ?s { service silent<@/found>{ ?s ?p ?o } }",
        "SELECT ?s { SERVICE <@/found?default=1> { ?s ?p ?o } }",
        "SELECT ?s { OPTIONAL { SERVICE <@/found> { ?s ?p ?o } } }",
        "SELECT ?s { { SELECT ?s { SERVICE # by a comment\n <@/found> { ?s ?p ?o } } } }",
        "PREFIX other: <@/> SELECT ?s { SERVICE other:found { ?s ?p ?o } }",
        "BASE <@/x/> SELECT ?s { SERVICE <../found> { ?s ?p ?o } }",
        "SELECT ?s { SERVICE <@/\\u0066ound> { ?s ?p ?o } }",
        "SELECT ?s { SERVICE <@/found> { { ?s ?p ?o } } { SERVICE <@/found> { ?s ?p ?o } } }",
        "SELECT ?s { SERVICE <@/found> { ?s ?p 'SERVICE <http://x/>' } } # SERVICE <http://x/>",
        "SELECT ?s { SERVICE <@/found> { ?s ?p ?o } FILTER EXISTS { SERVICE SILENT <@/found> { ?s ?p ?o } } }",
    ],
)
def test_an_endpoint_on_the_list_is_asked(asked: Asked, query: str) -> None:
    """However it is written and wherever it stands."""
    assert asked.ask(query) == "s\r\nx:found\r\n"
    assert asked.paths and {path.partition("?")[0] for path in asked.paths} == {"/found"}


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <@/other> { ?s ?p ?o } }",
        "SELECT * { SERVICE <@/found/> { ?s ?p ?o } }",
        "SELECT * { SERVICE <@/FOUND> { ?s ?p ?o } }",
        "SELECT * { SERVICE <@/x/../found> { ?s ?p ?o } }",
        "SELECT * { SERVICE <@/found?x> { ?s ?p ?o } }",
        "SELECT * { SERVICE <@/found#x> { ?s ?p ?o } }",
        "SELECT * { SERVICE <http://2130706433/found> { ?s ?p ?o } }",
        "SELECT * { SERVICE <http://a@127.0.0.1/found> { ?s ?p ?o } }",
        "SELECT * { SERVICE <@@127.0.0.2/found> { ?s ?p ?o } }",
        "SELECT * { SERVICE ?where { ?s ?p ?o } VALUES ?where { <@/found> } }",
        "SELECT * { SERVICE SILENT $where { ?s ?p ?o } }",
        "SELECT * { SERVICE <@/found> { SERVICE <@/other> { ?s ?p ?o } } }",
        "SELECT * { SERVICE <@/found> { SERVICE ?s { ?s ?p ?o } } }",
        "SELECT * { SERVICE <@/found> { ?s ?p ?o } SERVICE <file:///etc/passwd> { ?s ?p ?o } }",
        "SELECT * { SERVICE <@/found> { ?s ?p ?o } FILTER EXISTS { SERVICE <@/other> {} } }",
        "SELECT * { ?s ?p trueSERVICE<@/other>{} SERVICE <@/found> {} }",
        "SELECT * { FILTER(?a<?b+'x>') SERVICE <@/other> {?s ?p 'y'} SERVICE <@/found> {} #'\n}",
        "SELECT * { SERVICE <@/found> <@/other> { ?s ?p ?o } }",
        "SELECT * { SERVICE <@/found>",
        "SELECT * { SERVICE",
    ],
)
def test_nobody_else_is_asked(asked: Asked, query: str) -> None:
    """Refused before anything is sent, even where another clause of the query is allowed."""
    with pytest.raises(Refusal):
        asked.ask(query)
    assert asked.paths == []


def test_a_clause_within_a_clause_is_the_others_to_ask(asked: Asked) -> None:
    """It is sent as it was written, on the list itself, and holds no address of this process."""
    asked.ask("SELECT ?s { SERVICE <@/found> { ?s ?p ?o OPTIONAL { SERVICE SILENT <@/page> { ?s ?p ?o } } } }")
    (body,) = asked.bodies
    assert f"SERVICE SILENT <{asked.at}/page>" in body and body.count("http://127.0.0.1:") == 1


def test_without_a_list_nobody_is_asked(asked: Asked) -> None:
    """The refusal says that it is not offered."""
    with pytest.raises(Refusal, match="SERVICE is not offered"):
        asked.ask("SELECT ?s { SERVICE <@/found> { ?s ?p ?o } }", services=())
    assert asked.paths == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("elsewhere", "307"),
        ("fails", "answered 500"),
        ("page", "another format"),
        ("packed", "another format"),
        ("large", "16,777,216 bytes"),
        ("cut", "could not be asked|too early"),
        ("nonsense", "as SPARQL 1.1 has it"),
    ],
)
def test_what_is_no_answer_is_a_failure(asked: Asked, path: str, said: str) -> None:
    """No redirect is followed, nothing is unpacked, nothing of another's error page is passed on; SILENT goes without."""
    with pytest.raises(EndpointFailed, match=said) as caught:
        asked.ask(f"SELECT ?s {{ SERVICE <@/{path}> {{ ?s ?p ?o }} }}")
    assert "secret" not in caught.value.reason
    assert asked.paths == [f"/{path}"]
    assert asked.ask(f"SELECT ?s {{ SERVICE SILENT <@/{path}> {{ ?s ?p ?o }} }}") == "s\r\n\r\n"
    assert asked.ask("SELECT ?s { SERVICE <@/found> { ?s ?p ?o } }") == "s\r\nx:found\r\n"


def test_a_slow_endpoint_takes_no_longer_than_the_query_may(asked: Asked) -> None:
    """The deadline is that of the query."""
    begun = time.monotonic()
    with pytest.raises(Exception, match=r"seconds|longer|could not be asked"):
        asked.ask("SELECT ?s { SERVICE <@/slow> { ?s ?p ?o } }", seconds=1.0)
    assert time.monotonic() - begun < 15
    assert asked.ask("SELECT ?s { ?s <x:p> 1 }") == "s\r\nx:1\r\n"


def test_one_query_does_not_ask_for_ever(asked: Asked) -> None:
    """A clause that is asked anew for each of many solutions has an end."""
    many = " ".join(f"{{ SERVICE <@/found> {{ ?s ?p ?o }} FILTER(?s != <x:{i}>) }} UNION" for i in range(60))
    with pytest.raises(EndpointFailed, match="more than 50 times"):
        asked.ask(f"SELECT * {{ {many} {{}} }}")
    assert len(asked.paths) <= 50


def test_a_name_must_stand_for_a_public_address(asked: Asked) -> None:
    """A listed name that leads to this machine is refused, unless its network is listed too."""
    named = asked.at.replace("127.0.0.1", "localhost")
    query = f"SELECT ?s {{ SERVICE <{named}/found> {{ ?s ?p ?o }} }}"
    with pytest.raises(EndpointFailed, match="not public"):
        asked.ask(query, services=(f"{named}/found",))
    assert asked.paths == []
    assert asked.ask(query, services=(f"{named}/found",), networks=("127.0.0.0/8", "::1/128")) in {"s\r\nx:found\r\n", ""}


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1::1", True),
        ("127.0.0.1", False), ("10.0.0.1", False), ("172.16.0.1", False), ("192.168.1.1", False), ("169.254.169.254", False),
        ("100.64.0.1", False), ("0.0.0.0", False), ("255.255.255.255", False), ("224.0.0.1", False), ("240.0.0.1", False),
        ("192.0.2.1", False), ("198.18.0.1", False), ("::1", False), ("::", False), ("fe80::1", False), ("fc00::1", False),
        ("fec0::1", False), ("ff02::1", False), ("::ffff:127.0.0.1", False), ("::ffff:93.184.216.34", False), ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::1", False), ("2001:0:7f00:1::1", False), ("2001:db8::1", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address: str, public: bool) -> None:
    """None of a private network, of this machine, of a link, and none of those that carry such an address inside."""
    assert is_public(ipaddress.ip_address(address)) is public


@pytest.mark.parametrize(
    ("iri", "normal"),
    [
        ("https://query.example.org/sparql", "https://query.example.org/sparql"),
        ("HTTPS://Query.Example.ORG:443/sparql", "https://query.example.org/sparql"),
        ("http://example.org", "http://example.org/"),
        ("http://example.org:8080/a?b=c", "http://example.org:8080/a?b=c"),
        ("http://[::1]:80/", "http://[::1]/"),
        ("http://user@example.org/", None),
        ("http://example.org/#x", None),
        ("ftp://example.org/", None),
        ("file:///etc/passwd", None),
        ("http:///x", None),
        ("http://example.org:99999/", None),
        ("http://example.org\\@evil/", None),
        ("http://example.org/a b", None),
        ("http://ex\u00e4mple.org/", None),
        ("//example.org/", None),
        ("", None),
    ],
)
def test_endpoints_are_compared_in_one_form(iri: str, normal: str | None) -> None:
    """Case of scheme and host, the usual port and an empty path make no difference; all else does."""
    assert endpoint(iri) == normal


MIXED = (
    "SELECT * { SERVICE <@/found> { ?s ?p ?o } SERVICE SILENT <!/other> { ?s ?p 'x' } }",
    "SELECT * { ?s <x:p> ?n FILTER(?n < 2) SERVICE <@/found> { ?s ?p ?o } } # SERVICE <!/other> { ?s ?p ?o }",
    "PREFIX a: <@/> PREFIX b: <!/> SELECT * { SERVICE a:found { ?s ?p '<!/other>' } OPTIONAL { SERVICE b:other { ?s ?p ?o } } }",
    'BASE <!/> SELECT * { SERVICE <@/found> { ?s ?p """SERVICE <other> { } """ } { SELECT * { SERVICE <other> {} } } }',
    "SELECT * { VALUES ?e { <!/other> } SERVICE <@/found> { ?s ?p ?e } FILTER(?a<?b+'x>') FILTER EXISTS { SERVICE ?e {} } #'\n}",
    "ASK { SERVICE <@/found> {} FILTER(?a<!/other>?b) GRAPH <!/other> { ?s ?p ?o } }",
)


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize="CSTO_GRAPH_FUZZ" not in os.environ,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(query=queries(MIXED))
def test_whatever_a_query_is_like_nobody_else_is_asked(backend: Embedded, other: ThreadingHTTPServer, stranger: list[int], query: str) -> None:
    """Queries that name one endpoint on the list and one that is not, mixed up by chance: the other never hears of them."""
    port = stranger[0]
    asked = Asked(backend, other)
    with suppress(Refusal, EndpointFailed, Exceeded):
        asked.ask(query.replace("!/", f"http://127.0.0.1:{port}/"), services=(f"{asked.at}/found",), seconds=5.0)
    assert stranger == [port] and {path.partition("?")[0] for path in asked.paths} <= {"/found"}


def test_what_a_client_sees(asked: Asked, backend: Embedded, tmp_path: Path) -> None:
    """An answer that no cache keeps; a 502 that says which endpoint did what; a 400 for one that is not on the list."""
    (tmp_path / "competency").mkdir()
    client = create_app(backend, tmp_path, Settings(services=(f"{asked.at}/found", f"{asked.at}/fails"))).test_client()

    def get(path: str) -> TestResponse:
        query = f"SELECT ?s {{ SERVICE <{asked.at}/{path}> {{ ?s ?p ?o }} }}"
        return client.get("/sparql", query_string={"query": query, "format": "csv"})

    assert (get("found").text, get("found").headers.get("ETag")) == ("s\r\nx:found\r\n", None)
    failed = get("fails")
    assert failed.status_code == 502 and failed.json["detail"].startswith(f"<{asked.at}/fails> answered 500.")
    refused = get("other")
    assert refused.status_code == 400 and "not among the endpoints" in refused.json["detail"] and refused.json["column"] == 21
