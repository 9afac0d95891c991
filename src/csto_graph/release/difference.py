"""What one release says that another does not, graph by graph."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyoxigraph import DefaultGraph, Quad, Store

from csto_graph.model import Release
from csto_graph.namespaces import GRAPH
from csto_graph.release.home import open_store
from csto_graph.release.turtle import GraphName, graph_names
from csto_graph.release.use import reading


@dataclass(frozen=True, slots=True)
class Difference:
    """What was added to a graph and removed from it, each sorted; `graph` is its IRI, that of the default graph included."""

    graph: str
    added: tuple[Quad, ...]
    removed: tuple[Quad, ...]


def differences(old: Release, new: Release) -> Iterator[Difference]:
    """Every graph that differs, by its IRI. Both releases stay as long as they are read.

    A graph whose file has the same checksum in both manifests is not read. No release holds a blank node, so a triple is itself
    everywhere. Raises `BrokenRelease` where a store does not open.
    """
    with reading(old.folder), reading(new.folder):
        before, after = open_store(old), open_store(new)
        same = _same_checksums(old, new)
        names = {_iri(name): name for store in (before, after) for name in graph_names(store)}
        for iri in sorted(names.keys() - same):
            found = Difference(iri, _only(after, before, names[iri]), _only(before, after, names[iri]))
            if found.added or found.removed:
                yield found


def _only(store: Store, other: Store, graph: GraphName) -> tuple[Quad, ...]:
    return tuple(sorted((quad for quad in store.quads_for_pattern(None, None, None, graph) if quad not in other), key=str))


def _same_checksums(old: Release, new: Release) -> set[str]:
    before, after = _checksums(old), _checksums(new)
    return {graph for graph, checksum in before.items() if after.get(graph) == checksum}


def _checksums(release: Release) -> dict[str, str]:
    """Of each graph by its IRI, as the manifest has them."""
    files: dict[str, dict[str, Any]] = json.loads((release.folder / "manifest.json").read_bytes()).get("files", {})
    return {entry["graph"]: entry["sha256"] for entry in files.values() if "graph" in entry}


def _iri(graph: GraphName) -> str:
    return f"{GRAPH}default" if isinstance(graph, DefaultGraph) else graph.value
