"""The date a document gives itself: a line `Date: 10 January 2022`, or a line near the top that is a date and nothing else."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from datetime import date

MONTHS = {name.lower(): number for names in (month_name, month_abbr) for number, name in enumerate(names) if name}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"(?P<iso>\d{{4}}-\d\d-\d\d)|(?P<d1>\d{{1,2}})\s+(?P<m1>{_MONTH})\.?,?\s+(?P<y1>\d{{4}})"
    rf"|(?P<m2>{_MONTH})\.?\s+(?P<d2>\d{{1,2}}),?\s+(?P<y2>\d{{4}})",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\s*(?:date|published|dated|posted)\s*(?:on)?\s*:?\s*", re.IGNORECASE)
_LINES_LOOKED_AT = 10


def dateline(text: str) -> str | None:
    """The document's own date as `YYYY-MM-DD`, or None where it gives none (never today's)."""
    for line in text.splitlines()[:_LINES_LOOKED_AT]:
        label = _LABEL.match(line)
        rest = line[label.end() :] if label else line.strip()
        found = _DATE.match(rest)
        if found and ((label and label.group().strip()) or found.end() == len(rest)):
            return _iso(found)
    return None


def _iso(found: re.Match[str]) -> str | None:
    if found["iso"]:
        year, month, day = (int(part) for part in found["iso"].split("-"))
    else:
        day, year = int(found["d1"] or found["d2"]), int(found["y1"] or found["y2"])
        month = MONTHS[(found["m1"] or found["m2"]).lower()]
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
