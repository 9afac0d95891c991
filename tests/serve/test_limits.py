"""What a client may take, and what one is told that takes more."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from csto_graph.backend.embedded import Embedded
from csto_graph.serve.app import create_app
from csto_graph.serve.problems import Problem
from csto_graph.serve.settings import Settings
from csto_graph.serve.turns import Turns

RUNAWAY = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(12)) + " }"
Serve = Callable[..., FlaskClient]


@pytest.fixture
def serve(backend: Embedded, queries: Path) -> Serve:
    """A service with these limits, which answers each query anew."""
    return lambda **limits: create_app(backend, queries, Settings(cache=0, **limits)).test_client()


def asked(client: FlaskClient, **parameters: str) -> tuple[int, str]:
    response = client.get("/sparql", query_string={"query": "ASK {}", **parameters})
    return response.status_code, response.text


@pytest.mark.parametrize("timeout", ["59.5", "60", "1e1", "60.0"])
def test_a_request_may_set_its_deadline(client: FlaskClient, timeout: str) -> None:
    """Up to the maximum."""
    assert asked(client, timeout=timeout)[0] == 200


@pytest.mark.parametrize("timeout", ["0", "-1", "61", "30000", "nan", "inf", "", "soon", "1" * 400])
def test_more_than_the_maximum_is_not_cut_down_in_silence(client: FlaskClient, timeout: str) -> None:
    """400 with the maximum."""
    status, said = asked(client, timeout=timeout)
    assert status == 400 and "at most 60." in said


def test_the_deadline_is_the_one_asked_for(client: FlaskClient) -> None:
    """The problem names it, and not the server's own."""
    response = client.post("/sparql", data={"query": RUNAWAY, "timeout": "0.5"})
    assert response.status_code == 503 and response.json["allowed"] == 0.5


def test_a_long_query_is_refused(serve: Serve) -> None:
    """The limit is counted in bytes of UTF-8 and named: 414 in an address, 413 in a body."""
    client = serve(query=100)
    assert asked(client, query="ASK {} # " + "x" * 91)[0] == 200
    assert asked(client, query="ASK {} # " + "x" * 92)[0] == 414
    response = client.post("/sparql", data="ASK {} # " + "é" * 46, content_type="application/sparql-query")
    assert response.status_code == 413 and "at most 100 are read" in response.json["detail"]


def test_a_long_body_is_refused(serve: Serve) -> None:
    """The limit of the settings is the one that is named."""
    response = serve(body=1_000).post("/sparql", data={"query": "ASK {} #" + "x" * 1_000})
    assert response.status_code == 413 and "1,000 bytes" in response.json["detail"]


def _while_a_runaway_runs(client: FlaskClient, ask: Callable[[], object]) -> object:
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(client.application.test_client().post, "/sparql", data={"query": RUNAWAY, "timeout": "3"})
        threading.Event().wait(1.0)
        answer = ask()
        assert running.result().status_code == 503
    return answer


def test_one_client_has_not_all_the_turns(serve: Serve) -> None:
    """429 with Retry-After to whom has enough under way; another client is answered."""
    client = serve(client_at_once=1)

    def ask() -> tuple[int, str | None, int]:
        refused = client.get("/sparql?query=ASK{}")
        other = client.get("/sparql?query=ASK{}", environ_base={"REMOTE_ADDR": "192.0.2.1"})
        return refused.status_code, refused.headers.get("Retry-After"), other.status_code

    assert _while_a_runaway_runs(client, ask) == (429, "1", 200)
    assert asked(client)[0] == 200


def test_the_queue_has_an_end(serve: Serve) -> None:
    """503 with Retry-After once as many as may are answered or wait."""
    client = serve(at_once=1)

    def ask() -> tuple[int, str | None]:
        refused = client.get("/sparql?query=ASK{}", environ_base={"REMOTE_ADDR": "192.0.2.1"})
        return refused.status_code, refused.headers.get("Retry-After")

    assert _while_a_runaway_runs(client, ask) == (503, "5")


def test_the_seconds_of_a_client_have_an_end(serve: Serve) -> None:
    """429 once they are used up, with the time until there are some again; another client is answered."""
    client = serve(client_seconds=0.3, window=60.0)
    assert client.post("/sparql", data={"query": RUNAWAY, "timeout": "0.5"}).status_code == 503
    response = client.get("/sparql?query=ASK{}")
    assert response.status_code == 429 and response.json["limit"] == "query seconds"
    assert 50 <= int(response.headers["Retry-After"]) <= 62
    assert client.get("/sparql?query=ASK{}", environ_base={"REMOTE_ADDR": "192.0.2.1"}).status_code == 200


def test_the_window_slides() -> None:
    """What was used falls out of it part by part; Retry-After is when a turn is given again; clients are forgotten."""
    now = [1_000.0]
    turns = Turns(Settings(client_seconds=10, window=300), clock=lambda: now[0])
    for _ in range(2):
        with turns.taken("a") as charge:
            charge(6)
        now[0] += 100
    with pytest.raises(Problem) as caught, turns.taken("a"):
        pass
    wait = int(caught.value.fields["Retry-After"])
    assert 100 <= wait <= 112
    now[0] += wait - 1
    with pytest.raises(Problem), turns.taken("a"):
        pass
    now[0] += 1
    with turns.taken("a"):
        pass
    now[0] += 400
    with turns.taken("b"):
        pass
    assert "a" not in turns._seconds and not +turns._at_work


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
    ],
)
def test_who_is_the_same_client(serve: Serve, one: str, other: str, same: bool) -> None:
    """An IPv4 address however it is written; in IPv6 the network of a subscriber."""
    client = serve(client_seconds=1e-9, window=1_000.0)
    assert client.get("/sparql?query=ASK{}", environ_base={"REMOTE_ADDR": one}).status_code == 200
    assert client.get("/sparql?query=ASK{}", environ_base={"REMOTE_ADDR": other}).status_code == (429 if same else 200)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "status"),
    [(0, "192.0.2.2", 429), (1, "192.0.2.2", 200), (1, "192.0.2.9, 192.0.2.1", 429), (2, "192.0.2.2, 192.0.2.1", 200)],
)
def test_proxies_are_believed_as_many_as_there_are(serve: Serve, proxies: int, forwarded: str, status: int) -> None:
    """None by default; what stands before what they add was written by the client."""
    client = serve(client_seconds=1e-9, window=1_000.0, proxies=proxies)
    first = "192.0.2.1, 192.0.2.1" if proxies == 2 else "192.0.2.1"
    assert client.get("/sparql?query=ASK{}", headers={"X-Forwarded-For": first}).status_code == 200
    assert client.get("/sparql?query=ASK{}", headers={"X-Forwarded-For": forwarded}).status_code == status
