"""A source → its two graphs: what it asserts (`graph/source/<id>`), and its statements with evidence (`graph/evidence/<id>`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from csto_graph.graph import evidence
from csto_graph.graph.nodes import cst, described, end_node, graph, in_graph, mentioned
from csto_graph.graph.situations import situation
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
    stated = {iri for extraction in asserted for iri in _speaks_of(extraction)}
    in_source, in_evidence = graph("source", source.id), graph("evidence", source.id)
    yield from in_graph(_asserted(source.id, asserted, (t for t in by_iri.values() if t.iri in stated)), in_source)
    yield from in_graph(evidence.document(source), in_evidence)
    yield from in_graph(evidence.passages(source.id, passages), in_evidence)
    for statement in kept:
        stated_in = next((p for p in passages if p.start <= statement.extraction.evidence.start < p.end), None)
        node = evidence.passage_node(source.id, stated_in) if stated_in else None
        yield from in_graph(evidence.statement(statement, node), in_evidence)
    for thing in by_iri.values():
        if thing.iri not in stated and not thing.reviewed:
            yield from in_graph(described(thing), in_evidence)


def text_quads(
    source: Source, found: Iterable[Passage], statements: Iterable[Statement], things: Iterable[Thing]
) -> Iterator[ox.Quad]:
    """The quads of a text on its own (`csto-graph extract`), and the types and names of the known things it speaks of."""
    kept = tuple(things)
    yield from source_quads(source, found, statements, kept)
    for thing in kept:
        if thing.reviewed:
            yield from in_graph(described(thing), graph("reference"))


def _asserted(source_id: str, asserted: Iterable[Extraction], things: Iterable[Thing]) -> Iterator[ox.Triple]:
    for extraction in asserted:
        if extraction.subject is not None and extraction.object is not None:
            yield ox.Triple(mentioned(extraction.subject), cst(extraction.predicate), end_node(extraction.object))
        yield from situation(source_id, extraction)
    for thing in things:
        if not thing.reviewed:
            yield from described(thing)


def _speaks_of(extraction: Extraction) -> Iterator[str]:
    for mention in (extraction.subject, extraction.object, extraction.qualifiers.place):
        if isinstance(mention, Mention) and mention.iri:
            yield mention.iri
