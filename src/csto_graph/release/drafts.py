"""A change to a release: made on a copy of it, and published as the next release or gone without a trace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Store

from csto_graph.errors import BrokenRelease
from csto_graph.model import Release
from csto_graph.release.difference import Difference, difference
from csto_graph.release.files import scratch_folder
from csto_graph.release.home import current, held, open_store, publish_folder
from csto_graph.release.manifest import Manifest
from csto_graph.release.turtle import GraphName


@dataclass(slots=True)
class Draft:
    """A release and a copy of it that may be written; unwritten files are shared between the two (hard links)."""

    home: Path
    release: Release
    before: Store
    _folder: Path
    _store: Store | None = None

    @property
    def store(self) -> Store:
        """The copy. Keep no reference to it: it is closed by `publish`."""
        if self._store is None:
            self._store = Store(str(self._folder / "store"))
        return self._store

    def difference(self, graphs: Iterable[GraphName] | None = None) -> Difference:
        """What the copy holds otherwise than the release, by graph: of these graphs, or of all."""
        return difference(self.before, self.store, graphs)

    def publish(self, manifest: Manifest) -> Release:
        """Make the copy the current release, under the next number; the draft is used up."""
        self.store.flush()
        self._store = None
        return publish_folder(self.home, self._folder, manifest)


@contextmanager
def drafted(home: Path) -> Iterator[Draft]:
    """A draft of the current release; nobody else writes the home until the block ends.

    Whatever happens, a kill included, the home has the old release or the whole new one.
    Raises `BrokenRelease` where there is none to change, `WrongCall` where the home cannot be written.
    """
    with held(home), scratch_folder(home / "releases") as scratch:
        release = current(home)
        if release is None:
            raise BrokenRelease(home, "there is no release here", "Run csto-graph build first")
        before = open_store(release)
        before.backup(scratch / "store")
        yield Draft(home, release, before, scratch)
