"""What the service serves: a back-end, the questions put to it, and what each of its releases holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal, cast

from flask import current_app

from csto_graph.backend.interface import Backend, Query
from csto_graph.model import Release
from csto_graph.serve.attempts import Attempts
from csto_graph.serve.cache import Cache
from csto_graph.serve.questions import Question, questions
from csto_graph.serve.settings import Settings
from csto_graph.serve.solutions import solutions
from csto_graph.serve.turns import Turns

_EXTENSION: Final = "csto-graph"
_MOST_REMEMBERED: Final = 16  # releases
_GRAPHS: Final = "SELECT ?graph { GRAPH ?graph {} } ORDER BY ?graph"
_SOURCES: Final = """
SELECT ?document ?title (MIN(?d) AS ?date) (MIN(?p) AS ?publisher) (MIN(?l) AS ?licence) WHERE {
  GRAPH ?graph {
    ?document a cst:Document ; dcterms:title ?title .
    OPTIONAL { ?document dcterms:date ?d }
    OPTIONAL { ?document dcterms:publisher ?p }
    OPTIONAL { ?document dcterms:license ?l }
  }
} GROUP BY ?document ?title ORDER BY ?document
"""


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text the graph was read from. What is not stated of it is empty."""

    iri: str
    title: str
    date: str
    publisher: str
    licence: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a release holds."""

    release: Release
    counts: Mapping[str, int]  # graph → triples
    graphs: tuple[str, ...]
    sources: tuple[SourceText, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """A release, since when the address gives it, and how it was asked for."""

    release: Release
    since: datetime
    asked: Literal["current", "number", "instant"]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The back-end and what is told of it."""

    backend: Backend
    questions: tuple[Question, ...]
    settings: Settings
    turns: Turns
    attempts: Attempts
    cache: Cache
    _contents: dict[int, Contents] = field(default_factory=dict)
    _editions: list[Edition] = field(default_factory=list)  # the last that was current

    def current(self) -> Edition:
        """The current release, and since when it is."""
        release = self.backend.current()
        known = self._editions[-1:]
        if known and known[0].release is release:
            return known[0]
        last = next(reversed(self.backend.history()), None)
        since = last.since if last and last.number == release.number else published(release)
        edition = Edition(release, since, "current")
        self._editions[:] = [edition]
        return edition

    def contents(self, release: Release) -> Contents:
        """What a release holds, looked up once."""
        found = self._contents.get(release.number)
        if found is None or found.release != release:
            found = self._looked_up(release)
            while len(self._contents) >= _MOST_REMEMBERED:
                self._contents.pop(next(iter(self._contents)), None)
            self._contents[release.number] = found
        return found

    def _looked_up(self, release: Release) -> Contents:
        graphs = tuple(row["graph"] for row in self._rows(release, _GRAPHS))
        names = ("document", "title", "date", "publisher", "licence")
        sources = tuple(SourceText(*(row.get(name, "") for name in names)) for row in self._rows(release, _SOURCES))
        return Contents(release, self.backend.sizes(release), graphs, sources)

    def _rows(self, release: Release, query: str) -> Iterator[dict[str, str]]:
        with self.backend.answer(release, Query(query), "json", self.settings.limits) as answer:
            found = solutions(answer)
        for row in found:
            yield {name: term["value"] for name, term in row.items()}


def published(release: Release) -> datetime:
    """When, in UTC and whole seconds, as HTTP knows no others."""
    return datetime.fromisoformat(release.published).astimezone(UTC).replace(microsecond=0)


def open_catalogue(backend: Backend, queries: Path, settings: Settings) -> Catalogue:
    """The catalogue with the questions in `queries/competency`."""
    return Catalogue(backend, questions(queries), settings, Turns(settings), Attempts(settings), Cache(settings.cache))


def served() -> Catalogue:
    """The catalogue of the app that answers the current request."""
    return cast(Catalogue, current_app.extensions[_EXTENSION])


def serve_from(extensions: dict[str, object], catalogue: Catalogue) -> None:
    """Lays the catalogue where `served` finds it."""
    extensions[_EXTENSION] = catalogue
