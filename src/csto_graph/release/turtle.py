"""Graphs as Turtle and datasets as TriG whose bytes depend on what they hold and on nothing else.

With no blank nodes, sorting is canonical enough: RDF 1.1 Turtle has no other freedom once the prefixes are fixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias
from urllib.parse import quote

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from csto_graph.errors import RefusedData
from csto_graph.namespaces import GRAPH, ID, PREFIXES, RDF, XSD
from csto_graph.turtle import with_sorted_prefixes

GraphName: TypeAlias = NamedNode | DefaultGraph

ELSEWHERE: Final = "elsewhere"
DEFAULT: Final = DefaultGraph()

_TYPE: Final = str(RDF.type)
_SHORT: Final = {str(XSD[name]) for name in ("string", "integer", "decimal", "double", "boolean")}  # written without their IRI
# A slash cannot stand in a prefixed name, so things get one prefix per kind and graphs their full IRI.
_FLAT: Final = {name: iri for name, iri in PREFIXES.items() if iri not in (str(ID), str(GRAPH))}


def file_name(graph: GraphName) -> str:
    """Where a graph lies in a release: `default.ttl`, `evidence/csto-2022-01-10.ttl`.

    The name of a graph that is not of the form `graph/<kind>/<id>` is escaped whole, under a kind that no graph may have.
    """
    if isinstance(graph, DefaultGraph):
        return "default.ttl"
    name = graph.value.removeprefix(str(GRAPH))
    if name == graph.value or not all(part.strip(".") for part in name.split("/")):
        return f"{ELSEWHERE}/{quote(graph.value, safe='')}.ttl"
    return f"{name}.ttl"


def graph_iri(graph: GraphName) -> str:
    """The IRI under which releases speak of a graph, of the one without a name too."""
    return f"{GRAPH}default" if isinstance(graph, DefaultGraph) else graph.value


def graph_names(store: Store) -> tuple[GraphName, ...]:
    """The default graph, then the named graphs that hold a triple, by IRI."""
    named = [name for name in store.named_graphs() if isinstance(name, NamedNode)]
    filled = [name for name in named if next(store.quads_for_pattern(None, None, None, name), None)]
    return (DefaultGraph(), *sorted(filled, key=str))


def sorted_triples(triples: Iterable[Triple], place: str) -> list[Triple]:
    """Triples in the order in which we write them; `place` is named where one holds a blank node."""
    ordered = sorted(triples, key=_order)
    for triple in ordered:
        if isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode):
            raise RefusedData(place, f"holds a blank node ({triple})", "Give every node an IRI")
    return ordered


def turtle(triples: Iterable[Triple]) -> bytes:
    """Triples as Turtle: sorted, UTF-8, LF, one final newline, only the prefixes in use, by name."""
    ordered = sorted(set(triples), key=_order)
    return with_sorted_prefixes(serialize(ordered, format=RdfFormat.TURTLE, prefixes=prefixes_of(ordered)) or b"")


def trig(quads: Iterable[Quad]) -> bytes:
    """Quads as TriG, in the same manner; the default graph comes first."""
    ordered = sorted(set(quads), key=lambda quad: (str(quad.graph_name).removeprefix("DEFAULT"), _order(quad.triple)))
    prefixes = prefixes_of(quad.triple for quad in ordered)
    return with_sorted_prefixes(serialize(ordered, format=RdfFormat.TRIG, prefixes=prefixes) or b"")


def prefixes_of(triples: Iterable[Triple]) -> dict[str, str]:
    """The prefixes that these triples use: those of `namespaces`, and one per kind of thing (`state`, `treaty`)."""
    return prefixes_of_iris({iri for triple in triples for iri in _iris(triple)})


def prefixes_of_iris(iris: Iterable[str]) -> dict[str, str]:
    """The prefixes that shorten one of these."""
    used = set(_namespaces(iris))
    kinds = {iri.removeprefix(str(ID)).rstrip("/"): iri for iri in used if iri.startswith(str(ID))}
    return dict(sorted((kinds | {name: iri for name, iri in _FLAT.items() if iri in used}).items()))


def _namespaces(iris: Iterable[str]) -> Iterator[str]:
    for iri in iris:
        if iri.startswith(str(ID)):
            kind, _, slug = iri.removeprefix(str(ID)).partition("/")
            yield from [f"{ID}{kind}/"] if slug else []
        else:
            yield from (namespace for namespace in _FLAT.values() if iri.startswith(namespace))


def _iris(triple: Triple) -> Iterator[str]:
    for term in (triple.subject, triple.predicate, triple.object):
        if isinstance(term, NamedNode) and term.value != _TYPE:
            yield term.value
        elif isinstance(term, Literal) and not term.language and term.datatype.value not in _SHORT:
            yield term.datatype.value


def _order(triple: Triple) -> tuple[str, bool, str, str]:
    return str(triple.subject), triple.predicate.value != _TYPE, str(triple.predicate), str(triple.object)
