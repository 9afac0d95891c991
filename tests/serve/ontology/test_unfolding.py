"""Blank nodes come back, each used once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode, Triple

from csto_graph.model import Release
from csto_graph.namespaces import CST, GENID, OWL, RDF, RDFS
from csto_graph.serve.ontology.documentation import Branch, tree
from csto_graph.serve.ontology.index import Index
from csto_graph.serve.ontology.unfolding import unfolded
from csto_graph.serve.ontology.vocabulary import Vocabulary

P = NamedNode("urn:p")
ONE, TWO = NamedNode("urn:one"), NamedNode("urn:two")


def _node(name: str) -> NamedNode:
    return NamedNode(f"{GENID}{name}")


def test_a_shared_node_becomes_two() -> None:
    """Two that lead to the same IRI get a blank node each, with the same said of both."""
    shared = [Triple(ONE, P, _node("a")), Triple(TWO, P, _node("a")), Triple(_node("a"), P, ONE)]
    first, said, second, said_again = unfolded(shared)
    assert isinstance(first.object, BlankNode) and first.object == said.subject
    assert first.object != second.object == said_again.subject
    assert said.object == said_again.object == ONE


def test_the_same_triples_give_the_same_labels() -> None:
    """Labels are numbers in the order of the triples, so a document has the same bytes each time."""
    triples = [Triple(ONE, P, _node("z")), Triple(_node("z"), P, _node("y")), Triple(_node("y"), P, TWO)]
    assert list(unfolded(triples)) == list(unfolded(triples))
    assert str(next(iter(unfolded(triples))).object) == "_:b0"


def test_what_leads_back_to_itself_ends() -> None:
    """A circle of IRIs, which somebody may write into a blank store, is not followed for ever; nothing of it is lost."""
    circle = [Triple(ONE, P, _node("a")), Triple(_node("a"), P, _node("b")), Triple(_node("b"), P, _node("a"))]
    assert len(list(unfolded(circle))) == 3
    assert list(unfolded([Triple(_node("a"), P, _node("a"))])) == [Triple(_node("a"), P, _node("a"))]


def test_what_grows_with_each_step_ends() -> None:
    """Nodes that each lead twice to the next would double at every step: beyond a number IRIs stay as they are."""
    steps = [Triple(_node(str(at)), p, _node(str(at + 1))) for at in range(40) for p in (P, NamedNode("urn:q"))]
    assert 10_000 < len(list(unfolded([Triple(ONE, P, _node("0")), *steps]))) < 40_000


def test_a_list_of_thousands_stays_a_list() -> None:
    """Beyond a depth IRIs stay as they are, and nothing of it is lost."""
    steps = [Triple(_node(str(at)), P, _node(str(at + 1))) for at in range(3_000)]
    assert len(list(unfolded([Triple(ONE, P, _node("0")), *steps]))) == 3_001


def test_a_list_that_leads_back_into_itself_ends() -> None:
    """Each member once."""
    first, rest = (NamedNode(str(RDF[name])) for name in ("first", "rest"))
    index = Index([Triple(ONE, first, TWO), Triple(ONE, rest, ONE)])
    assert list(islice(index.members(ONE.value), 3)) == [TWO.value]


@pytest.mark.parametrize(("wide", "deep"), [(2, 30), (1, 3_000)])
def test_a_tree_of_classes_ends(wide: int, deep: int) -> None:
    """Where each class is under several, which each are under several, there would be more branches than atoms."""
    named = [[NamedNode(f"{CST}C{at}_{side}") for side in range(wide)] for at in range(deep)]
    a, under = NamedNode(str(RDF.type)), NamedNode(str(RDFS.subClassOf))
    triples = [Triple(each, a, NamedNode(str(OWL.Class))) for level in named for each in level]
    triples += [Triple(low, under, high) for above, below in pairwise(named) for high in above for low in below]
    found = tree(_vocabulary(triples))
    assert sum(1 for branch in found for _ in _branches(branch)) < 10_000


def _vocabulary(triples: list[Triple]) -> Vocabulary:
    return Vocabulary(Release(1, Path(), "", ""), tuple(triples), Index(triples), "")


def _branches(branch: Branch) -> Iterator[Branch]:
    yield branch
    for each in branch.under:
        yield from _branches(each)
