"""The application on a real port, asked by real clients."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from queue import Queue
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

import pytest
from flask import Flask
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from csto_graph.errors import WrongCall
from csto_graph.serve.server import Service, run

ARMENIA = URIRef("https://w3id.org/csto-graph/id/state/armenia")
MEMBER_OF = URIRef("https://w3id.org/csto-graph/ontology#memberOf")


def open_service(app: Flask) -> Service:
    """What is open already and stays so."""
    return Service(app, lambda: None, lambda: None)


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    announced: Queue[str] = Queue()
    how = {"announce": announced.put, "server": "waitress"}
    thread = threading.Thread(target=run, args=(open_service(app), "127.0.0.1", 0), kwargs=how, daemon=True)
    thread.start()
    yield announced.get(timeout=10)


def test_a_client_over_the_network(address: str) -> None:
    """An answer arrives whole, and no header names the software of the server."""
    with urlopen(f"{address}/sparql?query={quote('SELECT ?s { ?s a cst:MilitaryAlliance }')}", timeout=10) as response:
        assert [each["s"]["value"] for each in json.load(response)["results"]["bindings"]] == [
            "https://w3id.org/csto-graph/id/organisation/csto"
        ]
        assert "waitress" not in str(response.headers).casefold()


def test_rdflib_as_a_client(address: str) -> None:
    """A library that knows only the protocol reads triples and results."""
    remote = Graph(SPARQLStore(f"{address}/sparql"))
    assert {str(each) for each in remote.objects(ARMENIA, MEMBER_OF)} == {"https://w3id.org/csto-graph/id/organisation/csto"}
    assert remote.query("ASK { ?s cst:memberCount 6 }").askAnswer is True
    described = remote.query("CONSTRUCT WHERE { ?s <https://w3id.org/csto-graph/ontology#memberOf> ?o }").graph
    assert described is not None and len(described) == 2


def test_a_large_body_is_refused_over_the_network(address: str) -> None:
    """The client sees the 413 with its reason, not a broken connection."""
    request = Request(f"{address}/sparql", data=b"#" * 10_000_000, headers={"Content-Type": "application/sparql-query"})
    with pytest.raises(HTTPError) as caught:
        urlopen(request, timeout=20)
    assert caught.value.code == 413
    assert "3,000,000 bytes" in caught.value.read().decode()


def test_a_chunked_body_is_counted_too(address: str) -> None:
    """A body whose length is not told beforehand falls under the same limit."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=20)
    connection.request(
        "POST",
        "/sparql",
        body=iter([b"#" * 1_000_000] * 4),
        headers={"Content-Type": "application/sparql-query"},
        encode_chunked=True,
    )
    response = connection.getresponse()
    assert response.status == 413 and b"3,000,000 bytes" in response.read()
    connection.close()


def test_head_over_the_network(address: str) -> None:
    """HEAD ends after its headers."""
    with urlopen(Request(f"{address}/health", method="HEAD"), timeout=10) as response:
        assert response.status == 200 and int(response.headers["Content-Length"]) > 50 and response.read() == b""


def test_many_at_once(address: str) -> None:
    """Answers to simultaneous readers are not mixed up."""
    answers: dict[int, str] = {}

    def ask(number: int) -> None:
        with urlopen(f"{address}/sparql?query={quote(f'SELECT ({number} AS ?n) {{}}')}&format=csv", timeout=20) as response:
            answers[number] = response.read().decode()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {number: f"n\r\n{number}\r\n" for number in range(24)}


def test_a_port_in_use_is_named(app: Flask) -> None:
    """The refusal names the port and another to try, and nothing is announced."""
    announced: list[str] = []
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(WrongCall, match=rf"port {port} of 127\.0\.0\.1: .*--port") as caught:
            run(open_service(app), "127.0.0.1", port, announce=announced.append)
    assert caught.value.exit_code == 2 and announced == []


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70_000), ("127.0.0.1", -1), ("192.0.2.1", 0), ("not a host", 0)])
def test_an_address_that_cannot_be_had(app: Flask, host: str, port: int) -> None:
    """No port, no interface of this machine, no host: each is a wrong call."""
    with pytest.raises(WrongCall, match=f"port {port} of {host}"):
        run(open_service(app), host, port, announce=lambda _: None)


@pytest.mark.parametrize("fields", ["Content-Length: 5\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nContent-Length: 5"])
def test_a_body_has_one_length(address: str, fields: str) -> None:
    """What two servers would end at different places is refused, and the connection is closed."""
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\n{fields}\r\n\r\n0\r\n\r\n"
    with socket.create_connection(("127.0.0.1", urlsplit(address).port or 80), timeout=20) as connection:
        connection.sendall(f"{head}GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        received = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert received.startswith(b"HTTP/1.1 400 ") and b"/smuggled" not in received
