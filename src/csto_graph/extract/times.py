"""Times and numbers of a sentence, each with the word it stands at; and where the story of a document stands in time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from csto_graph.extract.dates import MONTHS, Spelled, dates
from csto_graph.extract.quantities import number
from csto_graph.extract.relative import Relative, relatives
from csto_graph.extract.tree import Span, Token

_PRESENT = {"today", "currently", "nowadays", "presently"}
_FROM = {"since", "from", "starting", "beginning"}
_TO = {"until", "till", "through", "to"}
_NEITHER = {"after", "before", "following", "than"}  # "after 1991": some day that the text does not give
_SPAN = {"to", "and", "until", "through", "till", "-", "–", "—"}
_OPENS_A_MONTH = {"in", "by", "since", "until", "till", "from", "to", "between", "and", "through", "during", "early", "late"}
_SEASONS = {"spring", "summer", "autumn", "fall", "winter", "year", "mid", "early", "late"}
_VERBAL = {"VERB", "AUX"}
_GIVEN = re.compile(r"\s?[,(–—-]? ?(?:in|on|by)? ?(?:early|late|mid)? ?")
_NEAR = 3  # sentences that "two months later" reaches back
_LONG_MONTHS = {name for name in MONTHS if len(name) > 4 or name in ("may", "june", "july")}


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression: the word it hangs by, its value in the precision of the text, and how it bounds."""

    token: Token
    value: str
    bound: str  # "time", "from", "to", or "valid_at" for a dated present
    items: tuple[Token, ...] = ()  # the names it is said of in a list: "Iraq in 1932 and Egypt in 1937"


class Chronology:
    """Where the story of a document stands in time: the last time of a main clause, from which others are said."""

    def __init__(self) -> None:
        self._now: str | None = None
        self._dated = False  # whether the paragraph has said a date
        self._left = ""  # the year that it went back from
        self._back: int | None = None  # sentences since the story went back in time
        self._last: tuple[str, int] | None = None  # the last date said in whatever clause, and sentences since

    def times(self, span: Span, listed: Iterable[int], document_date: str | None, *, opening: bool = False) -> tuple[Time, ...]:
        """The times of a sentence whose value the text or the document's date gives; `listed` are the tokens that are names.
        `opening`: the sentence is the first of its paragraph."""
        found = tuple(_itemised(tuple(self._read(span, document_date)), span, frozenset(listed)))
        told = [time for time in found if time.bound != "valid_at"]
        main = [time for time in told if _tells(time.token)]
        if not main and self._now is not None:
            main = [time for time in told if _tells(time.token, through_nouns=True) and time.value[:4] > self._now[:4]]
        before, self._dated = self._now, self._dated and not opening
        if main or self._now is None:
            self._now = next((time.value for time in reversed(main or told)), self._now)
        self._back = self._since_it_went_back(before)
        self._dated = self._dated or bool(told)
        if told:
            self._last = ((main or told)[-1].value, 0)
        elif self._last is not None:
            self._last = (self._last[0], self._last[1] + 1)
        return found

    def _since_it_went_back(self, before: str | None) -> int | None:
        """A paragraph whose first date is an earlier one tells another story; after its first it only looks back."""
        now, before = (self._now or "")[:4], (before or "")[:4]
        if now < before:
            self._left = max(before, self._left) if self._dated else ""
            return 0 if self._dated else None
        return self._back + 1 if self._back is not None and now < self._left else None

    def _read(self, span: Span, document_date: str | None) -> Iterator[Time]:
        now, before = self._now, None
        last = self._last[0] if self._last is not None and self._last[1] < _NEAR else None
        just_now = last is not None and self._last is not None and self._last[1] == 0
        for said in _expressions(span.text):
            words = span.covering(said.start, said.end)
            if not words or (isinstance(said, Spelled) and not _is_date(said, words)):
                continue
            if isinstance(said, Relative) and said.loose and not (just_now and _is_past(span.root)):
                continue
            if isinstance(said, Spelled) and said.year is None and before is None and self._back:
                continue  # "It had been formed in 1980. … On June 4": of that year or of the one that the story had come to
            near = last if isinstance(said, Relative) and said.near else None
            value = (_value(said, near, document_date) if near else None) or _value(said, now, document_date)
            if value:
                time = Time(words.root, value, _bound(said, words, before))
                if time.bound:
                    yield time
                now, last, before = value, value, (words, time)
        if document_date:
            yield from (Time(token, document_date, "valid_at") for token in span if _is_present(token))


def _expressions(text: str) -> list[Spelled | Relative]:
    found = relatives(text)
    bare = [d for d in dates(text) if d.year or d.day or not any(r.start <= d.start and d.end <= r.end + 1 for r in found)]
    said: list[Spelled | Relative] = [*bare]
    for relative in found:
        if any(d.year and _GIVEN.fullmatch(text[relative.end : d.start]) for d in bare if d.start >= relative.end):
            continue  # "two months later, in May 1997"
        if not any(relative.start < other.end and other.start < relative.end for other in said):
            said.append(relative)
    return sorted(said, key=lambda expression: (expression.start, expression.end))


def _value(said: Spelled | Relative, now: str | None, document_date: str | None) -> str | None:
    if isinstance(said, Relative):
        start = document_date if said.from_document else now
        return said.value(start) if start else None
    if said.year is None and now is not None:
        return Spelled(said.start, said.end, int(now[:4]), said.month, said.day).value
    return said.value


