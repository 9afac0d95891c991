"""A change is a new release or nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store

from csto_graph.errors import BrokenRelease, WrongCall
from csto_graph.model import Release
from csto_graph.namespaces import CST, GRAPH, ID
from csto_graph.release.difference import Difference
from csto_graph.release.drafts import drafted
from csto_graph.release.graphs import carry_user_graphs, made_by_builds, user_graphs
from csto_graph.release.home import current, manifest_of, open_store, releases, verify
from csto_graph.release.manifest import Manifest, render_files, revised
from csto_graph.release.skolem import GENID, skolemise
from tests.release.stores import contents, iri, publish_members, small_store

MINE = NamedNode("http://example.org/mine")
NOTE = Quad(iri(ID, "state/armenia"), iri(CST, "note"), Literal("seen"), MINE)
KILLS = int(os.environ.get("CSTO_GRAPH_KILLS", "12"))  # 100 once before a release


def change(home: Path, quads: tuple[Quad, ...], removed: tuple[Quad, ...] = ()) -> tuple[Release, Difference]:
    """The release after a change, and what the draft said of it."""
    with drafted(home) as draft:
        draft.store.extend(quads)
        for quad in removed:
            draft.store.remove(quad)
        difference = draft.difference()
        return draft.publish(revised(manifest_of(draft.release), draft.store, difference)), difference


def test_a_change_is_the_next_release(tmp_path: Path) -> None:
    """It verifies, it is current, and the one before it is byte for byte what it was."""
    old = publish_members(tmp_path)
    before = {name: content for name, content in contents(old.folder).items() if not name.endswith("LOG")}
    new, difference = change(tmp_path, (NOTE,))
    assert (new.number, current(tmp_path)) == (2, new)
    verify(new)
    verify(old)
    assert set(open_store(new)) - set(open_store(old)) == {NOTE}
    assert {name: content for name, content in contents(old.folder).items() if not name.endswith("LOG")} == before
    assert list(difference) == [MINE]
    assert (difference[MINE].added, difference[MINE].removed, difference[MINE].created) == ({NOTE.triple}, frozenset(), True)


def test_its_manifest_is_the_one_that_a_build_would_write(tmp_path: Path) -> None:
    """Only the changed graphs are read again, and yet nothing differs."""
    publish_members(tmp_path)
    gone = next(small_store().quads_for_pattern(None, None, None, iri(GRAPH, "source/one")))
    new, _ = change(tmp_path, (NOTE,), (gone,))
    assert manifest_of(new) == _rendered(new)
    again, difference = change(tmp_path, (), (NOTE,))
    assert manifest_of(again) == _rendered(again)
    assert difference[MINE].removed == {NOTE.triple} and not difference[MINE].dropped


def test_an_empty_graph_is_a_change(tmp_path: Path) -> None:
    """It was created, and is there in the next release."""
    publish_members(tmp_path)
    with drafted(tmp_path) as draft:
        draft.store.add_graph(MINE)
        assert draft.difference()[MINE].created
        new = draft.publish(manifest_of(draft.release))
    verify(new)
    assert list(user_graphs(open_store(new))) == [MINE]


def test_what_is_not_published_leaves_no_trace(tmp_path: Path) -> None:
    """Neither a draft that was given up nor one that failed."""
    publish_members(tmp_path)
    before = contents(tmp_path)
    with drafted(tmp_path) as draft:
        draft.store.add(NOTE)
    with pytest.raises(KeyError), drafted(tmp_path) as draft:
        raise KeyError
    assert set(contents(tmp_path)) <= set(before)
    assert current(tmp_path) == next(releases(tmp_path))


def test_nothing_to_change(tmp_path: Path) -> None:
    """Where nothing was published there is nothing to change."""
    with pytest.raises(BrokenRelease, match="csto-graph build"), drafted(tmp_path):
        pass


def test_one_draft_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second waits, and is told when it waits too long."""
    publish_members(tmp_path)
    monkeypatch.setattr("csto_graph.release.lock.locked.__wrapped__.__defaults__", (0.1, ".lock"))
    with drafted(tmp_path), pytest.raises(WrongCall, match="another build or change"), drafted(tmp_path):
        pass


