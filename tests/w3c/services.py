"""The two that answer the suites: this service over HTTP, and the engine by itself in this process."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from flask.testing import FlaskClient
from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryResultsFormat, QueryTriples, RdfFormat, Store

from tests.serve.conftest import lay_release
from tests.w3c.comparing import solutions
from tests.w3c.suite import Entry, Graph, asked_graphs, quads, with_base

# How an answer is asked for that is to be held against a file with this suffix.
MEDIA_TYPES: Final = {
    "srx": "application/sparql-results+xml",
    "srj": "application/sparql-results+json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "application/n-triples",
}
_NOWHERE: Final[Mapping[str, str]] = {}
_EVERYTHING: Final = "SELECT ?g ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


class Refused(Exception):
    """What was said of a request that was not carried out, and whether that was of its syntax."""

    def __init__(self, detail: str, *, syntax: bool) -> None:
        super().__init__(detail)
        self.syntax = syntax


class Engine:
    """pyoxigraph alone. Where an IRI begins as one of `elsewhere`, that is written as the other one."""

    def __init__(self, elsewhere: Mapping[str, str] = _NOWHERE) -> None:
        self._elsewhere = elsewhere

    def ask(self, entry: Entry, suffix: str) -> bytes:
        """The answer. Raises `Refused`."""
        try:
            answer = _filled(entry).query(_moved(with_base(entry), self._elsewhere))
            if isinstance(answer, QueryTriples):
                return answer.serialize(format=RdfFormat.from_media_type(MEDIA_TYPES[suffix])) or b""
            return answer.serialize(format=QueryResultsFormat.from_media_type(MEDIA_TYPES[suffix])) or b""
        except (SyntaxError, RuntimeError) as error:
            raise Refused(str(error), syntax=isinstance(error, SyntaxError)) from error

    def update(self, entry: Entry) -> list[Quad]:
        """The dataset afterwards. Raises `Refused`."""
        store = _filled(entry)
        try:
            store.update(with_base(entry))
        except (SyntaxError, RuntimeError) as error:
            raise Refused(str(error), syntax=isinstance(error, SyntaxError)) from error
        return list(store)


class Service:
    """This service: each dataset is a release of its own. `elsewhere` as for the engine."""

    def __init__(self, folder: Path, client: FlaskClient, elsewhere: Mapping[str, str] = _NOWHERE) -> None:
        """`folder` holds the home that the client's service reads, and has room for more."""
        self._home = folder / "home"
        self._scratch = Store(str(folder / "scratch"))
        self._client = client
        self._elsewhere = elsewhere
        self._releases: dict[frozenset[Graph], int] = {}

    def ask(self, entry: Entry, suffix: str) -> bytes:
        """The answer. Raises `Refused` for a 400 and nothing else."""
        dataset = frozenset(_dataset(entry))
        if dataset not in self._releases:
            self._releases[dataset] = self._lay(dataset)
        path = f"/sparql?release={self._releases[dataset]}"
        return self._sent(path, _moved(with_base(entry), self._elsewhere), "application/sparql-query", MEDIA_TYPES[suffix])

    def update(self, entry: Entry) -> list[Quad]:
        """The dataset afterwards. Raises `Refused` for a 400 and nothing else. For its syntax an update may meet any dataset."""
        dataset = _dataset(entry)
        if dataset or "Syntax" not in entry.kind or not (self._home / "current").exists():
            self._lay(dataset)
        self._sent("/update", with_base(entry), "application/sparql-update", "*/*")
        rows = solutions(self._sent("/sparql", _EVERYTHING, "application/sparql-query", MEDIA_TYPES["srj"]), "srj")
        assert isinstance(rows, list)
        return [Quad(row["s"], row["p"], row["o"], row.get("g", DefaultGraph())) for row in rows]

    def _sent(self, path: str, text: str, media_type: str, accepted: str) -> bytes:
        response = self._client.post(path, data=text.encode(), content_type=media_type, headers={"Accept": accepted})
        if response.status_code == 400:
            problem: dict[str, Any] = json.loads(response.data)
            raise Refused(problem["detail"], syntax="line" in problem)
        assert response.status_code == 200, response.text
        assert accepted in {"*/*", response.mimetype}
        return bytes(response.data)

    def _lay(self, dataset: Iterable[Graph]) -> int:
        """The number of a new release, which is the current one."""
        number = max((int(folder.name) for folder in (self._home / "releases").glob("[0-9]*")), default=0) + 1
        self._scratch.clear()
        _fill(self._scratch, dataset)
        lay_release(self._home, number, self._scratch, {}, content=f"{number:064x}")
        return number


def _moved(text: str, elsewhere: Mapping[str, str]) -> str:
    for iri, other in elsewhere.items():
        text = text.replace(f"<{iri}", f"<{other}")
    return text


def _dataset(entry: Entry) -> tuple[Graph, ...]:
    return (*entry.data, *asked_graphs(entry))


def _filled(entry: Entry) -> Store:
    return filled(_dataset(entry))


def filled(dataset: Iterable[Graph]) -> Store:
    """A store with a dataset."""
    store = Store()
    _fill(store, dataset)
    return store


def _fill(store: Store, dataset: Iterable[Graph]) -> None:
    for graph in dataset:
        if graph.name is not None:
            store.add_graph(NamedNode(graph.name))
    store.extend(quad for graph in dataset for quad in quads(graph))
