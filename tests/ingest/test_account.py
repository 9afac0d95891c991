"""What one source says in a graph, and what others have to do with it."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from csto_graph.ingest.account import Contradiction, Repeated, account
from csto_graph.model import Thing
from csto_graph.namespaces import CST, GRAPH, ID, RDF, RDFS
from tests.release.stores import iri

ARMENIA, CSTO = iri(ID, "state/armenia"), iri(ID, "organisation/csto")
_TYPE, _LABEL = iri(RDF, "type"), iri(RDFS, "label")


def _statement(name: str, source: str, status: str = "Asserted", object_: ox.NamedNode = CSTO) -> list[ox.Quad]:
    node, graph = iri(ID, f"statement/{name}"), iri(GRAPH, f"evidence/{source}")
    said = {"subject": ARMENIA, "predicate": iri(CST, "memberOf"), "object": object_}
    return [
        ox.Quad(node, _TYPE, iri(CST, "Statement"), graph),
        ox.Quad(node, _LABEL, ox.Literal(f"statement {name}", language="en"), graph),
        ox.Quad(node, iri(CST, "status"), iri(CST, status), graph),
        *(ox.Quad(node, iri(RDF, term), value, graph) for term, value in said.items()),
    ]


@pytest.fixture
def store() -> ox.Store:
    """Two sources that assert one triple; one of them denies another."""
    store = ox.Store()
    store.extend([*_statement("a", "one"), *_statement("b", "two"), *_statement("c", "one", "Negated", iri(ID, "organisation/cis"))])
    return store


def test_statements_are_counted_by_predicate_and_status(store: ox.Store) -> None:
    """Those of this source alone."""
    assert dict(account(store, "one").statements) == {("memberOf", "asserted"): 1, ("memberOf", "negated"): 1}


def test_a_source_that_is_not_there_says_nothing(store: ox.Store) -> None:
    """Nor does one whose id begins like another's."""
    for source_id in ("three", "on", "one-more"):
        said = account(store, source_id)
        assert not (said.statements or said.minted or said.repeated or said.contradictions)


def test_the_same_triple_of_another_source_is_repeated(store: ox.Store) -> None:
    """Each names the other."""
    assert account(store, "one").repeated == (Repeated("statement a", ("two",)),)
    assert account(store, "two").repeated == (Repeated("statement b", ("one",)),)


@pytest.mark.parametrize("other", [_statement("d", "three", "Planned"), _statement("d", "three", object_=iri(ID, "organisation/eu"))])
def test_what_is_not_the_same_is_not_repeated(store: ox.Store, other: list[ox.Quad]) -> None:
    """A plan asserts nothing, another object is another triple."""
    store.extend(other)
    assert account(store, "three").repeated == ()


def test_twice_in_one_source_is_no_repetition() -> None:
    """Two sentences of one text that say the same."""
    store = ox.Store()
    store.extend([*_statement("a", "one"), *_statement("b", "one")])
    assert account(store, "one").repeated == ()


def test_things_that_a_source_brought_up(store: ox.Store) -> None:
    """From both of its graphs, each once; what was known before is not among them."""
    protest = iri(ID, "event/one.protest")
    for graph in ("source/one", "evidence/one"):
        store.add(ox.Quad(protest, iri(CST, "reviewed"), ox.Literal(False), iri(GRAPH, graph)))
        store.add(ox.Quad(protest, _TYPE, iri(CST, "Unrest"), iri(GRAPH, graph)))
        store.add(ox.Quad(protest, _LABEL, ox.Literal("protests", language="en"), iri(GRAPH, graph)))
    store.add(ox.Quad(ARMENIA, _TYPE, iri(CST, "State"), iri(GRAPH, "source/one")))
    assert account(store, "one").minted == (Thing(protest.value, "protests", "Unrest", reviewed=False),)
    assert account(store, "two").minted == ()


def test_disagreements(store: ox.Store) -> None:
    """As the build found and settled them, seen from either side: one line however many statements stand on it."""
    node, graph = iri(ID, "disagreement/x"), iri(GRAPH, "disagreements")
    store.extend(_statement("d", "two", object_=iri(ID, "organisation/cis")))
    named = {"oneSide": "c", "otherSide": "b d", "follows": "b d", "setsAside": "c"}
    for name, statements in named.items():
        store.extend(ox.Quad(node, iri(CST, name), iri(ID, f"statement/{each}"), graph) for each in statements.split())
    for predicate, text in ((iri(CST, "kind"), "denial"), (_LABEL, "yes | no")):
        store.add(ox.Quad(node, predicate, ox.Literal(text), graph))
    assert account(store, "one").contradictions == (Contradiction("denial", "yes | no", ("two",), "set aside"),)
    assert account(store, "two").contradictions == (Contradiction("denial", "yes | no", ("one",), "followed"),)
    assert account(store, "three").contradictions == ()


@pytest.mark.parametrize(("followed", "verdict"), [((), "neither"), (("a", "b"), "kept, as the other")])
def test_a_disagreement_in_which_nobody_is_better_founded(store: ox.Store, followed: tuple[str, ...], verdict: str) -> None:
    """Nothing is set aside."""
    node, graph = iri(ID, "disagreement/x"), iri(GRAPH, "disagreements")
    for name, each in (("oneSide", "a"), ("otherSide", "b"), *(("follows", each) for each in followed)):
        store.add(ox.Quad(node, iri(CST, name), iri(ID, f"statement/{each}"), graph))
    store.add(ox.Quad(node, iri(CST, "kind"), ox.Literal("date"), graph))
    store.add(ox.Quad(node, _LABEL, ox.Literal("1992 | 1994"), graph))
    assert account(store, "one").contradictions == (Contradiction("date", "1992 | 1994", ("two",), verdict),)
