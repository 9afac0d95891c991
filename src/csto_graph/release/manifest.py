"""What a release says of itself: its files, their checksums, and one hash over them all. No clock, no machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any, Final, TypeAlias

from pyoxigraph import NamedNode, Store

from csto_graph import __version__
from csto_graph.namespaces import GRAPH, ONTOLOGY_IRI, OWL
from csto_graph.release.sums import Sink, Summed
from csto_graph.release.syntaxes import write_graph
from csto_graph.release.turtle import GraphName, file_name, graph_iri, graph_names
from csto_graph.release.void import void_description

FORMAT: Final = 1  # raised when a reader of an older manifest would misread this one
Manifest: TypeAlias = dict[str, Any]


def render_files(store: Store, about: Mapping[str, object]) -> tuple[Manifest, dict[str, bytes]]:
    """The manifest of a store and the bytes of every file of its release, by name; nothing is written.

    `about` carries what the store cannot say (`sources`, `statements` …) and must be plain JSON.
    Raises `RefusedData` where a graph holds a blank node or is not ours.
    """
    graphs, entries = _graph_files(store)
    manifest = {**about, "package": __version__, "ontology": _ontology_version(store), **_described(entries)}
    void = void_description(store)
    manifest["files"]["void.ttl"] = {"sha256": _sha256(void)}
    return manifest, {**graphs, "void.ttl": void, "manifest.json": json_bytes(manifest)}


def revised(manifest: Manifest, store: Store, graphs: Iterable[GraphName]) -> Manifest:
    """The manifest of a store in which only these graphs hold something else than what `manifest` describes.

    It names no `void.ttl`: that is counted over the whole store, and a home has no such file.
    """
    entries = {name: entry for name, entry in manifest["files"].items() if "graph" in entry}
    filled = set(graph_names(store))
    for graph in graphs:
        entries.pop(file_name(graph), None)
        if graph in filled:
            entries[file_name(graph)] = _graph_file(store, graph)
    return {**manifest, **_described(entries)}


def content_of(store: Store) -> str:
    """The hash that the manifest of this store carries, computed from what the store holds now."""
    return content_hash({file_name(graph): _graph_file(store, graph)["sha256"] for graph in graph_names(store)})


def content_hash(checksums: Mapping[str, str]) -> str:
    """SHA-256 over the lines `<file> <sha256>` of the graphs' files, sorted.

    `void.ttl` and the manifest follow from the graphs and stay out: the same graphs are the same content.
    """
    return _sha256("".join(f"{name} {checksums[name]}\n" for name in sorted(checksums)).encode())


def json_bytes(record: Mapping[str, object]) -> bytes:
    """JSON for people and for diffs: sorted keys, two spaces, UTF-8, a final newline."""
    return (json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _described(entries: Mapping[str, Manifest]) -> Manifest:
    """What follows from the files of the graphs."""
    triples = {entry["graph"]: entry["triples"] for entry in entries.values()}
    return {
        "format": FORMAT,
        "triples": triples,
        "content": content_hash({name: entry["sha256"] for name, entry in entries.items()}),
        "files": {**entries},
    }


def _graph_files(store: Store) -> tuple[dict[str, bytes], dict[str, Manifest]]:
    files, entries = {}, {}
    for graph in graph_names(store):
        content = BytesIO()
        entries[file_name(graph)] = _graph_file(store, graph, content)
        files[file_name(graph)] = content.getvalue()
    return files, entries


def _graph_file(store: Store, graph: GraphName, out: Sink | None = None) -> Manifest:
    summed = Summed(out)
    count = write_graph(store, graph, "turtle", summed)
    return {"graph": graph_iri(graph), "sha256": summed.sha256, "triples": count}


def _ontology_version(store: Store) -> str | None:
    pattern = (NamedNode(ONTOLOGY_IRI), NamedNode(str(OWL.versionIRI)), None, NamedNode(f"{GRAPH}ontology"))
    versions = sorted(quad.object.value for quad in store.quads_for_pattern(*pattern) if isinstance(quad.object, NamedNode))
    return versions[0] if versions else None


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
