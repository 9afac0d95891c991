"""Which things of a release a query may mean, how well each fits and why, and whether it is sure.

A candidate is a sure match only where one thing has exactly that name (but for case, diacritics and punctuation) as its label
or an alternative label, is of a type that was asked for, agrees with every property that was given, and no other thing of these
types comes near.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from csto_graph.likeness import REASONS, Likeness
from csto_graph.serve.reconcile.asked import Condition, Wanted
from csto_graph.serve.reconcile.facts import AGREES, Facts, Value, agreement
from csto_graph.serve.reconcile.index import Entity, How, Index, Term

_POOL: Final = 60  # names that are looked at for one that was asked for
_LEAST: Final = 0.5  # a name that is less like it is none that was meant
_NEAR: Final = 0.95  # from here on another thing makes a match unsure: the same name, or the same but for its form of state
_NAME_SHARE: Final = 0.7  # of the score, where properties are given beside a name
_WORTH: Final = {How.LABEL: 1.0, How.ALTERNATIVE: 1.0, How.HIDDEN: 0.98}
_CODE: Final = 0.9  # for a code given as a name: AU is a state and a union
_ELSE: Final = 0.8  # for a thing of another type where the types only should fit
_IDENTIFIER: Final = "identifier"
_SAME: Final = Likeness(1.0, dict.fromkeys(REASONS, 1.0), "its identifier")
_CODED: Final = Likeness(_CODE, dict.fromkeys(REASONS, 0.0), "a code of it")

Lookup = Callable[[Term], Facts]
Tick = Callable[[], None]  # raises where the time is over


@dataclass(frozen=True, slots=True)
class Named:
    """The name of a thing that is most like the one asked for."""

    name: str
    how: How
    likeness: Likeness
    identifier: bool = False

    @property
    def score(self) -> float:
        """From 0 to 1; a hidden label is worth a little less."""
        return self.likeness.score * _WORTH[self.how]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that may be meant: its score from 0 to 100, its features by their names, and what they rest on."""

    entity: Entity
    score: float
    features: Mapping[str, float | bool]
    reason: str
    match: bool


