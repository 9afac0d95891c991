"""What the service serves: a release opened for reading, its manifest, its sources and the questions put to it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from flask import current_app
from pyoxigraph import Literal, NamedNode, Store

from csto_graph.errors import BrokenRelease
from csto_graph.model import Release
from csto_graph.namespaces import PREFIXES
from csto_graph.serve.questions import Question, questions

_EXTENSION = "csto-graph"
_SOURCES = """
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
class Catalogue:
    """A release opened for reading. The store can be asked from several threads at once."""

    release: Release
    store: Store
    counts: dict[str, int]  # graph → triples
    graphs: frozenset[str]
    sources: tuple[SourceText, ...]
    questions: tuple[Question, ...]


def open_catalogue(release: Release, queries: Path) -> Catalogue:
    """The release and the questions in `queries/competency`; raises BrokenRelease for a store that cannot be read."""
    counts = _counts(release.folder / "manifest.json")
    try:
        store = Store.read_only(str(release.store))
    except (OSError, ValueError) as error:
        raise BrokenRelease(release.store, "its store cannot be opened", "Build the release anew: csto-graph build") from error
    graphs = frozenset(graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode))
    return Catalogue(release, store, counts, graphs, _sources(store), questions(queries))


def served() -> Catalogue:
    """The catalogue of the app that answers the current request."""
    return cast(Catalogue, current_app.extensions[_EXTENSION])


def serve_from(extensions: dict[str, object], catalogue: Catalogue) -> None:
    """Lays the catalogue where `served` finds it."""
    extensions[_EXTENSION] = catalogue


def _counts(manifest: Path) -> dict[str, int]:
    try:
        triples = json.loads(manifest.read_text(encoding="utf-8"))["triples"]
        return {str(graph): int(triples[graph]) for graph in sorted(triples)}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BrokenRelease(manifest, "it cannot be read as a manifest", "Build the release anew: csto-graph build") from error


def _sources(store: Store) -> tuple[SourceText, ...]:
    solutions = store.query(_SOURCES, prefixes=PREFIXES)
    names = ("title", "date", "publisher", "licence")
    return tuple(
        SourceText(str(solution["document"].value), *(_text(solution[name]) for name in names))
        for solution in solutions  # type: ignore[union-attr]  # the stub cannot know that a SELECT gives solutions
        if solution["document"] is not None
    )


def _text(term: object) -> str:
    return term.value if isinstance(term, Literal | NamedNode) else ""
