"""The stages in order: the only module that knows them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from itertools import chain
from pathlib import Path
from time import perf_counter

import pyoxigraph as ox

from csto_graph import graph, resources
from csto_graph.errors import RefusedBuild, RefusedData
from csto_graph.extract.language import load
from csto_graph.extract.lexicon import load_lexicon
from csto_graph.extract.reader import Reader
from csto_graph.extract.terms import load_terms
from csto_graph.graph.nodes import graph as graph_name
from csto_graph.link.minting import link
from csto_graph.link.reference import Reference, load_reference
from csto_graph.model import Finding, Passage, Release, Report, Source, Statement, Status, Thing
from csto_graph.reason.consistency import check_consistency
from csto_graph.reason.materialise import materialise
from csto_graph.release.files import write_files
from csto_graph.release.home import prepare, publish
from csto_graph.release.manifest import render_files
from csto_graph.text.blocks import blocks
from csto_graph.text.sources import read_sources, read_text
from csto_graph.validate.counts import check_expected_counts
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
    shapes: int
    notes: tuple[str, ...]
    stages: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class SourceRead:
    """A source as it was read."""

    source: Source
    passages: tuple[Passage, ...]
    statements: tuple[Statement, ...]
    things: tuple[Thing, ...]


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


def read(path: Path, date: str | None = None) -> tuple[Source, tuple[Statement, ...]]:
    """The statements of one text file; touches no store. `date` anchors today and the present tense."""
    source = read_text(path, date)
    return source, read_declared(source).statements


def build(home: Path, on_stage: OnStage = lambda stage, seconds: None, files: Path | None = None) -> BuildResult:
    """All sources → a new release in `home`, and its Turtle files in `files` (in a clone: `data/release`, if not given).

    Raises `RefusedBuild` with its findings where a shape, an expected count or consistency fails; nothing is published then.
    """
    prepare(home)
    clock = _Clock(on_stage)
    with clock.stage("load"):
        sources, reference = read_sources(_data("sources")), _reference()
        _reader()
    with clock.stage("extract"):
        found = [read_declared(source) for source in sources]
    with clock.stage("graph"):
        store = _asserted_store(found, reference)
    with clock.stage("reason"):
        notes = _reason(store)
    with clock.stage("validate"):
        checked = _check(store, found)
    with clock.stage("publish"):
        release, new = _publish(store, home, found, files or _committed_release())
    return BuildResult(
        release=release,
        new=new,
        sources=len(found),
        statements=_by_status(found),
        triples=_sizes(store),
        shapes=checked,
        notes=tuple(notes),
        stages=tuple(clock.stages),
    )


def validate(path: Path) -> Report:
    """What the shapes find in a Turtle file. Raises `RefusedData` naming the line of a syntax error."""
    triples = [quad.triple for quad in _turtle(path)]
    return validate_shapes(triples, _ontology("shapes"), _ontology("csto.ttl"))


# -- the parts that are loaded once


@cache
def _reader() -> Reader:
    lexicon, terms = load_lexicon(_ontology("lexicon.ttl")), load_terms(_ontology("csto.ttl"))
    return Reader(lexicon, terms, _reference().names, load())


@cache
def _reference() -> Reference:
    return load_reference(_data("reference"))


def _ontology(name: str) -> Path:
    return resources.root() / "ontology" / name


def _data(name: str) -> Path:
    return resources.root() / "data" / name


# -- the stages


def read_declared(source: Source) -> SourceRead:
    """What a source says: its sentences, its statements under their IRIs, the things they speak of."""
    passages, extractions = _reader().read(source, blocks(source))
    return SourceRead(source, passages, *link(source, extractions))


def _asserted_store(found: Iterable[SourceRead], reference: Reference) -> ox.Store:
    """Every graph but the inferred one; the default graph holds what reference, sources and curated facts assert."""
    store = ox.Store()
    asserted = [
        *graph.reference_quads(reference.things, reference.names, reference.identifiers),
        *chain.from_iterable(graph.source_quads(r.source, r.passages, r.statements, r.things) for r in found),
    ]
    store.extend(asserted)
    store.extend(graph.identifier_quads(reference.identifiers))
    store.extend(_in(graph_name("ontology"), (quad.triple for quad in _turtle(_ontology("csto.ttl")))))
    store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in asserted if not _is_evidence(q))
    return store


def _is_evidence(quad: ox.Quad) -> bool:
    return isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(graph_name("evidence").value)


def _reason(store: ox.Store) -> list[str]:
    """Adds what follows; returns notes on checks that could not run."""
    asserted = [quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())]
    result = check_consistency(_ontology("csto.ttl"), asserted)
    if not result.acceptable:
        empty = tuple(f"{iri} can have no members" for iri in result.unsatisfiable)
        said = tuple(finding.message for finding in result.clashes) + empty
        raise RefusedBuild(_ontology("csto.ttl"), "ontology and statements contradict one another", _REMEDY, said)
    inferred = materialise(_ontology("csto.ttl"), asserted)
    store.extend(_in(graph_name("inferred"), inferred))
    store.extend(_in(ox.DefaultGraph(), inferred))
    return [result.skipped] if result.skipped else []


def _check(store: ox.Store, found: Iterable[SourceRead]) -> int:
    """The number of checks that ran. Raises `RefusedBuild` with every finding where one is a violation."""
    described = [quad.triple for quad in store if not _is_about_terms(quad)]
    reports = [
        validate_shapes(described, _ontology("shapes"), _ontology("csto.ttl")),
        violations(store, resources.root() / "queries" / "violations"),
        *(check_expected_counts(r.source, Counter(s.extraction.predicate for s in r.statements)) for r in found),
    ]
    findings = [finding for report in reports for finding in report.findings if finding.severity == "Violation"]
    if findings:
        raise RefusedBuild("the graph", f"{len(findings)} checks failed", _REMEDY, tuple(map(_spelled, findings)))
    return sum(report.checked for report in reports)


def _is_about_terms(quad: ox.Quad) -> bool:
    return quad.graph_name in (graph_name("ontology"), graph_name("links", "wikidata"))


def _spelled(finding: Finding) -> str:
    path = f" {finding.result_path}" if finding.result_path else ""
    return f"{finding.check}: {finding.focus_node}{path}: {finding.message}"


def _publish(store: ox.Store, home: Path, found: Iterable[SourceRead], files: Path | None) -> tuple[Release, bool]:
    kept = tuple(found)
    about = {"sources": [_declared(r) for r in kept], "statements": {s.value: n for s, n in _by_status(kept).items()}}
    release = publish(home, store, render_files(store, about)[0])
    if files is not None:
        write_files(store, files, about)
    return release


def _committed_release() -> Path | None:
    return _data("release") if resources.in_clone() else None


def _declared(read_: SourceRead) -> dict[str, object]:
    source = read_.source
    text = sha256(source.text.encode()).hexdigest()
    return {"id": source.id, "title": source.title, "date": source.date, "sha256": text, "statements": len(read_.statements)}


def _by_status(found: Iterable[SourceRead]) -> dict[Status, int]:
    counts = Counter(s.extraction.status for r in found for s in r.statements)
    return {status: counts[status] for status in Status}


def _sizes(store: ox.Store) -> dict[str, int]:
    counts = Counter("default" if isinstance(q.graph_name, ox.DefaultGraph) else str(q.graph_name.value) for q in store)
    return dict(sorted(counts.items()))


def _in(name: ox.NamedNode | ox.DefaultGraph, triples: Iterable[ox.Triple]) -> Iterator[ox.Quad]:
    return (ox.Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples)


def _turtle(path: Path) -> list[ox.Quad]:
    try:
        return list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise RefusedData(path, f"is not Turtle ({error.msg})", "Mend the line it names") from None
    except OSError as error:
        raise RefusedData(path, f"cannot be read ({error.strerror})", "Check the path") from None
