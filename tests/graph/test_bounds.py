"""The four derived bounds: when something certainly and when it possibly began and ended."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csto_graph.graph.bounds import bounds, earliest, latest
from csto_graph.model import Qualifiers

DAYS = [("2002", "2002-01-01", "2002-12-31"), ("2004-02", "2004-02-01", "2004-02-29"), ("1992-05-15", "1992-05-15", "1992-05-15")]


@pytest.mark.parametrize(("value", "first", "last"), DAYS)
def test_a_precision_has_its_first_and_last_day(value: str, first: str, last: str) -> None:
    """A year, a month (leap years too) and a day."""
    assert (earliest(value), latest(value)) == (first, last)


CASES = [
    # a state that is said to hold on a day had begun by then and had not ended before
    (Qualifiers(valid_at="2022-01-10"), False, {"fromLatest": "2022-01-10", "toEarliest": "2022-01-10"}),
    (Qualifiers(time="2002"), False, {"fromLatest": "2002-12-31", "toEarliest": "2002-01-01"}),
    # nothing ends before it began
    (Qualifiers(from_="1992"), False, {"fromEarliest": "1992-01-01", "fromLatest": "1992-12-31", "toEarliest": "1992-01-01"}),
    (Qualifiers(to="1999-04-02"), False, {"fromLatest": "1999-04-02", "toEarliest": "1999-04-02", "toLatest": "1999-04-02"}),
    (
        Qualifiers(from_="1999", to="1999-04"),
        False,
        {"fromEarliest": "1999-01-01", "fromLatest": "1999-04-30", "toEarliest": "1999-04-01", "toLatest": "1999-04-30"},
    ),
    # a start that is still open on a day: certain from the one to the other
    (
        Qualifiers(from_="1992-05-15", valid_at="2025-11-27"),
        False,
        {"fromEarliest": "1992-05-15", "fromLatest": "1992-05-15", "toEarliest": "2025-11-27"},
    ),
    # a day that lies outside the interval is not believed
    (
        Qualifiers(from_="1992", to="1999", valid_at="2008"),
        False,
        {"fromEarliest": "1992-01-01", "fromLatest": "1992-12-31", "toEarliest": "1999-01-01", "toLatest": "1999-12-31"},
    ),
    (Qualifiers(), False, {}),
    (Qualifiers(from_="1999", to="1995-06"), False, {}),  # a text that cannot be meant so
    # an event under way on a day; an event falls within its time
    (Qualifiers(valid_at="2022-01-10"), True, {"fromLatest": "2022-01-10", "toEarliest": "2022-01-10"}),
    (
        Qualifiers(time="2022-01"),
        True,
        {"fromEarliest": "2022-01-01", "fromLatest": "2022-01-31", "toEarliest": "2022-01-01", "toLatest": "2022-01-31"},
    ),
]


@pytest.mark.parametrize(("qualifiers", "event", "expected"), CASES)
def test_bounds_say_no_more_than_the_source(qualifiers: Qualifiers, event: bool, expected: dict[str, str]) -> None:
    """A missing bound is open or unknown: it is not made up."""
    assert dict(bounds(qualifiers, event=event)) == expected


def _days(value: str) -> list[str]:
    """Every day of a year, a month or a day."""
    first, last = date.fromisoformat(earliest(value)), date.fromisoformat(latest(value))
    return [str(first + timedelta(days=n)) for n in range((last - first).days + 1)]


def _edges(values: list[str]) -> set[str]:
    """Days at which one of them begins or ends: at no other can a bound lie."""
    return {edge(value) for value in values for edge in (earliest, latest)}


_STATED = st.dates(date(1999, 1, 1), date(2001, 12, 31)).flatmap(lambda day: st.sampled_from([f"{day:%Y}", f"{day:%Y-%m}", str(day)]))


@given(begins=st.none() | _STATED, at=st.none() | _STATED, ends=st.none() | _STATED)
def test_bounds_are_what_every_possible_span_has_in_common(begins: str | None, at: str | None, ends: str | None) -> None:
    """Counted out: of all spans that fit what is stated, the first and the last beginning, the first and the last end."""
    stated = [value for value in (begins, at, ends) if value is not None]
    edges = _edges(stated)
    spans = [
        (first, last)
        for first, last in product(edges, edges)
        if first <= last
        and (begins is None or first in _days(begins))
        and (ends is None or last in _days(ends))
        and (at is None or (first <= latest(at) and earliest(at) <= last))
    ]
    found = dict(bounds(Qualifiers(from_=begins, to=ends, valid_at=at), event=False))
    if not spans:  # what is stated cannot be true of one span
        assert found == {} or found == dict(bounds(Qualifiers(from_=begins, to=ends), event=False))
        return
    assert found["fromLatest"] == max(first for first, _ in spans)
    assert found["toEarliest"] == min(last for _, last in spans)
    assert found.get("fromEarliest") == (min(first for first, _ in spans) if begins else None)
    assert found.get("toLatest") == (max(last for _, last in spans) if ends else None)
