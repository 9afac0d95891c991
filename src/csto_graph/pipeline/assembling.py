"""Sources → a graph that was reasoned over and checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from csto_graph import graph, resources
from csto_graph.cited import Collection
from csto_graph.enrichment import Enrichment, enrichment_folders, load_enrichments
from csto_graph.errors import RefusedBuild
from csto_graph.link.reference import Reference
from csto_graph.mappings import Links, load_links, mapping_folders
from csto_graph.model import Report, Source
from csto_graph.namespaces import curie
from csto_graph.pipeline import parts
from csto_graph.pipeline.reading import read_declared
from csto_graph.pipeline.records import REMEDY, Assembled, Clock, OnStage, SourceRead
from csto_graph.reason.consistency import check_consistency
from csto_graph.reason.materialise import materialise
from csto_graph.turtle import read_turtle
from csto_graph.validate.counts import check_expected_counts
from csto_graph.validate.disagreements import settled
from csto_graph.validate.queries import violations
from csto_graph.validate.shapes import validate_shapes


def assemble(home: Path, sources: Sequence[Source], on_stage: OnStage) -> Assembled:
    """The graph of these sources, and of the links and the imports of a home, reasoned over and checked; nothing is written.

    What a check finds is in its report. Raises `RefusedBuild` where ontology and statements contradict one another.
    """
    clock = Clock(on_stage)
    with clock.stage("load"):
        reference = parts.reference()
        parts.reader()
        parts.confidence()
        links = load_links(mapping_folders(home))
        imports = load_enrichments(enrichment_folders(home))
        cited = parts.cited(imports)
    with clock.stage("extract"):
        found = tuple(read_declared(source) for source in sources)
    with clock.stage("graph"):
        store = _named_store(found, reference, cited, imports)
    with clock.stage("disagreements"):
        unused = [*_lay_default(store, found, cited), *_lay_links(store, links)]
    with clock.stage("reason"):
        notes = _reason(store)
    with clock.stage("validate"):
        reports = _reports(store, found)
    return Assembled(store, found, reports, (*unused, *notes), clock)


def _named_store(
    found: Iterable[SourceRead], reference: Reference, cited: Iterable[Collection], imports: Iterable[Enrichment]
) -> ox.Store:
    """The named graphs of the reference data, the sources, the cited facts and the imports, and the ontology."""
    known = graph.reference_quads(reference.things, reference.names, reference.identifiers, reference.withdrawn)
    read_ = chain.from_iterable(graph.source_quads(r.source, r.passages, r.statements, r.things) for r in found)
    facts = chain.from_iterable(map(graph.collection_quads, cited))
    brought = chain.from_iterable(map(graph.enrichment_quads, imports))
    return graph.named_dataset(chain(known, read_, facts, brought), read_turtle(parts.ontology("csto.ttl")))


def _lay_default(store: ox.Store, found: Iterable[SourceRead], cited: Iterable[Collection]) -> tuple[str, ...]:
    """Where sources disagree, and the default graph, which follows one of them; returns notes on choices that are of no use."""
    verdicts, unused = settled(store, resources.root() / "queries" / "disagreements", parts.data("policy.toml"))
    store.extend(graph.disagreement_quads(verdicts))
    given = [*(graph.given_by_text(r.source.id, r.statements) for r in found), *map(graph.given_by_collection, cited)]
    graph.lay_default(store, graph.withheld(given, {iri for verdict in verdicts for iri in verdict.sets_aside}))
    return unused


def _lay_links(store: ox.Store, links: Links) -> Iterator[str]:
    """The linksets, of what has a label in the default graph; returns notes on links of other things."""
    known = graph.labelled(store)
    for target, mappings in links.items():
        store.extend(graph.link_quads(target.graph, mappings, known))
        lost = sorted({each.subject for each in mappings if graph.is_link(each) and each.subject not in known})
        yield from (f"{curie(iri)} has a link to {target.title}, and nothing in the graph has this IRI: left out" for iri in lost)


def _reason(store: ox.Store) -> list[str]:
    """Adds what follows; returns notes on what was not checked and on what no rule gives.

    Raises `RefusedBuild` for a contradiction.
    """
    asserted = graph.default_triples(store)
    inferred = materialise(parts.ontology("csto.ttl"), asserted)
    result = check_consistency(parts.ontology("csto.ttl"), asserted, inferred)
    if not result.acceptable:
        raise RefusedBuild(parts.ontology("csto.ttl"), "ontology and statements contradict one another", REMEDY, result.faults)
    graph.add_inferred(store, inferred)
    return list(result.notes)


def _reports(store: ox.Store, found: Iterable[SourceRead]) -> dict[str, Report]:
    """What each kind of check found."""
    counts = [check_expected_counts(r.source, Counter(s.extraction.predicate for s in r.statements)) for r in found]
    return {
        "shapes": validate_shapes(graph.described_triples(store), parts.ontology("shapes"), parts.ontology("csto.ttl")),
        "queries": violations(store, resources.root() / "queries" / "violations"),
        "expected counts": Report(tuple(f for c in counts for f in c.findings), sum(c.checked for c in counts)),
    }