def _is_date(said: Spelled, words: Span) -> bool:
    """Whether the words are a date and no number ("1992 soldiers", "Resolution 1973") or other word ("may")."""
    first = words[0]
    before = first.nbor(-1) if first.i else None
    if said.month is None:
        named = before is not None and before.pos_ in ("NOUN", "PROPN") and before.lower_ not in _SEASONS
        return not _is_quantity(words[-1]) and not (named and before is not None and before.whitespace_)
    if said.year is None and said.day is None:
        spelled_out = words.text.rstrip(".").lower() in _LONG_MONTHS
        return spelled_out and before is not None and before.lower_ in _OPENS_A_MONTH
    return True


def _is_quantity(token: Token) -> bool:
    """"2000 soldiers" are so many; "the 1954 creation", "the 1991 elections" are of that year."""
    if token.dep_ != "nummod" or token.head.i < token.i or token.head.tag_ != "NNS":
        return False
    return token.text.endswith("00") or not any(child.dep_ in ("det", "poss") for child in token.head.children)


def _is_past(verb: Token) -> bool:
    return verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in verb.children if child.dep_ in ("aux", "auxpass"))


def is_delayed(verb: Token) -> bool:
    """"did not join until 1955", "not until 1955 did it join": it joined, then."""
    for preposition in verb.children:
        if preposition.dep_ == "prep" and preposition.lower_ in ("until", "till"):
            before = preposition.nbor(-1).lower_ if preposition.i else ""
            return before == "not" or any(child.dep_ == "neg" for child in (*verb.children, *preposition.children))
    return False


def is_delaying(verb: Token) -> bool:
    """"It was not until 1955 that …": a clause that only says when another one came about."""
    return verb.lemma_ == "be" and is_delayed(verb) and any(child.dep_ in ("ccomp", "advcl") for child in verb.children)


def _is_present(token: Token) -> bool:
    if token.lower_ == "present":
        return token.i > 0 and token.nbor(-1).lower_ == "at"
    return token.lower_ in _PRESENT and not (token.i and token.nbor(-1).lower_ == "ago")


def _bound(said: Spelled | Relative, words: Span, before: tuple[Span, Time] | None) -> str:
    """How a time bounds: by what stands before it; empty for "after 1991", which gives no time."""
    previous = words.doc[words.start - 1].lower_ if words.start else ""
    if isinstance(said, Spelled) and said.bound != "time":
        return said.bound
    if before is not None and before[1].bound == "from" and before[0].end == words.start - 1 and previous in _SPAN:
        return "to"
    if previous in _NEITHER:
        return ""
    if previous in _FROM or (previous == "between" and words.end < len(words.doc) and words.doc[words.end].lower_ == "and"):
        return "from"
    return "to" if previous in _TO else "time"


def _tells(token: Token, *, through_nouns: bool = False) -> bool:
    """Whether a time stands at the verb of a main clause: the story goes on from there. With `through_nouns`, or at a noun
    of it ("condemned the 2023 coup")."""
    current = token
    while current.pos_ not in _VERBAL:
        inside = current.pos_ in ("NOUN", "PROPN") and current.ent_type_ != "DATE" and current.lower_ not in _SEASONS
        if current.head == current or (inside and current != token and not through_nouns):
            return False
        current = current.head
    while current.dep_ == "conj" and current.head.pos_ in _VERBAL:
        current = current.head
    return current.dep_ == "ROOT"


def _itemised(found: tuple[Time, ...], span: Span, names: frozenset[int]) -> Iterator[Time]:
    """The times with the names that each is said of, where a list gives every one its own ("Iraq in 1932 and Egypt in 1937")."""
    named = {time: at for time in found if (at := _name_before(time, span, names)) is not None}
    for time in found:
        at = named.get(time)
        if at is None or not (_in_brackets(time) or any(_beside(at, other) for t, other in named.items() if t != time)):
            yield time
        else:
            yield Time(time.token, time.value, time.bound, tuple(_sharing(at, names)))


def _name_before(time: Time, span: Span, names: frozenset[int]) -> Token | None:
    at = time.token.i - 1
    while at > span.start and at not in names and _before_a_date(span.doc[at]):
        at -= 1
    return span.doc[at] if at in names and at >= span.start and at < time.token.i - 1 else None


def _before_a_date(token: Token) -> bool:
    return token.like_num or token.lower_ in MONTHS or token.lower_ in ("in", "on", "(", "since", "the", "of", "early", "late")


def _in_brackets(time: Time) -> bool:
    return any(time.token.doc[at].text == "(" for at in range(max(0, time.token.i - 4), time.token.i))


def _beside(one: Token, other: Token) -> bool:
    """In one list: no verb stands between them."""
    first, last = sorted((one.i, other.i))
    return first != last and not any(token.pos_ in _VERBAL for token in one.doc[first:last])


def _sharing(name: Token, names: frozenset[int]) -> Iterator[Token]:
    """"Greece and Turkey in 1952": the names right before that have no date of their own."""
    at = name.i
    while at >= name.sent.start and (at in names or name.doc[at].lower_ in (",", "and", "the", "&")):
        if at in names:
            yield name.doc[at]
        at -= 1


def number_of(noun: Token) -> int | None:
    """How many: the number before a noun ("six members", "20,000 elite personnel", "some 800 troops"), else None."""
    words = [noun] if noun.pos_ == "NUM" else [child for child in noun.children if child.dep_ == "nummod"]
    if not words:
        return None
    spelled = [t.text for word in words for t in word.subtree if t.like_num or t.lower_ in ("and", "-")]
    return number(" ".join(spelled))
