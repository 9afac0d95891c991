"""Which graphs a build makes, which are its users', and how these come into the next release."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Store

from csto_graph.errors import BrokenRelease
from csto_graph.model import Release
from csto_graph.namespaces import GRAPH
from csto_graph.release.home import last_good, open_store, opening
from csto_graph.release.turtle import ELSEWHERE, GraphName

# What follows `graph/` in the names that builds give; `default` is what a release calls the graph that has no name.
_MADE: Final = frozenset(
    {
        "default", "source", "evidence", "reference", "curated", "inferred", "links", "enrichment", "ontology", "disagreements",
        ELSEWHERE,
    }
)  # fmt: skip


def made_by_builds(graph: GraphName) -> bool:
    """Whether every build makes this graph anew, so that nobody else may write it."""
    if isinstance(graph, DefaultGraph):
        return True
    kind, _, _ = graph.value.removeprefix(str(GRAPH)).partition("/")
    return graph.value.startswith(str(GRAPH)) and kind in _MADE


def user_graphs(store: Store) -> Iterator[NamedNode]:
    """The graphs that users wrote, those that hold nothing too."""
    return (graph for graph in store.named_graphs() if isinstance(graph, NamedNode) and not made_by_builds(graph))


def carry_user_graphs(home: Path, store: Store) -> tuple[NamedNode, ...]:
    """Adds to a store the graphs that users wrote, as the current release has them; which ones.

    Where the current release is broken they come from the last good one. The home is held, so that no change is lost.
    """
    release = _readable(home)
    if release is None:
        return ()
    kept = open_store(release)
    carried = tuple(sorted(user_graphs(kept), key=str))
    for graph in carried:
        store.add_graph(graph)
        store.extend(kept.quads_for_pattern(None, None, None, graph))
    return carried


def _readable(home: Path) -> Release | None:
    try:
        return opening(home)
    except BrokenRelease:
        return last_good(home)