@pytest.mark.parametrize(
    ("graph", "made"),
    [
        (DefaultGraph(), True), (iri(GRAPH, "default"), True), (iri(GRAPH, "source/x"), True), (iri(GRAPH, "ontology"), True),
        (iri(GRAPH, "links/wikidata"), True), (iri(GRAPH, "elsewhere/x"), True),
        (iri(GRAPH, "notes/anna"), False), (iri(GRAPH, "sources"), False), (MINE, False), (NamedNode("urn:source/x"), False),
    ],
)  # fmt: skip
def test_who_makes_a_graph(graph: NamedNode | DefaultGraph, made: bool) -> None:
    """The kinds of the design are the build's, everything else is its users'."""
    assert made_by_builds(graph) is made


def test_user_graphs_are_carried(tmp_path: Path) -> None:
    """A build finds them in the current release, and leaves its own graphs as they are."""
    publish_members(tmp_path)
    change(tmp_path, (NOTE,))
    store = small_store(("armenia",))
    assert carry_user_graphs(tmp_path, store) == (MINE,)
    assert set(store) == {*small_store(("armenia",)), NOTE}
    (tmp_path / "current").write_text("?")  # what is broken is passed over
    assert carry_user_graphs(tmp_path, Store()) == (MINE,)


def test_blank_nodes_get_iris(tmp_path: Path) -> None:
    """One each, the same wherever it stands, and none that was given before."""
    publish_members(tmp_path)
    said: set[str] = set()
    for _ in range(2):
        node = BlankNode("a")
        quads = (Quad(node, iri(CST, "note"), BlankNode("b"), MINE), Quad(iri(ID, "x/y"), iri(CST, "note"), node, MINE))
        with drafted(tmp_path) as draft:
            draft.store.extend(quads)
            assert skolemise(draft.store, draft.difference()) == 2
            difference = draft.difference()
            draft.publish(revised(manifest_of(draft.release), draft.store, difference))
        subjects = {triple.subject.value for triple in difference[MINE].added}  # type: ignore[union-attr]  # no triple terms
        assert len(subjects & {o.value for o in (t.object for t in difference[MINE].added)}) == 1  # type: ignore[union-attr]
        said |= {value for value in subjects if value.startswith(GENID)}
    assert len(said) == 2


WRITER = """
import sys, time
from pathlib import Path
from pyoxigraph import Literal, NamedNode, Quad
from csto_graph.release.drafts import drafted
from csto_graph.release.home import manifest_of
from csto_graph.release.manifest import revised
print("ready", flush=True)
for n in range(1_000_000):
    with drafted(Path(sys.argv[1])) as draft:
        draft.store.extend(Quad(NamedNode(f"x:{time.time_ns()}"), NamedNode("x:p"), Literal(m), NamedNode("x:g")) for m in range(20))
        draft.publish(revised(manifest_of(draft.release), draft.store, draft.difference()))
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_killed_writer_leaves_a_whole_release(tmp_path: Path) -> None:
    """Killed at instants spread over what it does, it has published a change whole or not at all."""
    publish_members(tmp_path)
    for attempt in range(KILLS):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE)
        assert writer.stdout and writer.stdout.readline()
        time.sleep(0.05 + (attempt * 0.618) % 1 * 0.5)  # the golden ratio spreads them
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        release = current(tmp_path)
        assert release is not None
        verify(release)
        mine = list(open_store(release).quads_for_pattern(None, None, None, NamedNode("x:g")))
        assert len(mine) % 20 == 0
    assert change(tmp_path, (NOTE,))[0] == current(tmp_path)
    for release in releases(tmp_path):
        verify(release)
    assert not list((tmp_path / "releases").glob(".new-*"))


def _rendered(release: Release) -> Manifest:
    """The manifest of a build with this content, without what lies beside its files and in no home."""
    manifest = render_files(open_store(release), {})[0]
    del manifest["files"]["void.ttl"]
    return manifest
