"""Names that no table knows: capitalised runs of a parsed text, with the class that their own words tell.

Cut before frames look, so that "Mission for the Consolidation of Peace" is one word of the sentence. A name inside a longer one
("Warsaw" in "Warsaw Treaty Organization") is another name.
"""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import groupby

from spacy.tokens import Doc, Token

from csto_graph.extract.gazetteer import Match
from csto_graph.extract.lexicon import Lexicon

_CALENDAR = frozenset(name.lower() for name in (*month_name, *day_name) if name)
_HYPHENS = {"-", "–"}
_DIRECTIONS = {"north", "south", "east", "west"}
_NUMERAL = re.compile(r"[IVX]+")
_NOT_IN_NAMES = {"PRON", "DET", "ADP", "CCONJ", "SCONJ", "AUX", "PART", "ADV", "INTJ", "PUNCT", "SYM", "SPACE", "NUM"}
_PARTICLES = {"bin", "ibn", "bint", "de", "da", "dos", "di", "del", "van", "von", "der", "den", "el", "al", "ben", "ould", "y"}
_JOINING = {"of", "for", "on", "against", "in", "to", "with"}
_ABOUT = {"of", "for", "on", "against"}  # what may follow a bare head: the Treaty of Lisbon, but not the Treaty with Russia
_BEFORE_A_NAME = {"Intervention", "Exercise", "Region", "Place"}  # Operation Artemis, Lake Chad, Camp Lemonnier
_OF_ITS_STATE = {"ArmedForce", "Institution"}  # described by whose they are: "the Russian Navy", "the Turkish Parliament"
_OPENING = {"“", "\"", "‘", "'", "(", ":", "-", "–", "—", "•"}
_REACH = 12  # tokens between a head and its abbreviation in brackets


@dataclass(frozen=True, slots=True)
class Candidate:
    """The tokens `start:end` of a document name something. `type` is None where only the text around may tell what."""

    start: int
    end: int
    label: str
    type: str | None = None
    short: str | None = None  # the abbreviation that follows in brackets
    opening: bool = False  # one word at the beginning of a sentence, whose capital says little


def is_acronym(word: str) -> bool:
    """PLO, U.N.T.A.G., ISIL-K: capitals, at least two."""
    letters = [c for c in word if c.isalpha()]
    return 2 <= len(letters) <= 10 and " " not in word and sum(c.isupper() for c in letters) >= max(2, len(letters) - 1)


def candidates(doc: Doc, matches: Iterable[Match], lexicon: Lexicon) -> tuple[Candidate, ...]:
    """The unknown names of a document, from left to right, none inside another."""
    return tuple(_Finder(doc, matches, lexicon))


