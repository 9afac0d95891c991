"""What an asserted triple rests on: the graphs that hold it, and the statements behind it with their words or citations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import pyoxigraph as ox

from csto_graph.namespaces import CST, DCTERMS, GRAPH, OA, PROV, RDF, RDFS, SCHEMA, SKOS
from csto_graph.reason.rules import DEFAULT, INFERRED, Term

GraphName: TypeAlias = ox.NamedNode | ox.BlankNode | ox.DefaultGraph


class How(StrEnum):
    """How a statement bears a triple."""

    SAYS = "says it"  # its subject, predicate and object are the triple's
    GIVES = "gives the node"  # of the situation or the event that the triple describes
    NAMES = "speaks of it"  # of the thing that the triple describes


@dataclass(frozen=True, slots=True)
class Words:
    """Characters of a document, by their offsets (Unicode code points, end exclusive)."""

    document: str  # the label of the document
    exact: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cited:
    """What a fact is cited from, as a release tells of it."""

    title: str
    address: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Ground:
    """A statement, and what itself rests on: words of a text, or citations with their sureness."""

    statement: str  # its IRI
    label: str
    how: How
    status: str  # "Asserted", "Planned" …
    words: tuple[Words, ...] = ()
    citations: tuple[Cited, ...] = ()
    sureness: str | None = None  # "A", "B" or "C"
    row: str | None = None  # of the table of cited facts
    set_aside: str | None = None  # why the default graph does not follow it, where it does not


@dataclass(frozen=True, slots=True)
class Support:
    """A graph that holds the triple, and the statements of its source behind it; the reference data has none."""

    graph: str  # its IRI
    grounds: tuple[Ground, ...] = ()


def supports(store: ox.Store, triple: ox.Triple) -> tuple[Support, ...]:
    """Every graph of a source, a collection or the reference data that holds the triple, by IRI."""
    return tuple(Support(name, _grounds(store, name, triple)) for name in sorted(_holding(store, triple)))


def said(store: ox.Store, triple: ox.Triple) -> tuple[Ground, ...]:
    """Every statement that says the triple, whatever its status, by IRI."""
    quads = store.quads_for_pattern(None, _node(RDF.subject), triple.subject, None)
    found = [(quad.subject, quad.graph_name) for quad in quads if _says(store, quad, triple)]
    return tuple(_ground(store, name, node, How.SAYS) for node, name in sorted(found, key=str))


def stated(store: ox.Store, statement: str) -> Ground:
    """What a statement rests on. Raises `KeyError` where no evidence graph has one of this IRI."""
    node = ox.NamedNode(statement)
    graphs = sorted(str(quad.graph_name).strip("<>") for quad in store.quads_for_pattern(node, _node(RDFS.label), None, None))
    evidence = next((name for name in graphs if name.startswith(f"{GRAPH}evidence/")), None)
    if evidence is None:
        raise KeyError(statement)
    return _ground(store, ox.NamedNode(evidence), node, How.SAYS)


def _set_aside(store: ox.Store, statement: ox.NamedNode) -> str | None:
    """Why the default graph does not follow a statement; None where it does."""
    quads = store.quads_for_pattern(None, _node(CST.setsAside), statement, None)
    return min((text for quad in quads for text in _texts(store, quad.graph_name, quad.subject, CST.because)), default=None)


def _holding(store: ox.Store, triple: ox.Triple) -> Iterator[str]:
    for quad in store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None):
        if quad.graph_name not in (DEFAULT, INFERRED) and isinstance(quad.graph_name, ox.NamedNode):
            yield quad.graph_name.value


def _grounds(store: ox.Store, name: str, triple: ox.Triple) -> tuple[Ground, ...]:
    kind, _, source = name.removeprefix(str(GRAPH)).partition("/")
    if kind not in ("source", "curated"):
        return ()
    evidence = ox.NamedNode(f"{GRAPH}evidence/{source}")
    nearest: dict[Term, How] = {}
    for node, how in _bearing(store, evidence, triple):
        nearest.setdefault(node, how)
    first = min(nearest.values(), key=list(How).index, default=None)
    return tuple(_ground(store, evidence, node, how) for node, how in sorted(nearest.items(), key=str) if how is first)


def _bearing(store: ox.Store, evidence: ox.NamedNode, triple: ox.Triple) -> Iterator[tuple[Term, How]]:
    """The asserted statements of a source that have to do with a triple, those that say it first."""
    subjects = list(store.quads_for_pattern(None, _node(RDF.subject), triple.subject, evidence))
    places = [_node(RDF.object), _node(CST.place)]
    others = [quad for end in places for quad in store.quads_for_pattern(None, end, triple.subject, evidence)]
    bearing: list[tuple[Term, How]] = [(quad.subject, How.SAYS) for quad in subjects if _says(store, quad, triple)]
    bearing += [(node, How.GIVES) for node in _values(store, evidence, triple.subject, PROV.wasDerivedFrom)]
    bearing += [(quad.subject, How.NAMES) for quad in (*subjects, *others)]
    return ((node, how) for node, how in bearing if _node(CST.Asserted) in _values(store, evidence, node, CST.status))


def _says(store: ox.Store, quad: ox.Quad, triple: ox.Triple) -> bool:
    ends = ((RDF.predicate, triple.predicate), (RDF.object, triple.object))
    return all(value in _values(store, quad.graph_name, quad.subject, predicate) for predicate, value in ends)


def _ground(store: ox.Store, evidence: GraphName, node: Term, how: How) -> Ground:
    def one(predicate: object) -> str | None:
        return next(_texts(store, evidence, node, predicate), None)

    assert isinstance(node, ox.NamedNode)
    status, sureness = (next(iter(_locals(store, evidence, node, name)), "") for name in ("status", "sureness"))
    words = (_words(store, evidence, place) for place in _values(store, evidence, node, CST.evidence))
    citations = (_citation(store, evidence, cited) for cited in _values(store, evidence, node, DCTERMS.source))
    return Ground(
        node.value,
        one(RDFS.label) or node.value,
        how,
        status,
        tuple(sorted(words, key=lambda each: each.start)),
        tuple(sorted(citations, key=lambda each: each.title)),
        sureness.removeprefix("Sureness") or None,
        one(DCTERMS.identifier),
        _set_aside(store, node),
    )


def _words(store: ox.Store, evidence: GraphName, place: Term) -> Words:
    selectors = list(_values(store, evidence, place, OA.hasSelector))
    exact, start, end = (
        next(text for selector in selectors for text in _texts(store, evidence, selector, OA[name]))
        for name in ("exact", "start", "end")
    )
    document = next(iter(_values(store, evidence, place, OA.hasSource)))
    return Words(next(_texts(store, evidence, document, RDFS.label), str(document)), exact, int(start), int(end))


def _citation(store: ox.Store, evidence: GraphName, node: Term) -> Cited:
    title, address, note = (next(_texts(store, evidence, node, each), None) for each in (RDFS.label, SCHEMA.url, SKOS.note))
    return Cited(title or str(node), address, note)


def _locals(store: ox.Store, name: GraphName, node: Term, term: str) -> list[str]:
    found = _values(store, name, node, CST[term])
    return sorted(value.value.removeprefix(str(CST)) for value in found if isinstance(value, ox.NamedNode))


def _texts(store: ox.Store, name: GraphName, node: Term, term: object) -> Iterator[str]:
    return (value.value for value in _values(store, name, node, term) if isinstance(value, ox.Literal))


def _values(store: ox.Store, name: GraphName, node: Term, term: object) -> Iterator[Term]:
    assert not isinstance(node, ox.Literal)
    return (quad.object for quad in store.quads_for_pattern(node, _node(term), None, name))


def _node(term: object) -> ox.NamedNode:
    return ox.NamedNode(str(term))
