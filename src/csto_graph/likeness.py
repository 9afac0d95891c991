"""How alike two names are, from 0 to 1, with the features that say why.

A name is folded first: case, diacritics, punctuation. What is left of it without the article and the words for a form of state
(`data/reference/name-forms.tsv`) is its core. Nothing here decides that two names mean one thing: two states may have one core.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from csto_graph.resources import root
from csto_graph.tsv import rows

_HEADER: Final = ("words", "kind", "seen")
LONGEST: Final = 300  # characters of a name that are compared: the cost grows with their square
_POOL: Final = 24  # names that each way of looking brings up, before they are compared in full
# What a feature of 1 is worth, what a reader would trust most first. The best decides: each is a reason of its own.
_WORTH: Final[Mapping[str, float]] = MappingProxyType(
    {"same": 1.0, "core": 0.97, "letters": 0.94, "words": 0.93, "initials": 0.9, "shortened": 0.86, "contained": 0.8}
)
REASONS: Final[Mapping[str, str]] = MappingProxyType({
    "same": "the same name but for case, diacritics and punctuation",
    "core": "the same name but for the article or the form of state",
    "letters": "a part of the letters differs",
    "words": "the same words, or nearly, in another order or without small ones",
    "initials": "one is the initials of the other",
    "shortened": "the words of one begin those of the other",
    "contained": "all words of one are in the other",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are: the score, what each feature was (0 to 1), and what decided."""

    score: float
    features: Mapping[str, float]
    reason: str

    @property
    def same(self) -> bool:
        """Whether the names are one but for case, diacritics and punctuation."""
        return self.features["same"] == 1


@dataclass(frozen=True, slots=True)
class Near:
    """A name that was looked for and one that is like it."""

    name: str
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class _Spelling:
    folded: str
    core: str
    words: tuple[str, ...]
    initials: str


