"""Answers kept in memory: what is found, what goes, and what many wait for at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from csto_graph.backend.embedded import Embedded
from csto_graph.backend.interface import Answer, Exceeded, Query, Unavailable
from csto_graph.serve.app import create_app
from csto_graph.serve.cache import Cache, Kept, Key, Remembered
from csto_graph.serve.catalogue import Catalogue
from csto_graph.serve.settings import Settings
from csto_graph.sparql.refusal import Refusal

MOST = 160_000  # bytes: no answer of more than 10,000


def key(number: int, release: int = 1) -> Key:
    return (release, "ab", Query(f"ASK {{ ?s ?p {number} }}"), "json", 0)


def giving(content: bytes, calls: list[int] | None = None) -> Callable[[], Answer]:
    def make() -> Answer:
        if calls is not None:
            calls.append(1)
        return Remembered(Kept(content, more=False))

    return make


def content(found: Kept | Answer) -> bytes:
    return found.content if isinstance(found, Kept) else found.read()


def test_an_answer_is_made_once() -> None:
    """The second time it is found."""
    cache, calls = Cache(MOST), list[int]()
    assert [content(cache.fetch(key(1), 30, giving(b"yes", calls))) for _ in range(3)] == [b"yes"] * 3
    counts = cache.counts()
    assert (len(calls), counts.hits, counts.misses, counts.entries, counts.most_bytes) == (1, 2, 1, 1, MOST)


def test_what_was_not_asked_for_longest_goes_first() -> None:
    """The bytes are bounded whatever comes, compressed answers included."""
    cache = Cache(MOST)
    for number in range(100):
        found = cache.fetch(key(number), 30, giving(b"x" * 5_000))
        assert isinstance(found, Kept)
        cache.pack(key(number), found, b"z" * 500)
        assert cache.find(key(0)) is not None
        assert cache.counts().bytes <= MOST
    assert cache.find(key(99)) and not cache.find(key(1))
    assert cache.counts().entries == MOST // (5_000 + 500 + 1_000 + len(key(11)[2].text))


def test_nothing_is_left_of_what_was_forgotten() -> None:
    """The bytes of a release go with it."""
    cache = Cache(MOST)
    for release in (1, 2):
        for number in range(3):
            cache.fetch(key(number, release), 30, giving(b"x" * 1_000))
    cache.keep_only([2])
    assert not cache.find(key(1)) and cache.find(key(1, 2)) and cache.counts().entries == 3
    cache.keep_only([3])
    assert (cache.counts().entries, cache.counts().bytes) == (0, 0)


def test_too_large_an_answer_is_not_kept() -> None:
    """It is given once and is whole; the others are not driven out by it."""
    cache, calls = Cache(MOST), list[int]()
    cache.fetch(key(1), 30, giving(b"yes"))
    for _ in range(2):
        assert content(cache.fetch(key(2), 30, giving(b"x" * 10_000, calls))) == b"x" * 10_000
    assert len(calls) == 2 and cache.find(key(1))


def test_a_cache_of_nothing() -> None:
    """Each answer is made anew."""
    cache, calls = Cache(0), list[int]()
    assert [content(cache.fetch(key(1), 30, giving(b"yes", calls))) for _ in range(2)] == [b"yes"] * 2
    assert len(calls) == 2 and cache.counts().entries == 0


class Slow:
    """Makes an answer when it is told to."""

    def __init__(self, outcome: bytes | Exception) -> None:
        self.outcome = outcome
        self.calls = 0
        self.go = threading.Event()

    def __call__(self) -> Answer:
        self.calls += 1
        self.go.wait(timeout=30)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return giving(self.outcome)()


def together(cache: Cache, make: Slow, count: int = 8) -> list[bytes | BaseException]:
    """What each of so many gets who ask at once."""
    with ThreadPoolExecutor(count) as pool:
        futures = [pool.submit(cache.fetch, key(1), 30.0, make) for _ in range(count)]
        time.sleep(0.2)  # they wait; where one comes later it finds the same
        make.go.set()
        return [future.exception(timeout=30) or content(future.result()) for future in futures]


def test_many_who_ask_the_same_wait_for_the_first() -> None:
    """One answer is made for all."""
    cache, make = Cache(MOST), Slow(b"yes")
    assert together(cache, make) == [b"yes"] * 8
    assert make.calls == 1 and cache.counts().shared + cache.counts().hits == 7


@pytest.mark.parametrize("error", [Refusal("No.", line=1, column=2), Exceeded("seconds", 30, 30.1)])
def test_what_is_wrong_with_a_query_is_wrong_for_all(error: Exception) -> None:
    """Each gets the refusal or the limit, and it is not remembered."""
    cache, make = Cache(MOST), Slow(error)
    found = together(cache, make)
    assert make.calls == 1 and [(type(each), each.args) for each in found if isinstance(each, Exception)] == [(type(error), error.args)] * 8
    assert content(cache.fetch(key(1), 30, giving(b"yes"))) == b"yes"


def test_what_was_wrong_with_one_request_is_not_wrong_with_another() -> None:
    """Each tries for itself."""
    make = Slow(Unavailable("Busy.", 5))
    assert all(isinstance(each, Unavailable) for each in together(Cache(MOST), make)) and make.calls == 8


def test_a_large_answer_that_many_wait_for() -> None:
    """Each gets it whole, made for itself."""
    make = Slow(b"x" * 20_000)
    assert together(Cache(MOST), make) == [b"x" * 20_000] * 8


def test_who_allows_less_time_does_not_wait_for_who_allows_more() -> None:
    """Their deadlines are others."""
    cache, make = Cache(MOST), Slow(b"slow")
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(cache.fetch, key(1), 30.0, make)
        while not make.calls:
            time.sleep(0.01)
        assert content(cache.fetch(key(1), 1.0, giving(b"fast"))) == b"fast"
        make.go.set()
        assert content(future.result(timeout=30)) == b"slow"


@pytest.fixture
def cached(backend: Embedded, queries: Path) -> tuple[FlaskClient, Cache]:
    """A service with a cache of its own."""
    app = create_app(backend, queries, Settings())
    catalogue = app.extensions["csto-graph"]
    assert isinstance(catalogue, Catalogue)
    return app.test_client(), catalogue.cache


@pytest.mark.parametrize("named", ["json", "csv", "html"])
def test_a_repeated_query_is_found(cached: tuple[FlaskClient, Cache], named: str) -> None:
    """In every syntax, by GET and by POST, with the same bytes."""
    client, cache = cached
    asked = {"query": "SELECT ?s { ?s a cst:State } ORDER BY ?s", "format": named}
    first, again, posted = client.get("/sparql", query_string=asked), client.get("/sparql", query_string=asked), client.post("/sparql", data=asked)
    assert first.data == again.data == posted.data
    assert (cache.counts().misses, cache.counts().hits) == (1, 2)


def test_another_question_is_another_answer(cached: tuple[FlaskClient, Cache]) -> None:
    """Another syntax, another dataset."""
    client, cache = cached
    asked = {"query": "SELECT ?o { <id/state/armenia> rdfs:label ?o }", "format": "csv"}
    graph = "https://w3id.org/csto-graph/graph/evidence/demo"
    assert [len(client.get("/sparql", query_string=asked | more).text.split()) for more in ({}, {"default-graph-uri": graph})] == [2, 1]
    client.get("/sparql", query_string=asked | {"format": "tsv"})
    assert cache.counts().misses == 3


@pytest.mark.parametrize("call", ["NOW()", "RAND()", "UUID()", "STRUUID()", "rand()"])
def test_what_changes_each_time_is_not_kept(cached: tuple[FlaskClient, Cache], call: str) -> None:
    """It is asked anew."""
    client, cache = cached
    client.get("/sparql", query_string={"query": f"SELECT ({call} AS ?x) {{}}"})
    assert (cache.counts().entries, cache.counts().misses) == (0, 0)


def test_the_cache_is_told_of(cached: tuple[FlaskClient, Cache]) -> None:
    """What it found, what it did not, and what it holds."""
    client, cache = cached
    for _ in range(3):
        client.get("/sparql", query_string={"query": "ASK { ?s ?p 11 }"})
    told = client.get("/metrics").text
    assert 'csto_graph_cache_answers_total{outcome="hits"} 2.0' in told and 'csto_graph_cache_answers_total{outcome="misses"} 1.0' in told
    assert f"csto_graph_cache_bytes {float(cache.counts().bytes)}" in told
