"""The benchmark of the service: its world, its table and its client; nothing here is timed."""

from __future__ import annotations

import hashlib
import socket
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.service.load import Load, Seen, Wire, drive
from benchmarks.service.questions import fresh, questions
from benchmarks.service.table import HEADINGS, Measured, Row, Runaway, markdown, rows
from benchmarks.service.world import lay, lines, organisations
from csto_graph.release.home import current, open_store


def test_the_same_seed_gives_the_same_bytes() -> None:
    """And another seed others."""
    digests = [hashlib.sha256("".join(lines(20_000, seed)).encode()).hexdigest() for seed in (1, 1, 2)]
    assert digests[0] == digests[1] != digests[2]


def test_a_world_is_as_large_as_it_was_ordered() -> None:
    """With at most one organisation more."""
    assert 20_000 <= sum(1 for _ in lines(20_000)) < 20_200


def test_a_world_answers_what_is_asked(tmp_path: Path) -> None:
    """As a release in a home: look-ups, joins, the aggregation, and most of the competency questions find something."""
    lay(tmp_path, 10_000)
    release = current(tmp_path)
    assert release is not None
    store = open_store(release)
    found = {each.name: len(list(store.query(each.queries[0]))) for each in questions(10_000)}  # type: ignore[arg-type]
    assert found["point look-ups"] == 6 and found["joins"] and found["aggregation"] == 10
    wide = next(each for each in questions(10_000) if each.name == "joins, wide").queries
    assert any(list(store.query(query)) for query in wide[::50])  # type: ignore[arg-type]
    assert found["competency chairs"] == found["competency entry-into-force"]
    assert organisations(10_000) <= found["competency chairs"] <= organisations(10_000) + 1


def test_look_ups_are_all_different() -> None:
    """None is asked twice before many others were: no cache answers for the store."""
    look_ups = next(questions(100_000)).queries
    assert len(set(look_ups)) > 1_000 and len(set(look_ups)) > 0.6 * len(look_ups)


def seen(rate: float, p50: float, p99: float | None = None, **others: int) -> Seen:
    return Seen(rate, p50, p99 or p50 * 2, 100, 10, {name[1:]: count for name, count in others.items()})


def verdicts(found: list[Row]) -> list[tuple[str, ...]]:
    return [row[-3:] for row in found]


def test_look_ups_are_held_against_the_constant_answer() -> None:
    """At eight clients; the ratio to the native server has no target, that to rdflib-endpoint has."""
    measured = Measured(100_000)
    measured.seen = {
        ("constant", "", 8): seen(1000, 0.001),
        ("csto-graph", "point look-ups", 8): seen(600, 0.002),
        ("oxigraph", "point look-ups", 8): seen(6000, 0.0002),
        ("rdflib-endpoint", "point look-ups", 8): seen(100, 0.02),
    }
    assert verdicts(list(rows(measured))) == [
        ("0.60 of the constant answer's rate", "at least 0.5", "yes"),
        ("0.10 of oxigraph's rate", "", ""),
        ("6.00 times rdflib-endpoint's rate", "at least 10", "no"),
    ]


@pytest.mark.parametrize(("size", "target", "reached"), [(1_000_000, "at most 1.1", "no"), (100_000, "", "")])
def test_medians_are_held_against_the_native_server(size: int, target: str, reached: str) -> None:
    """From a million triples on."""
    measured = Measured(size)
    measured.seen = {("csto-graph", "joins", 1): seen(1, 0.3), ("oxigraph", "joins", 1): seen(1, 0.2)}
    assert verdicts(list(rows(measured))) == [("1.50 of oxigraph's median", target, reached)]


def test_repeated_queries_are_to_be_faster() -> None:
    """Five times."""
    measured = Measured(1_000_000)
    measured.seen = {("csto-graph", "aggregation, repeated", 1): seen(1, 0.01), ("oxigraph", "aggregation, repeated", 1): seen(1, 0.1)}
    assert verdicts(list(rows(measured))) == [("10.00 times as fast as oxigraph", "at least 5", "yes")]


@pytest.mark.parametrize(("status", "after", "reached"), [(503, 5.9, "yes"), (503, 6.5, "no"), (200, 5.1, "no")])
def test_the_runaway_has_its_rows(status: int, after: float, reached: str) -> None:
    """Its refusal is to come within a second of its deadline, and the others' p99 at most to double."""
    measured = Measured(100_000, runaway=Runaway(seen(9, 0.01, 0.02), seen(9, 0.01, 0.05), status, 5.0, after))
    found = verdicts(list(rows(measured)))
    assert found[0] == ("2.50 of the p99 without it", "at most 2", "no") and found[1][-1] == reached


def test_answers_that_were_none_are_told() -> None:
    """A server that refuses quickly is not a fast one."""
    measured = Measured(100_000)
    measured.seen = {("csto-graph", "joins", 1): seen(1, 0.3, s503=7)}
    found = list(rows(measured))
    assert "7 × 503" in found[0][3]
    assert markdown(found).count("\n") == 3 and markdown(found).splitlines()[1].count("---") == len(HEADINGS)


def answering(*parts: bytes) -> int:
    """A server that gives one connection these bytes: its port."""
    listening = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        with listening, listening.accept()[0] as client:
            for part in parts:
                client.recv(65_536)
                client.sendall(part)

    threading.Thread(target=answer, daemon=True).start()
    port: int = listening.getsockname()[1]
    return port


def test_the_client_reads_answers_to_their_end() -> None:
    """By their length, and in chunks, on one connection."""
    counted = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcde"
    chunked = b"HTTP/1.1 503 No\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n"
    with Wire(answering(counted, chunked, counted)) as wire:
        assert [wire.ask(b"x") for _ in range(3)] == [("200", 5), ("503", 13), ("200", 5)]


def test_the_client_takes_no_short_answer() -> None:
    """A server that breaks off is an error of the benchmark."""
    with Wire(answering(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nabcde")) as wire, pytest.raises(ConnectionError):
        wire.ask(b"x")


@pytest.mark.slow
def test_a_load_is_put_on_by_a_process_of_its_own() -> None:
    """Which asks at least once."""
    found = drive(Load(answering(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"), "/", ["ASK {}"], "*/*", 1, 0))
    assert (found.count, found.bytes, found.others) == (1, 2, {})


def test_processor_time_is_told_where_it_was_measured() -> None:
    """Beside the times, which depend on what else the machine does."""
    measured = Measured(100_000)
    measured.seen = {("csto-graph", "joins", 1): replace(seen(1, 0.3), processor=0.0015)}
    assert "1.50 ms of processor" in next(rows(measured))[3]


def test_no_cache_answers_what_is_not_meant_to_be_repeated() -> None:
    """Each load puts queries that none before it put; a query that stands alone stays as it is."""
    look_ups, repeated = (each.queries for each in list(questions(10_000))[:2])
    assert not set(fresh(look_ups)) & set(fresh(look_ups))
    assert fresh(repeated) == repeated
