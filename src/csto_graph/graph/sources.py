"""A source → its two graphs: what it asserts (`graph/source/<id>`), and its statements with evidence (`graph/evidence/<id>`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from csto_graph.graph import evidence
from csto_graph.graph.nodes import cst, described, graph
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
    for triple in _asserted(source.id, asserted, (t for t in by_iri.values() if t.iri in stated)):
        yield _quad(triple, in_source)
    yield from (_quad(triple, in_evidence) for triple in evidence.document(source))
    yield from (_quad(triple, in_evidence) for triple in evidence.passages(source.id, passages))
    for statement in kept:
        stated_in = next((p for p in passages if p.start <= statement.extraction.evidence.start < p.end), None)
        node = evidence.passage_node(source.id, stated_in) if stated_in else None
        yield from (_quad(triple, in_evidence) for triple in evidence.statement(statement, node))
    for thing in by_iri.values():
        if thing.iri not in stated and not thing.reviewed:
            yield from (_quad(triple, in_evidence) for triple in described(thing))


def statement_quads(source: Source, statements: Iterable[Statement]) -> Iterator[ox.Quad]:
    """The quads of statements read from a text on its own (`csto-graph extract`)."""
    kept = tuple(statements)
    things: dict[str, Thing] = {}
    for statement in kept:
        e = statement.extraction
        for mention in (e.subject, e.object, e.qualifiers.place, e.claimant):
            if isinstance(mention, Mention) and mention.iri and mention.type not in ("Claim", "Document"):
                things.setdefault(mention.iri, Thing(mention.iri, mention.label, mention.type, reviewed=False))
    yield from source_quads(source, (), kept, things.values())


def _asserted(
    source_id: str, asserted: Iterable[Extraction], things: Iterable[Thing]
) -> Iterator[ox.Triple]:
    for extraction in asserted:
        if extraction.subject is not None and extraction.object is not None:
            subject = ox.NamedNode(extraction.subject.iri or "")
            yield ox.Triple(subject, cst(extraction.predicate), evidence.end_node(extraction.object))
        yield from situation(source_id, extraction)
    for thing in things:
        if not thing.reviewed:
            yield from described(thing)


def _speaks_of(extraction: Extraction) -> Iterator[str]:
    for mention in (extraction.subject, extraction.object, extraction.qualifiers.place):
        if isinstance(mention, Mention) and mention.iri:
            yield mention.iri


def _quad(triple: ox.Triple, name: ox.NamedNode) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, name)
