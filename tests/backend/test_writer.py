"""The writer: a change is published whole, refused with its reason, or nothing happened."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from csto_graph.backend.carrying import FREELY, Writing, carry_out
from csto_graph.backend.embedded import Embedded
from csto_graph.backend.interface import (
    Changed,
    Document,
    Exceeded,
    Forbidden,
    GraphWrite,
    Limits,
    NotWritable,
    Query,
    Rejected,
    Unavailable,
    UnknownGraph,
    Update,
)
from csto_graph.errors import WrongCall
from csto_graph.namespaces import GRAPH
from csto_graph.release.home import current, releases, verify
from csto_graph.release.lock import locked
from csto_graph.release.skolem import GENID
from csto_graph.sparql.refusal import Refusal
from tests.backend.gates import gate
from tests.release.stores import publish_members

KILLS = int(os.environ.get("CSTO_GRAPH_KILLS", "12"))  # 100 once before a release
LIMITS = Limits()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    publish_members(tmp_path)
    return tmp_path


@pytest.fixture
def backend(home: Path) -> Iterator[Embedded]:
    embedded = Embedded(home, readers=1, writing=Writing(gate))
    yield embedded
    embedded.close()


def insert(triples: str, graph: str = "x:g") -> Update:
    return Update(f"INSERT DATA {{ GRAPH <{graph}> {{ {triples} }} }}")


def document(turtle: str) -> Document:
    return Document(turtle.encode(), "text/turtle", "http://example.org/")


def rows(backend: Embedded, query: str) -> list[str]:
    with backend.answer(backend.current(), Query(query), "csv", LIMITS) as answer:
        return answer.read().decode().split()[1:]


def test_a_change_is_current_once_it_is_answered(backend: Embedded) -> None:
    """Whoever asks next sees it; who asks the release before does not."""
    before = backend.current()
    changed = backend.change(insert("<x:s> <x:p> 1, 2"), LIMITS)
    assert (changed.release.number, changed.added, changed.removed, changed.created) == (2, 2, 0, ("x:g",))
    assert backend.current() == changed.release
    assert rows(backend, "SELECT ?o { GRAPH <x:g> { ?s ?p ?o } } ORDER BY ?o") == ["1", "2"]
    with backend.answer(before, Query("ASK { GRAPH <x:g> {} }"), "csv", LIMITS) as answer:
        assert answer.read() == b"false"
    verify(changed.release)


def test_nothing_to_change_is_no_release(backend: Embedded) -> None:
    """What leaves everything as it is gets no number."""
    first = backend.change(insert("<x:s> <x:p> 1"), LIMITS)
    again = backend.change(insert("<x:s> <x:p> 1"), LIMITS)
    assert again == Changed(first.release, 0, 0, 0)


def test_blank_nodes_get_iris(backend: Embedded) -> None:
    """The answer says how many."""
    assert backend.change(insert("<x:s> <x:p> [ <x:p> [] ]"), LIMITS).skolemised == 2
    assert all(each.startswith(GENID) for each in rows(backend, "SELECT ?o { GRAPH <x:g> { ?s ?p ?o } }"))


@pytest.mark.parametrize(
    ("change", "graphs"),
    [
        (Update("INSERT DATA { <x:s> <x:p> 1 }"), ("default",)),
        (insert("<x:s> <x:p> 1", f"{GRAPH}source/one"), (f"{GRAPH}source/one",)),
        (Update(f"CREATE GRAPH <{GRAPH}evidence/x>"), (f"{GRAPH}evidence/x",)),
        (Update("CLEAR ALL"), ("default", f"{GRAPH}source/one")),
        (Update(f"MOVE <{GRAPH}source/one> TO <x:mine>"), (f"{GRAPH}source/one",)),
        (Update("DELETE WHERE { ?s ?p ?o }"), ("default",)),
        (Update(f"INSERT DATA {{ GRAPH <x:g> {{ <x:s> <x:p> 1 }} }} ; DROP GRAPH <{GRAPH}source/one>"), (f"{GRAPH}source/one",)),
        (GraphWrite(None, "merge", (document("<x:s> <x:p> 1 ."),)), ("default",)),
        (GraphWrite(f"{GRAPH}inferred", "replace", ()), (f"{GRAPH}inferred",)),
        (GraphWrite(f"{GRAPH}source/one", "merge", ()), (f"{GRAPH}source/one",)),  # changes nothing, and yet may not
    ],
)  # fmt: skip
def test_graphs_of_the_build_are_not_written(backend: Embedded, change: Update | GraphWrite, graphs: tuple[str, ...]) -> None:
    """Whatever the way, the refusal names each graph that would have changed, and nothing is changed."""
    with pytest.raises(Forbidden) as caught:
        backend.change(change, LIMITS)
    assert caught.value.graphs == graphs
    assert backend.current().number == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Update("INSERT DATA { GRAPH <x:g> { <x:s> <x:p> } }"), "cannot stand here"),
        (Update("INSERT DATA { GRAPH <x:g> { <x:s> nix:p 1 } }"), "prefix “nix:” is not declared"),
        (Update("CLEAR GRAPH <x:none>"), "does not exist. Nothing was changed"),
        (Update("LOAD <http://127.0.0.1/>"), "fetches nothing"),
        (Update("INSERT { GRAPH <x:g> { <x:s> <x:p> ?o } } WHERE { BIND(<x:f>(1) AS ?o) }"), "function"),
        (Update("SELECT * {}"), "is a query"),
        (insert("<x:s> <x:p> <<( <x:a> <x:b> 1 )>>"), "stands inside another"),
        (GraphWrite("x:g", "replace", (document("<x:s> <x:p>"),)), "is not Turtle"),
        (GraphWrite("x:g", "replace", (Document(b"<x:s> <x:p> <x:o> <x:g> .", "application/n-quads", "x:"),)), "named graphs"),
        (GraphWrite("no iri", "replace", ()), "no absolute IRI"),
        (GraphWrite("x:g", "merge", (Document(b"\xff", "text/turtle", "x:"),)), "is not Turtle"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(backend: Embedded, change: Update | GraphWrite, said: str) -> None:
    """In words, and the same process goes on."""
    with pytest.raises(Refusal, match=said):
        backend.change(change, LIMITS)
    before = backend.writers()
    assert backend.change(insert("<x:s> <x:p> 1"), LIMITS).release.number == 2
    assert backend.writers() == before


def test_the_gate_rejects(backend: Embedded) -> None:
    """Its report reaches who asked, whole; nothing is changed."""
    with pytest.raises(Rejected) as caught:
        backend.change(insert("<x:s> <x:bad> 1"), LIMITS)
    (finding,) = caught.value.report.findings
    assert (finding.focus_node, finding.result_path, finding.message) == ("<x:s>", "x:bad", "Bad.")
    assert backend.current().number == 1


def test_graphs_are_written_one_by_one(backend: Embedded) -> None:
    """Replaced, merged, patched and dropped; what is not there cannot be dropped or patched."""
    graph = "http://example.org/g"
    assert backend.change(GraphWrite(graph, "replace", (document("<a> <p> 1 ."),)), LIMITS).created == (graph,)
    backend.change(GraphWrite(graph, "merge", (document("<a> <p> 2 ."), document("<a> <p> 3 .")),), LIMITS)  # fmt: skip
    assert rows(backend, f"SELECT ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} ORDER BY ?o") == ["1", "2", "3"]
    backend.change(GraphWrite(graph, "patch", patch="DELETE { ?s ?p 2 } INSERT { ?s ?p 4 } WHERE { ?s ?p 2 }"), LIMITS)
    assert rows(backend, f"SELECT ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} ORDER BY ?o") == ["1", "3", "4"]
    with pytest.raises(Refusal, match="no other"):
        backend.change(GraphWrite(graph, "patch", patch="INSERT DATA { GRAPH <x:other> { <x:s> <x:p> 1 } }"), LIMITS)
    backend.change(GraphWrite(graph, "drop"), LIMITS)
    assert rows(backend, "SELECT ?g { GRAPH ?g {} }") == [f"{GRAPH}source/one"]
    for way in ("drop", "patch"):
        with pytest.raises(UnknownGraph):
            backend.change(GraphWrite(graph, way), LIMITS)  # type: ignore[arg-type]  # one of the ways
    assert backend.change(GraphWrite(graph, "replace"), LIMITS).created == (graph,)  # empty, and there


def test_a_deadline_ends_the_change_and_not_the_service(backend: Embedded, home: Path) -> None:
    """Nothing was changed, and the next change is made by another process."""
    backend.change(insert("<x:s> <x:p> 1"), LIMITS)
    before = backend.writers()
    with pytest.raises(Exceeded) as caught:
        backend.change(insert("<x:s> <x:slow> 1"), Limits(seconds=1.0))
    assert caught.value.limit == "seconds" and 1 <= caught.value.elapsed < 30  # the gate takes sixty
    assert backend.current().number == 2
    assert backend.change(insert("<x:s> <x:p> 2"), LIMITS).release.number == 3
    assert backend.writers() != before
    assert not list((home / "releases").glob(".new-*"))


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_killed_writer_is_said(backend: Embedded) -> None:
    """Nothing was changed, as it was killed before it might publish."""
    backend.change(insert("<x:s> <x:p> 1"), LIMITS)
    (pid,) = backend.writers()
    threading.Timer(1, os.kill, (pid, signal.SIGKILL)).start()
    with pytest.raises(Unavailable, match="nothing was changed"):
        backend.change(insert("<x:s> <x:slow> 1"), LIMITS)
    assert backend.current().number == 2
    assert backend.change(insert("<x:s> <x:p> 2"), LIMITS).release.number == 3


def test_one_change_at_a_time(backend: Embedded, home: Path) -> None:
    """Who waits too long for another's change is told to come again."""
    backend.change(insert("<x:s> <x:p> 1"), LIMITS)

    def change_slowly() -> None:
        with pytest.raises(Exceeded):
            backend.change(insert("<x:s> <x:slow> 1"), Limits(seconds=3))

    other = threading.Thread(target=change_slowly)
    other.start()
    while other.is_alive() and not list((home / "releases").glob(".new-*")):
        time.sleep(0.01)
    with pytest.raises(Unavailable, match="Another change"):
        backend.change(insert("<x:s> <x:p> 2"), Limits(seconds=0.5))
    other.join()


