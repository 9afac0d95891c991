"""The rules of ours: SPARQL queries in `rules/`, each under its W3C name (OWL 2 Profiles, section 4.3).

A rule reads what is asserted and what follows in the default graph and the axioms in `graph/ontology`.
Each solution is one use of it: `axiom`, then `premise1` and, where it has two, `premise2`, as triples (RDF 1.2 triple terms).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

import pyoxigraph as ox

from csto_graph.namespaces import GRAPH

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

ONTOLOGY: Final = ox.NamedNode(f"{GRAPH}ontology")
INFERRED: Final = ox.NamedNode(f"{GRAPH}inferred")
DEFAULT: Final = ox.DefaultGraph()

TYPE_RULES: Final = ("cax-sco", "prp-dom", "prp-rng")  # what a thing is
PROPERTY_RULES: Final = ("prp-inv1", "prp-inv2", "prp-spo1", "prp-spo2", "prp-symp", "prp-trp")  # how two are related
CLASH_RULES: Final = ("cax-dw", "dt-not-type")  # what cannot be true together

_FOLDER: Final = Path(__file__).parent / "rules"


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a rule: by this axiom, from these triples. `bound` has the variables that the rule gives beside them."""

    rule: str
    axiom: ox.Triple
    premises: tuple[ox.Triple, ...]
    bound: ox.QuerySolution


def uses(store: ox.Store, rule: str, given: Mapping[str, Term] | None = None) -> Iterator[Use]:
    """Every use of a rule, with these of its variables given."""
    substitutions = {ox.Variable(name): term for name, term in (given or {}).items()}
    solutions = store.query(_text(rule), substitutions=substitutions)
    assert isinstance(solutions, ox.QuerySolutions)
    for solution in solutions:
        axiom, *premises = (solution[name] for name in ("axiom", "premise1", "premise2"))
        assert isinstance(axiom, ox.Triple)
        yield Use(rule, axiom, tuple(premise for premise in premises if isinstance(premise, ox.Triple)), solution)


def dataset(schema: Iterable[ox.Triple], stated: Iterable[ox.Triple], inferred: Iterable[ox.Triple] = ()) -> ox.Store:
    """A store as the rules read it."""
    store = ox.Store()
    for triples, graphs in ((schema, (ONTOLOGY,)), (stated, (DEFAULT,)), (tuple(inferred), (DEFAULT, INFERRED))):
        kept = tuple(triples)
        for name in graphs:
            store.extend(ox.Quad(triple.subject, triple.predicate, triple.object, name) for triple in kept)
    return store


@cache
def _text(rule: str) -> str:
    return (_FOLDER / f"{rule}.rq").read_text(encoding="utf-8")
