"""What changed between two stores, and between two releases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, Store

from csto_graph.errors import BrokenRelease
from csto_graph.namespaces import GRAPH
from csto_graph.release import difference as module
from csto_graph.release.difference import GraphChange, all_graphs, difference, release_differences
from csto_graph.release.turtle import DEFAULT, GraphName
from tests.release.stores import MEMBERS, flip_byte, iri, publish_members, quads

ONE = iri(GRAPH, "source/one")
NAMES = (DEFAULT, ONE, NamedNode("x:g"))
QUADS = st.frozensets(st.builds(lambda s, g: Quad(NamedNode(f"x:{s}"), NamedNode("x:p"), NamedNode("x:o"), g), st.integers(0, 3), st.sampled_from(NAMES)))
CREATED = st.frozensets(st.sampled_from(NAMES[1:]))


def stored(held: frozenset[Quad], created: frozenset[NamedNode]) -> Store:
    store = Store()
    store.extend(held)
    for graph in created:
        store.add_graph(graph)
    return store


@given(QUADS, CREATED, QUADS, CREATED)
def test_applied_to_the_one_it_gives_the_other(
    old: frozenset[Quad], old_names: frozenset[NamedNode], new: frozenset[Quad], new_names: frozenset[NamedNode]
) -> None:
    """Triples and names of graphs; and the difference of some graphs is that part of the whole."""
    before, after = stored(old, old_names), stored(new, new_names)
    found = difference(before, after)
    for name in NAMES[:2]:
        assert difference(before, after, [name]) == {name: found[name] for name in [name] if name in found}
    names = all_graphs(before)
    for name, change in found.items():
        assert change != GraphChange(frozenset(), frozenset(), False, False)
        before.extend(Quad(t.subject, t.predicate, t.object, name) for t in change.added)
        for t in change.removed:
            before.remove(Quad(t.subject, t.predicate, t.object, name))
        names = names - {name} if change.dropped else names | {name}
        assert change.created <= (name in all_graphs(after))
    assert set(before) == set(after) and names == all_graphs(after)


def test_each_graph_that_differs(tmp_path: Path) -> None:
    """By their IRIs; the other way round, what was added was removed."""
    old, new = publish_members(tmp_path, MEMBERS[:2]), publish_members(tmp_path, MEMBERS[1:])
    found = dict(release_differences(old, new))
    assert list(found) == [DEFAULT, ONE]
    left, came = set(quads(MEMBERS[:1])), set(quads(MEMBERS[2:]))
    for graph, change in found.items():
        assert change.removed == {quad.triple for quad in left if quad.graph_name == graph}
        assert change.added == {quad.triple for quad in came if quad.graph_name == graph}
    back = dict(release_differences(new, old))
    assert {name: (c.removed, c.added) for name, c in back.items()} == {name: (c.added, c.removed) for name, c in found.items()}


def test_the_same_release(tmp_path: Path) -> None:
    """Nothing differs."""
    release = publish_members(tmp_path)
    assert dict(release_differences(release, release)) == {}


def test_graphs_of_one_checksum_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The checksums say that they are the same."""
    old, new = publish_members(tmp_path, MEMBERS[:2]), publish_members(tmp_path, MEMBERS)
    read: list[GraphName] = []

    def change(before: Store, after: Store, graph: GraphName) -> None:
        read.append(graph)

    manifest = new.folder / "manifest.json"
    record = json.loads(manifest.read_text())
    record["files"]["default.ttl"] = json.loads((old.folder / "manifest.json").read_text())["files"]["default.ttl"]
    manifest.write_text(json.dumps(record))
    monkeypatch.setattr(module, "_change", change)
    assert dict(release_differences(old, new)) == {} and read == [ONE]


def test_a_broken_release_is_refused(tmp_path: Path) -> None:
    """The store that does not open is named."""
    old, new = publish_members(tmp_path, MEMBERS[:2]), publish_members(tmp_path)
    flip_byte(old.store / "CURRENT")
    with pytest.raises(BrokenRelease):
        dict(release_differences(old, new))
