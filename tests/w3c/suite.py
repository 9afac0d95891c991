"""The W3C suites of SPARQL 1.1 as their manifests list them, read where they lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from csto_graph.sparql.admission import dataset_clauses
from csto_graph.sparql.tokens import tokens

FOLDER: Final = Path(__file__).resolve().parents[2].parent / "shared" / "w3c" / "rdf-tests" / "sparql" / "sparql11"
BASE: Final = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"  # where the suites say they are
QUERY: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UPDATE: Final = "http://www.w3.org/2009/sparql/tests/test-update#"
MANIFEST: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"


@dataclass(frozen=True, slots=True, order=True)
class Graph:
    """A file of the suite as a part of a dataset."""

    file: str  # its IRI; empty for a graph without a triple
    name: str | None  # None is the default graph


@dataclass(frozen=True, slots=True)
class Entry:
    """A test: what is sent, to which dataset, and what has to come of it."""

    name: str  # aggregates/agg01
    kind: str  # the local name of its class
    text: str  # the IRI of the query or update
    data: tuple[Graph, ...] = ()
    result: str | None = None  # of a query: the IRI of the file
    after: tuple[Graph, ...] = ()  # of an update: the dataset it has to leave
    endpoints: tuple[Graph, ...] = ()  # what other endpoints have; the name is that of the endpoint


def entries(suite: str) -> list[Entry]:
    """Those that `manifest-sparql11-<suite>.ttl` includes, in its order; none where the suites do not lie there."""
    listed = f"manifest-sparql11-{suite}.ttl"
    if not (FOLDER / listed).is_file():
        return []
    manifest = _Manifest(listed)
    root = NamedNode(BASE + listed)
    return [entry for each in manifest.items(root, "include") for entry in _entries(each.value)]


def content(iri: str) -> bytes:
    """The bytes of a file of the suite."""
    return (FOLDER / iri.removeprefix(BASE)).read_bytes()


@cache
def quads(graph: Graph) -> tuple[Quad, ...]:
    """What a file puts into the dataset, its IRIs resolved against its own."""
    if not graph.file:
        return ()
    format_ = RdfFormat.from_extension(graph.file.rpartition(".")[2])
    assert format_ is not None, graph.file
    name = DefaultGraph() if graph.name is None else NamedNode(graph.name)
    parsed = parse(content(graph.file), format=format_, base_iri=graph.file, rename_blank_nodes=True)
    return tuple(Quad(q.subject, q.predicate, q.object, name) for q in parsed)


def asked_graphs(entry: Entry) -> tuple[Graph, ...]:
    """The graphs that FROM or USING asks for beside the dataset, which the suite takes for granted.

    That is the file of that name; where only the syntax counts, a graph without a triple.
    """
    given = {graph.name for graph in entry.data}
    iris = sorted({iri for _, iri in dataset_clauses(list(tokens(with_base(entry))))} - given)
    return tuple(Graph("" if "Syntax" in entry.kind else iri, iri) for iri in iris)


def with_base(entry: Entry) -> str:
    """The query or update with a declaration of the base that it would have as a file: no request carries one."""
    return f"BASE <{entry.text}>\n{content(entry.text).decode()}"


def _entries(manifest_iri: str) -> Iterator[Entry]:
    path = manifest_iri.removeprefix(BASE)
    manifest = _Manifest(path)
    for each in manifest.items(NamedNode(manifest_iri), "entries"):
        action = manifest.the(each, f"{MANIFEST}action")
        texts = [*manifest.objects(action, f"{QUERY}query"), *manifest.objects(action, f"{UPDATE}request"), action]
        results = manifest.objects(each, f"{MANIFEST}result")
        yield Entry(
            name=f"{path.partition('/')[0]}/{each.value.partition('#')[2]}",
            kind=manifest.the(each, f"{RDF}type").value.partition("#")[2],
            text=texts[0].value,
            data=manifest.dataset(action),
            result=next((result.value for result in results if isinstance(result, NamedNode)), None),
            endpoints=manifest.endpoints(action),
            after=tuple(graph for result in results for graph in manifest.dataset(result)),
        )


class _Manifest:
    """A manifest as a graph to be walked."""

    def __init__(self, path: str) -> None:
        self._store = Store()
        self._store.load((FOLDER / path).read_bytes(), format=RdfFormat.TURTLE, base_iri=BASE + path)

    def objects(self, subject: Any, predicate: str) -> list[Any]:
        return [quad.object for quad in self._store.quads_for_pattern(subject, NamedNode(predicate), None)]

    def the(self, subject: Any, predicate: str) -> Any:
        found = self.objects(subject, predicate)
        assert len(found) == 1, (subject, predicate, found)
        return found[0]

    def items(self, subject: Any, name: str) -> Iterator[Any]:
        for node in self.objects(subject, f"{MANIFEST}{name}"):
            while node.value != f"{RDF}nil":
                yield self.the(node, f"{RDF}first")
                node = self.the(node, f"{RDF}rest")

    def dataset(self, node: Any) -> tuple[Graph, ...]:
        """Of a query a named graph is named as its file, of an update by a label."""
        plain = [Graph(file.value, None) for which in (QUERY, UPDATE) for file in self.objects(node, f"{which}data")]
        named = [Graph(file.value, file.value) for file in self.objects(node, f"{QUERY}graphData")]
        labelled = [
            Graph(self.the(part, f"{UPDATE}graph").value, self.the(part, LABEL).value)
            for part in self.objects(node, f"{UPDATE}graphData")
        ]
        return tuple(sorted((*plain, *named, *labelled), key=str))

    def endpoints(self, node: Any) -> tuple[Graph, ...]:
        """What is to be found where the query sends a SERVICE."""
        parts = self.objects(node, f"{QUERY}serviceData")
        return tuple(Graph(self.the(part, f"{QUERY}data").value, self.the(part, f"{QUERY}endpoint").value) for part in parts)
