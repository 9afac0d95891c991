"""What counts as the same answer and what does not."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from tests.w3c.comparing import Solution, quads, same_graphs, same_solutions, same_table

A, B = NamedNode("http://example.org/a"), NamedNode("http://example.org/b")
DOUBLE = NamedNode("http://www.w3.org/2001/XMLSchema#double")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ([{"x": A}, {"x": B}], [{"x": B}, {"x": A}], True),
        ([{"x": A}, {"x": A}], [{"x": A}], False),
        ([{"x": A}, {}], [{"x": A}], False),
        ([{"x": A}], [{"y": A}], False),
        ([{"x": BlankNode("a"), "y": BlankNode("a")}], [{"x": BlankNode("b"), "y": BlankNode("b")}], True),
        ([{"x": BlankNode("a"), "y": BlankNode("a")}], [{"x": BlankNode("a"), "y": BlankNode("b")}], False),
        ([{"x": BlankNode("a")}, {"x": BlankNode("a")}], [{"x": BlankNode("a")}, {"x": BlankNode("b")}], False),
        ([{"x": Literal("1e3", datatype=DOUBLE)}], [{"x": Literal(1000.0)}], True),
        ([{"x": Literal(1)}], [{"x": Literal(1.0)}], False),
        ([{"x": Literal("a")}], [{"x": Literal("a", language="en")}], False),
        (True, False, False),
        ([], False, False),
    ],
)
def test_solutions(one: list[Solution], other: list[Solution], same: bool) -> None:
    """Solutions are a multiset, blank nodes have no name, and numbers are their value."""
    assert same_solutions(one, other, ordered=False) is same


def test_the_order_counts_where_it_is_asked_for() -> None:
    """A sequence of solutions is not the same one backwards."""
    assert not same_solutions([{"x": A}, {"x": B}], [{"x": B}, {"x": A}], ordered=True)
    assert same_solutions([{"x": A}, {"x": B}], [{"x": A}, {"x": B}], ordered=True)


def test_tables() -> None:
    """The columns are known by their names."""
    assert same_table(b"x,y\r\n1,_:a\r\n2,_:a\r\n", b"y,x\n_:b,2\n_:b,1\n", ordered=False)
    assert not same_table(b"x,y\r\n1,_:a\r\n2,_:a\r\n", b"x,y\n1,_:a\n2,_:b\n", ordered=False)
    assert not same_table(b"x\r\n1\r\n", b"y\n1\n", ordered=False)


def test_graphs() -> None:
    """Graphs are the same where their blank nodes can be paired."""
    one, other, wrong = ("[] <p> [ <p> 1 ] .", "_:x <p> _:y . _:y <p> 01 .", "_:x <p> _:x . _:x <p> 1 .")
    read = [quads(each.encode(), "ttl", "http://example.org/") for each in (one, other, wrong)]
    assert same_graphs(read[0], read[1])
    assert not same_graphs(read[0], read[2])