def folded(name: str) -> str:
    """The name in small letters without diacritics and punctuation: `U.S.` → `us`, `Côte d’Ivoire` → `cote divoire`."""
    plain = name[:LONGEST]
    if not plain.isascii():
        plain = "".join(_bare(c) for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    joined = re.sub(r"(?<=\b\w)\.(?=\w\b|\s|$)|['’‘`ʼʻ]", "", plain.casefold())
    return " ".join(re.sub(r"[\W_]+", " ", joined.replace("&", " and ")).split())


def core(name: str) -> str:
    """The folded name without the article and the form of state: `The Republic of Armenia` → `armenia`."""
    return _core(folded(name))


def likeness(one: str, other: str) -> Likeness:
    """How alike two names are. Empty names are like nothing."""
    return _compared(_spelling(one), _spelling(other))


class Names:
    """Names to find those that are like another's among. Memory: about 1 kB a name."""

    def __init__(self, names: Iterable[str]) -> None:
        spellings = {name: _spelling(name) for name in names}
        self._lay({name: spellings[name] for name in sorted(spellings) if spellings[name].folded})

    def among(self, names: Iterable[str]) -> Names:
        """Those of these names that are here, as names of their own; what was made of each is shared."""
        wanted = set(names)
        selection = Names(())
        selection._lay({name: spelling for name, spelling in zip(self._names, self._spellings, strict=True) if name in wanted})
        return selection

    def _lay(self, spellings: Mapping[str, _Spelling]) -> None:
        self._names, self._spellings = list(spellings), list(spellings.values())
        self._folded = [spelling.folded for spelling in self._spellings]
        self._cores = [spelling.core for spelling in self._spellings]
        self._exact: dict[str, list[int]] = {}
        for number, spelling in enumerate(self._spellings):
            for key in {spelling.folded, spelling.core, spelling.initials, spelling.folded.replace(" ", "")} - {""}:
                self._exact.setdefault(key, []).append(number)

    def __len__(self) -> int:
        return len(self._names)

    def beginning(self, prefix: str) -> Iterator[tuple[str, bool]]:
        """The names of which a word begins like this, folded, and whether it is their first; all for an empty one."""
        sought = folded(prefix)
        for name, plain in zip(self._names, self._folded, strict=True):
            if plain.startswith(sought) or f" {sought}" in plain:
                yield name, plain.startswith(sought)

    def nearest(self, name: str, limit: int = 10, least: float = 0.6) -> list[Near]:
        """Those that score at least `least`, best first and by the alphabet where they score the same."""
        asked = _spelling(name)
        if not asked.folded:
            return []
        near = (Near(self._names[at], _compared(asked, self._spellings[at])) for at in self._pool(asked))
        good = [each for each in near if each.likeness.score >= least]
        return sorted(good, key=lambda each: (-each.likeness.score, each.name))[:limit]

    def _pool(self, asked: _Spelling) -> set[int]:
        keys = {asked.folded, asked.core, asked.initials, asked.folded.replace(" ", "")}
        known = {at for key in keys for at in self._exact.get(key, ())}
        by_letters = process.extract(asked.core, self._cores, scorer=OSA.normalized_similarity, limit=_POOL, score_cutoff=0.4)
        by_words = process.extract(asked.folded, self._folded, scorer=fuzz.token_set_ratio, limit=_POOL, score_cutoff=50)
        return known | {at for _, _, at in by_letters} | {at for _, _, at in by_words}


def _compared(one: _Spelling, other: _Spelling) -> Likeness:
    features = dict.fromkeys(_WORTH, 0.0)
    if one.folded and other.folded:
        features.update(_features(one, other))
    best = max(_WORTH, key=lambda name: features[name] * _WORTH[name])
    score = round(features[best] * _WORTH[best], 4)
    return Likeness(score, MappingProxyType(features), REASONS[best] if score else "nothing in common")


def _features(one: _Spelling, other: _Spelling) -> Iterator[tuple[str, float]]:
    pairs = ((one.folded, other.folded), (one.core, other.core))
    yield "same", float(one.folded == other.folded)
    yield "core", float(one.core == other.core)
    yield "letters", round(max(OSA.normalized_similarity(*pair) for pair in pairs), 4)
    yield "words", round(OSA.normalized_similarity(" ".join(sorted(one.words)), " ".join(sorted(other.words))), 4)
    yield "initials", float(_is_acronym(one, other) or _is_acronym(other, one))
    yield "shortened", float(_shortens(one.words, other.words) or _shortens(other.words, one.words))
    yield "contained", _contained(one.words, other.words)


def _is_acronym(short: _Spelling, long: _Spelling) -> bool:
    return len(long.initials) > 1 and short.folded.replace(" ", "") == long.initials


def _shortens(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """`dem rep congo` and `democratic republic congo`; initials alone are another feature."""
    paired = len(short) == len(long) > 1 and max(map(len, short)) > 1
    return paired and all(whole.startswith(part) for part, whole in zip(short, long, strict=True))


def _contained(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How much of the longer name is in the shorter, where that holds nothing else: from 0.75 to 1."""
    few, many = sorted((set(one), set(other)), key=len)
    if not few or not few <= many:
        return 0.0
    return round(0.75 + 0.25 * sum(map(len, few)) / sum(map(len, many)), 4)


@lru_cache(maxsize=20_000)  # a name is compared with many
def _spelling(name: str) -> _Spelling:
    plain = folded(name)
    words = tuple(word for word in plain.split() if word not in _forms("small") and word not in _forms("article"))
    return _Spelling(plain, _core(plain), words, "".join(word[0] for word in words))


def _bare(letter: str) -> str:
    """`ø` → `o`: what Unicode names as a letter WITH a stroke or a hook has no decomposition."""
    if letter.isascii() or " WITH " not in (name := unicodedata.name(letter, "")):
        return letter
    try:
        return unicodedata.lookup(name.partition(" WITH ")[0])
    except KeyError:
        return letter


def _core(plain: str) -> str:
    """The folded name after article, form of state and article, as far as anything is left of it."""
    found = _beginning().match(plain)
    return plain[found.end() :] if found else plain


@cache
def _beginning() -> re.Pattern[str]:
    longest_first = sorted(_forms("before"), key=lambda words: (-len(words), words))
    return re.compile(rf"(?:the (?=.))?(?:(?:{'|'.join(map(re.escape, longest_first))}) (?=.))?(?:the (?=.))?")


@cache
def _forms(kind: str) -> frozenset[str]:
    table = rows(root() / "data" / "reference" / "name-forms.tsv", _HEADER)
    return frozenset(row.cells["words"] for row in table if row.cells["kind"] == kind)
