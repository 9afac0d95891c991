"""Which side of a disagreement the default graph follows: `data/policy.toml`, its rules in order, and what people chose."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from csto_graph.errors import RefusedData
from csto_graph.model import Disagreement, Verdict

TEXT: Final = "text"  # the grade of what a text says; curated statements are A, B or C
_GRADES: Final = frozenset({"A", "B", TEXT, "C"})
_BOTH: Final = "both"
_PARTS: Final = frozenset({"rule", "otherwise", "choice"})
_LOST: Final = "What would be followed here is itself set aside in another disagreement."


@dataclass(frozen=True, slots=True)
class Rule:
    """Statements of some grades are followed over those of others; without grades both sides stay."""

    because: str
    kind: str | None = None  # of what kind of disagreement; None: of any
    follows: frozenset[str] = frozenset()
    over: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person decided of one disagreement, named by its IRI or by a statement on each side."""

    follows: str  # the IRI of a statement, or "both"
    author: str
    date: str
    because: str
    disagreement: str | None = None
    over: str | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """Choices go before rules; the first rule that fits decides; where none fits both sides stay."""

    rules: tuple[Rule, ...]
    otherwise: str  # why both stay where no rule fits
    choices: tuple[Choice, ...] = ()


def load_policy(path: Path) -> Policy:
    """Reads a policy file. Raises `RefusedData` for a syntax error, a missing or unknown key, or an unknown grade."""
    try:
        declared = tomllib.loads(path.read_text(encoding="utf-8"))
        _refuse_unknown(declared)
        rules = tuple(_rule(**entry) for entry in declared.get("rule", []))
        choices = tuple(_choice(**entry) for entry in declared.get("choice", []))
        return Policy(rules, _said(declared["otherwise"]["because"]), choices)
    except (OSError, ValueError, KeyError, TypeError) as error:  # TOMLDecodeError and UnicodeDecodeError are ValueErrors
        remedy = "Mend what it names; docs/disagreements.md has the form"
        raise RefusedData(path, f"cannot be used as a policy ({error})", remedy) from None


def decide(found: Iterable[Disagreement], grades: Mapping[str, str], policy: Policy) -> tuple[Verdict, ...]:
    """What the default graph follows in each. `grades`: statement → A, B or C; one that is not there is what a text says."""
    verdicts = list(_settled([_chosen(each, policy) or _ruled(each, grades, policy) for each in found]))
    aside = {iri for verdict in verdicts for iri in verdict.sets_aside}
    return tuple(replace(each, follows=tuple(iri for iri in each.follows if iri not in aside)) for each in verdicts)


def unused_choices(found: Iterable[Disagreement], policy: Policy) -> tuple[str, ...]:
    """A note for each choice that no disagreement answers to: the sources have changed since, or an IRI is mistyped."""
    known = tuple(found)
    unused = [choice for choice in policy.choices if not any(_turns(choice, each) for each in known)]
    return tuple(f"policy: no disagreement fits the choice of {c.author} on {c.disagreement or c.over}" for c in unused)


def unknown_kinds(kinds: Collection[str], policy: Policy) -> tuple[str, ...]:
    """A note for each kind in a rule that is the kind of no query: the rule decides nothing, it may be mistyped."""
    unknown = sorted({rule.kind for rule in policy.rules if rule.kind is not None} - set(kinds))
    known = ", ".join(sorted(kinds))
    return tuple(f"policy: no query finds disagreements of the kind {kind!r}; known are {known}" for kind in unknown)


def _settled(verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    """Nothing is set aside for the sake of what is itself set aside; where choices go in a circle, neither is."""
    open_ = tuple(verdicts)
    aside: set[str] = set()
    while open_:
        threatened = {iri for verdict in open_ for iri in verdict.sets_aside}
        sure = [verdict for verdict in open_ if threatened.isdisjoint(verdict.follows)]
        yield from sure
        aside.update(iri for verdict in sure for iri in verdict.sets_aside)
        rest = [verdict for verdict in open_ if not threatened.isdisjoint(verdict.follows)]
        lost = [verdict for verdict in rest if not sure or not aside.isdisjoint(verdict.follows)]
        yield from (_both(verdict.disagreement, _LOST) if verdict.sets_aside else verdict for verdict in lost)
        open_ = tuple(verdict for verdict in rest if sure and aside.isdisjoint(verdict.follows))


def _ruled(each: Disagreement, grades: Mapping[str, str], policy: Policy) -> Verdict:
    one, other = ({grades.get(iri, TEXT) for iri in side} for side in each.sides)
    for rule in policy.rules:
        if rule.kind not in (None, each.kind):
            continue
        if not rule.follows:
            return _both(each, rule.because)
        if _prefers(rule, one, other, joint=each.joint):
            return Verdict(each, each.sides[0], each.sides[1], rule.because)
        if _prefers(rule, other, one, joint=each.joint):
            return Verdict(each, each.sides[1], each.sides[0], rule.because)
    return _both(each, policy.otherwise)


def _prefers(rule: Rule, side: set[str], against: set[str], *, joint: bool) -> bool:
    """A side that takes all its statements is as good as the weakest of them, another as good as the best."""
    return (side <= rule.follows if joint else bool(side & rule.follows)) and against <= rule.over


def _chosen(each: Disagreement, policy: Policy) -> Verdict | None:
    choice = next((choice for choice in policy.choices if _turns(choice, each)), None)
    if choice is None:
        return None
    because = f"{choice.because} (chosen by {choice.author}, {choice.date})"
    if choice.follows == _BOTH:
        return _both(each, because)
    followed = next(side for side in each.sides if choice.follows in side)
    return Verdict(each, followed, next(side for side in each.sides if side != followed), because)


def _turns(choice: Choice, each: Disagreement) -> bool:
    if choice.follows == _BOTH:
        return choice.disagreement == each.iri
    sides = [choice.follows in side for side in each.sides]
    if choice.disagreement is not None:
        return choice.disagreement == each.iri and any(sides)
    return any(follows and choice.over in side for follows, side in zip(sides, reversed(each.sides), strict=True))


def _both(each: Disagreement, because: str) -> Verdict:
    return Verdict(each, tuple(sorted({*each.sides[0], *each.sides[1]})), (), because)


def _refuse_unknown(declared: Iterable[str]) -> None:
    unknown = sorted(set(declared) - _PARTS)
    if unknown:
        raise ValueError(f"unknown part {unknown[0]!r}: a policy has {', '.join(sorted(_PARTS))}")


def _rule(*, because: str, kind: str | None = None, follows: str | list[str], over: Iterable[str] = ()) -> Rule:
    of_kind = None if kind is None else _said(kind)
    if follows == _BOTH:
        return Rule(_said(because), of_kind)
    return Rule(_said(because), of_kind, frozenset(_graded(follows)), frozenset(_graded(over)))


def _graded(grades: Iterable[str]) -> Iterator[str]:
    known = [grades] if isinstance(grades, str) else list(grades)
    if not known or not _GRADES.issuperset(known):
        raise ValueError(f"{known} are not grades: {', '.join(sorted(_GRADES))}")
    return iter(known)


def _choice(
    *, follows: str, author: str, date: object, because: str, disagreement: str | None = None, over: str | None = None
) -> Choice:
    if (disagreement is None) == (over is None):
        raise ValueError("a choice names either its disagreement, or in `over` the statement that is set aside")
    return Choice(_said(follows), _said(author), str(date), _said(because), disagreement, over)


def _said(text: object) -> str:
    if not isinstance(text, str) or not text.strip():
        raise ValueError("a kind, a reason, an author or a statement is empty or not in quotation marks")
    return " ".join(text.split())
