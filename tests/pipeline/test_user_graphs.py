"""What users wrote outlives a build."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from csto_graph.namespaces import CST, GRAPH, ID
from csto_graph.pipeline import publishing
from csto_graph.release.drafts import drafted
from csto_graph.release.home import manifest_of, open_store, verify
from csto_graph.release.manifest import revised
from tests.release.stores import iri, small_store

NOTE = Quad(iri(ID, "state/armenia"), iri(CST, "note"), Literal("seen"), iri(GRAPH, "notes/anna"))


def test_a_build_carries_what_users_wrote(tmp_path: Path) -> None:
    """It is in the next release, beside what was built, and neither in the default graph nor in the files."""
    home, files = tmp_path / "home", tmp_path / "files"
    publishing.publish_store(small_store(), home, [], None)
    with drafted(home) as draft:
        draft.store.add(NOTE)
        changed = draft.publish(revised(manifest_of(draft.release), draft.store, draft.difference()))
    release, new = publishing.publish_store(small_store(("armenia",)), home, [], files)
    assert new and release.number == changed.number + 1
    verify(release)
    assert set(open_store(release)) == {*small_store(("armenia",)), NOTE}
    assert sorted(path.name for path in files.rglob("*.ttl")) == ["default.ttl", "one.ttl", "void.ttl"]


def test_the_same_build_after_the_same_changes_is_the_same_release(tmp_path: Path) -> None:
    """A build that finds nothing new gives no new number, whatever users wrote before."""
    publishing.publish_store(small_store(), tmp_path, [], None)
    with drafted(tmp_path) as draft:
        draft.store.add(NOTE)
        changed = draft.publish(revised(manifest_of(draft.release), draft.store, draft.difference()))
    assert publishing.publish_store(small_store(), tmp_path, [], None) == (changed, False)


def test_a_graph_named_for_the_build_is_not_carried(tmp_path: Path) -> None:
    """A source that was taken away is gone, and no user's graph."""
    publishing.publish_store(small_store(), tmp_path, [], None)
    store = small_store()
    store.remove_graph(NamedNode(f"{GRAPH}source/one"))
    release, _ = publishing.publish_store(store, tmp_path, [], None)
    assert not list(open_store(release).named_graphs())
