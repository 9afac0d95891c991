"""The dumps of a home's releases, made on first demand by a process of their own, one at a time, and kept."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from csto_graph.backend.child import Child
from csto_graph.backend.dumping import make, place, sum_file, touch
from csto_graph.backend.interface import DroppedRelease, DumpFile, Limits, Unavailable
from csto_graph.model import Release

_NICENESS: Final = 10  # who asks a question goes first
_WAIT: Final = 10.0  # seconds that a request waits at most: it keeps a thread
_AGAIN: Final = 10  # seconds after which it is worth asking again
_LOG: Final = logging.getLogger(__name__)


class Dumps:
    """Two who ask for the same at once wait for one. What is made goes on when nobody waits for it any more."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._guard = threading.Lock()
        self._making: dict[Path, Future[str | None]] = {}
        self._maker = ThreadPoolExecutor(1, "dumps")
        self._child: Child | None = None

    def made(self, release: Release, name: str) -> DumpFile | None:
        """One that was made, and is still kept."""
        path = place(self._home, release, name)
        with suppress(OSError):
            sha256 = sum_file(path).read_text(encoding="utf-8").partition(" ")[0]
            return DumpFile(path, path.stat().st_size, sha256)
        return None

    def file(self, release: Release, name: str, limits: Limits) -> DumpFile:
        """One, made where it is not yet. See `interface.Backend.dump` for what it raises."""
        made = self.made(release, name) or self._awaited(release, name, limits)
        touch(made.path)
        return made

    def close(self) -> None:
        """Ends what is being made; nothing of it stays."""
        self._maker.shutdown(wait=False, cancel_futures=True)
        child = self._child
        if child is not None:
            child.process.kill()

    def _awaited(self, release: Release, name: str, limits: Limits) -> DumpFile:
        try:
            problem = self._started(release, name).result(min(limits.seconds, _WAIT))
        except TimeoutError:
            raise Unavailable("The dump is being made.", _AGAIN) from None
        made = self.made(release, name)
        if made is None:
            if not release.folder.exists():
                raise DroppedRelease(release.number)
            _LOG.error("The dump %s cannot be made: %s", name, problem)
            raise Unavailable("The dump cannot be made now.", 60)
        return made

    def _started(self, release: Release, name: str) -> Future[str | None]:
        path = place(self._home, release, name)
        with self._guard:
            making = self._making.get(path)
            if making is None:
                making = self._making[path] = self._maker.submit(self._make, path, release.number, name)
            return making

    def _make(self, path: Path, number: int, name: str) -> str | None:
        try:
            self._child = Child.start("dump", run, str(self._home), number, name)
            self._child.step_back(_NICENESS)
            return self._child.connection.recv_bytes().decode() or None
        except (EOFError, OSError):
            return "its process was ended"
        finally:
            child, self._child = self._child, None
            if child is not None:
                child.end()
            with self._guard:
                self._making.pop(path, None)


def run(connection: Connection, home: str, number: int, name: str) -> None:
    """The life of the process that makes one."""
    connection.send_bytes((make(Path(home), number, name) or "").encode())
