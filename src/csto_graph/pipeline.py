"""The stages in order: the only module that knows them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from itertools import chain
from pathlib import Path
from time import perf_counter

import pyoxigraph as ox

from csto_graph import graph, resources
from csto_graph.cited import Collection
from csto_graph.curated import load_collections
from csto_graph.errors import RefusedBuild, WrongCall
from csto_graph.extract.confidence import Confidence, load_confidence
from csto_graph.extract.coverage import Covered
from csto_graph.extract.language import load
from csto_graph.extract.lexicon_file import load_lexicon
from csto_graph.extract.reader import Reader
from csto_graph.extract.terms import load_terms
from csto_graph.link.minting import link
from csto_graph.link.reference import Reference, load_reference
from csto_graph.model import Passage, Release, Report, Source, Statement, Status, Thing
from csto_graph.reason.consistency import check_consistency
from csto_graph.reason.materialise import materialise
from csto_graph.release.files import replacing_files
from csto_graph.release.graphs import carry_user_graphs
from csto_graph.release.home import held, prepare, publish_held
from csto_graph.release.manifest import render_files, revised
from csto_graph.sources import declared_sources, sources_held
from csto_graph.text.blocks import blocks
from csto_graph.text.sources import read_text
from csto_graph.turtle import read_turtle
from csto_graph.validate.counts import check_expected_counts
from csto_graph.validate.disagreements import settled
from csto_graph.validate.findings import spelled
from csto_graph.validate.queries import violations
from csto_graph.validate.shapes import validate_shapes

OnStage = Callable[[str, float], None]
_REMEDY = "Mend what the report names, then build again; the last release is still the current one"


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did: the release, whether its content is new, and what is in it."""

    release: Release
    new: bool
    sources: int
    statements: Mapping[Status, int]
    triples: Mapping[str, int]
    checked: Mapping[str, int]  # shapes, queries, expected counts
    notes: tuple[str, ...]  # what could not be checked, and what the checks warn of
    stages: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class SourceRead:
    """A source as it was read."""

    source: Source
    passages: tuple[Passage, ...]
    statements: tuple[Statement, ...]
    things: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Assembled:
    """A graph that was reasoned over and is not published yet, and what the checks found in it."""

    store: ox.Store
    found: tuple[SourceRead, ...]
    reports: Mapping[str, Report]  # of shapes, queries, expected counts
    notes: tuple[str, ...]  # what could not be checked
    clock: _Clock


@dataclass(slots=True)
class _Clock:
    """Times the stages and tells whoever watches."""

    on_stage: OnStage
    stages: list[tuple[str, float]] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = perf_counter()
        yield
        self.stages.append((name, perf_counter() - start))
        self.on_stage(*self.stages[-1])


def read(path: Path, date: str | None = None) -> SourceRead:
    """What one text file says; touches no store. `date` anchors today and the present tense."""
    return read_declared(read_text(path, date))


def coverage(path: Path, date: str | None = None) -> Iterator[Covered]:
    """How far each sentence of one text file is understood, in its order; touches no store."""
    source = read_text(path, date)
    return _reader().coverage(source, blocks(source))


def build(home: Path, on_stage: OnStage = lambda stage, seconds: None, files: Path | None = None) -> BuildResult:
    """All sources → a new release in `home`, and its Turtle files in `files` (in a clone: `data/release`, if not given).

    Raises `RefusedBuild` with its findings where a shape, an expected count or consistency fails; nothing is published then.
    """
    prepare(home)
    with sources_held(home):
        return publish(assemble(declared_sources(home), on_stage), home, files)


def assemble(sources: Sequence[Source], on_stage: OnStage) -> Assembled:
    """The graph of these sources, reasoned over and checked; nothing is written.

    What a check finds is in its report. Raises `RefusedBuild` where ontology and statements contradict one another.
    """
    clock = _Clock(on_stage)
    with clock.stage("load"):
        reference = _reference()
        _reader()
        _confidence()
        _collections()
    with clock.stage("extract"):
        found = tuple(read_declared(source) for source in sources)
    with clock.stage("graph"):
        store = _named_store(found, reference)
    with clock.stage("disagreements"):
        unused = _lay_default(store, found)
    with clock.stage("reason"):
        notes = _reason(store)
    with clock.stage("validate"):
        reports = _reports(store, found)
    return Assembled(store, found, reports, (*unused, *notes), clock)


def publish(
    made: Assembled, home: Path, files: Path | None = None, moving: AbstractContextManager[None] | None = None
) -> BuildResult:
    """Make an assembled graph the current release of a home. `moving` puts the files of a source in their place meanwhile.

    Who publishes holds the sources since they were read (`sources_held`).
    Raises `RefusedBuild` with its findings where there is a violation: nothing is published or moved then.
    """
    warnings = _warnings(made.reports.values())
    with made.clock.stage("publish"):
        release, new = _publish(made.store, home, made.found, files or _committed_release(), moving)
    return BuildResult(
        release=release,
        new=new,
        sources=len(made.found),
        statements=_by_status(made.found),
        triples=graph.graph_sizes(made.store),
        checked={kind: report.checked for kind, report in made.reports.items()},
        notes=(*made.notes, *warnings),
        stages=tuple(made.clock.stages),
    )


def validate(path: Path) -> Report:
    """What the shapes find in a Turtle file. Raises `RefusedData` naming the line of a syntax error."""
    if not path.is_file():
        raise WrongCall(path, "there is no such file", "Check the path")
    return validate_shapes(read_turtle(path), _ontology("shapes"), _ontology("csto.ttl"))


