"""The cases of a release as a reader sees them, where one case bears on another."""

from __future__ import annotations

from itertools import chain

import pyoxigraph as ox

from csto_graph.cli.differing import Case, cases
from csto_graph.cli.disagreements import _heading
from csto_graph.graph import disagreement_quads
from csto_graph.model import Disagreement, Verdict
from csto_graph.namespaces import CST, DCTERMS, GRAPH, ID, RDFS

A, B, C = (f"{ID}statement/{name}" for name in "abc")


def _quads() -> chain[ox.Quad]:
    """A date sets b aside; a list leaves b and c side by side."""
    date = Disagreement(f"{ID}disagreement/1", "date", "q", ((A,), (B,)), (), False, "a | b")
    lists = Disagreement(f"{ID}disagreement/2", "list", "q", ((B,), (C,)), (), False, "b | c")
    cited = ((iri, predicate, value) for iri in (A, B, C) for predicate, value in (
        (RDFS.label, ox.Literal(iri[-1])), (CST.sureness, ox.NamedNode(f"{CST}SurenessA")), (DCTERMS.source, ox.NamedNode(f"{ID}document/d"))
    ))  # fmt: skip
    said = (ox.Quad(ox.NamedNode(s), ox.NamedNode(str(p)), o, ox.NamedNode(f"{GRAPH}evidence/x")) for s, p, o in cited)
    title = ox.Quad(ox.NamedNode(f"{ID}document/d"), ox.NamedNode(str(RDFS.label)), ox.Literal("D"), ox.NamedNode(f"{GRAPH}evidence/x"))
    return chain(disagreement_quads([Verdict(date, (A,), (B,), "r"), Verdict(lists, (C,), (), "r")]), said, [title])


def _headings(case: Case) -> list[str]:
    return [_heading(case, number) for number in (0, 1)]


def test_what_another_case_sets_aside_is_not_said_to_stay() -> None:
    """The list sets nothing aside, and yet the default graph does not follow one side of it."""
    store = ox.Store()
    store.extend(_quads())
    decided, both = cases(store)
    assert (decided.followed, _headings(decided)) == ((True, False), ["followed", "set aside"])
    assert (both.followed, _headings(both)) == (
        (False, True),
        ["one side, which is set aside in another case", "the other side, which stays"],
    )
