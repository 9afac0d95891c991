"""Holding a release while it is read, so that nobody drops it meanwhile.

RocksDB opens most tables of a store only when a query needs them (seen: 16 of 35 at the opening): a release whose files
are unlinked under a reader fails it in the middle of an answer. So a reader holds a shared lock on the manifest as long as it has
the store open, and a release is dropped only under an exclusive one. The system drops a lock with its process, however that ends.
Windows drops no file that is open, which does as well.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

if sys.platform != "win32":
    import fcntl


class Hold:
    """A release held, until `close` or until nobody has the hold any more."""

    def __init__(self, folder: Path) -> None:
        """Raises `OSError` where the folder is none of a release."""
        self._descriptor: int | None = None
        self._descriptor = os.open(folder / "manifest.json", os.O_RDONLY)
        if sys.platform != "win32":
            fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def close(self) -> None:
        """Lets go."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    __del__ = close


def hold(folder: Path) -> Hold | None:
    """Holds the release in a folder; None where it is none of a release."""
    try:
        return Hold(folder)
    except OSError:
        return None


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Holds the release in a folder during a block."""
    kept = hold(folder)
    try:
        yield
    finally:
        if kept:
            kept.close()


@contextmanager
def unused(folder: Path) -> Iterator[bool]:
    """Whether nobody holds the release in a folder; if so, nobody can until the block ends."""
    try:
        file = (folder / "manifest.json").open("rb")
    except OSError:
        yield True  # without its manifest it is no release
        return
    with file:
        yield _locks_alone(file)


def _locks_alone(file: IO[bytes]) -> bool:
    if sys.platform != "win32":
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True
