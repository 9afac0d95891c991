"""How long a thread of the server stays with one client."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

import pytest

pytest.importorskip("gunicorn.workers.gthread", reason="gunicorn does not run here", exc_type=ImportError)

from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

from csto_graph.serve.worker import Worker

DEFERRED = object()  # what gunicorn gives for a connection on which nothing came yet


class Client:
    """A connection on which so many more requests come."""

    def __init__(self, more: int) -> None:
        self.more = more

    def asks_on(self) -> bool:
        self.more -= 1
        return self.more >= 0


@pytest.fixture
def outcomes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """What gunicorn makes of each request in turn; empty: the connection is kept."""
    given: list[object] = []
    monkeypatch.setattr(ThreadWorker, "handle", lambda *_: given.pop(0) if given else True)
    yield given


def _worker(*waiting: object, alive: bool = True) -> Worker:
    worker: Worker = Worker.__new__(Worker)
    worker.alive, worker._waiting = alive, deque(waiting)  # type: ignore[arg-type]
    return worker


def test_a_client_that_asks_on_is_answered_by_the_same_thread(outcomes: list[object]) -> None:
    """Until nothing comes any more; then the poller watches the connection, which is kept."""
    client = Client(more=3)
    assert _worker(client).handle(client) is True
    assert client.more == -1


def test_another_that_waits_goes_first(outcomes: list[object]) -> None:
    """A thread does not stay with a client while a connection waits for one."""
    client = Client(more=3)
    assert _worker(client, Client(more=0)).handle(client) is True
    assert client.more == 3


@pytest.mark.parametrize("outcome", [False, DEFERRED], ids=["closed", "deferred"])
def test_a_connection_that_ends_or_waits_is_given_back(outcomes: list[object], outcome: object) -> None:
    """As gunicorn said it."""
    client = Client(more=3)
    outcomes += [True, outcome]
    assert _worker(client).handle(client) is outcome
    assert client.more == 2


def test_a_worker_that_ends_takes_no_more(outcomes: list[object]) -> None:
    """The answer under way is the last."""
    client = Client(more=3)
    _worker(client, alive=False).handle(client)
    assert client.more == 3
