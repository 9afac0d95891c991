"""The writer's process: makes one change at a time until its pipe is closed.

It ends with the server, and may be ended at any instant.
Until it was told to publish it has published nothing, so who ends it before knows that.
"""

from __future__ import annotations

import os
import signal
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from csto_graph.backend.carrying import Writing, carry_out
from csto_graph.backend.interface import Forbidden, Rejected, UnknownGraph, Unmet
from csto_graph.backend.job import BROKEN, END, REFUSED, frame
from csto_graph.backend.orders import BUSY, CHANGED, DECLINED, GO, READY, changed_record, declined_record, decode
from csto_graph.errors import BrokenRelease, CstoGraphError
from csto_graph.sparql.refusal import Refusal

_STACK: Final = 64 * 2**20  # bytes: what `updates` lets through must not overflow the engine's recursion
_LOOK: Final = 1.0  # seconds between two looks whether the server lives


def run(connection: Connection, home: str, writing: Writing) -> None:
    """The life of the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends its writer itself
    threading.stack_size(_STACK)
    server = os.getppid()
    thread = threading.Thread(target=_carry_out_all, args=(connection, Path(home), writing), daemon=True)
    thread.start()
    while thread.is_alive() and os.getppid() == server:  # a change at work does not notice that nobody waits for it any more
        thread.join(_LOOK)
    os._exit(0)  # what is half done is not published, and the lock of the home is free


def _carry_out_all(connection: Connection, home: Path, writing: Writing) -> None:
    connection.send_bytes(END + b"{}")  # ready
    while True:
        try:
            order = connection.recv_bytes()
            connection.send_bytes(_carried_out(order, connection, home, writing))
        except (EOFError, ConnectionError):
            return


def _carried_out(order: bytes, connection: Connection, home: Path, writing: Writing) -> bytes:
    """The last frame of an order."""

    def may_publish() -> None:
        connection.send_bytes(READY)
        if connection.recv_bytes() != GO:
            raise EOFError

    try:
        return frame(CHANGED, changed_record(carry_out(home, decode(order), writing, may_publish)))
    except Refusal as refused:
        return frame(REFUSED, {"detail": refused.detail, "line": refused.line, "column": refused.column})
    except (Forbidden, Rejected, UnknownGraph, Unmet) as declined:
        return frame(DECLINED, declined_record(declined))
    except BrokenRelease as broken:
        return frame(BROKEN, {"place": broken.place, "problem": broken.problem, "remedy": broken.remedy})
    except CstoGraphError as error:
        return frame(BUSY, {"reason": f"The store cannot be written now: {error.problem}."})
