"""Times and numbers of a sentence, each with the word it belongs to: a time belongs to its own verb or event noun."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Span, Token
from text_to_num import text2num  # type: ignore[import-untyped]  # ships no type information

MONTHS = {name.lower(): number for number, name in enumerate(month_name) if name}
_MONTH = "|".join(name for name in month_name if name)
_TIME = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)? (?P<m1>{_MONTH}),? (?P<y1>\d{{4}})"
    rf"|(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?, ?(?P<y2>\d{{4}})"
    rf"|(?P<m3>{_MONTH}),? (?:of )?(?P<y3>\d{{4}})"
    rf"|(?P<d4>\d{{1,2}})(?:st|nd|rd|th)? (?P<m4>{_MONTH})|(?P<m5>{_MONTH}) (?P<d5>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"|(?P<now>[Tt]oday|[Cc]urrently|[Nn]owadays|[Aa]t present)"
    rf"|(?P<y4>1[6-9]\d\d|20\d\d))(?![\d,.]*\d)\b(?!s\b)"
)
_FROM = {"since", "from", "starting", "beginning"}
_TO = {"until", "till", "through"}
_VERBAL = {"VERB", "AUX"}


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression: the token it starts with, its value in the precision of the text, and how it bounds."""

    token: Token
    value: str
    bound: str  # "time", "from", "to", or "valid_at" for a dated present


def times(span: Span, document_date: str | None, year: str | None = None) -> tuple[Time, ...]:
    """The time expressions of a sentence whose value the text or the document's date gives.

    A day without a year ("on June 6") is one of the year last spoken of: `year`, or one earlier in the sentence.
    """
    return tuple(_times(span, document_date, year))


def _times(span: Span, document_date: str | None, year: str | None) -> Iterator[Time]:
    for match in _TIME.finditer(span.text):
        token = _token_at(span, match.start())
        if token is None or (match["y4"] and _is_quantity(token)):
            continue
        if match["now"]:
            if document_date:
                yield Time(token, document_date, "valid_at")
            continue
        value = _value(match, year)
        if value:
            year = value[:4]
            yield Time(token, value, _bound(token))


def _token_at(span: Span, offset: int) -> Token | None:
    wanted = span.start_char + offset
    return next((token for token in span if token.idx <= wanted < token.idx + len(token)), None)


def _is_quantity(token: Token) -> bool:
    return token.dep_ == "nummod" and token.head.pos_ == "NOUN" and token.head.lower_ not in MONTHS


def _value(match: re.Match[str], context: str | None) -> str | None:
    year = match["y1"] or match["y2"] or match["y3"] or match["y4"] or context
    month = match["m1"] or match["m2"] or match["m3"] or match["m4"] or match["m5"]
    if year is None or month is None:
        return year
    number = MONTHS[month.lower()]
    day = match["d1"] or match["d2"] or match["d4"] or match["d5"]
    if day is None:
        return f"{year}-{number:02}"
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return None


def _bound(token: Token) -> str:
    before = token.doc[token.i - 1].lower_ if token.i else ""
    if before in _FROM:
        return "from"
    if before in _TO or (before in ("to", "and", "-", "–") and _opens_a_span(token)):
        return "to"
    return "time"


def _opens_a_span(token: Token) -> bool:
    window = token.doc[max(0, token.i - 5) : token.i]
    return any(t.lower_ in ("from", "between") for t in window) or token.doc[token.i - 1].text in "-–"


def owned(found: tuple[Time, ...], owners: set[Token], blockers: Container[Token]) -> list[Time]:
    """The times whose way up the parse meets one of these words before a verb or an event noun that is not one of them."""
    return [time for time in found if _owner(time.token, owners, blockers) is not None]


def _owner(token: Token, owners: set[Token], blockers: Container[Token]) -> Token | None:
    current = token
    while current not in owners:
        if current in blockers or current.pos_ in _VERBAL or current.head == current:
            return None
        current = current.head
    return current


def number_of(noun: Token) -> int | None:
    """How many: the number before a noun ("six members", "20,000 elite personnel", "some 800 troops"), else None."""
    words = [child for child in noun.children if child.dep_ == "nummod"]
    if not words:
        return None
    spelled = [t.text for word in words for t in word.subtree if t.like_num or t.lower_ in ("and", "-")]
    return number(" ".join(spelled))


def number(spelled: str) -> int | None:
    """`six`, `20,000`, `two hundred and fifty` as an integer; None for what is no whole number."""
    digits = spelled.replace(",", "").replace(" ", "")
    if digits.isdecimal():
        return int(digits)
    try:
        return int(text2num(spelled.replace("-", " "), "en"))
    except ValueError:
        return None
