"""Contradictions, found by SPARQL rules under their W3C names, because the materialiser passes them in silence.

The ontology uses one axiom that can be broken by what is asserted, disjointness of classes; so there is one rule,
cax-dw (OWL 2 Profiles, table 7). An axiom of another kind needs its rule beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final, TypeAlias

import pyoxigraph as ox

from csto_graph.model import Finding
from csto_graph.namespaces import curie
from csto_graph.turtle import read_turtle

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None

_RULES: Final = Path(__file__).parent / "rules"


def clashes(ontology: Path, asserted: Iterable[ox.Triple], inferred: Iterable[ox.Triple]) -> tuple[Finding, ...]:
    """One violation for each individual that is of two disjoint classes, with the asserted triples that make it so."""
    schema = read_turtle(ontology)
    stated = _store((schema, asserted))
    whole = _store((schema, (quad.triple for quad in stated), inferred))
    found = _solutions(whole, "cax-dw.rq", {})
    return tuple(_finding(stated, _iri(one["individual"]), _iri(one["class1"]), _iri(one["class2"])) for one in found)


def _finding(stated: ox.Store, individual: ox.NamedNode, class1: ox.NamedNode, class2: ox.NamedNode) -> Finding:
    reasons = " and ".join(_reason(stated, individual, class_) for class_ in (class1, class2))
    message = f"{_short(individual)} cannot be both: {reasons}. Correct one of the two"
    return Finding("cax-dw", "Violation", individual.value, None, f"{_short(class1)}, {_short(class2)}", message)


def _reason(stated: ox.Store, individual: ox.NamedNode, class_: ox.NamedNode) -> str:
    given = {ox.Variable("individual"): individual, ox.Variable("class"): class_}
    first = next(iter(_solutions(stated, "explanation.rq", given)), None)
    if first is None:
        return f"a {_short(class_)} (by what follows from other triples)"
    because = " ".join(_short(first[name]) for name in ("subject", "predicate", "object"))
    return f"a {_short(class_)} (by {because})"


def _store(parts: Iterable[Iterable[ox.Triple]]) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(triple.subject, triple.predicate, triple.object) for part in parts for triple in part)
    return store


def _solutions(store: ox.Store, rule: str, given: dict[ox.Variable, ox.NamedNode]) -> ox.QuerySolutions:
    solutions = store.query((_RULES / rule).read_text(encoding="utf-8"), substitutions={**given})
    assert isinstance(solutions, ox.QuerySolutions)
    return solutions


def _iri(term: Term) -> ox.NamedNode:
    assert isinstance(term, ox.NamedNode)
    return term


def _short(term: Term) -> str:
    return curie(term.value) if isinstance(term, ox.NamedNode) else str(term)
