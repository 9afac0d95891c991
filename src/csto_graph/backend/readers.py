"""A pool of reader processes: one job each at a time, so that ending one ends one query and no other."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Empty, LifoQueue
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import Final, Self

from csto_graph.backend.child import Child
from csto_graph.backend.interface import EndpointFailed, Exceeded, Limits, Load, Unavailable
from csto_graph.backend.job import BROKEN, DATA, END, EXCEEDED, FAILED, REFUSED, WHOLE, Job
from csto_graph.backend.reader import run
from csto_graph.errors import BrokenRelease
from csto_graph.sparql.refusal import Refusal

_SPARES: Final = 1  # processes that wait to take the place of one that was ended
_LOOK: Final = 0.05  # seconds between two looks at the processes that are busy
_LONG: Final = 0.5  # seconds after which a query steps back behind the others, if there are any
_NICE: Final = 15
_IN_MEMORY: Final = 4 * 2**20  # bytes of an answer; what is longer lies in a file that has no name
_STARTING: Final = 60.0  # seconds that a process may take to be ready
_AGAIN: Final = 0.5  # seconds until another is started for one that did not get ready
_PATIENCE: Final = 10.0  # seconds that a query waits for a free reader


class Spooled:
    """A whole answer (see `interface.Answer`)."""

    def __init__(self) -> None:
        self._file: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # `close` closes it
        self.length = 0
        self.seconds = 0.0
        self.more = False
        self.notes: tuple[str, ...] = ()

    def append(self, content: bytes) -> None:
        """Adds to the end."""
        self._file.write(content)
        self.length += len(content)

    def complete(self, more: bool, notes: Iterable[str]) -> None:
        """Turns from writing to reading."""
        self._file.seek(0)
        self.more = more
        self.notes = tuple(notes)

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        return self._file.read(size)

    def close(self) -> None:
        """Lets go of the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


class _Lost(Unavailable):
    pass


@dataclass(slots=True, eq=False)
class Reader:
    """A process and the pipe to it. Once it stepped back it does not come forward again: it is replaced."""

    child: Child
    stepped_back: bool = False
    free: bool = True  # the last job is done, whatever came of it
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _at_work: tuple[Limits, float] | None = None  # the limits of its job, and when that was asked
    _passed: Exceeded | None = None

    def answer(self, job: Job, asked_at: float) -> Spooled:
        """The whole answer. Where it raises and the reader is not `free`, the process is still at work and to be ended.

        Somebody else looks at it meanwhile (`look`).
        """
        answer = Spooled()
        self.free = False
        self._at_work = job.limits, asked_at
        try:
            self.child.connection.send_bytes(job.encode())
            while not self._take(job, asked_at, answer):
                pass
        except BaseException as error:
            answer.close()
            if isinstance(error, EOFError | ConnectionError):
                raise self._passed or _Lost("The process that answered ended before the answer was whole.", 1) from error
            raise
        finally:
            with self._lock:
                self._at_work = None
            self.free = self.free and self._passed is None
        return answer

    def look(self, *, alone: bool) -> None:
        """Ends the process if its job has passed a limit: whoever waits for the answer finds the pipe closed, and why.

        A long job that is not alone steps back behind the others.
        """
        with self._lock:
            if self._at_work is None or self._passed:
                return
            limits, asked_at = self._at_work
            elapsed = time.monotonic() - asked_at
            if elapsed >= limits.seconds:
                self._passed = Exceeded("seconds", limits.seconds, elapsed)
            elif elapsed > _LOOK and self.child.memory() > limits.memory:
                self._passed = Exceeded("memory", limits.memory, elapsed)
            if self._passed:
                self.child.process.kill()
            elif elapsed > _LONG and not alone and not self.stepped_back:
                self.stepped_back = True
                self.child.step_back(_NICE)

    def _take(self, job: Job, asked_at: float, answer: Spooled) -> bool:
        """One frame; whether it was the last."""
        content = self.child.connection.recv_bytes()
        kind, rest = content[:1], content[1:]
        self.free = kind != DATA
        if kind == DATA:
            answer.append(rest)
        elif kind == WHOLE:
            answer.append(rest)
            answer.complete(more=False, notes=())
        elif kind == END:
            answer.complete(**json.loads(rest))
        elif kind == REFUSED:
            raise Refusal(**json.loads(rest))
        elif kind == EXCEEDED:
            raise Exceeded("answer", json.loads(rest)["allowed"], time.monotonic() - asked_at)
        elif kind == FAILED:
            raise EndpointFailed(**json.loads(rest))
        elif kind == BROKEN:
            raise BrokenRelease(job.store, f"does not open ({json.loads(rest)['reason']})", "Run csto-graph build")
        return kind in (END, WHOLE)