@dataclass(frozen=True, slots=True)
class _Fit:
    entity: Entity
    named: Named | None
    agreements: tuple[float, ...]  # of the conditions, in their order
    fits_type: bool

    def score(self, wanted: Wanted) -> float:
        names = [each for each, condition in zip(self.agreements, wanted.conditions, strict=True) if condition.property is None]
        others = [each for each, condition in zip(self.agreements, wanted.conditions, strict=True) if condition.property]
        share = _NAME_SHARE if names and others else float(bool(names))
        return (share * _mean(names) + (1 - share) * _mean(others)) * (1 if self.fits_type else _ELSE)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What things are compared on: for each condition of names the things that are called so, and values of properties."""

    index: Index
    names: list[dict[str, dict[str, Named]]]
    lookup: Lookup
    tick: Tick
    known: dict[tuple[str, Value], float] = field(default_factory=dict)  # how well a value agrees


def candidates(index: Index, wanted: Wanted, lookup: Lookup, tick: Tick) -> list[Candidate]:
    """The best first, at most as many as wanted; things of one score stand by their names. Raises what `tick` raises."""
    of_names = [condition for condition in wanted.conditions if condition.property is None]
    names = [{value: _named(index, wanted, value, tick) for value in condition.values} for condition in of_names]
    found = _pool(index, wanted, names, lookup)
    ground = _Ground(index, names, lookup, tick)
    fits = [fit for entity in found if (fit := _fit(ground, wanted, entity)) is not None]
    ranked = sorted(fits, key=lambda fit: (-fit.score(wanted), _how(fit), fit.entity.label, fit.entity.iri))
    sure = _is_sure(wanted, ranked)
    return [_candidate(wanted, fit, match=sure and place == 0) for place, fit in enumerate(ranked[: wanted.limit])]


def _named(index: Index, wanted: Wanted, value: str, tick: Tick) -> dict[str, Named]:
    """The things that are called like this, each by its likest name."""
    tick()
    types = frozenset() if wanted.strict == "should" else frozenset(term.iri for term in wanted.types)
    found = dict(_identified(index, value.strip()))
    for near in index.names(types).nearest(value, _POOL, _LEAST):
        for iri, how in index.owners[near.name]:
            named = Named(near.name, how, near.likeness)
            if iri not in found or named.score > found[iri].score:
                found[iri] = named
    return found


def _identified(index: Index, value: str) -> Iterator[tuple[str, Named]]:
    for iri in index.identifiers.get(value, ()):
        if iri in index.entities:
            whole = ":" in value  # an IRI or a CURIE is one thing's and no word
            yield iri, Named(value, How.LABEL, _SAME if whole else _CODED, identifier=True)
    own = index.entity(value) if ":" in value or "/" in value else None
    if own:
        yield own.iri, Named(value, How.LABEL, _SAME, identifier=True)


def _pool(index: Index, wanted: Wanted, names: Iterable[Mapping[str, Mapping[str, Named]]], lookup: Lookup) -> list[Entity]:
    called = {iri for by_value in names for found in by_value.values() for iri in found}
    if all(condition.property for condition in wanted.conditions):
        called = {iri for each in wanted.conditions if each.property for iri in lookup(each.property)}
    known = (index.entities[iri] for iri in sorted(called) if iri in index.entities)
    return [entity for entity in known if wanted.strict == "should" or _fits(wanted, entity)]


def _fits(wanted: Wanted, entity: Entity) -> bool:
    types = {term.iri for term in wanted.types}
    return not types or (types <= entity.types if wanted.strict == "all" else bool(types & entity.types))


def _fit(ground: _Ground, wanted: Wanted, entity: Entity) -> _Fit | None:
    """How well a thing fits; None where a condition that is required does not hold, or nothing does."""
    ground.tick()
    named_like, agreements, best = iter(ground.names), [], None
    for condition in wanted.conditions:
        if condition.property is None:
            called = next(named_like)
            each = {value: called[value].get(entity.iri) for value in condition.values}
            scores = [named.score if named else 0.0 for named in each.values()]
            best = max((named for named in each.values() if named), key=lambda named: named.score, default=best)
        else:
            values = ground.lookup(condition.property).get(entity.iri, ())
            scores = [agreement(ground.index, value, values, ground.known) for value in condition.values]
        agreements.append(_quantified(condition, scores))
        if condition.required and agreements[-1] < AGREES:
            return None
    return _Fit(entity, best, tuple(agreements), _fits(wanted, entity)) if any(agreements) else None


def _quantified(condition: Condition, scores: list[float]) -> float:
    if condition.quantifier == "none":
        return float(max(scores) < AGREES)
    return max(scores) if condition.quantifier == "any" else min(scores)


def _is_sure(wanted: Wanted, ranked: list[_Fit]) -> bool:
    named = [each for each in wanted.conditions if each.property is None]
    if not ranked or len(named) != 1 or len(named[0].values) != 1 or named[0].quantifier == "none":
        return False
    first = ranked[0]
    exact = first.named is not None and first.named.likeness.same and first.named.how is not How.HIDDEN
    agrees = first.fits_type and all(each >= AGREES for each in first.agreements)
    return exact and agrees and not any(each.named and each.named.score >= _NEAR for each in ranked[1:])


def _candidate(wanted: Wanted, fit: _Fit, *, match: bool) -> Candidate:
    named, features = fit.named, dict[str, float | bool]()
    if named:
        features = {f"name_{name}": value for name, value in named.likeness.features.items()}
        features |= {"name_strong": named.how is not How.HIDDEN, _IDENTIFIER: named.identifier}
    for condition, agrees in zip(wanted.conditions, fit.agreements, strict=True):
        if condition.property:
            features[condition.property.iri] = round(agrees, 4)
    reason = f"“{named.name}”: {named.likeness.reason}" if named else "by its properties alone"
    return Candidate(fit.entity, round(100 * fit.score(wanted), 2), features, reason, match)


def _how(fit: _Fit) -> int:
    return fit.named.how if fit.named else How.HIDDEN


def _mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0
