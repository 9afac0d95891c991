"""Contradictions, found by SPARQL rules under their W3C names, because the materialiser passes them in silence.

The ontology has two kinds of axioms that what is asserted can break: disjointness of classes (cax-dw) and ranges that are
datatypes (dt-not-type). An axiom of another kind needs its rule beside these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from csto_graph.model import Finding
from csto_graph.reason.explanation import Explainer
from csto_graph.reason.rules import CLASH_RULES, Use, dataset, uses
from csto_graph.reason.spelling import short, spelled
from csto_graph.turtle import read_turtle


def clashes(ontology: Path, asserted: Iterable[ox.Triple], inferred: Iterable[ox.Triple]) -> tuple[Finding, ...]:
    """One violation for each use of a clash rule: the rule, the axiom, and the asserted triples that break it."""
    stated = tuple(asserted)
    store = dataset(read_turtle(ontology), stated, set(inferred).difference(stated))
    explainer = Explainer(store)
    return tuple(_FINDINGS[rule](use, explainer) for rule in CLASH_RULES for use in uses(store, rule))


def _two_classes(use: Use, explainer: Explainer) -> Finding:
    classes = [short(premise.object) for premise in use.premises]
    reasons = " and ".join(f"a {short(premise.object)} ({_by(premise, explainer)})" for premise in use.premises)
    return _finding(use, ", ".join(classes), f"cannot be both: {reasons}")


def _wrong_datatype(use: Use, _: Explainer) -> Finding:
    literal = use.premises[0].object
    assert isinstance(literal, ox.Literal)
    problem = f"cannot have the {short(use.premises[0].predicate)} {literal}: it is no {short(use.axiom.object)}"
    return _finding(use, literal.value, problem)


_FINDINGS: Final[dict[str, Callable[[Use, Explainer], Finding]]] = {"cax-dw": _two_classes, "dt-not-type": _wrong_datatype}


def _finding(use: Use, value: str, problem: str) -> Finding:
    focus_node = use.premises[0].subject
    assert not isinstance(focus_node, ox.Triple)
    message = f"{short(focus_node)} {problem}. By {use.rule} and {spelled(use.axiom)}; correct one of the two"
    return Finding(use.rule, "Violation", focus_node.value, None, value, message)


def _by(premise: ox.Triple, explainer: Explainer) -> str:
    """The asserted triples that make it so, by the shortest proof."""
    shortest = next(iter(explainer.explanations(premise)), None)
    return "by " + " and ".join(spelled(triple) for triple in shortest.asserted) if shortest else "by what follows"