def test_another_process_that_writes_is_waited_for(backend: Embedded, home: Path) -> None:
    """The lock is shared with the command line; the deadline holds while waiting."""
    with locked(home), pytest.raises(Exceeded):
        backend.change(insert("<x:s> <x:p> 1"), Limits(seconds=3))
    assert backend.change(insert("<x:s> <x:p> 1"), LIMITS).release.number == 2


def test_a_change_that_was_made_is_told_as_made(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That an old release could not be dropped afterwards takes nothing back."""

    def fail(*_: object) -> None:
        raise WrongCall(home, "is held by another", "Wait")

    monkeypatch.setattr("csto_graph.backend.carrying.drop_old", fail)
    changed = carry_out(home, insert("<x:s> <x:p> 1"), Writing(gate), lambda: None)
    assert changed.release == current(home)


def test_who_may_not_publish_changes_nothing(home: Path) -> None:
    """The leave is asked for once all is ready, and what refuses it leaves the home as it was."""

    def refuse() -> None:
        raise KeyError

    with pytest.raises(KeyError):
        carry_out(home, insert("<x:s> <x:p> 1"), Writing(gate), refuse)
    assert [release.number for release in releases(home)] == [1]


def test_no_writing_unless_it_is_said_how(home: Path) -> None:
    """A back-end that was not told how to write does not."""
    embedded = Embedded(home, readers=1)
    with pytest.raises(NotWritable):
        embedded.change(insert("<x:s> <x:p> 1"), LIMITS)
    embedded.close()


def test_a_blank_store_takes_everything_and_does_not_grow(home: Path) -> None:
    """Every graph, blank nodes as they are, no gate; of old releases only the last few are kept."""
    embedded = Embedded(home, readers=1, writing=FREELY)
    for number in range(10):
        embedded.change(Update(f"INSERT DATA {{ <x:s> <x:p> {number} . [] <x:bad> {number} }}"), LIMITS)
    assert len(list(releases(home))) <= 5
    assert rows(embedded, "SELECT (COUNT(*) AS ?n) { ?s <x:bad> ?o FILTER(isBlank(?s)) }") == ["10"]
    assert embedded.sizes(embedded.current())[f"{GRAPH}default"] == 9 + 20
    embedded.close()


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_killed_at_any_instant(backend: Embedded, home: Path) -> None:
    """What was answered is there, what was refused is not, and what is unknown is there whole or not at all."""
    backend.change(insert("<x:s> <x:p> 0"), LIMITS)
    chance = random.Random(4)
    answered: set[int] = set()
    for number in range(1, KILLS + 1):
        kills = [threading.Timer(chance.uniform(0.0, 0.25), os.kill, (pid, signal.SIGKILL)) for pid in backend.writers()]
        for kill in kills:
            kill.start()
        try:
            backend.change(insert(" . ".join(f"<x:s{number}> <x:p> {m}" for m in range(20))), LIMITS)
            answered.add(number)
        except Unavailable as error:
            known = "nothing was changed" in error.reason
            count = len(rows(backend, f"SELECT ?o {{ GRAPH <x:g> {{ <x:s{number}> ?p ?o }} }}"))
            assert count == 0 if known else count in {0, 20}
        verify(backend.current())
        for kill in kills:  # it may come late, and is not for the next
            kill.join()
        time.sleep(0.1)
        backend.change(insert("<x:s> <x:p> 0"), LIMITS)  # starts it again
    for number in answered:
        assert len(rows(backend, f"SELECT ?o {{ GRAPH <x:g> {{ <x:s{number}> ?p ?o }} }}")) == 20
    for release in releases(home):
        verify(release)
