"""What a text would change, worked out on a graph that nobody sees yet; then all of it at once.

Who proposes and accepts holds the sources meanwhile (`sources_held`).
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from csto_graph import pipeline
from csto_graph.errors import BrokenRelease, WrongCall
from csto_graph.ingest.account import Account, account
from csto_graph.iris import slug
from csto_graph.model import Release, Source
from csto_graph.release.difference import Difference, all_graphs, difference
from csto_graph.release.files import adding_folder, refuse_read_only, removing_folder
from csto_graph.release.graphs import made_by_builds
from csto_graph.release.home import manifest_of, open_store, opening
from csto_graph.sources import declared_sources, other_than_a_source, source_folders
from csto_graph.text.declaring import source_files
from csto_graph.text.sources import read_text


@dataclass(frozen=True, slots=True)
class Declared:
    """What whoever adds a text says of it; what is left out is taken from the text, or is not known."""

    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A graph with or without a source, ready to be published, and what is other than in the current release."""

    source_id: str
    source: Source | None  # None: its files are gone already
    folder: Path
    account: Account  # of the source, in the graph that has it
    changes: Difference
    made: pipeline.Assembled
    moving: AbstractContextManager[None]  # puts the files in their place, or takes them away
    released: bool  # there is a release to compare with
    resumed: bool  # the files were moved before, by a command that was interrupted


def propose_addition(
    home: Path, file: Path, source_id: str, declared: Declared, on_stage: pipeline.OnStage = lambda stage, seconds: None
) -> Proposal:
    """What adding a text under an id would change. Raises a refusal where the id or the text will not do; writes nothing."""
    refuse_bad_id(source_id)
    source, folder = _as_declared(file, source_id, declared), source_folders(home)[-1] / source_id
    present, release = declared_sources(home), _readable(home)
    same = next((each for each in present if each.id == source_id), None)
    resumed = same is not None and same.text == source.text and source_id not in _released(release)
    if not resumed:
        _refuse_taken(source, present, folder, other_than_a_source(home, source_id))
    files = source_files(source)
    refuse_read_only(folder)
    rest = [each for each in present if each.id != source_id]
    made = pipeline.assemble(home, sorted([*rest, same if same and resumed else source], key=lambda each: each.id), on_stage)
    moving = nullcontext() if resumed else adding_folder(folder, files)
    said, changes = account(made.store, source_id), _changes(release, made.store)
    return Proposal(source_id, source, folder, said, changes, made, moving, release is not None, resumed)


def propose_removal(
    home: Path, source_id: str, on_stage: pipeline.OnStage = lambda stage, seconds: None
) -> Proposal:
    """What taking a source away would change. Raises a refusal where it is not there or not ours to take; writes nothing."""
    refuse_bad_id(source_id)
    present, release, folder = declared_sources(home), _readable(home), source_folders(home)[-1] / source_id
    source = next((each for each in present if each.id == source_id), None)
    if source is None and source_id not in _released(release):
        known = ", ".join(each.id for each in present)
        raise WrongCall(f"--remove {source_id}", "there is no source of this id", f"Name one of: {known}")
    if source:
        _refuse_foreign(source, folder)
    rest = [each for each in present if each.id != source_id]
    if not rest:
        raise WrongCall(f"--remove {source_id}", "it is the only source", "Add another one first")
    made = pipeline.assemble(home, rest, on_stage)
    said, changes = account(open_store(release) if release else ox.Store(), source_id), _changes(release, made.store)
    moving = removing_folder(folder) if source else nullcontext()
    return Proposal(source_id, source, folder, said, changes, made, moving, release is not None, source is None)


def accept(proposal: Proposal, home: Path) -> pipeline.BuildResult:
    """Publish what was proposed and move the files: both or neither.

    A kill in between leaves files that the next build publishes, or lacks, as this one would have.
    """
    return pipeline.publish(proposal.made, home, moving=proposal.moving)


def refuse_bad_id(source_id: str) -> None:
    """Raises `WrongCall` unless the id can be a part of an IRI and the name of a folder, and nothing else."""
    if slug(source_id) != source_id:
        remedy = f"Write it in lower-case letters, digits and hyphens, for example {slug(source_id)}"
        raise WrongCall(f"source id {source_id!r}", "is no id for a source", remedy)


def _as_declared(file: Path, source_id: str, declared: Declared) -> Source:
    read = read_text(file, declared.date)
    title = " ".join((declared.title or read.title).split())
    return replace(read, id=source_id, title=title, publisher=declared.publisher, licence=declared.licence)


def _refuse_taken(source: Source, present: Sequence[Source], folder: Path, other: Path | None) -> None:
    taken = next((each.path.parent for each in present if each.id == source.id), None)
    if taken or other:
        remedy = f"Choose another one, or take that source away first: csto-graph ingest --remove {source.id}"
        raise WrongCall(f"source id {source.id}", f"is taken by {taken or other}", remedy if taken else "Choose another one")
    twin = next((each for each in present if each.text == source.text), None)
    if twin:
        raise WrongCall(source.path, f"the same text is a source already: {twin.id}", "Nothing is to be done")
    if folder.exists():
        raise WrongCall(folder, "is in the way", "Move it elsewhere")


def _refuse_foreign(source: Source, folder: Path) -> None:
    if source.path.parent != folder:
        place = source.path.parent
        raise WrongCall(place, "belongs to the installed package", "Only what was ingested into the home can be taken away")


def _readable(home: Path) -> Release | None:
    """The current release; None where there is none to compare with."""
    try:
        return opening(home)
    except BrokenRelease:
        return None


def _released(release: Release | None) -> set[str]:
    """The ids of the sources that a release was built from."""
    sources = manifest_of(release).get("sources", []) if release else []
    return {str(each["id"]) for each in sources}


def _changes(release: Release | None, after: ox.Store) -> Difference:
    """What is other than in the current release, in the graphs that builds make."""
    before = open_store(release) if release else ox.Store()
    return difference(before, after, {name for name in all_graphs(before) | all_graphs(after) if made_by_builds(name)})
