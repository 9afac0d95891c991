"""One writer at a time in a home. The operating system drops the lock when its process ends, however it ends."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from csto_graph.errors import WrongCall

PATIENCE: Final = 30.0  # seconds; publishing takes about one

if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(home: Path, patience: float = PATIENCE, name: str = ".lock") -> Iterator[None]:
    """Hold the home's lock, waiting at most `patience` seconds for it. Raises `WrongCall` after that."""
    with (home / name).open("ab") as file:
        deadline = time.monotonic() + patience
        while not _locks(file):
            if time.monotonic() > deadline:
                remedy = "Wait until it has ended, or name another --home"
                raise WrongCall(home, "another build or change is publishing here", remedy)
            time.sleep(0.05)
        yield


def _locks(file: IO[bytes]) -> bool:
    try:
        _try_lock(file)
    except (BlockingIOError, PermissionError):  # PermissionError is Windows' word for it
        return False
    return True
