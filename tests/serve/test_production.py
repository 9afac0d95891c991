"""The service as it is started in production: slow clients, broken clients, its start and its end."""

from __future__ import annotations

import json
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from urllib.request import urlopen

import psutil  # type: ignore[import-untyped]  # it ships no annotations
import pytest

from tests.release.stores import MEMBERS, publish_members
from tests.serve.stack import RUNAWAY, Served, serving

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="gunicorn does not run here")]
ASK = "SELECT ?s { ?s cst:memberOf ?o } ORDER BY ?s"
GET = b"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: localhost\r\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    publish_members(folder)
    return folder


@pytest.fixture(scope="module")
def served(home: Path) -> Iterator[Served]:
    with serving(home) as server:
        yield server


def sent(served: Served, *parts: bytes, pause: float = 0.0, finish: bool = False) -> bytes:
    """All that comes back for those bytes; `finish` closes the way there after them."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=20) as client:
        for part in parts:
            client.sendall(part)
            time.sleep(pause)
        if finish:
            client.shutdown(socket.SHUT_WR)
        received = b""
        while piece := client.recv(65_536):
            received += piece
        return received


def problem(response: bytes) -> dict[str, object]:
    """The problem document of a response."""
    head, _, body = response.partition(b"\r\n\r\n")
    assert b"application/problem+json" in head
    document: dict[str, object] = json.loads(body)
    return document


def test_no_header_tells_the_software(served: Served) -> None:
    """Neither gunicorn nor Python, and no version."""
    head = sent(served, GET + b"Connection: close\r\n\r\n").partition(b"\r\n\r\n")[0].lower()
    assert b"server: csto-graph\r\n" in head and b"gunicorn" not in head and b"python" not in head


def test_what_is_not_http_gets_a_problem(served: Served) -> None:
    """A document that says what to do, though the application never saw the request."""
    assert problem(sent(served, b"GET / HTTP/9.9\r\n\r\n"))["status"] == 400
    assert problem(sent(served, b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"))["status"] == 400
    assert problem(sent(served, b"GET /?" + b"a" * 300_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n"))["status"] == 414
    assert problem(sent(served, b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X-A: b\r\n" * 200 + b"\r\n"))["status"] == 431


def test_a_long_query_by_get_is_read(served: Served) -> None:
    """Up to 256 kB of request line; a query of 200 kB by GET is answered."""
    comment = b"%23" + b"a" * 200_000 + b"%0A"
    response = sent(served, b"GET /sparql?query=" + comment + b"ASK%20%7B%7D HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert response.startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("body", [b"ASK { } #", b"INSERT DATA {"])
def test_half_a_body_is_no_query(served: Served, body: bytes) -> None:
    """A client that leaves before the end of its body has asked nothing, whatever the part that came would mean."""
    head = b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\n"
    response = sent(served, head + body, finish=True)
    assert response.startswith(b"HTTP/1.1 400 ") and "ended before" in str(problem(response)["detail"])


def test_half_a_body_changes_nothing(tmp_path: Path) -> None:
    """Nor is half an update one, though the half that came could be carried out."""
    publish_members(tmp_path)
    token = "0123456789abcdef"
    change = b"INSERT DATA { GRAPH <https://w3id.org/csto-graph/graph/notes> { <x:a> <x:b> 1 } } ;"
    fields = f"Content-Type: application/sparql-update\r\nAuthorization: Bearer {token}\r\nContent-Length: {len(change)}\r\n"
    head = f"POST /update HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{fields}\r\n".encode()
    with serving(tmp_path, token=token) as server:
        assert sent(server, head + change[:-1], finish=True).startswith(b"HTTP/1.1 400 ")
        assert sorted(path.name for path in (tmp_path / "releases").iterdir()) == ["1"]
        assert sent(server, head + change, finish=True).startswith(b"HTTP/1.1 20")
        assert sorted(path.name for path in (tmp_path / "releases").iterdir()) == ["1", "2"]


def test_slow_clients_hold_nobody_up(served: Served) -> None:
    """Fifty clients send their head or their body a byte at a time; a normal one is answered meanwhile."""
    head = b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\n"
    with ExitStack() as stack:
        slow = [stack.enter_context(socket.create_connection(("127.0.0.1", served.port))) for _ in range(50)]
        for number, client in enumerate(slow):
            client.sendall(head + b"A" if number % 2 else GET)
        for _ in range(10):
            for client in slow:
                client.sendall(b"x")
            assert served.query(ASK, timeout=20).count(b"\n") == len(MEMBERS) + 1
    assert served.query(ASK).count(b"\n") == len(MEMBERS) + 1


def test_idle_connections_hold_nobody_up(served: Served) -> None:
    """Two hundred connections on which nothing is sent take no thread."""
    with ExitStack() as stack:
        for _ in range(200):
            stack.enter_context(socket.create_connection(("127.0.0.1", served.port)))
        assert served.query(ASK, timeout=20).count(b"\n") == len(MEMBERS) + 1


def test_a_refused_body_is_read_so_that_the_refusal_arrives(served: Served) -> None:
    """Ten megabytes, refused after the head: the client sees why."""
    connection = HTTPConnection("127.0.0.1", served.port, timeout=30)
    connection.request("POST", "/sparql", body=b"#" * 10_000_000, headers={"Content-Type": "application/sparql-query"})
    assert connection.getresponse().status == 413
    connection.close()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_lets_answers_end(home: Path, how: int) -> None:
    """A running answer arrives whole, the exit code is 0, nothing but requests is logged and no process is left."""
    with serving(home) as server:
        server.query(ASK)
        family = server.family()
        answers: list[bytes] = []
        slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n0 ?o . FILTER(STRLEN(STR(?c)) < 999) }"
        thread = threading.Thread(target=lambda: answers.append(server.query(slow)))
        thread.start()
        _await_work(server, thread)
        code, printed = server.stop(how)
        assert code == 0 and all(json.loads(line)["message"] == "request" for line in printed.splitlines())
        thread.join(timeout=30)
        assert answers and answers[0].startswith(b"n\r\n")
        assert psutil.wait_procs(family, timeout=10)[1] == []


def test_a_killed_worker_is_replaced_and_its_readers_end(home: Path) -> None:
    """Those at work too, within seconds; the new worker answers."""
    with serving(home) as server:
        server.query(ASK)
        thread = threading.Thread(target=_broken, args=(server,))
        thread.start()
        _await_work(server, thread)
        worker, readers = server.worker(), server.readers()
        assert readers
        worker.kill()
        thread.join(timeout=20)
        assert not thread.is_alive()
        assert psutil.wait_procs(readers, timeout=15)[1] == []
        assert _patiently(server).count(b"\n") == len(MEMBERS) + 1
        assert server.worker().pid != worker.pid


def _await_work(server: Served, asking: threading.Thread) -> None:
    """Until a reader has the query that is being asked, or has done with it."""
    while asking.is_alive():
        with urlopen(f"{server.address}/metrics", timeout=30) as response:
            if b'csto_graph_readers{state="busy"} 0' not in response.read():
                return


def _broken(server: Served) -> None:
    with pytest.raises(OSError):
        server.query(RUNAWAY)


def _patiently(server: Served) -> bytes:
    for _ in range(100):
        try:
            return server.query(ASK, timeout=5)
        except OSError:
            time.sleep(0.2)
    pytest.fail("nobody answers")
