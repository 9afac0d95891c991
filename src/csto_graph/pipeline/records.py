"""What a build makes on its way, and what it tells of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Final

import pyoxigraph as ox

from csto_graph.model import Passage, Release, Report, Source, Statement, Status, Thing

OnStage = Callable[[str, float], None]
REMEDY: Final = "Mend what the report names, then build again; the last release is still the current one"


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
    clock: Clock


@dataclass(slots=True)
class Clock:
    """Times the stages and tells whoever watches."""

    on_stage: OnStage
    stages: list[tuple[str, float]] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = perf_counter()
        yield
        self.stages.append((name, perf_counter() - start))
        self.on_stage(*self.stages[-1])
