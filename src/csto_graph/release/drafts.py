"""A change to a release: made on a copy of it, and published as the next release or gone without a trace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import DefaultGraph, NamedNode, Store, Triple

from csto_graph.errors import BrokenRelease
from csto_graph.model import Release
from csto_graph.release.files import scratch_folder
from csto_graph.release.home import current, held, open_store, publish_folder
from csto_graph.release.manifest import Manifest
from csto_graph.release.turtle import GraphName


@dataclass(frozen=True, slots=True)
class GraphChange:
    """What became of one graph. It may come to be, or cease to be, without a triple."""

    added: frozenset[Triple]
    removed: frozenset[Triple]
    created: bool
    dropped: bool


Difference: TypeAlias = Mapping[GraphName, GraphChange]


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

    def difference(self) -> Difference:
        """What the copy holds otherwise than the release, by graph."""
        return difference(self.before, self.store)

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


def difference(before: Store, after: Store) -> Difference:
    """What one store holds otherwise than another, by graph."""
    names: set[GraphName] = {DefaultGraph(), *_named(before), *_named(after)}
    found = {name: _change(before, after, name) for name in sorted(names, key=str)}
    return {name: change for name, change in found.items() if change is not None}


def _named(store: Store) -> set[NamedNode]:
    return {graph for graph in store.named_graphs() if isinstance(graph, NamedNode)}


def _change(before: Store, after: Store, graph: GraphName) -> GraphChange | None:
    """None where the graph is the same. Both stores keep their quads in one order, so most graphs are never held whole."""
    was, is_ = before.contains_named_graph(graph), after.contains_named_graph(graph)
    pairs = zip_longest(*(store.quads_for_pattern(None, None, None, graph) for store in (before, after)))
    if was == is_ and all(one == other for one, other in pairs):
        return None
    old, new = _triples(before, graph), _triples(after, graph)
    if was == is_ and old == new:
        return None
    return GraphChange(new - old, old - new, is_ and not was, was and not is_)


def _triples(store: Store, graph: GraphName) -> frozenset[Triple]:
    return frozenset(quad.triple for quad in store.quads_for_pattern(None, None, None, graph))