class Readers:
    """As many jobs at once as there are readers; the others wait their turn."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._turns = threading.BoundedSemaphore(size)
        self._idle: LifoQueue[Reader] = LifoQueue()  # the last to be used is the warmest
        self._all: set[Reader] = set()
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._busy = 0
        self._started = 0

    def start(self) -> None:
        """Starts the processes, in the process that is to ask them."""
        for _ in range(self._size + _SPARES):
            self._start()
        threading.Thread(target=self._look_on, name="csto-graph looks at its readers", daemon=True).start()

    def answer(self, job: Job, asked_at: float) -> Spooled:
        """See `Reader.answer`; raises `Unavailable` where no reader becomes free in time."""
        with self._turn(job.limits, asked_at):
            try:
                return self._ask(job, asked_at)
            except _Lost:  # ended from outside: a query changes nothing and may be put again, once
                return self._ask(job, asked_at)

    def load(self) -> Load:
        """Of the readers at this moment."""
        return Load(self._busy, self._idle.qsize(), self._started)

    def processes(self) -> list[int]:
        """The process ids of the readers."""
        with self._lock:
            return sorted(reader.child.pid for reader in self._all)

    def close(self) -> None:
        """Ends every process."""
        with self._lock:
            self._ended.set()
            ended, self._all = self._all, set()
        for reader in ended:
            reader.child.end()

    def _look_on(self) -> None:
        while not self._ended.wait(_LOOK):
            with self._lock:
                readers, alone = tuple(self._all), self._busy == 1
            for reader in readers:
                reader.look(alone=alone)

    def _ask(self, job: Job, asked_at: float) -> Spooled:
        reader, begun = self._idle_one(job.limits, asked_at), time.monotonic()
        try:
            answer = reader.answer(job, asked_at)
            answer.seconds = time.monotonic() - begun
            return answer
        finally:
            self._give_back(reader)

    @contextmanager
    def _turn(self, limits: Limits, asked_at: float) -> Iterator[None]:
        left = asked_at + min(limits.seconds, _PATIENCE) - time.monotonic()
        if not self._turns.acquire(timeout=max(0.0, left)):
            raise Unavailable("Every reader is busy with other queries.", 5)
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)
            self._turns.release()

    def _count(self, more: int) -> None:
        with self._lock:
            self._busy += more

    def _idle_one(self, limits: Limits, asked_at: float) -> Reader:
        """A reader that lives; one that was ended from outside is replaced."""
        while True:
            try:
                reader = self._idle.get(timeout=max(0.0, asked_at + min(limits.seconds, _PATIENCE) - time.monotonic()))
            except Empty:
                raise Unavailable("The processes that answer are being started.", 2) from None
            if reader.child.process.is_alive():
                return reader
            self._replace(reader)

    def _give_back(self, reader: Reader) -> None:
        if reader.free and not reader.stepped_back:
            self._idle.put(reader)
        else:
            self._replace(reader)

    def _replace(self, reader: Reader) -> None:
        with self._lock:
            if self._ended.is_set():
                return  # `close` ends it
            self._all.discard(reader)
        reader.child.end()
        self._start()

    def _start(self) -> None:
        reader = Reader(Child.start("csto-graph reader", run))
        with self._lock:
            self._all.add(reader)
            self._started += 1
        threading.Thread(target=self._welcome, args=(reader,), daemon=True).start()

    def _welcome(self, reader: Reader) -> None:
        """Lets a reader in once it is ready; another takes the place of one that does not get there."""
        if reader.child.is_ready(_STARTING):
            self._idle.put(reader)
        else:
            time.sleep(_AGAIN)  # where none can start, not all of the machine is spent on trying
            self._replace(reader)
