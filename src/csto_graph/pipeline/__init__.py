"""The stages in order: the only package that knows them all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from csto_graph.errors import WrongCall
from csto_graph.extract.coverage import Covered
from csto_graph.model import Report
from csto_graph.pipeline import parts
from csto_graph.pipeline.assembling import assemble
from csto_graph.pipeline.publishing import publish
from csto_graph.pipeline.reading import read_declared
from csto_graph.pipeline.records import Assembled, BuildResult, OnStage, SourceRead
from csto_graph.release.home import prepare
from csto_graph.sources import declared_sources, sources_held
from csto_graph.text.blocks import blocks
from csto_graph.text.sources import read_text
from csto_graph.turtle import read_turtle
from csto_graph.validate.shapes import validate_shapes

__all__ = [
    "Assembled", "BuildResult", "OnStage", "SourceRead", "assemble", "build", "coverage", "publish", "read", "read_declared",
    "validate",
]  # fmt: skip


def read(path: Path, date: str | None = None) -> SourceRead:
    """What one text file says; touches no store. `date` anchors today and the present tense."""
    return read_declared(read_text(path, date))


def coverage(path: Path, date: str | None = None) -> Iterator[Covered]:
    """How far each sentence of one text file is understood, in its order; touches no store."""
    source = read_text(path, date)
    return parts.reader().coverage(source, blocks(source))


def build(home: Path, on_stage: OnStage = lambda stage, seconds: None, files: Path | None = None) -> BuildResult:
    """All sources → a new release in `home`, and its Turtle files in `files` (in a clone: `data/release`, if not given).

    Raises `RefusedBuild` with its findings where a shape, an expected count or consistency fails; nothing is published then.
    """
    prepare(home)
    with sources_held(home):
        return publish(assemble(home, declared_sources(home), on_stage), home, files)


def validate(path: Path) -> Report:
    """What the shapes find in a Turtle file. Raises `RefusedData` naming the line of a syntax error."""
    if not path.is_file():
        raise WrongCall(path, "there is no such file", "Check the path")
    return validate_shapes(read_turtle(path), parts.ontology("shapes"), parts.ontology("csto.ttl"))
