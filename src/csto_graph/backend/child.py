"""A process of the service's own, and the pipe to it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, Self

import psutil  # type: ignore[import-untyped]  # it ships no annotations


@dataclass(slots=True, eq=False)
class Child:
    """It ends when its pipe is closed, and with this process at the latest."""

    process: SpawnProcess
    connection: Connection

    @classmethod
    def start(cls, name: str, run: Callable[..., None], *arguments: Any) -> Self:
        """Has `run` called in a new process with its end of the pipe and the arguments; it says something when it is ready."""
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=run, args=(theirs, *arguments), name=name, daemon=True)
        process.start()
        theirs.close()
        return cls(process, ours)

    @property
    def pid(self) -> int:
        """The process id."""
        assert self.process.pid is not None  # it was started
        return self.process.pid

    def is_ready(self, seconds: float) -> bool:
        """Whether the process says within that time that it is."""
        try:
            return self.connection.poll(seconds) and bool(self.connection.recv_bytes())
        except (EOFError, OSError):
            return False

    def memory(self) -> int:
        """Bytes resident; 0 where the process has just ended, which its pipe says."""
        try:
            return int(psutil.Process(self.pid).memory_info().rss)
        except psutil.Error:
            return 0

    def step_back(self, niceness: int) -> None:
        """Lets others go first on a busy machine, for good: only a superuser could take it back. Windows has no such number."""
        if psutil.POSIX:
            with suppress(psutil.Error):
                psutil.Process(self.pid).nice(niceness)

    def end(self) -> None:
        """At once, whatever it does."""
        self.process.kill()
        self.process.join()
        self.connection.close()
        with suppress(ValueError):  # another thread that started a process has waited for this one at the same instant
            self.process.close()
