"""The embedded store: the releases of a home, asked by reader processes of this machine."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from csto_graph.backend.carrying import Writing
from csto_graph.backend.interface import Change, Changed, Limits, Load, NotWritable, Query, UnknownRelease
from csto_graph.backend.job import Job
from csto_graph.backend.readers import Readers, Spooled
from csto_graph.backend.writers import Writer
from csto_graph.errors import BrokenRelease
from csto_graph.model import Release
from csto_graph.release import home as kept


class Embedded:
    """See `interface.Backend`. Another process may publish in the home: its release is current from the next query on."""

    def __init__(
        self,
        home: Path,
        *,
        first: Release | None = None,
        readers: int | None = None,
        start: bool = True,
        writing: Writing | None = None,
    ) -> None:
        """`first` is current until another is published: the last good one where the home names one that is broken.

        Changes are taken where `writing` says how.

        Who forks before anything is asked says `start=False` and starts the readers afterwards, in the process that asks.
        """
        self._home = home
        self._name = str(home / "current")  # looked at for each query, for which paths are slow
        self._current = first
        self._seen = self._named() if first else None
        self._writer = Writer(home, writing) if writing else None
        self._readers = Readers(readers or max(2, os.cpu_count() or 2))
        if start:
            self.start()

    def start(self) -> None:
        """Starts the readers, and waits for none of them."""
        self._readers.start()

    def current(self) -> Release:
        """Raises `BrokenRelease` where the home names none that can be read."""
        seen = self._named()
        if self._current is None or seen != self._seen:
            self._current, self._seen = kept.current(self._home), seen
        if self._current is None:
            raise BrokenRelease(self._home, "there is no release here", "Run csto-graph build first")
        return self._current

    def _named(self) -> tuple[int, int] | None:
        """What changes when another release is named."""
        try:
            stat = os.stat(self._name)  # noqa: PTH116  # see above
        except FileNotFoundError:
            return None
        return stat.st_ino, stat.st_mtime_ns

    def releases(self) -> Sequence[Release]:
        """By number."""
        return tuple(kept.releases(self._home))

    def find(self, number: int) -> Release:
        """Raises `UnknownRelease`."""
        for release in self.releases():
            if release.number == number:
                return release
        raise UnknownRelease(number)

    def sizes(self, release: Release) -> Mapping[str, int]:
        """Raises `BrokenRelease` where the manifest does not say."""
        return kept.sizes(release)

    def answer(self, release: Release, query: Query, syntax: str, limits: Limits) -> Spooled:
        """The whole answer; see `interface.Backend.answer`."""
        return self._readers.answer(Job(f"{release.folder}{os.sep}store", query, syntax, limits), time.monotonic())

    def load(self) -> Load:
        """The readers."""
        return self._readers.load()

    def processes(self) -> list[int]:
        """The process ids of the readers."""
        return self._readers.processes()

    def writers(self) -> list[int]:
        """The process id of the writer, once there was something to write."""
        return self._writer.processes() if self._writer else []

    def change(self, change: Change, limits: Limits) -> Changed:
        """See `interface.Backend.change`."""
        if self._writer is None:
            raise NotWritable
        return self._writer.change(change, limits)

    def close(self) -> None:
        """Ends the readers and the writer."""
        self._readers.close()
        if self._writer:
            self._writer.close()
