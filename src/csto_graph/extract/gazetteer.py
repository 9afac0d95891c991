"""Names in a parsed text: the longest strong name wins, a weak one counts only where the text named its thing strongly."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from csto_graph.model import Name, NameKind


@dataclass(frozen=True, slots=True)
class Match:
    """The tokens `start:end` of a document spell `name`."""

    start: int
    end: int
    name: Name


@dataclass(frozen=True, slots=True)
class TextNames:
    """What a whole text names, by IRI: the strong names, and how often it names each thing."""

    strong: Mapping[str, Name]
    counts: Mapping[str, int]


class Gazetteer:
    """The names of the reference data, indexed by their first word as the tokenizer cuts it."""

    def __init__(self, names: Iterable[Name], nlp: Language) -> None:
        self._index: dict[str, list[tuple[tuple[str, ...], Name]]] = defaultdict(list)
        for name in names:
            if name.kind is NameKind.METONYM:
                continue  # spelt as the settlement is
            words = tuple(token.lower_ for token in nlp.make_doc(name.surface_form))
            self._index[words[0]].append((words, name))
        for candidates in self._index.values():
            candidates.sort(key=lambda pair: (-len(pair[0]), pair[1].kind, pair[1].iri))

    def matches(self, doc: Doc) -> tuple[Match, ...]:
        """Non-overlapping matches from left to right, strong and weak; `settle` decides on the weak ones."""
        return tuple(self._scan(doc, tuple(token.lower_ for token in doc)))

    def _scan(self, doc: Doc, lowered: Sequence[str]) -> Iterator[Match]:
        at = 0
        while at < len(lowered):
            found = self._longest(doc, lowered, at)
            if found is None:
                at += 1
                continue
            found = self._with_abbreviation(doc, lowered, found)
            yield found
            at = found.end

    def _longest(self, doc: Doc, lowered: Sequence[str], at: int) -> Match | None:
        for words, name in self._index.get(lowered[at], ()):
            end = at + len(words)
            if lowered[at:end] == words and _spelt_as_a_name(doc, at, end, name):
                return Match(at, end, name)
        return None

    def _with_abbreviation(self, doc: Doc, lowered: Sequence[str], match: Match) -> Match:
        # "The Collective Security Treaty Organisation (CSTO)" names its thing once.
        opening = match.end
        if opening + 2 < len(doc) and doc[opening].text == "(":
            inner = self._longest(doc, lowered, opening + 1)
            if inner and inner.name.iri == match.name.iri and inner.end < len(doc) and doc[inner.end].text == ")":
                return Match(match.start, inner.end + 1, match.name)
        return match


def _spelt_as_a_name(doc: Doc, start: int, end: int, name: Name) -> bool:
    """Acronyms only in their own spelling ("us" is no state); other names with a capital somewhere ("central Asia")."""
    text = doc[start:end].text
    if name.surface_form.isupper():
        return text == name.surface_form
    return any(token.text[0].isupper() for token in doc[start:end])


def settle(matches: Iterable[Match]) -> tuple[Match, ...]:
    """The matches of a whole text without the weak names whose thing it never names strongly."""
    found = tuple(matches)
    strong = {match.name.iri for match in found if match.name.kind is NameKind.STRONG}
    return tuple(match for match in found if match.name.kind is not NameKind.WEAK or match.name.iri in strong)


def text_names(settled: Iterable[Match]) -> TextNames:
    """The names of a whole text, from its settled matches."""
    found = tuple(settled)
    strong = {match.name.iri: match.name for match in found if match.name.kind is NameKind.STRONG}
    return TextNames(strong, Counter(match.name.iri for match in found))
