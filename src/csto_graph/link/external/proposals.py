"""Which thing of another data set may be which of ours: blocking, scores, and how the best of them stand out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from csto_graph.likeness import Names
from csto_graph.link.external.described import Described, identifier
from csto_graph.link.external.scoring import Feature, Knowledge, Score, score

_ALONE: Final = 0.05  # what it is worth that no other comes near
_MARGIN: Final = 0.1  # by which the best must be ahead to stand out
_NEAR: Final = 20  # names of the other data set that are looked at for each of ours
_LIKE: Final = 0.6  # how alike they must be to be looked at

Block = Callable[[Described], Iterable[Described]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pair for a reviewer: a thing of ours, one of theirs, and why."""

    ours: Described
    theirs: Described
    score: Score


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is shown: pairs of at least this score, at most so many for each thing of ours, and none that was decided."""

    least: float = 0.6
    limit: int = 5
    decided: Collection[tuple[str, str]] = frozenset()  # pairs that were accepted or rejected
    linked: Collection[tuple[str, str]] = frozenset()  # things of ours, and the namespace into which each has its link already


def block_of(things: Sequence[Described]) -> Block:
    """Of an extract, those with a name like one of ours or an identifier of ours; a thing is compared with these alone."""
    by_name, by_identifier = _by_name(things), _by_identifier(things)
    names = Names(by_name)

    def near(ours: Described) -> Iterator[Described]:
        found = {near.name for name in ours.all_names for near in names.nearest(name, _NEAR, _LIKE)}
        of_names = {thing.iri: thing for name in found for thing in by_name[name]}
        return iter((of_names | {thing.iri: thing for key in ours.identifiers for thing in by_identifier.get(key, ())}).values())

    return near


def propose(ours: Iterable[Described], block: Block, knowledge: Knowledge, wanted: Wanted) -> list[Proposal]:
    """The pairs that may be one thing, best first; those of one thing of ours stand together.

    A pair is sure only where no other thing of either side comes near. What was decided takes part in that, and is not shown.
    """
    scored = [Proposal(one, other, score(one, other, knowledge)) for one in ours for other in block(one)]
    near = [each for each in scored if each.score.value >= wanted.least - _ALONE]
    found = [each for each in _marked(near) if each.score.value >= wanted.least]
    return list(_shown(found, wanted))


def _marked(found: Sequence[Proposal]) -> Iterator[Proposal]:
    """Each with how it stands beside the others of the same thing of ours, and of the same thing of theirs."""
    ours, theirs = _scores(found, lambda each: each.ours.iri), _scores(found, lambda each: each.theirs.iri)
    for each in found:
        rivals = (_best_other(ours[each.ours.iri], each), _best_other(theirs[each.theirs.iri], each))
        rival = max((r for r in rivals if r is not None), key=lambda r: r.score.value, default=None)
        yield replace(each, score=_beside(each, rival))


def _scores(found: Iterable[Proposal], key: Callable[[Proposal], str]) -> Mapping[str, list[Proposal]]:
    by_key: dict[str, list[Proposal]] = defaultdict(list)
    for each in found:
        by_key[key(each)].append(each)
    return by_key


def _best_other(others: Iterable[Proposal], each: Proposal) -> Proposal | None:
    return max((o for o in others if o is not each), key=lambda o: (o.score.value, o.ours.iri, o.theirs.iri), default=None)


def _beside(each: Proposal, rival: Proposal | None) -> Score:
    if rival is None or each.score.value - rival.score.value >= _MARGIN:
        alone = Feature("alone", _ALONE, "no other comes near")
        return replace(each.score, features=(*each.score.features, alone))
    name = rival.theirs.label if rival.ours is each.ours else rival.ours.label
    near = Feature("alone", 0.0, f"“{name}” scores {rival.score.value:.2f}")
    return replace(each.score, features=(*each.score.features, near), certain=False)


def _shown(found: Iterable[Proposal], wanted: Wanted) -> Iterator[Proposal]:
    by_ours = _scores((each for each in found if _is_open(each, wanted)), lambda each: each.ours.iri)
    ranked = [sorted(each, key=lambda p: (-p.score.value, p.theirs.iri))[: wanted.limit] for each in by_ours.values()]
    for several in sorted(ranked, key=lambda each: (-each[0].score.value, each[0].ours.iri)):
        yield from several


def _is_open(each: Proposal, wanted: Wanted) -> bool:
    ours, theirs = each.ours.iri, each.theirs.iri
    return (ours, theirs) not in wanted.decided and (ours, identifier(theirs)[0]) not in wanted.linked


def _by_name(things: Iterable[Described]) -> Mapping[str, list[Described]]:
    found: dict[str, list[Described]] = defaultdict(list)
    for thing in things:
        for name in thing.all_names:
            found[name].append(thing)
    return found


def _by_identifier(things: Iterable[Described]) -> Mapping[tuple[str, str], list[Described]]:
    found: dict[tuple[str, str], list[Described]] = defaultdict(list)
    for thing in things:
        for key in {*thing.identifiers, identifier(thing.iri)}:
            found[key].append(thing)
    return found
