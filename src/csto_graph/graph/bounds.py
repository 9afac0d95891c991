"""The four derived bounds of a dated node, always xsd:date: when it certainly and when it possibly began and ended."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator

from csto_graph.model import Qualifiers


def earliest(value: str) -> str:
    """The first day of a year, a month or a day."""
    return f"{value}-01-01" if len(value) == 4 else f"{value}-01" if len(value) == 7 else value


def latest(value: str) -> str:
    """The last day of a year, a month or a day."""
    if len(value) == 4:
        return f"{value}-12-31"
    if len(value) == 7:
        year, month = int(value[:4]), int(value[5:])
        return f"{value}-{monthrange(year, month)[1]:02}"
    return value


def bounds(qualifiers: Qualifiers, *, event: bool) -> Iterator[tuple[str, str]]:
    """(property, day). A missing bound is open or unknown.

    Nothing follows from an end before the start.
    An event falls within its time. A state that is said to hold at a time began by its end and had not ended at its start.
    """
    begins, ends = qualifiers.from_, qualifiers.to
    if begins is not None and ends is not None and latest(ends) < earliest(begins):
        return
    at = qualifiers.valid_at or qualifiers.time
    if event:
        begins, ends = begins or qualifiers.time, ends or (qualifiers.time if begins is None else None)
    elif at is not None:
        if begins is None:
            yield "fromLatest", latest(at)
        if ends is None:
            yield "toEarliest", earliest(at)
    if begins is not None:
        yield "fromEarliest", earliest(begins)
        yield "fromLatest", latest(begins)
    if ends is not None:
        yield "toEarliest", earliest(ends)
        yield "toLatest", latest(ends)
