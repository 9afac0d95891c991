"""What one store says that another does not, graph by graph: a draft beside its release, a release beside an older one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, TypeAlias

from pyoxigraph import NamedNode, Store, Triple

from csto_graph.model import Release
from csto_graph.release.home import manifest_of, open_store
from csto_graph.release.turtle import DEFAULT, GraphName, graph_iri
from csto_graph.release.use import reading


@dataclass(frozen=True, slots=True)
class GraphChange:
    """What became of one graph. It may come to be, or cease to be, without a triple."""

    added: frozenset[Triple]
    removed: frozenset[Triple]
    created: bool
    dropped: bool


Difference: TypeAlias = Mapping[GraphName, GraphChange]  # only of graphs that differ, by their IRIs


def difference(before: Store, after: Store, graphs: Iterable[GraphName] | None = None) -> Difference:
    """What `after` holds otherwise than `before`, by graph: of these graphs, or of all. No other graph is read."""
    names = all_graphs(before) | all_graphs(after) if graphs is None else set(graphs)
    return dict(_changes(before, after, names))


def release_differences(old: Release, new: Release) -> Iterator[tuple[GraphName, GraphChange]]:
    """The same of two releases, one graph after the other; both stay as long as they are read.

    A graph whose file has the same checksum in both manifests is not read. No release holds a blank node, so a triple is itself
    everywhere. Raises `BrokenRelease` where a store does not open.
    """
    with reading(old.folder), reading(new.folder):
        before, after = open_store(old), open_store(new)
        same = _checksums(old).items() & _checksums(new).items()
        known = {graph for graph, _ in same}
        names = {name for name in all_graphs(before) | all_graphs(after) if graph_iri(name) not in known}
        yield from _changes(before, after, names)


def all_graphs(store: Store) -> set[GraphName]:
    """The default graph and the named ones, those that hold nothing too."""
    return {DEFAULT, *(graph for graph in store.named_graphs() if isinstance(graph, NamedNode))}


def _changes(before: Store, after: Store, names: Iterable[GraphName]) -> Iterator[tuple[GraphName, GraphChange]]:
    for name in sorted(names, key=graph_iri):
        change = _change(before, after, name)
        if change is not None:
            yield name, change


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


def _checksums(release: Release) -> dict[str, str]:
    """Of each graph by its IRI, as the manifest has them."""
    files: dict[str, dict[str, Any]] = manifest_of(release).get("files", {})
    return {entry["graph"]: entry["sha256"] for entry in files.values() if "graph" in entry}
