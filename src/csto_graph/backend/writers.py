"""The service's side of the writer: one change at a time, within limits, and what became of it known or said to be unknown."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from csto_graph.backend.carrying import Writing
from csto_graph.backend.child import Child
from csto_graph.backend.interface import Change, Changed, Exceeded, Limits, Unavailable
from csto_graph.backend.job import REFUSED
from csto_graph.backend.orders import BUSY, CHANGED, DECLINED, GO, READY, changed_from, declined_from, encode
from csto_graph.backend.writer import run
from csto_graph.errors import BrokenRelease
from csto_graph.sparql.refusal import Refusal

_LOOK: Final = 0.1  # seconds between two looks at the memory of the process
_PATIENCE: Final = 10.0  # seconds that a change waits for the one before it
_STARTING: Final = 60.0  # seconds that the process may take to be ready
_PUBLISHING: Final = 60.0  # seconds that a change may take once nothing can stop it
_LOST: Final = "The process that wrote ended before the change was published: nothing was changed."
_UNKNOWN: Final = (
    "The process that wrote ended while it published. The change was made whole or not at all: look before you repeat it."
)


class Writer:
    """The process that changes a home. It is started when it is first needed, and again after it was ended."""

    def __init__(self, home: Path, writing: Writing) -> None:
        self._home = home
        self._writing = writing
        self._turn = threading.Lock()
        self._running: Child | None = None

    def change(self, change: Change, limits: Limits) -> Changed:
        """See `interface.Backend.change`. Where it raises `Exceeded`, nothing was changed."""
        asked_at = time.monotonic()
        with self._taken(limits):
            running = self._ready()
            done = False
            try:
                running.connection.send_bytes(encode(change))
                result = self._answer(running, limits, asked_at)
                done = True
                return _read(result)
            except (EOFError, ConnectionError) as error:
                raise Unavailable(_LOST, 1) from error
            finally:
                if not done:
                    self._end()

    def processes(self) -> list[int]:
        """The process id of the writer, where it runs."""
        return [self._running.pid] if self._running else []

    def close(self) -> None:
        """Ends the process. A change under way is made or not."""
        self._end()

    @contextmanager
    def _taken(self, limits: Limits) -> Iterator[None]:
        if not self._turn.acquire(timeout=min(limits.seconds, _PATIENCE)):
            raise Unavailable("Another change is being made.", 5)
        try:
            yield
        finally:
            self._turn.release()

    def _answer(self, running: Child, limits: Limits, asked_at: float) -> bytes:
        """The last frame; on the way there the leave to publish, which is given within the limits and never after."""
        result = self._next(running, limits, asked_at)
        if result != READY:
            return result
        running.connection.send_bytes(GO)
        try:
            if running.connection.poll(_PUBLISHING):
                return running.connection.recv_bytes()
        except (EOFError, ConnectionError):
            pass
        self._end()
        raise Unavailable(_UNKNOWN, 1)

    def _next(self, running: Child, limits: Limits, asked_at: float) -> bytes:
        while not running.connection.poll(max(0.0, min(_LOOK, asked_at + limits.seconds - time.monotonic()))):
            elapsed = time.monotonic() - asked_at
            if elapsed >= limits.seconds:
                raise Exceeded("seconds", limits.seconds, elapsed)
            if running.memory() > limits.memory:
                raise Exceeded("memory", limits.memory, elapsed)
        return running.connection.recv_bytes()

    def _ready(self) -> Child:
        if self._running is not None and self._running.process.is_alive():
            return self._running
        self._end()
        self._running = running = Child.start("csto-graph writer", run, str(self._home), self._writing)
        if running.is_ready(_STARTING):
            return running
        self._end()
        raise Unavailable("The process that writes does not start.", 5)

    def _end(self) -> None:
        ended, self._running = self._running, None
        if ended is not None:
            ended.end()


def _read(content: bytes) -> Changed:
    """What the last frame says; raises what it says was wrong."""
    kind, record = content[:1], json.loads(content[1:])
    if kind == CHANGED:
        return changed_from(record)
    if kind == REFUSED:
        raise Refusal(**record)
    if kind == DECLINED:
        raise declined_from(record)
    if kind == BUSY:
        raise Unavailable(record["reason"], 5)
    raise BrokenRelease(**record)
