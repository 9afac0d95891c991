"""The graphs of a build together: what lies in the default graph, and what beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

import pyoxigraph as ox

from csto_graph.graph.blank import named
from csto_graph.graph.nodes import graph, in_graph
from csto_graph.graph.reference import DEPRECATED

DEFAULT = ox.DefaultGraph()


def named_dataset(quads: Iterable[ox.Quad], ontology: Iterable[ox.Triple]) -> ox.Store:
    """Every graph that has a name, save those that are made from the others: what follows, and where sources disagree."""
    store = ox.Store()
    store.extend(quads)
    store.extend(in_graph(named(ontology), graph("ontology")))
    return store


def lay_default(store: ox.Store, withheld: Collection[ox.Triple] = frozenset()) -> None:
    """Lays the default graph: the reference data, and what texts and collections assert save what is withheld.

    Of what is withdrawn it has nothing.
    """
    reference = {quad.triple for quad in store.quads_for_pattern(None, None, None, graph("reference"))}
    withdrawn = {triple.subject for triple in reference if triple.predicate == DEPRECATED}
    known = {triple for triple in reference if triple.subject not in withdrawn}
    asserted = {quad.triple for quad in store if _is_of(quad, "source") or _is_of(quad, "curated")}
    store.extend(in_graph(known | asserted.difference(withheld), DEFAULT))


def add_inferred(store: ox.Store, inferred: Iterable[ox.Triple]) -> None:
    """Lays what follows into `graph/inferred` and into the default graph."""
    kept = tuple(inferred)
    store.extend(in_graph(kept, graph("inferred")))
    store.extend(in_graph(kept, DEFAULT))


def default_triples(store: ox.Store) -> list[ox.Triple]:
    """What the reasoner reads."""
    return [quad.triple for quad in store.quads_for_pattern(None, None, None, DEFAULT)]


def described_triples(store: ox.Store) -> list[ox.Triple]:
    """What the shapes read: all but the ontology, which they get as a file, and links and imports, which others answer for."""
    return [quad.triple for quad in store if is_described(quad)]


def is_described(quad: ox.Quad) -> bool:
    """Whether a quad is one of those."""
    return quad.graph_name != graph("ontology") and not _is_of(quad, "links") and not _is_of(quad, "enrichment")


def graph_sizes(store: ox.Store) -> dict[str, int]:
    """Triples per graph, by IRI; the default graph under `default`."""
    counts = Counter("default" if quad.graph_name == DEFAULT else str(quad.graph_name.value) for quad in store)
    return dict(sorted(counts.items()))


def _is_of(quad: ox.Quad, kind: str) -> bool:
    return isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(f"{graph(kind).value}/")
