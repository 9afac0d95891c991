"""The embedded store: the releases of a home, asked by reader processes of this machine."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from csto_graph.backend.carrying import Writing
from csto_graph.backend.dumping import offered
from csto_graph.backend.dumps import Dumps
from csto_graph.backend.interface import (
    Change,
    Changed,
    DroppedRelease,
    Dump,
    DumpFile,
    Limits,
    Load,
    NotWritable,
    Query,
    UnknownDump,
    UnknownRelease,
)
from csto_graph.backend.job import Job
from csto_graph.backend.readers import Readers, Spooled
from csto_graph.backend.writers import Writer
from csto_graph.errors import BrokenRelease
from csto_graph.model import Release, Standing
from csto_graph.release import home as kept
from csto_graph.release.history import history

Stamp = tuple[int, int] | None  # of a file or folder: its inode and the time of its last change


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the home kept when it was looked at."""

    seen: tuple[Stamp, ...]
    releases: tuple[Release, ...]
    history: tuple[Standing, ...]


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
        self._paths = [str(home / name) for name in ("current", "releases", "history")]
        self._current = first
        self._listed: _Kept | None = None
        self._seen = self._named() if first else None
        self._writer = Writer(home, writing) if writing else None
        self._dumps = Dumps(home)
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

    def _named(self) -> Stamp:
        """What changes when another release is named."""
        return _stamp(self._paths[0])

    def releases(self) -> Sequence[Release]:
        """By number."""
        return self._kept().releases

    def find(self, number: int) -> Release:
        """Raises `UnknownRelease`, or `DroppedRelease` where there was one."""
        kept_ = self._kept()
        for release in kept_.releases:
            if release.number == number:
                return release
        dropped = 0 < number < max((release.number for release in kept_.releases), default=0)
        raise DroppedRelease(number) if dropped else UnknownRelease(number)

    def history(self) -> Sequence[Standing]:
        """As the home tells it."""
        return self._kept().history

    def _kept(self) -> _Kept:
        """What the home keeps, read again when it changed."""
        seen = tuple(map(_stamp, self._paths))
        if self._listed is None or self._listed.seen != seen:
            self._listed = _Kept(seen, tuple(kept.releases(self._home)), history(self._home))
        return self._listed

    def sizes(self, release: Release) -> Mapping[str, int]:
        """Raises `BrokenRelease` where the manifest does not say."""
        return kept.sizes(release)

    def answer(self, release: Release, query: Query, syntax: str, limits: Limits) -> Spooled:
        """The whole answer; see `interface.Backend.answer`."""
        try:
            return self._readers.answer(Job(f"{release.folder}{os.sep}store", query, syntax, limits), time.monotonic())
        except BrokenRelease:
            if not release.folder.exists():
                raise DroppedRelease(release.number) from None
            raise

    def dumps(self, release: Release) -> Sequence[Dump]:
        """See `interface.Backend.dumps`."""
        return offered(release.number, self.sizes(release))

    def made(self, release: Release, name: str) -> DumpFile | None:
        """See `interface.Backend.made`."""
        return self._dumps.made(release, name)

    def dump(self, release: Release, name: str, limits: Limits) -> DumpFile:
        """See `interface.Backend.dump`."""
        if name not in {each.name for each in self.dumps(release)}:
            raise UnknownDump(name)
        return self._dumps.file(release, name, limits)

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
        self._dumps.close()
        if self._writer:
            self._writer.close()


def _stamp(path: str) -> Stamp:
    try:
        stat = os.stat(path)  # noqa: PTH116  # for each query: a `Path` takes three times as long
    except (FileNotFoundError, NotADirectoryError):
        return None
    return stat.st_ino, stat.st_mtime_ns