class _Finder:
    def __init__(self, doc: Doc, matches: Iterable[Match], lexicon: Lexicon) -> None:
        self._doc = doc
        self._known: Mapping[int, Match] = {i: match for match in matches for i in range(match.start, match.end)}
        self._lexicon = lexicon

    def __iter__(self) -> Iterator[Candidate]:
        at, titled = 0, False
        while at < len(self._doc):
            if not self._is_capital(at):
                at, titled = at + 1, False
                continue
            end = self._run(at)
            portfolio = self._portfolio(end) if self._class(end - 1) == "Title" else end
            if portfolio > end:  # "Secretary of Defense Caspar Weinberger": the person comes after the office
                at, titled = portfolio, True
                continue
            for found in self._cut(at, end, titled):
                end = max(end, found.end)
                yield found
            at, titled = end, False

    # -- runs of capitals

    def _run(self, start: int) -> int:
        """The end of the capitals that begin here, over particles and hyphens inside a name."""
        at = start
        while at < len(self._doc):
            if not self._is_capital(at) and not (at + 1 < len(self._doc) and self._is_inside(at)):
                break
            at += 1
        return at

    def _is_inside(self, at: int) -> bool:
        token, before = self._doc[at], self._doc[at - 1]
        if token.text in _HYPHENS:
            return not token.whitespace_ and not before.whitespace_ and self._is_capital(at + 1)
        particle = token.text in _PARTICLES and at - 1 not in self._known and self._class(at - 1) is None
        following = at + 1 + (self._doc[at + 1].text in _HYPHENS)  # al-Asad
        return particle and following < len(self._doc) and self._is_capital(following) and following not in self._known

    def _is_capital(self, at: int) -> bool:
        if at in self._known:
            return True
        token = self._doc[at]
        text = token.text
        if not text[0].isupper() or not any(c.isalpha() for c in text) or token.lower_ in _CALENDAR:
            return False
        if self._opens(at):
            return token.pos_ == "PROPN" or self._starts_a_name(at)
        return token.pos_ not in _NOT_IN_NAMES or (is_acronym(text) and token.pos_ != "PRON")

    def _opens(self, at: int) -> bool:
        """Whether a capital says nothing here: a sentence, a quotation or an item of a list begins."""
        token = self._doc[at]
        return at == 0 or bool(token.is_sent_start) or self._doc[at - 1].text in _OPENING or self._doc[at - 1].is_space

    def _starts_a_name(self, at: int) -> bool:
        token = self._doc[at]
        if is_acronym(token.text):
            return token.pos_ not in ("PRON", "DET", "ADP")
        following = self._doc[at + 1] if at + 1 < len(self._doc) else None
        return self._class(at) is not None and following is not None and following.text[0].isupper()

    def _class(self, at: int) -> str | None:
        inside = at < len(self._doc) and at not in self._known
        return self._lexicon.proper_class(self._doc[at].text) if inside else None

    def _portfolio(self, end: int) -> int:
        """The end of what an office is about: "of Foreign Affairs", "for Defense and Security"; the same place if nothing is."""
        if end + 1 >= len(self._doc) or self._doc[end].lower_ not in ("of", "for") or self._class(end + 1) != "Matter":
            return end
        at = end + 1
        while self._class(at) == "Matter" or (self._class(at + 1) == "Matter" and self._doc[at].lower_ == "and"):
            at += 1
        return at

    # -- one run

    def _cut(self, start: int, end: int, titled: bool) -> Iterator[Candidate]:
        title = max((i for i in range(start, end) if self._class(i) == "Title"), default=None)
        if titled or title is not None:
            yield from self._person(start if title is None else title + 1, end)
            return
        numbered = end - start > 2 and _NUMERAL.fullmatch(self._doc[end - 1].text) is not None  # World War II
        class_ = self._class(end - 1 - numbered) or self._reopened(end)
        opened = self._class(start) if end > start + 1 else None
        if opened in _BEFORE_A_NAME and (class_ is None or opened in ("Intervention", "Exercise")):
            yield self._candidate(start, end, opened)
        elif class_ is not None and class_ not in ("Title", "Matter", "Person", "Provision", "State"):
            yield from self._headed(start, end, class_)
        else:
            yield from self._unheaded(start, end)

    def _person(self, start: int, end: int) -> Iterator[Candidate]:
        name = range(start, end)
        alone = len(name) == 1 and is_acronym(self._doc[start].text)
        if name and not any(i in self._known for i in name) and not alone:
            yield self._candidate(start, end, "Person")

    def _headed(self, start: int, end: int, class_: str) -> Iterator[Candidate]:
        owned = class_ in _OF_ITS_STATE and start in self._known
        longer = self._abbreviated(start, end, class_) or (end if owned else self._extended(start, end, class_))
        alone = longer == end and end == start + 1
        if alone or (longer == end and self._is_described(start, end, class_) and self._short(end) is None):
            return
        if class_ != "Institution":
            yield self._candidate(start, longer, class_)

    def _reopened(self, end: int) -> str | None:
        """The class of a known name that goes on as another: the "Warsaw Treaty Organization" of Engineers."""
        going_on = end + 1 < len(self._doc) and self._doc[end].lower_ in ("of", "for")
        if not going_on or (following := self._after_joint(end, _ABOUT)) is None or following in self._known:
            return None
        return self._lexicon.proper_class(self._doc[end - 1].text)

    def _is_described(self, start: int, end: int, class_: str) -> bool:
        """Left as it is: the forces and organs of a known state, "NATO Alliance", "the Second Brigade"."""
        first = self._known.get(start)
        if first is None:
            return class_ == "Institution"
        same = class_ == "Organisation" and first.name.type.endswith(("Organisation", "Alliance")) and first.end == end - 1
        return class_ in _OF_ITS_STATE or same

    def _extended(self, start: int, end: int, class_: str) -> int:
        """The end of a name that goes on after its head: "Alliance of Sahel States", "Protocol on Mutual Defence Assistance"."""
        wide = class_ in ("Intervention", "Event") and (end > start + 1 or class_ == "Intervention")
        allowed: Set[str] = _JOINING if wide else _ABOUT
        if class_ in ("Institution", "ArmedConflict") and not (class_ == "ArmedConflict" and end == start + 1):
            return end
        at = end
        while (following := self._after_joint(at, allowed)) is not None:
            if class_ == "ArmedForce" and end == start + 1 and following in self._known:
                break  # the Army of Armenia
            at = self._over_both(self._run(following), class_)
            allowed = frozenset() if class_ == "ArmedConflict" else _ABOUT | {"in"}
        return at

    def _over_both(self, at: int, class_: str) -> int:
        """Over the second of two known names that an organisation or a treaty is of: the "Community of Belarus and Russia"."""
        both = class_ in ("Organisation", "Treaty") and at - 1 in self._known and at + 1 in self._known
        return self._run(at + 1) if both and self._doc[at].lower_ == "and" else at

    def _after_joint(self, at: int, allowed: Iterable[str]) -> int | None:
        """Where the name goes on: after "of the", "on", or "and" between two matters (Friendship and Cooperation)."""
        if at + 1 >= len(self._doc):
            return None
        word = self._doc[at].lower_
        if word in ("and", ",", "&"):
            following = at + 1 + (self._doc[at + 1].lower_ == "and")
            matters = self._is_matter(at - 1) + (following < len(self._doc) and self._is_matter(following))
            closed = matters == 1 and word == "and" and self._short(self._run(following)) is not None
            return following if matters == 2 or closed else None
        if word not in allowed:
            return None
        following = at + 1 + (self._doc[at + 1].lower_ in ("the", "a", "an"))
        return following if following < len(self._doc) and self._is_capital(following) else None

    def _is_matter(self, at: int) -> bool:
        return self._doc[at].text[0].isupper() and self._class(at) == "Matter"

    def _abbreviated(self, start: int, end: int, class_: str) -> int | None:
        """The end of a name in small letters that its abbreviation closes: "Mission for the defence of peace in Chad (MIDEP)"."""
        if class_ in (*_OF_ITS_STATE, "Group") or end >= len(self._doc) or self._doc[end].lower_ not in _JOINING:
            return None
        for at in range(end, min(end + _REACH, len(self._doc) - 1)):
            token = self._doc[at]
            if token.text == "(":
                fits = is_acronym(self._doc[at + 1].text) and self._doc[at + 1].text[0] == self._doc[start].text[0]
                return at if fits else None
            if token.is_punct or token.is_space or token.lower_ in ("a", "an") or token.tag_ in ("VBD", "VBZ", "VBP", "MD"):
                return None
        return None

    def _unheaded(self, start: int, end: int) -> Iterator[Candidate]:
        """What is no known name in a run without a head: "MPLA", "Holden Roberto", "Thysville"."""
        for known, group in groupby(range(start, end), key=lambda i: i in self._known):
            stretch = [] if known else self._without_hyphens(list(group))
            if stretch and self._may_name(stretch):
                last = self._doc[stretch[-1]]
                plural = last.tag_ == "NNPS" and not is_acronym(last.text)
                yield self._candidate(stretch[0], stretch[-1] + 1, "Group" if plural else None)

    def _without_hyphens(self, stretch: list[int]) -> list[int]:
        """What lies between known names of a hyphenated run: nothing of "Israeli-Syrian"."""
        joined = {i for i in stretch if self._doc[i].text in _HYPHENS and (i == stretch[0] or i == stretch[-1])}
        return [] if joined and len(stretch) <= 2 else [i for i in stretch if i not in joined]

    def _may_name(self, stretch: list[int]) -> bool:
        tokens = [self._doc[i] for i in stretch]
        if stretch[-1] + 1 < len(self._doc) and self._doc[stretch[-1] + 1].like_num:
            return False  # Resolution 678, Chapter VII
        if len(tokens) == 1:
            if tokens[0].lower_ in _DIRECTIONS:
                return False
            return self._class(stretch[0]) is None and (tokens[0].pos_ == "PROPN" or is_acronym(tokens[0].text))
        return any(token.pos_ == "PROPN" for token in tokens) and self._class(stretch[-1]) is None

    def _candidate(self, start: int, end: int, type_: str | None) -> Candidate:
        label = " ".join(self._doc[start:end].text.split()).strip("'’\"")
        short = self._short(end)
        closing = end + 3 if short and self._doc[end + 2].text == ")" else end
        opening = end == start + 1 and type_ is None and self._opens(start) and not is_acronym(label)
        return Candidate(start, closing, label, type_, short, opening)

    def _short(self, end: int) -> str | None:
        if end + 2 >= len(self._doc) or self._doc[end].text != "(" or end + 1 in self._known:
            return None
        short: Token = self._doc[end + 1]
        return short.text if is_acronym(short.text) and self._doc[end + 2].text in (")", ",", ";") else None