# -- the parts that are loaded once


@cache
def _reader() -> Reader:
    lexicon, terms = load_lexicon(_ontology("lexicon.ttl")), load_terms(_ontology("csto.ttl"))
    return Reader(lexicon, terms, _reference().names, load())


@cache
def _reference() -> Reference:
    return load_reference(_data("reference"))


@cache
def _collections() -> tuple[Collection, ...]:
    return load_collections(_data("curated"), _reference().things, _ontology("csto.ttl"))


@cache
def _confidence() -> Confidence:
    return load_confidence(_data("confidence"))


def _ontology(name: str) -> Path:
    return resources.root() / "ontology" / name


def _data(name: str) -> Path:
    return resources.root() / "data" / name


# -- the stages


def read_declared(source: Source) -> SourceRead:
    """What a source says: its sentences, its statements under their IRIs, the things they speak of."""
    passages, extractions = _reader().read(source, blocks(source))
    statements, things = link(source, extractions)
    measured = tuple(replace(s, confidence=_confidence().of(s.extraction)) for s in statements)
    return SourceRead(source, passages, measured, things)


def _named_store(found: Iterable[SourceRead], reference: Reference) -> ox.Store:
    """The named graphs of the reference data, the sources and the cited facts, and the ontology."""
    known = graph.reference_quads(reference.things, reference.names, reference.identifiers, reference.withdrawn)
    read_ = chain.from_iterable(graph.source_quads(r.source, r.passages, r.statements, r.things) for r in found)
    cited = chain.from_iterable(map(graph.collection_quads, _collections()))
    links = graph.identifier_quads(reference.identifiers)
    return graph.named_dataset(chain(known, read_, cited, links), read_turtle(_ontology("csto.ttl")))


def _lay_default(store: ox.Store, found: Iterable[SourceRead]) -> tuple[str, ...]:
    """Where sources disagree, and the default graph, which follows one of them; returns notes on choices that are of no use."""
    verdicts, unused = settled(store, resources.root() / "queries" / "disagreements", _data("policy.toml"))
    store.extend(graph.disagreement_quads(verdicts))
    given = [*(graph.given_by_text(r.source.id, r.statements) for r in found), *map(graph.given_by_collection, _collections())]
    graph.lay_default(store, graph.withheld(given, {iri for verdict in verdicts for iri in verdict.sets_aside}))
    return unused


def _reason(store: ox.Store) -> list[str]:
    """Adds what follows; returns notes on what was not checked and on what no rule gives.

    Raises `RefusedBuild` for a contradiction.
    """
    asserted = graph.default_triples(store)
    inferred = materialise(_ontology("csto.ttl"), asserted)
    result = check_consistency(_ontology("csto.ttl"), asserted, inferred)
    if not result.acceptable:
        raise RefusedBuild(_ontology("csto.ttl"), "ontology and statements contradict one another", _REMEDY, result.faults)
    graph.add_inferred(store, inferred)
    return list(result.notes)


def _reports(store: ox.Store, found: Iterable[SourceRead]) -> dict[str, Report]:
    """What each kind of check found."""
    counts = [check_expected_counts(r.source, Counter(s.extraction.predicate for s in r.statements)) for r in found]
    return {
        "shapes": validate_shapes(graph.described_triples(store), _ontology("shapes"), _ontology("csto.ttl")),
        "queries": violations(store, resources.root() / "queries" / "violations"),
        "expected counts": Report(tuple(f for c in counts for f in c.findings), sum(c.checked for c in counts)),
    }


def _warnings(reports: Iterable[Report]) -> list[str]:
    """What the reports say short of a violation. Raises `RefusedBuild` with every violation where there is one."""
    findings = [finding for report in reports for finding in report.findings]
    violated = tuple(spelled(finding) for finding in findings if finding.severity == "Violation")
    if violated:
        raise RefusedBuild("the graph", f"findings that forbid its publication: {len(violated)}", _REMEDY, violated)
    return [f"{finding.severity.lower()}: {spelled(finding)}" for finding in findings]


def _publish(
    store: ox.Store,
    home: Path,
    found: Sequence[SourceRead],
    files: Path | None,
    moving: AbstractContextManager[None] | None = None,
) -> tuple[Release, bool]:
    """Both folders or neither: the files lie ready on the disk before the home is changed, and move after it.

    What users wrote belongs to their home: it is in the release, and not in the files.
    """
    about = {"sources": [_declared(r) for r in found], "statements": {s.value: n for s, n in _by_status(found).items()}}
    manifest, rendered = render_files(store, about)
    with held(home), replacing_files(files, rendered) if files else nullcontext(), moving or nullcontext():
        carried = carry_user_graphs(home, store)
        return publish_held(home, store, revised(manifest, store, carried))


def _committed_release() -> Path | None:
    return _data("release") if resources.in_clone() else None


def _declared(read_: SourceRead) -> dict[str, object]:
    source = read_.source
    text = sha256(source.text.encode()).hexdigest()
    return {"id": source.id, "title": source.title, "date": source.date, "sha256": text, "statements": len(read_.statements)}


def _by_status(found: Iterable[SourceRead]) -> dict[Status, int]:
    counts = Counter(s.extraction.status for r in found for s in r.statements)
    return {status: counts[status] for status in Status}
