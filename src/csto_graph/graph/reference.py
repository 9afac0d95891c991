"""Reference data → `graph/reference` (types and names) and `graph/links/wikidata` (what it is called elsewhere)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from csto_graph.graph.nodes import cst, dated, described, english, graph, in_graph
from csto_graph.model import Identifier, Name, NameKind, Thing
from csto_graph.namespaces import DCTERMS, OWL, RDFS, SKOS
from csto_graph.withdrawal import Withdrawal

DEPRECATED = ox.NamedNode(str(OWL.deprecated))
_LABELS = {NameKind.STRONG: "altLabel", NameKind.WEAK: "hiddenLabel"}  # hidden: for search, not for show (SKOS)
_NOTATIONS = {"ISO 3166-1 alpha-2": "iso3166Alpha2", "ISO 3166-1 alpha-3": "iso3166Alpha3"}


def reference_quads(
    things: Iterable[Thing], names: Iterable[Name], identifiers: Iterable[Identifier], withdrawn: Iterable[Withdrawal] = ()
) -> Iterator[ox.Quad]:
    """Types, labels, other names and codes of the things that are known, and which IRIs are no longer used.

    Demonyms and capitals are no names of a state.
    """
    name_of = graph("reference")
    known = {thing.iri: thing for thing in things}
    for thing in known.values():
        yield from in_graph(described(thing), name_of)
    for name in names:
        if name.kind in _LABELS and name.surface_form != known[name.iri].label:
            yield ox.Quad(ox.NamedNode(name.iri), _skos(_LABELS[name.kind]), english(name.surface_form), name_of)
    for identifier in identifiers:
        if identifier.scheme in _NOTATIONS:
            notation = ox.Literal(identifier.identifier, datatype=cst(_NOTATIONS[identifier.scheme]))
            yield ox.Quad(ox.NamedNode(identifier.thing), _skos("notation"), notation, name_of)
    for each in withdrawn:
        yield from in_graph(_withdrawn(each), name_of)


def _withdrawn(each: Withdrawal) -> Iterator[ox.Triple]:
    node = ox.NamedNode(each.iri)
    yield ox.Triple(node, DEPRECATED, ox.Literal(True))
    yield ox.Triple(node, ox.NamedNode(str(DCTERMS.date)), dated(each.since))
    yield ox.Triple(node, ox.NamedNode(str(RDFS.comment)), english(each.reason))
    if each.replacement:
        yield ox.Triple(node, ox.NamedNode(str(DCTERMS.isReplacedBy)), ox.NamedNode(each.replacement))


def identifier_quads(identifiers: Iterable[Identifier]) -> Iterator[ox.Quad]:
    """The links to Wikidata: skos:exactMatch, so that nobody's reasoner merges the two descriptions."""
    for identifier in identifiers:
        if identifier.scheme == "Wikidata QID" and identifier.iri:
            target = ox.NamedNode(identifier.iri)
            yield ox.Quad(ox.NamedNode(identifier.thing), _skos("exactMatch"), target, graph("links", "wikidata"))


def _skos(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{SKOS}{name}")
