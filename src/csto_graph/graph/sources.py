"""A source → its two graphs: what it asserts (`graph/source/<id>`), and its statements with evidence (`graph/evidence/<id>`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from csto_graph.cited import CitedFact
from csto_graph.graph import evidence
from csto_graph.graph.nodes import cst, described, end_node, graph, in_graph, mentioned
from csto_graph.graph.occasions import dating, event_bounds
from csto_graph.graph.situations import derivation, situation
from csto_graph.graph.told import told_events
from csto_graph.model import Extraction, Mention, Passage, Source, Statement, Status, Thing


def source_quads(
    source: Source, found: Iterable[Passage], statements: Iterable[Statement], things: Iterable[Thing]
) -> Iterator[ox.Quad]:
    """The quads of both graphs of a source.

    A thing that only claims, plans or denials speak of is described among the evidence, not in the source's graph:
    nothing in the default graph may rest on what the source does not assert.
    """
    kept, passages = tuple(statements), tuple(found)
    asserted = [s.extraction for s in kept if s.extraction.status is Status.ASSERTED]
    by_iri = {thing.iri: thing for thing in things}
    stated = {iri for extraction in asserted for iri in speaks_of(extraction)}
    in_source, in_evidence = graph("source", source.id), graph("evidence", source.id)
    yield from in_graph(asserted_triples(source.id, asserted), in_source)
    yield from in_graph(evidence.document(source), in_evidence)
    yield from in_graph(evidence.passages(source.id, passages), in_evidence)
    for statement in kept:
        stated_in = next((p for p in passages if p.start <= statement.extraction.evidence.start < p.end), None)
        node = evidence.passage_node(source.id, stated_in) if stated_in else None
        yield from in_graph(evidence.statement(statement, node), in_evidence)
        yield from in_graph(derived(source.id, statement.extraction, ox.NamedNode(statement.iri)), in_evidence)
    yield from in_graph(told_events(kept), in_evidence)
    for thing in by_iri.values():
        if not thing.reviewed:
            yield from in_graph(described(thing), in_source if thing.iri in stated else in_evidence)


def text_quads(
    source: Source, found: Iterable[Passage], statements: Iterable[Statement], things: Iterable[Thing]
) -> Iterator[ox.Quad]:
    """The quads of a text on its own (`csto-graph extract`), and the types and names of the known things it speaks of."""
    kept = tuple(things)
    yield from source_quads(source, found, statements, kept)
    for thing in kept:
        if thing.reviewed:
            yield from in_graph(described(thing), graph("reference"))


def asserted_triples(source_id: str, asserted: Iterable[Extraction | CitedFact]) -> Iterator[ox.Triple]:
    """The plain triples of asserted statements, the situations and events they make nodes of, and the bounds of events."""
    kept = tuple(asserted)
    for each in kept:
        if each.subject is not None and each.object is not None:
            yield ox.Triple(mentioned(each.subject), cst(each.predicate), end_node(each.object))
        yield from situation(source_id, each)
    yield from event_bounds(kept)


def derived(source_id: str, each: Extraction | CitedFact, statement: ox.NamedNode) -> Iterator[ox.Triple]:
    """The way from the nodes that an asserted statement gives or dates to the statement: part of the evidence."""
    yield from derivation(source_id, each, statement)
    yield from dating(each, statement)


def speaks_of(each: Extraction | CitedFact) -> Iterator[str]:
    """The IRIs of the things at the ends of a statement, and of its place."""
    for mention in (each.subject, each.object, each.qualifiers.place):
        if isinstance(mention, Mention) and mention.iri:
            yield mention.iri
