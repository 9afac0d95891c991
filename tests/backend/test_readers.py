"""Reader processes: what ends one ends no other, and whatever ends, another takes its place."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from csto_graph.backend.embedded import Embedded
from csto_graph.backend.interface import Exceeded, Limits, Query, Unavailable, UnknownRelease
from csto_graph.errors import BrokenRelease
from csto_graph.sparql.refusal import Refusal
from tests.serve.conftest import lay_release

COUNT = Query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
RUNAWAY = Query("SELECT (COUNT(*) AS ?n) { " + " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(20)) + " }")


def data(count: int) -> Store:
    store = Store()
    store.load("".join(f"<x:{i}> <x:p> {i} .\n" for i in range(count)).encode(), format=RdfFormat.TURTLE)
    return store


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for number in (1, 2):
        stored = Store(str(tmp_path / f"store-{number}"))
        stored.bulk_extend(data(number * 10))
        stored.flush()
        lay_release(tmp_path / "home", number, stored, {})
    return tmp_path / "home"


@pytest.fixture
def backend(home: Path) -> Iterator[Embedded]:
    embedded = Embedded(home, readers=2)
    yield embedded
    embedded.close()


def counted(backend: Embedded, number: int | None = None, limits: Limits = Limits()) -> str:  # noqa: B008  # frozen
    release = backend.find(number) if number else backend.current()
    with backend.answer(release, COUNT, "csv", limits) as answer:
        return answer.read().decode().split()[1]


def test_each_release_answers_for_itself(backend: Embedded) -> None:
    """The current one by default, an older one by its number, none that is not kept."""
    assert [counted(backend), counted(backend, 1), counted(backend, 2)] == ["20", "10", "20"]
    with pytest.raises(UnknownRelease):
        backend.find(7)


def test_what_another_process_publishes_is_current_at_once(backend: Embedded, home: Path) -> None:
    """The name of the current release is looked at for each query."""
    assert counted(backend) == "20"
    (home / "new").write_text("1\n", encoding="ascii")
    (home / "new").replace(home / "current")
    assert counted(backend) == "10"


def test_a_refused_query_costs_no_reader(backend: Embedded) -> None:
    """What is wrong with a query is said with its place, and the same processes go on."""
    counted(backend)
    before = backend.processes()
    for _ in range(5):
        with pytest.raises(Refusal, match="cannot stand here") as caught:
            backend.answer(backend.current(), Query("SELECT *\nWHEN { }"), "csv", Limits())
        assert (caught.value.line, caught.value.column) == (2, 1)
    assert backend.processes() == before


def test_runaways_end_at_their_deadline_and_others_do_not_wait(backend: Embedded) -> None:
    """One reader is held by a runaway, the other answers; the deadline ends the first, which would take days."""
    counted(backend)
    ended: list[Exceeded] = []

    def run_away() -> None:
        with pytest.raises(Exceeded) as caught:
            backend.answer(backend.current(), RUNAWAY, "csv", Limits(seconds=3))
        ended.append(caught.value)

    thread = threading.Thread(target=run_away)
    thread.start()
    while thread.is_alive() and not backend.load().busy:
        time.sleep(0.01)
    answers = 0
    while thread.is_alive():
        assert counted(backend) == "20"
        answers += thread.is_alive()  # had they waited for the runaway, only the first could end before it
    assert answers > 1
    assert ended[0].limit == "seconds" and 3 <= ended[0].elapsed < 30
    assert counted(backend) == "20"


def test_more_runaways_than_readers(backend: Embedded) -> None:
    """Each gets its own refusal, and afterwards the pool is as large as before."""
    with ThreadPoolExecutor(6) as pool:
        limits = Limits(seconds=1.0)
        futures = [pool.submit(backend.answer, backend.current(), RUNAWAY, "csv", limits) for _ in range(6)]
        assert all(isinstance(each.exception(timeout=30), Exceeded | Unavailable) for each in futures)
    assert counted(backend) == "20"
    assert len(backend.processes()) == 3  # two and a spare


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_killed_readers_are_replaced(backend: Embedded) -> None:
    """Processes ended from outside lose no query that comes after."""
    counted(backend)
    for _ in range(3):
        for pid in backend.processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)
        assert counted(backend) == "20"


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_readers_killed_while_they_start_are_replaced(home: Path) -> None:
    """The pool is as large afterwards as it was made."""
    embedded = Embedded(home, readers=2)
    for pid in embedded.processes():
        os.kill(pid, signal.SIGKILL)
    assert counted(embedded) == "20"
    embedded.close()


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_reader_killed_at_work_is_a_refusal_and_no_short_answer(backend: Embedded) -> None:
    """Whoever waits for it is told to ask again."""
    counted(backend)
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(backend.answer, backend.current(), RUNAWAY, "csv", Limits(seconds=20))
        deadline = time.monotonic() + 15
        while not future.done() and time.monotonic() < deadline:  # a query is put once more
            time.sleep(0.5)
            for pid in backend.processes():
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        assert isinstance(future.exception(timeout=10), Unavailable)
    assert counted(backend) == "20"


def test_a_store_that_does_not_open_is_named(backend: Embedded, home: Path) -> None:
    """The reader says so and lives."""
    (home / "releases" / "1" / "store").rename(home / "lost")
    with pytest.raises(BrokenRelease, match="does not open"):
        counted(backend, 1)
    assert counted(backend) == "20"


def test_all_readers_busy_is_said(backend: Embedded) -> None:
    """Who waits longer than a query may take is told to come again, and when."""
    counted(backend)
    with ThreadPoolExecutor(2) as pool:
        for _ in range(2):
            pool.submit(backend.answer, backend.current(), RUNAWAY, "csv", Limits(seconds=3))
        for _ in range(200):
            if backend.load().busy < 2:
                time.sleep(0.01)
        with pytest.raises(Unavailable, match="busy") as caught:
            counted(backend, limits=Limits(seconds=0.5))
        assert caught.value.retry_after > 0


def test_nothing_is_left_after_closing(home: Path) -> None:
    """The processes end with the back-end."""
    import psutil  # type: ignore[import-untyped]  # it ships no annotations

    embedded = Embedded(home, readers=1)
    counted(embedded)
    pids = embedded.processes()
    embedded.close()
    assert pids and not any(psutil.pid_exists(pid) for pid in pids)
