"""Times said from another one: "two years later" from where the story stands, "yesterday" from the document's date."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from csto_graph.extract.dates import MONTHS
from csto_graph.extract.quantities import number

_UNIT = r"(?P<unit>day|week|month|year)"
_COUNT = r"(?P<count>an?|\d{1,3}|[a-z]+(?:-[a-z]+)?)"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LENGTH = {"year": 4, "month": 7, "day": 10}
_MONTH = rf"(?P<month>{'|'.join(calendar.month_name[1:])})\b(?! \d)"
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}  # the month that each begins in; winter lies in two years
_SEASON = rf"(?P<season>{'|'.join(_SEASONS)})"
_OCCASION = "meeting|summit|conference|session|ceremony|congress|gathering|occasion|visit"

# Each reads a time from the date before it in the story ("story") or from the document's ("document").
_EXPRESSIONS: tuple[tuple[str, str, str], ...] = (
    ("document", "ago today", rf"\b{_COUNT} {_UNIT}s? ago,? today\b"),
    ("document", "ago", rf"\b{_COUNT} {_UNIT}s? ago\b"),
    ("story", "month next", rf"\bthe (?:following|next) {_MONTH}"),
    ("story", "month previous", rf"\bthe (?:previous|preceding) {_MONTH}"),
    ("story", "month same", rf"\b(?:that|that same|the same) {_MONTH}"),
    ("story", "season next", rf"\bthe (?:following|next) {_SEASON}\b"),
    ("story", "same year", rf"\b(?:that|that same|the same) {_SEASON}\b"),
    ("story", "same", r"\b(?:that|that same|the same|the latter) date\b(?! (?:that|when|which|as))"),
    ("moment", "same year", r"^at (?:about |around )?the same time\b(?! (?:as|that|when))"),
    ("moment", "then", rf"^(?:at|on|during|in) (?:this|that|the same) (?:{_OCCASION})\b(?!,? (?:that|when|which|of))"),
    ("story", "same", rf"\b(?:the|that|this) (?:very )?same {_UNIT}\b"),
    ("story", "same", r"\bthat (?:very )?(?P<unit>day|month|year)\b(?! (?:that|when|which))"),
    ("story", "next", rf"\bthe (?:following|next|subsequent) {_UNIT}\b(?! of)"),
    ("story", "previous", rf"\bthe (?:previous|preceding) {_UNIT}\b(?! of)"),
    ("story", "later", rf"\b{_COUNT} {_UNIT}s? (?:later|afterwards?)\b"),
    ("story", "earlier", rf"\b{_COUNT} {_UNIT}s? (?:earlier|previously)\b"),
    ("document", "previous", rf"(?<!the )(?<!for the )\blast {_UNIT}\b|\byesterday\b"),
    ("document", "next", rf"(?<!the )\bnext {_UNIT}\b|\btomorrow\b"),
    ("document", "same", r"\bthis (?P<unit>month|year)\b"),
    ("document", "weekday", rf"\bon (?:last )?(?P<weekday>{'|'.join(_WEEKDAYS)})\b(?!,? \w* ?\d)"),
)
# One of these stands in every expression of its kind: a count before them may be any word, which takes long to try.
_CUES = {"ago today": ("ago",), "ago": ("ago",), "later": ("later", "afterward"), "earlier": ("earlier", "previously")}
_COMPILED = tuple((start, kind, re.compile(pattern, re.IGNORECASE)) for start, kind, pattern in _EXPRESSIONS)


@dataclass(frozen=True, slots=True)
class Relative:
    """A relative expression at `start:end` of a text, and how to read its value from the date that it starts from."""

    start: int
    end: int
    from_document: bool
    value: Callable[[str], str | None]
    near: bool = False  # counted from the last date said, not from where the story stands
    loose: bool = False  # said of the sentence before: "at the same time", "during this meeting"


def relatives(text: str) -> tuple[Relative, ...]:
    """The relative expressions of a text in order; of two that overlap, the first listed."""
    found: list[Relative] = []
    lowered = text.lower()
    for origin, kind, pattern in _COMPILED:
        if kind in _CUES and not any(cue in lowered for cue in _CUES[kind]):
            continue
        for match in pattern.finditer(text):
            if not any(match.start() < other.end and other.start < match.end() for other in found):
                near = origin == "moment" or (origin == "story" and match.groupdict().get("unit", "").lower() != "year")
                reading = _reading(kind, match)
                found.append(Relative(*match.span(), origin == "document", reading, near=near, loose=origin == "moment"))
    return tuple(sorted(found, key=lambda relative: relative.start))


def _reading(kind: str, match: re.Match[str]) -> Callable[[str], str | None]:
    parts = match.groupdict()
    unit = (parts.get("unit") or "day").lower()
    if kind == "weekday":
        return lambda start: _weekday(start, _WEEKDAYS.index(match["weekday"].lower()))
    if kind == "then":
        return lambda start: start
    if kind == "same year":
        return lambda start: start[:4]
    if kind == "season next":
        return lambda start: _next_season(start, match["season"].lower())
    if parts.get("month"):
        return lambda start: _in_month(start, MONTHS[match["month"].lower()], kind.removeprefix("month "))
    count = _count(parts.get("count") or "0" if kind == "same" else parts.get("count") or "1")
    if count is None:
        return lambda start: None
    steps = -count if kind in ("ago", "ago today", "previous", "earlier") else count
    if kind == "ago today":
        return lambda start: moved(start, unit, steps, exact=True)
    return lambda start: moved(start, unit, steps)


def _count(spelled: str) -> int | None:
    return 1 if spelled.lower() in ("a", "an") else number(spelled)


def moved(start: str, unit: str, steps: int, *, exact: bool = False) -> str | None:
    """A date so many units from another: as precise as the unit (as the start, if `exact`), None where the start is less so."""
    if unit == "week":
        unit, steps = "day", steps * 7
        if steps == 0:
            return None
    if len(start) < _LENGTH[unit]:
        return None
    length = len(start) if exact else _LENGTH[unit]
    if unit == "day":
        return _iso(start, lambda day: day + timedelta(days=steps))
    months = int(start[:4]) * 12 + (int(start[5:7]) - 1 if len(start) > 4 else 0)
    months += steps * (12 if unit == "year" else 1)
    return f"{months // 12:04}-{months % 12 + 1:02}{start[7:]}"[:length]


def _in_month(start: str, month: int, which: str) -> str:
    """That month of the year, or the first such one after ("next") or before the start; of a year: that of the year beside it."""
    in_year = int(start[5:7]) if len(start) > _LENGTH["year"] else month
    later, earlier = which == "next" and month <= in_year, which == "previous" and month >= in_year
    return f"{int(start[:4]) + later - earlier:04}-{month:02}"


def _next_season(start: str, season: str) -> str | None:
    """The year of the first such season after the start; after a year only the spring is sure to be that of the next."""
    if len(start) == _LENGTH["year"]:
        return f"{int(start) + 1:04}" if season == "spring" else None
    return f"{int(start[:4]) + (_SEASONS[season] <= int(start[5:7])):04}"


def _weekday(start: str, wanted: int) -> str | None:
    """The last such day up to the date."""
    return _iso(start, lambda day: day - timedelta(days=(day.weekday() - wanted) % 7))


def _iso(start: str, move: Callable[[date], date]) -> str | None:
    try:
        return move(date.fromisoformat(start)).isoformat()
    except (ValueError, OverflowError):
        return None
