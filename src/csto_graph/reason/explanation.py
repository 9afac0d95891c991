"""Why a triple follows: the rule, its axiom and its premises, down to what is asserted.

The shortest proof is the one that uses the fewest rules; no proof leads through its own conclusion.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from csto_graph.namespaces import RDF
from csto_graph.reason.rules import DEFAULT, INFERRED, PROPERTY_RULES, TYPE_RULES, Term, Use, uses

_TYPE = ox.NamedNode(str(RDF.type))
Steps = Mapping[ox.Triple, tuple[Use, ...]]
Costs = Mapping[ox.Triple, int]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A triple with the rule that gives it; without one it is asserted."""

    triple: ox.Triple
    rule: str | None = None  # the W3C name
    axiom: ox.Triple | None = None
    premises: tuple[Explanation, ...] = ()

    @property
    def length(self) -> int:
        """How many uses of rules there are in it."""
        return (self.rule is not None) + sum(premise.length for premise in self.premises)

    @property
    def asserted(self) -> tuple[ox.Triple, ...]:
        """What it ends in: asserted triples, from left to right."""
        if self.rule is None:
            return (self.triple,)
        return tuple(triple for premise in self.premises for triple in premise.asserted)


class Explainer:
    """Explains the triples of the default graph of one store, which must not change while it does.

    What it finds out about one triple it keeps for the next.
    """

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._known: dict[ox.Triple, tuple[Use, ...]] = {}

    def explanations(self, triple: ox.Triple) -> tuple[Explanation, ...]:
        """Every last step that leads to a triple, each with its shortest premises, the shortest first.

        An asserted triple has one explanation, itself. Empty for a triple that is not in the default graph, and for one
        that is in `graph/inferred` though no rule of ours gives it.
        """
        if self._is_asserted(triple):
            return (Explanation(triple),)
        steps = self._cone(triple)
        costs = _costs({each: found for each, found in steps.items() if each != triple}, self._asserted_in(steps))
        proven = [use for use in steps[triple] if all(premise in costs for premise in use.premises)]
        return tuple(_explained(triple, use, steps, costs) for use in sorted(proven, key=lambda use: _rank(use, costs)))

    def _cone(self, triple: ox.Triple) -> dict[ox.Triple, tuple[Use, ...]]:
        """All that can have a part in a proof: each triple that is not asserted, with the uses of rules that give it."""
        steps: dict[ox.Triple, tuple[Use, ...]] = {}
        border = deque([triple])
        while border:
            each = border.popleft()
            if each not in steps and not self._is_asserted(each):
                steps[each] = self._uses(each)
                border.extend(premise for use in steps[each] for premise in use.premises)
        return steps

    def _uses(self, triple: ox.Triple) -> tuple[Use, ...]:
        if triple not in self._known:
            self._known[triple] = tuple(self._found(triple)) if self._is_there(triple) else ()
        return self._known[triple]

    def _found(self, triple: ox.Triple) -> Iterator[Use]:
        given: dict[str, Term] = {"subject": triple.subject, "object": triple.object}
        if triple.predicate != _TYPE:
            given["predicate"] = triple.predicate
        for rule in TYPE_RULES if triple.predicate == _TYPE else PROPERTY_RULES:
            yield from (use for use in uses(self._store, rule, given) if triple not in use.premises)

    def _asserted_in(self, steps: Steps) -> Iterator[ox.Triple]:
        premises = {premise for found in steps.values() for use in found for premise in use.premises}
        return (premise for premise in premises if premise not in steps)

    def _is_asserted(self, triple: ox.Triple) -> bool:
        return self._is_there(triple) and ox.Quad(triple.subject, triple.predicate, triple.object, INFERRED) not in self._store

    def _is_there(self, triple: ox.Triple) -> bool:
        return ox.Quad(triple.subject, triple.predicate, triple.object, DEFAULT) in self._store


def _costs(steps: Steps, asserted: Iterable[ox.Triple]) -> dict[ox.Triple, int]:
    """The length of the shortest proof of each triple that has one."""
    costs = dict.fromkeys(asserted, 0)
    changed = True
    while changed:
        changed = False
        for triple, found in steps.items():
            reached = [_cost(use, costs) for use in found if all(premise in costs for premise in use.premises)]
            if reached and min(reached) < costs.get(triple, min(reached) + 1):
                costs[triple], changed = min(reached), True
    return costs


def _cost(use: Use, costs: Costs) -> int:
    return 1 + sum(costs[premise] for premise in use.premises)


def _rank(use: Use, costs: Costs) -> tuple[int, str, str]:
    return _cost(use, costs), use.rule, str((use.axiom, use.premises))


def _explained(triple: ox.Triple, use: Use, steps: Steps, costs: Costs) -> Explanation:
    return Explanation(triple, use.rule, use.axiom, tuple(_shortest(premise, steps, costs) for premise in use.premises))


def _shortest(triple: ox.Triple, steps: Steps, costs: Costs) -> Explanation:
    proven = [use for use in steps.get(triple, ()) if all(premise in costs for premise in use.premises)]
    if not proven:
        return Explanation(triple)
    return _explained(triple, min(proven, key=lambda use: _rank(use, costs)), steps, costs)
