"""Situations and events stand on asserted statements, and the violation query knows which predicates give which."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from csto_graph import graph, resources
from csto_graph.graph.situations import _PATTERNS, situation
from csto_graph.model import Evidence, Extraction, Mention, Qualifiers, Source, Statement, Status
from csto_graph.namespaces import CST, ID, PROV
from csto_graph.validate import violations

SOURCE = Source("sample", "Sample", "A b C.", Path("sample.txt"))
# Predicate and the class of the object: to join a treaty is another situation than to join an organisation.
GIVES_A_NODE = [*((predicate, "Organisation") for predicate in sorted({*_PATTERNS, "joined", "withdrewFrom"})),
                ("joined", "Treaty"), ("withdrewFrom", "Treaty")]  # fmt: skip


ENDS = {"party", "signatory", "ratifier"}


def _quads(predicate: str, type_: str, *, status: Status = Status.ASSERTED, agent: bool = True) -> list[ox.Quad]:
    subject = Mention(0, 1, "A", "A", "State", f"{ID}state/a") if agent else None
    object_ = Mention(4, 5, "C", "C", type_, f"{ID}thing/c")
    extraction = Extraction(predicate, subject, object_, status, "rule", Evidence("sample", 0, 5, "A b C"))
    return list(graph.source_quads(SOURCE, (), (Statement(f"{ID}statement/s", extraction),), ()))


def _without_support(*quads: ox.Quad) -> list[str]:
    store = ox.Store()
    store.extend(quads)
    findings = violations(store, resources.root() / "queries" / "violations").findings
    return [finding.focus_node for finding in findings if finding.check == "situation-without-statement-violation"]


def _is_evidence(quad: ox.Quad) -> bool:
    return "/graph/evidence/" in str(quad.graph_name)


@pytest.mark.parametrize(("predicate", "type_"), GIVES_A_NODE)
def test_a_node_stands_on_its_statement_and_falls_without_it(predicate: str, type_: str) -> None:
    """Every predicate that gives a node is known to the violation query; without the statement the node is found."""
    quads = _quads(predicate, type_)
    nodes = {str(quad.subject.value) for quad in quads if not _is_evidence(quad) and quad.subject.value != f"{ID}state/a"}
    assert len(nodes) == 1
    assert _without_support(*quads) == []
    assert set(_without_support(*(quad for quad in quads if not _is_evidence(quad)))) == nodes


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.ASSERTED])
def test_what_is_not_asserted_gives_no_node(status: Status) -> None:
    """A claim, a plan, a denial and a supposition stay among the evidence."""
    assert all(_is_evidence(quad) for quad in _quads("memberOf", "Organisation", status=status))


def test_a_plan_does_not_bear_a_node() -> None:
    """A node behind which only a plan stands is found."""
    planned = [quad for quad in _quads("deployed", "ArmedForce", status=Status.PLANNED) if _is_evidence(quad)]
    nodes = [quad for quad in _quads("deployed", "ArmedForce") if not _is_evidence(quad)]
    assert len(_without_support(*planned, *nodes)) == 1


def test_a_node_without_a_subject_stands_on_a_statement_without_one() -> None:
    """Article 4 was invoked, nobody says by whom: that is no support for a node that names somebody."""
    agentless, named = (_quads("invoked", "Provision", agent=agent) for agent in (False, True))
    assert _without_support(*agentless) == []
    assert len(_without_support(*(quad for quad in agentless if not _is_evidence(quad)))) == 1
    mixed = [quad for quad in agentless if _is_evidence(quad)] + [quad for quad in named if not _is_evidence(quad)]
    assert len(_without_support(*mixed)) == 1


def test_a_predicate_without_a_pattern_gives_no_node() -> None:
    """A border is a plain triple and nothing else."""
    facts = [quad for quad in _quads("borders", "State") if not _is_evidence(quad)]
    assert [quad.predicate.value for quad in facts] == [f"{CST}borders"]


TOLD_APART = [
    ("ledBy", "Person", Qualifiers(role="president"), Qualifiers(role="prime minister"), 2),
    ("ledBy", "Person", Qualifiers(role="president"), Qualifiers(role="president"), 1),
    ("memberOf", "Organisation", Qualifiers(role="founding member"), Qualifiers(role="permanent member"), 2),
    ("deployed", "ArmedForce", Qualifiers(place=Mention(0, 1, "D", "D", "State", f"{ID}state/d")), Qualifiers(), 2),
    ("memberOf", "Organisation", Qualifiers(valid_at="2022-01-10"), Qualifiers(to="1999"), 2),
    ("contributedTo", "Event", Qualifiers(role="observer"), Qualifiers(role="leader"), 1),
]


def test_a_signatory_is_not_made_a_party() -> None:
    """Who signed, who ratified and who is bound are in three participations, each under the property that says so."""
    quads = {predicate: _quads(predicate, "Treaty") for predicate in ("partyTo", "signatoryOf", "ratified")}
    ends = {
        predicate: {q.predicate.value.removeprefix(str(CST)) for q in found if "/id/participation/" in q.subject.value} & ENDS
        for predicate, found in quads.items()
    }
    assert ends == {"partyTo": {"party"}, "signatoryOf": {"signatory"}, "ratified": {"ratifier"}}
    nodes = {q.subject for found in quads.values() for q in found if "/id/participation/" in q.subject.value}
    assert len(nodes) == 3


def test_a_signature_does_not_bear_a_party() -> None:
    """A participation with a party, behind which only a signature stands, is found."""
    signed = [quad for quad in _quads("signatoryOf", "Treaty") if _is_evidence(quad)]
    bound = [quad for quad in _quads("partyTo", "Treaty") if not _is_evidence(quad)]
    assert len(_without_support(*signed, *bound)) == 1


@pytest.mark.parametrize(("predicate", "type_", "one", "other", "nodes"), TOLD_APART)
def test_what_a_node_has_one_of_tells_nodes_apart(
    predicate: str, type_: str, one: Qualifiers, other: Qualifiers, nodes: int
) -> None:
    """Two offices of one holder are two tenures, one force in two places is two contributions."""
    ends = (Mention(0, 1, "A", "A", "State", f"{ID}state/a"), Mention(4, 5, "C", "C", type_, f"{ID}thing/c"))
    extractions = [
        Extraction(predicate, *ends, Status.ASSERTED, "rule", Evidence("sample", 0, 5, "A b C"), qualifiers)
        for qualifiers in (one, other)
    ]
    found = {triple.subject for extraction in extractions for triple in situation("sample", extraction)}
    assert len(found) == nodes


@pytest.mark.parametrize(("predicate", "type_"), GIVES_A_NODE)
def test_a_node_leads_to_the_statement_it_stands_on(predicate: str, type_: str) -> None:
    """The way lies among the evidence: the default graph knows no statements."""
    quads = _quads(predicate, type_)
    ways = [quad for quad in quads if quad.predicate.value == str(PROV.wasDerivedFrom)]
    nodes = {quad.subject for quad in quads if not _is_evidence(quad) and quad.subject.value != f"{ID}state/a"}
    assert [(way.subject, way.object.value) for way in ways] == [(node, f"{ID}statement/s") for node in nodes]
    assert all(map(_is_evidence, ways))
