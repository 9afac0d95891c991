"""The things of a release as they are compared: names, classes, years, places and identifiers."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pyoxigraph as ox

from csto_graph.link.external.described import Described
from csto_graph.link.external.triples import described
from csto_graph.namespaces import CST, GRAPH, ID

_DEFAULT: Final = ox.DefaultGraph()
_LINKS: Final = f"{GRAPH}links/"
_NOBODY_ELSES: Final = "Situation"  # a membership, a tenure: it belongs to one source


def our_things(store: ox.Store) -> tuple[Described, ...]:
    """The named things of the default graph, with the links that they have, by IRI.

    What a text alone brought up ("the protests") is nobody else's thing: its IRI has the name of its source and a dot.
    """
    triples = [quad.triple for quad in store.quads_for_pattern(None, None, None, _DEFAULT)]
    links = [quad.triple for quad in store if _is_link(quad)]
    found = (_in_classes(each) for each in described([*triples, *links]) if _is_shared(each.iri))
    return tuple(sorted((each for each in found if _NOBODY_ELSES not in each.types), key=lambda each: each.iri))


def _is_shared(iri: str) -> bool:
    return iri.startswith(str(ID)) and "." not in iri.removeprefix(str(ID))


def _in_classes(thing: Described) -> Described:
    """By its own classes: those of other vocabularies follow from them."""
    ours = (each.removeprefix(str(CST)) for each in thing.types if each.startswith(str(CST)))
    return replace(thing, types=tuple(ours))


def _is_link(quad: ox.Quad) -> bool:
    return isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(_LINKS)
