"""The graphs of a build together: what lies in the default graph, and what beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pyoxigraph as ox

from csto_graph.graph.nodes import graph, in_graph

DEFAULT = ox.DefaultGraph()


def asserted_dataset(asserted: Iterable[ox.Quad], links: Iterable[ox.Quad], ontology: Iterable[ox.Triple]) -> ox.Store:
    """Every graph but the inferred one. The default graph holds what is asserted, the evidence left out, and no link."""
    kept = tuple(asserted)
    store = ox.Store()
    store.extend(kept)
    store.extend(links)
    store.extend(in_graph(ontology, graph("ontology")))
    store.extend(in_graph((quad.triple for quad in kept if not _is_of(quad, "evidence")), DEFAULT))
    return store


def add_inferred(store: ox.Store, inferred: Iterable[ox.Triple]) -> None:
    """Lays what follows into `graph/inferred` and into the default graph."""
    kept = tuple(inferred)
    store.extend(in_graph(kept, graph("inferred")))
    store.extend(in_graph(kept, DEFAULT))


def default_triples(store: ox.Store) -> list[ox.Triple]:
    """What the reasoner reads."""
    return [quad.triple for quad in store.quads_for_pattern(None, None, None, DEFAULT)]


def described_triples(store: ox.Store) -> list[ox.Triple]:
    """What the shapes read: all but the ontology, which they get as a file, and the links, which describe nothing of ours."""
    return [quad.triple for quad in store if is_described(quad)]


def is_described(quad: ox.Quad) -> bool:
    """Whether a quad is one of those."""
    return quad.graph_name != graph("ontology") and not _is_of(quad, "links")


def graph_sizes(store: ox.Store) -> dict[str, int]:
    """Triples per graph, by IRI; the default graph under `default`."""
    counts = Counter("default" if quad.graph_name == DEFAULT else str(quad.graph_name.value) for quad in store)
    return dict(sorted(counts.items()))


def _is_of(quad: ox.Quad, kind: str) -> bool:
    return isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(f"{graph(kind).value}/")
