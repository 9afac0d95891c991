"""Processes of the service killed under load: an answer that claims to be whole is whole, and the service comes back."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psutil  # type: ignore[import-untyped]  # it ships no annotations
import pytest

from csto_graph.errors import WrongCall
from csto_graph.release.home import current, releases, verify
from csto_graph.release.lock import locked
from tests.release.stores import publish_members
from tests.serve.stack import RUNAWAY, Served, serving

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not psutil.POSIX, reason="gunicorn does not run here")]
_MEMBERS = tuple(f"state-{number:04}" for number in range(2_000))
TOKEN = "correct-horse-battery-staple"
AUTHORISED = {"Authorization": f"Bearer {TOKEN}"}
QUERIES = {
    "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o": 3 * len(_MEMBERS) + 1,
    "SELECT ?s ?n { ?s rdfs:label ?l . VALUES ?n { 1 2 3 4 5 6 7 8 9 10 } } ORDER BY ?s ?n": 10 * len(_MEMBERS) + 1,
    "SELECT ?s { ?s cst:memberOf ?o } ORDER BY ?s LIMIT 5": 6,
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    publish_members(folder, _MEMBERS)
    return folder


@contextmanager
def load(server: Served, clients: int = 4) -> Iterator[Counter[str]]:
    """Clients that ask and compare; what they met is counted, an answer that is wrong or a 500 among it."""
    met: Counter[str] = Counter()
    done = threading.Event()
    right: dict[str, bytes] = {query: server.query(query) for query in QUERIES}
    assert {query: answer.count(b"\r\n") for query, answer in right.items()} == QUERIES

    def ask(seed: int) -> None:
        choose = random.Random(seed)
        while not done.is_set():
            query = choose.choice(list(QUERIES))
            met[_outcome(server, query, right[query])] += 1

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(clients)]
    for thread in threads:
        thread.start()
    try:
        yield met
    finally:
        done.set()
        for thread in threads:
            thread.join()


def _outcome(server: Served, query: str, right: bytes) -> str:
    try:
        return "right" if server.query(query) == right else "WRONG"
    except HTTPError as error:
        return str(error.code)
    except (OSError, HTTPException):
        return "broken"  # and seen to be: urllib raises for a body shorter than its Content-Length


def _comes_back(server: Served) -> None:
    until = time.monotonic() + 60
    query, count = list(QUERIES.items())[-1]
    while time.monotonic() < until:
        with suppress(OSError, HTTPException):
            assert server.query(query, timeout=10).count(b"\r\n") == count
            return
        time.sleep(0.2)
    pytest.fail("nobody answers any more")


def test_readers_killed_under_load(home: Path) -> None:
    """A client is answered rightly or is refused with a 503."""
    chance = random.Random(3)
    with serving(home, "--log-level", "warning") as server:
        with load(server) as met:
            for _ in range(25):
                time.sleep(chance.uniform(0.02, 0.4))
                with suppress(psutil.NoSuchProcess, IndexError):
                    chance.choice(server.readers()).kill()
        assert set(met) <= {"right", "503"} and met["right"] > 0, met
        _comes_back(server)
        assert server.stop()[0] == 0


def test_workers_killed_under_load(home: Path) -> None:
    """Connections break visibly; another worker answers, and the readers of the last one are gone."""
    with serving(home, "--log-level", "warning") as server:
        old: list[psutil.Process] = []
        with load(server) as met:
            for _ in range(3):
                _comes_back(server)
                time.sleep(0.3)
                old += [worker := server.worker(), *server.readers()]
                worker.kill()
            _comes_back(server)
        assert set(met) <= {"right", "503", "broken"} and met["right"] > 0, met
        assert psutil.wait_procs(old, timeout=30)[1] == []
        assert server.stop()[0] == 0


def test_the_writer_ends_with_its_worker(home: Path) -> None:
    """In the midst of a change that would take long; nothing of it is there, and the home can be written again."""
    slow = f"INSERT {{ GRAPH <x:g> {{ ?s0 <x:p> 1 }} }} WHERE {RUNAWAY.partition('(COUNT(*) AS ?n)')[2]}"
    with serving(home, "--log-level", "warning", token=TOKEN) as server:
        thread = threading.Thread(target=_broken_change, args=(server, slow))
        thread.start()
        _until_held(home)
        worker = server.worker()
        processes = worker.children()
        worker.kill()
        assert psutil.wait_procs(processes, timeout=30)[1] == []
        thread.join(timeout=30)
        with locked(home):
            assert [each.number for each in releases(home)] == [1]
        _comes_back(server)


def _broken_change(server: Served, text: str) -> None:
    sent = Request(f"{server.address}/update", text.encode(), {**AUTHORISED, "Content-Type": "application/sparql-update"})
    with pytest.raises((OSError, HTTPException)):
        urlopen(sent, timeout=60)


def _until_held(home: Path) -> None:
    """Until somebody makes a change."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with locked(home, patience=0):
                pass
        except WrongCall:
            return
        time.sleep(0.1)
    pytest.fail("nobody makes a change")


def test_the_whole_server_killed_under_load(home: Path) -> None:
    """All its processes end, its home opens whole, and the next server answers from it."""
    for _ in range(2):
        with serving(home, "--log-level", "warning") as server:
            family = server.family()
            with load(server) as met:
                time.sleep(0.5)
                server.process.kill()
                gone, left = psutil.wait_procs(family, timeout=30)
            assert left == [] and len(gone) > 3
            assert set(met) <= {"right", "503", "broken"} and met["right"] > 0, met
        release = current(home)
        assert release is not None
        verify(release)
    with serving(home, "--log-level", "warning") as server:
        _comes_back(server)
