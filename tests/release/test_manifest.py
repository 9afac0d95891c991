"""The manifest: checksums, counts, one hash, and no trace of when or where."""

from __future__ import annotations

import hashlib
import json

from pyoxigraph import NamedNode, Quad

from csto_graph.namespaces import GRAPH, ONTOLOGY_IRI, OWL
from csto_graph.release.manifest import content_hash, content_of, render_files, revised
from tests.release.stores import MEMBERS, iri, quads, small_store


def test_every_file_has_its_checksum() -> None:
    """The manifest names every other file with the SHA-256 of its bytes."""
    manifest, files = render_files(small_store(), {})
    checksums = {name: entry["sha256"] for name, entry in manifest["files"].items()}
    assert checksums == {name: hashlib.sha256(files[name]).hexdigest() for name in files if name != "manifest.json"}


def test_the_counts_are_those_of_the_graphs() -> None:
    """Each graph stands with its triples."""
    manifest, _ = render_files(small_store(), {})
    count = 3 * len(MEMBERS)
    assert manifest["triples"] == {f"{GRAPH}default": count, f"{GRAPH}source/one": count}


def test_the_content_is_recomputed_from_the_store_alone() -> None:
    """Manifest and store agree on the hash, and another order of insertion does not change it."""
    backwards = small_store(tuple(reversed(MEMBERS)))
    assert render_files(small_store(), {})[0]["content"] == content_of(backwards)


def test_other_triples_are_other_content() -> None:
    """One member less is another hash."""
    assert content_of(small_store()) != content_of(small_store(MEMBERS[:2]))


def test_the_same_triple_in_another_graph_is_other_content() -> None:
    """Who says a thing belongs to the content."""
    moved = small_store()
    quad = next(quad for quad in quads() if quad.graph_name == iri(GRAPH, "source/one"))
    moved.remove(quad)
    moved.add(Quad(quad.subject, quad.predicate, quad.object, iri(GRAPH, "source/two")))
    assert content_of(moved) != content_of(small_store())


def test_the_hash_is_over_sorted_lines() -> None:
    """The order in which files are listed does not matter."""
    assert content_hash({"a": "1", "b": "2"}) == content_hash({"b": "2", "a": "1"})
    assert content_hash({"a": "1", "b": "2"}) == hashlib.sha256(b"a 1\nb 2\n").hexdigest()


def test_what_is_declared_of_the_sources_is_kept() -> None:
    """`about` stands in the manifest beside what the store says, and cannot replace it."""
    _, files = render_files(small_store(), {"sources": [{"id": "one"}], "content": "forged"})
    manifest = json.loads(files["manifest.json"])
    assert manifest["sources"] == [{"id": "one"}]
    assert manifest["content"] == content_of(small_store())


def test_the_version_of_the_ontology_is_read_from_its_graph() -> None:
    """owl:versionIRI of the ontology, where its graph has one; nothing otherwise."""
    store, version = small_store(), NamedNode(f"{ONTOLOGY_IRI}/0.1.0")
    assert render_files(store, {})[0]["ontology"] is None
    store.add(Quad(NamedNode(ONTOLOGY_IRI), NamedNode(str(OWL.versionIRI)), version, iri(GRAPH, "ontology")))
    assert render_files(store, {})[0]["ontology"] == version.value


def test_two_renderings_are_the_same_bytes() -> None:
    """There is no clock and no randomness in a release."""
    assert render_files(small_store(), {"sources": []})[1] == render_files(small_store(), {"sources": []})[1]


def test_a_change_names_no_description_that_nobody_wrote() -> None:
    """`void.ttl` lies beside the files of a build; what a change publishes has none, and does not claim one."""
    manifest, _ = render_files(small_store(), {})
    assert "void.ttl" in manifest["files"] and "void.ttl" not in revised(manifest, small_store(), ())["files"]
