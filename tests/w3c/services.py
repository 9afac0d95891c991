"""The two that answer the suites: this service over HTTP, and the engine by itself in this process."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from flask.testing import FlaskClient
from pyoxigraph import NamedNode, QueryResultsFormat, QueryTriples, RdfFormat, Store

from tests.serve.conftest import lay_release
from tests.w3c.suite import Entry, Graph, asked_graphs, content, quads, with_base

# How an answer is asked for that is to be held against a file with this suffix.
MEDIA_TYPES: Final = {
    "srx": "application/sparql-results+xml",
    "srj": "application/sparql-results+json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "application/n-triples",
}


class Refused(Exception):
    """What was said of a query that was not answered, and whether that was of its syntax."""

    def __init__(self, detail: str, *, syntax: bool) -> None:
        super().__init__(detail)
        self.syntax = syntax


class Engine:
    """pyoxigraph alone."""

    def __init__(self) -> None:
        self._stores: dict[frozenset[Graph], Store] = {}

    def ask(self, entry: Entry, suffix: str) -> bytes:
        """The answer. Raises `Refused`."""
        dataset = frozenset((*entry.data, *asked_graphs(entry)))
        if dataset not in self._stores:
            self._stores[dataset] = Store()
            fill(self._stores[dataset], dataset)
        try:
            answer = self._stores[dataset].query(content(entry.text).decode(), base_iri=entry.text)
            if isinstance(answer, QueryTriples):
                return answer.serialize(format=RdfFormat.from_media_type(MEDIA_TYPES[suffix])) or b""
            return answer.serialize(format=QueryResultsFormat.from_media_type(MEDIA_TYPES[suffix])) or b""
        except (SyntaxError, RuntimeError) as error:
            raise Refused(str(error), syntax=isinstance(error, SyntaxError)) from error


class Service:
    """This service: each dataset is a release of its own, laid when it is first asked for."""

    def __init__(self, home: Path, scratch: Path, client: FlaskClient) -> None:
        self._home = home
        self._scratch = Store(str(scratch))
        self._client = client
        self._releases: dict[frozenset[Graph], int] = {}

    def ask(self, entry: Entry, suffix: str) -> bytes:
        """The answer. Raises `Refused` for a 400 and nothing else."""
        release = self._release(frozenset((*entry.data, *asked_graphs(entry))))
        response = self._client.post(
            f"/sparql?release={release}",
            data=with_base(entry).encode(),
            content_type="application/sparql-query",
            headers={"Accept": MEDIA_TYPES[suffix]},
        )
        if response.status_code == 400:
            problem = json.loads(response.data)
            raise Refused(problem["detail"], syntax="line" in problem)
        assert response.status_code == 200, response.text
        assert response.mimetype == MEDIA_TYPES[suffix]
        return bytes(response.data)

    def _release(self, dataset: frozenset[Graph]) -> int:
        if dataset not in self._releases:
            self._scratch.clear()
            fill(self._scratch, dataset)
            self._releases[dataset] = len(self._releases) + 1
            lay_release(self._home, self._releases[dataset], self._scratch, {})
        return self._releases[dataset]


def fill(store: Store, dataset: Iterable[Graph]) -> None:
    """Puts a dataset into an empty store."""
    for graph in dataset:
        if graph.name is not None:
            store.add_graph(NamedNode(graph.name))
    store.extend(quad for graph in dataset for quad in quads(graph))
