"""How sure it is that a thing of ours and one of another data set are the same, as the sum of what speaks for and against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from csto_graph.likeness import Likeness, likeness
from csto_graph.link.external.classes import classes
from csto_graph.link.external.described import Described, identifier

SURE: Final = 0.9  # from here on a proposal is called sure
_BELOW: Final = 0.89  # where something forbids that
_NAME: Final = 0.8  # what the same name is worth; of an alternative name less, for many things share these
_OF_A_NAME: Final = 0.97
_OF_TWO_NAMES: Final = 0.93
_CLOSE: Final = 1  # years by which two data sets may differ over one beginning

# What is said for and what against; what only one of the two data sets says counts neither way.
_AGREES: Final[Mapping[str, float]] = {"class": 0.1, "identifier": 0.2, "time": 0.05, "place": 0.05}
_DIFFERS: Final[Mapping[str, float]] = {"class": -0.3, "identifier": -0.6, "time": -0.2, "place": -0.1}


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that was compared: what it adds to the score, and why."""

    name: str
    worth: float
    reason: str

    def __str__(self) -> str:
        return f"{self.name} {self.worth:+.2f} ({self.reason})"


@dataclass(frozen=True, slots=True)
class Score:
    """The features and their sum, from 0 to 1. `certain`: nothing forbids to call it sure."""

    features: tuple[Feature, ...]
    certain: bool

    @property
    def value(self) -> float:
        """The sum, kept below the sure line where something forbids more."""
        total = round(min(1.0, max(0.0, sum(each.worth for each in self.features))), 4)
        return total if self.certain else min(total, _BELOW)

    @property
    def sure(self) -> bool:
        """Whether a person need not doubt it; a person decides all the same."""
        return self.value >= SURE


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the comparison of classes rests on: words for types, and the classes that a person gave for IRIs of types."""

    words: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)


def score(ours: Described, theirs: Described, knowledge: Knowledge) -> Score:
    """What speaks for and against the two being one. Symmetric in nothing: our classes are known, theirs are read."""
    name, same = _name(ours, theirs)
    compared = (_class(ours, theirs, knowledge), _identifier(ours, theirs), _time(ours, theirs), _place(ours, theirs))
    features = (name, *(each for each in compared if each is not None))
    known = any(each.name == "identifier" and each.worth > 0 for each in features)
    against = any(each.worth < 0 for each in features)
    return Score(features, certain=(same or known) and not against)


def _name(ours: Described, theirs: Described) -> tuple[Feature, bool]:
    """The best of all pairs of names, and whether they are the same but for case, diacritics and punctuation."""
    pairs = ((one, other) for one in ours.all_names for other in theirs.all_names)
    found = ((_worth(one, other, ours, theirs, alike := likeness(one, other)), alike, one, other) for one, other in pairs)
    worth, alike, one, other = max(found, key=lambda each: (each[0], each[2], each[3]))
    return Feature("name", worth, f"“{one}” and “{other}”: {alike.reason}"), alike.same


def _worth(one: str, other: str, ours: Described, theirs: Described, alike: Likeness) -> float:
    labels = (one == ours.label) + (other == theirs.label)
    return round(alike.score * _NAME * (1.0 if labels == 2 else _OF_A_NAME if labels else _OF_TWO_NAMES), 4)


def _class(ours: Described, theirs: Described, knowledge: Knowledge) -> Feature | None:
    found = classes(theirs.types, knowledge.words, knowledge.given)
    if not found or not ours.types:
        return None
    shared = sorted(found & set(ours.types))
    if shared:
        return _agrees("class", f"both are of class {shared[0]}")
    return _differs("class", f"theirs is of class {', '.join(sorted(found))}, ours is not")


def _identifier(ours: Described, theirs: Described) -> Feature | None:
    """One shared identifier outweighs another that differs: codes are given anew, and a set may hold a wrong one."""
    known = {*theirs.identifiers, identifier(theirs.iri)}
    shared = sorted(ours.identifiers & known)
    if shared:
        return _agrees("identifier", f"both have {shared[0][1]}")
    schemes = dict(sorted(ours.identifiers))
    other = sorted((scheme, value) for scheme, value in known if scheme in schemes)
    if not other:
        return None
    return _differs("identifier", f"ours has {schemes[other[0][0]]}, theirs {other[0][1]}")


def _time(ours: Described, theirs: Described) -> Feature | None:
    ends = (("begins", ours.begins, theirs.begins), ("ends", ours.ends, theirs.ends))
    compared = [(what, one, other) for what, one, other in ends if one and other]
    if not compared:
        return None
    apart = [each for each in compared if min(abs(a - b) for a in each[1] for b in each[2]) > _CLOSE]
    what, one, other = (apart or compared)[0]
    said = f"ours {what} in {_years(one)}, theirs in {_years(other)}"
    return _differs("time", said) if apart else _agrees("time", said)


def _place(ours: Described, theirs: Described) -> Feature | None:
    if not ours.places or not theirs.places:
        return None
    shared = [one for one in ours.places if any(likeness(one, other).same for other in theirs.places)]
    if shared:
        return _agrees("place", f"both lie in {shared[0]}")
    return _differs("place", f"ours lies in {ours.places[0]}, theirs in {theirs.places[0]}")


def _agrees(name: str, reason: str) -> Feature:
    return Feature(name, _AGREES[name], reason)


def _differs(name: str, reason: str) -> Feature:
    return Feature(name, _DIFFERS[name], reason)


def _years(years: frozenset[int]) -> str:
    return " or ".join(map(str, sorted(years)))
