"""A reader process: answers one job at a time until its pipe is closed.

The engine cannot be told to stop, but a process can be ended, and a store opened read-only comes to no harm by it.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import IO, Final, cast

from csto_graph.backend.engine import Engine, open_engine
from csto_graph.backend.job import BROKEN, DATA, END, EXCEEDED, FAILED, LARGEST_FRAME, REFUSED, WHOLE, Job, frame
from csto_graph.backend.writing import write
from csto_graph.sparql.refusal import Refusal
from csto_graph.turtle import with_sorted_prefixes

_STACK: Final = 64 * 2**20  # bytes: what `admission` lets through must not overflow the engine's recursion
_MOST_OPEN: Final = 4  # releases
_LOOK: Final = 1.0  # seconds between two looks whether the server lives
_GRACE: Final = 2  # seconds after the deadline, when whoever should have ended this process seems to be gone


class _TooLong(Exception):
    pass


class _Unreadable(Exception):
    pass


@dataclass(slots=True)
class _Frames:
    """What the engine writes, sent on in frames, up to the longest answer that is allowed."""

    connection: Connection
    longest: int
    _held: bytearray = field(default_factory=bytearray)
    _sent: int = 0

    def write(self, data: bytes) -> int:
        """Takes a part of the answer."""
        self._held += data
        if self._sent + len(self._held) > self.longest:
            raise _TooLong
        if len(self._held) >= LARGEST_FRAME:
            self._send(DATA)
        return len(data)

    def flush(self) -> None:
        """Nothing: a frame is sent when it is full, and the last one by `end`."""

    def end(self, more: bool, notes: Sequence[str]) -> None:
        """Sends the rest: one frame where there is nothing else to tell, as of most answers."""
        if not self._sent and not more and not notes:
            self._send(WHOLE)
            return
        self._send(DATA)
        self.connection.send_bytes(frame(END, {"more": more, "notes": notes}))

    def _send(self, kind: bytes) -> None:
        content = bytes(self._held)
        self._held.clear()
        self.connection.send_bytes(kind + (content if self._sent else with_sorted_prefixes(content)))
        self._sent += len(content)


def run(connection: Connection) -> None:
    """The life of the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends its readers itself
    threading.stack_size(_STACK)
    server = os.getppid()
    thread = threading.Thread(target=_answer_all, args=(connection,), daemon=True)
    thread.start()
    while thread.is_alive() and os.getppid() == server:  # a query at work does not notice that nobody waits for it any more
        thread.join(_LOOK)
    os._exit(0)


def _answer_all(connection: Connection) -> None:
    engines: OrderedDict[str, Engine] = OrderedDict()
    connection.send_bytes(END + b"{}")  # ready
    while True:
        try:
            job = Job.decode(connection.recv_bytes())
            _answer(job, connection, engines)
        except (EOFError, ConnectionError):
            return


def _answer(job: Job, connection: Connection, engines: OrderedDict[str, Engine]) -> None:
    out = _Frames(connection, job.limits.answer)
    _set_alarm(job.limits.seconds + _GRACE)
    try:
        engine = _engine(job.store, engines)
        more = write(engine.ask(job.query, job.limits), job.syntax, job.limits.most, cast(IO[bytes], out))
        out.end(more, engine.notes(job.query))
    except Refusal as refused:
        connection.send_bytes(frame(REFUSED, {"detail": refused.detail, "line": refused.line, "column": refused.column}))
    except _Unreadable as error:
        connection.send_bytes(frame(BROKEN, {"reason": str(error)}))
    except _TooLong:
        connection.send_bytes(frame(EXCEEDED, {"limit": "answer", "allowed": job.limits.answer}))
    except (OSError, RuntimeError, SyntaxError, ValueError) as error:
        connection.send_bytes(_frame_of(error, job))
    finally:
        _set_alarm(0)


def _frame_of(error: Exception, job: Job) -> bytes:
    """What the engine says while it answers; raises it again where that is nobody's fault but ours."""
    if isinstance(error, RuntimeError) and "custom function" in str(error):
        return frame(REFUSED, {"detail": f"{error}. Only the functions of SPARQL 1.1 are."})
    if job.limits.services and "service" in job.query.text.lower() and not isinstance(error, ConnectionError):
        told = str(error).partition("with payload:\n")[2]  # the words of `federation`
        return frame(FAILED, {"reason": told or "An endpoint that SERVICE names did not answer as SPARQL 1.1 has it."})
    raise error


def _engine(folder: str, engines: OrderedDict[str, Engine]) -> Engine:
    if folder not in engines:
        try:
            engines[folder] = open_engine(folder)
        except (OSError, ValueError) as error:
            raise _Unreadable(str(error)) from error
        if len(engines) > _MOST_OPEN:
            engines.popitem(last=False)
    engines.move_to_end(folder)
    return engines[folder]


def _set_alarm(seconds: float) -> None:
    """Ends the process on its own after that time: nobody may be left to do it. Windows has no such clock."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
