"""Times said from another one: "two years later" from where the story stands, "yesterday" from the document's date."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from csto_graph.extract.quantities import number

_UNIT = r"(?P<unit>day|week|month|year)"
_COUNT = r"(?P<count>an?|\d{1,3}|[a-z]+(?:-[a-z]+)?)"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LENGTH = {"year": 4, "month": 7, "day": 10}

# Each reads a time from the date before it in the story ("story") or from the document's ("document").
_EXPRESSIONS: tuple[tuple[str, str, str], ...] = (
    ("document", "ago today", rf"\b{_COUNT} {_UNIT}s? ago,? today\b"),
    ("document", "ago", rf"\b{_COUNT} {_UNIT}s? ago\b"),
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
_COMPILED = tuple((start, kind, re.compile(pattern, re.IGNORECASE)) for start, kind, pattern in _EXPRESSIONS)


@dataclass(frozen=True, slots=True)
class Relative:
    """A relative expression at `start:end` of a text, and how to read its value from the date that it starts from."""

    start: int
    end: int
    from_document: bool
    value: Callable[[str], str | None]


def relatives(text: str) -> tuple[Relative, ...]:
    """The relative expressions of a text in order; of two that overlap, the first listed."""
    found: list[Relative] = []
    for origin, kind, pattern in _COMPILED:
        for match in pattern.finditer(text):
            if not any(match.start() < other.end and other.start < match.end() for other in found):
                found.append(Relative(*match.span(), origin == "document", _reading(kind, match)))
    return tuple(sorted(found, key=lambda relative: relative.start))


def _reading(kind: str, match: re.Match[str]) -> Callable[[str], str | None]:
    parts = match.groupdict()
    unit = (parts.get("unit") or "day").lower()
    if kind == "weekday":
        return lambda start: _weekday(start, _WEEKDAYS.index(match["weekday"].lower()))
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


def _weekday(start: str, wanted: int) -> str | None:
    """The last such day up to the date."""
    return _iso(start, lambda day: day - timedelta(days=(day.weekday() - wanted) % 7))


def _iso(start: str, move: Callable[[date], date]) -> str | None:
    try:
        return move(date.fromisoformat(start)).isoformat()
    except (ValueError, OverflowError):
        return None
