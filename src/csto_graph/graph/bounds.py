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

    An event falls within its time; a state that is said to hold at a time holds on one of its days at least.
    Nothing ends before it began: what began on a day had not ended before, what ended on a day had begun by then.
    Nothing follows from an end before the start.
    """
    begins, ends = qualifiers.from_, qualifiers.to
    at = qualifiers.valid_at or qualifiers.time
    if event and qualifiers.time is not None:
        begins, ends = begins or qualifiers.time, ends or (qualifiers.time if begins is None else None)
        at = qualifiers.valid_at
    if _comes_before(ends, begins):
        return
    if _comes_before(at, begins) or _comes_before(ends, at):
        at = None
    stated = [each for each in (begins, at, ends) if each is not None]
    if begins is not None:
        yield "fromEarliest", earliest(begins)
    if stated:
        yield "fromLatest", min(map(latest, stated))
        yield "toEarliest", max(map(earliest, stated))
    if ends is not None:
        yield "toLatest", latest(ends)


def _comes_before(one: str | None, other: str | None) -> bool:
    """Whether the whole of the one time lies before the other."""
    return one is not None and other is not None and latest(one) < earliest(other)
