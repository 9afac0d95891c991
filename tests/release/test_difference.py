"""What changed between two releases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import Quad

from csto_graph.errors import BrokenRelease
from csto_graph.namespaces import GRAPH
from csto_graph.release import difference
from csto_graph.release.difference import differences
from tests.release.stores import MEMBERS, flip_byte, publish_members, quads


def test_each_graph_that_differs(tmp_path: Path) -> None:
    """Its triples on either side, sorted; the other way round they change sides."""
    old, new = publish_members(tmp_path, MEMBERS[:2]), publish_members(tmp_path, MEMBERS[1:])
    found = list(differences(old, new))
    assert [each.graph for each in found] == [f"{GRAPH}default", f"{GRAPH}source/one"]
    left, came = set(quads(MEMBERS[:1])), set(quads(MEMBERS[2:]))
    assert {quad for each in found for quad in each.removed} == left
    assert {quad for each in found for quad in each.added} == came
    assert all(list(each.added) == sorted(each.added, key=str) for each in found)
    assert [(each.removed, each.added) for each in differences(new, old)] == [(each.added, each.removed) for each in found]


def test_the_same_release(tmp_path: Path) -> None:
    """Nothing differs."""
    release = publish_members(tmp_path)
    assert list(differences(release, release)) == []


def test_graphs_of_one_checksum_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the result is that of reading them, as where a manifest counts no checksums."""
    old, new = publish_members(tmp_path, MEMBERS[:2]), publish_members(tmp_path, MEMBERS)
    read: list[object] = []

    def only(store: object, other: object, graph: object) -> tuple[Quad, ...]:
        read.append(graph)
        return ()

    manifest = new.folder / "manifest.json"
    record = json.loads(manifest.read_text())
    record["files"]["default.ttl"] = json.loads((old.folder / "manifest.json").read_text())["files"]["default.ttl"]
    manifest.write_text(json.dumps(record))
    monkeypatch.setattr(difference, "_only", only)
    assert list(differences(old, new)) == [] and {str(graph) for graph in read} == {f"<{GRAPH}source/one>"}


def test_a_broken_release_is_refused(tmp_path: Path) -> None:
    """The store that does not open is named."""
    old, new = publish_members(tmp_path, MEMBERS[:2]), publish_members(tmp_path)
    flip_byte(old.store / "CURRENT")
    with pytest.raises(BrokenRelease):
        list(differences(old, new))
