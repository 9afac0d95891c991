"""Decided links → `graph/links/<target>`: nothing of a rejected pair, nothing of what was looked for and is absent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import pyoxigraph as ox

from csto_graph.graph.nodes import LABEL
from csto_graph.model import Mapping
from csto_graph.sssom import NO_TERM_FOUND


def link_quads(graph: str, mappings: Iterable[Mapping], known: Collection[str]) -> Iterator[ox.Quad]:
    """The links of what the graph knows, by IRI: one of a thing that a source no longer brings is left out."""
    name = ox.NamedNode(graph)
    for each in mappings:
        if is_link(each) and each.subject in known:
            yield ox.Quad(ox.NamedNode(each.subject), ox.NamedNode(each.predicate), ox.NamedNode(each.object), name)


def is_link(mapping: Mapping) -> bool:
    """Whether something was accepted."""
    return not mapping.negated and mapping.object != NO_TERM_FOUND


def labelled(store: ox.Store) -> frozenset[str]:
    """What the default graph has a label of, by IRI."""
    quads = store.quads_for_pattern(None, LABEL, None, ox.DefaultGraph())
    return frozenset(quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode))
