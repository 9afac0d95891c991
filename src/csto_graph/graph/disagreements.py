"""Disagreements → `graph/disagreements`, and what they take out of the default graph."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import pyoxigraph as ox

from csto_graph.cited import CitedFact
from csto_graph.cited import Collection as CitedCollection
from csto_graph.graph.curated import fact_iri
from csto_graph.graph.nodes import LABEL, TYPE, cst, english, graph, in_graph
from csto_graph.graph.sources import asserted_triples
from csto_graph.model import Extraction, Statement, Status, Verdict

Given = tuple[str, Mapping[str, Extraction | CitedFact]]  # the id of a source, and its asserted statements by their IRIs


def disagreement_quads(verdicts: Iterable[Verdict]) -> Iterator[ox.Quad]:
    """Each disagreement with its statements, what it rests on, which of them the default graph follows, and why."""
    for verdict in verdicts:
        yield from in_graph(_disagreement(verdict), graph("disagreements"))


def given_by_text(source_id: str, statements: Iterable[Statement]) -> Given:
    """What a text asserts."""
    return source_id, {each.iri: each.extraction for each in statements if each.extraction.status is Status.ASSERTED}


def given_by_collection(collection: CitedCollection) -> Given:
    """What the facts of a collection assert."""
    return collection.id, {fact_iri(collection, each): each for each in collection.facts if each.status is Status.ASSERTED}


def withheld(given: Iterable[Given], set_aside: Collection[str]) -> frozenset[ox.Triple]:
    """What the default graph leaves out: all that would not be there without the statements set aside."""
    all_: set[ox.Triple] = set()
    kept: set[ox.Triple] = set()
    for source_id, statements in given:
        all_.update(asserted_triples(source_id, statements.values()))
        kept.update(asserted_triples(source_id, (each for iri, each in statements.items() if iri not in set_aside)))
    return frozenset(all_ - kept)


def _disagreement(verdict: Verdict) -> Iterator[ox.Triple]:
    found = verdict.disagreement
    node = ox.NamedNode(found.iri)
    yield ox.Triple(node, TYPE, cst("Disagreement"))
    yield ox.Triple(node, LABEL, english(found.message))
    for name, text in (("kind", found.kind), ("query", found.query), ("because", verdict.because)):
        yield ox.Triple(node, cst(name), ox.Literal(text))
    named = {
        "disagrees": {*found.sides[0], *found.sides[1]},
        "oneSide": found.sides[0],
        "otherSide": found.sides[1],
        "restsOn": found.rests_on,
        "follows": verdict.follows,
        "setsAside": verdict.sets_aside,
    }
    for name, statements in named.items():
        yield from (ox.Triple(node, cst(name), ox.NamedNode(iri)) for iri in statements)
