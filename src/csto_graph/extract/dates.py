"""Dates as English writes them: `14 May 1955`, `May 14, 1955`, `Sept. 1991`, `1998–1999`, `6 and 7 June 2001`, `1955-05-14`."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

MONTHS = {name.lower(): number for names in (month_name, month_abbr) for number, name in enumerate(names) if name} | {"sept": 9}

_M = "|".join([*month_name[1:], "Sept", *month_abbr[1:]])
_MONTH, _MONTH_2 = rf"(?P<m>{_M})\b\.?", rf"(?P<m2>{_M})\b\.?"
_DAY, _DAY_2 = (rf"(?P<{name}>[0-2]?[1-9]|[123]0|31)(?:st|nd|rd|th)?" for name in ("d", "d2"))
_YEAR, _YEAR_2 = (rf"(?P<{name}>1[5-9]\d\d|20\d\d)" for name in ("y", "y2"))
_TO = r"(?:\s?[-–—/]\s?|\s(?:to|and|or|until|through)\s)"
_BEGIN, _END = r"(?<![\w$€£.,-])", r"(?![\d,.]*\d)(?!s\b)(?![\w%])"

# In this order: what a longer spelling has taken is not read again.
_SPELLINGS = tuple(
    re.compile(_BEGIN + spelling + _END)
    for spelling in (
        r"(?P<y>\d{4})-(?P<n>\d\d)-(?P<d>\d\d)",
        rf"{_DAY}{_TO}{_DAY_2}(?:\sof)?\s{_MONTH}(?:,?\s{_YEAR})?",
        rf"{_MONTH}\s{_DAY}{_TO}{_DAY_2}(?:,?\s{_YEAR})?",
        rf"(?:the\s)?{_DAY}(?:\sof)?\s{_MONTH}(?:,?\s(?:of\s)?{_YEAR})?",
        rf"{_MONTH}\s{_DAY}(?:,?\s{_YEAR})?",
        rf"{_MONTH}{_TO}{_MONTH_2},?\s(?:of\s)?{_YEAR}",
        rf"{_MONTH},?\s(?:of\s)?{_YEAR}",
        rf"{_YEAR}\s?[-–/]\s?(?P<y2>(?:1[5-9]|20)\d\d|\d\d)",
        rf"(?:(?:[Mm]id|[Ll]ate|[Ee]arly)-)?{_YEAR}",
        _MONTH,
    )
)
_DATED = re.compile(rf"\d|{_M}")  # in every spelling


@dataclass(frozen=True, slots=True)
class Spelled:
    """A date as it is written at `start:end` of a text; what it leaves out is None. `bound` is `from` or `to` in a span."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    bound: str = "time"

    @property
    def value(self) -> str | None:
        """`1955`, `1955-05` or `1955-05-14`; None without a year, or where there is no such day."""
        if self.year is None or self.month is None:
            return None if self.year is None else f"{self.year}"
        if self.day is None:
            return f"{self.year}-{self.month:02}"
        try:
            return date(self.year, self.month, self.day).isoformat()
        except ValueError:
            return None


def dates(text: str) -> tuple[Spelled, ...]:
    """Every date of a text in order; a span gives its two ends. A date without a year takes that of the span it opens."""
    if not _DATED.search(text):
        return ()
    taken: list[tuple[int, int]] = []
    found: list[Spelled] = []
    for spelling in _SPELLINGS:
        for match in spelling.finditer(text):
            if not any(match.start() < end and start < match.end() for start, end in taken):
                taken.append(match.span())
                found.extend(_ends(match))
    ordered = sorted(found, key=lambda spelled: (spelled.start, spelled.bound))
    return tuple(_opening(text, ordered))


def _ends(match: re.Match[str]) -> Iterator[Spelled]:
    part = {name: value for name, value in match.groupdict().items() if value}
    year = int(part["y"]) if "y" in part else None
    month = int(part["n"]) if "n" in part else MONTHS.get(part.get("m", "").lower())
    day = int(part["d"]) if "d" in part else None
    one = Spelled(*match.span(), year, month, day)
    if not {"d2", "m2", "y2"} & set(part):
        yield one
        return
    yield replace(one, bound="from")
    last_year = int(part["y"][: 4 - len(part["y2"])] + part["y2"]) if "y2" in part else year
    last_month = MONTHS[part["m2"].lower()] if "m2" in part else month
    yield replace(one, year=last_year, month=last_month, day=int(part["d2"]) if "d2" in part else None, bound="to")


def _opening(text: str, ordered: list[Spelled]) -> Iterator[Spelled]:
    """"from 3 March to 5 May 1994", "between June and August 1990": the year is said once."""
    for spelled, following in zip(ordered, [*ordered, None][1:], strict=True):
        between = text[spelled.end : following.start] if following else ""
        if spelled.year is None and following is not None and following.year and re.fullmatch(_TO, between):
            yield replace(spelled, year=following.year)
        else:
            yield spelled
