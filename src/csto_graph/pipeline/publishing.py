"""A graph that was checked → a release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from csto_graph import graph, resources
from csto_graph.errors import RefusedBuild
from csto_graph.model import Release, Report, Status
from csto_graph.pipeline import parts
from csto_graph.pipeline.records import REMEDY, Assembled, BuildResult, SourceRead
from csto_graph.release.files import replacing_files
from csto_graph.release.graphs import carry_user_graphs
from csto_graph.release.home import held, publish_held
from csto_graph.release.manifest import render_files, revised
from csto_graph.validate.findings import spelled


def publish(
    made: Assembled, home: Path, files: Path | None = None, moving: AbstractContextManager[None] | None = None
) -> BuildResult:
    """Make an assembled graph the current release of a home. `moving` puts the files of a source in their place meanwhile.

    Who publishes holds the sources since they were read (`sources_held`).
    Raises `RefusedBuild` with its findings where there is a violation: nothing is published or moved then.
    """
    warned = warnings(made.reports.values())
    with made.clock.stage("publish"):
        release, new = publish_store(made.store, home, made.found, files or _committed_release(), moving)
    return BuildResult(
        release=release,
        new=new,
        sources=len(made.found),
        statements=_by_status(made.found),
        triples=graph.graph_sizes(made.store),
        checked={kind: report.checked for kind, report in made.reports.items()},
        notes=(*made.notes, *warned),
        stages=tuple(made.clock.stages),
    )


def publish_store(
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
    return parts.data("release") if resources.in_clone() else None


def _declared(read_: SourceRead) -> dict[str, object]:
    source = read_.source
    text = sha256(source.text.encode()).hexdigest()
    return {"id": source.id, "title": source.title, "date": source.date, "sha256": text, "statements": len(read_.statements)}


def _by_status(found: Iterable[SourceRead]) -> dict[Status, int]:
    counts = Counter(s.extraction.status for r in found for s in r.statements)
    return {status: counts[status] for status in Status}


def warnings(reports: Iterable[Report]) -> list[str]:
    """What the reports say short of a violation. Raises `RefusedBuild` with every violation where there is one."""
    findings = [finding for report in reports for finding in report.findings]
    violated = tuple(spelled(finding) for finding in findings if finding.severity == "Violation")
    if violated:
        raise RefusedBuild("the graph", f"findings that forbid its publication: {len(violated)}", REMEDY, violated)
    return [f"{finding.severity.lower()}: {spelled(finding)}" for finding in findings]
