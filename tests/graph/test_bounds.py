"""The four derived bounds: when something certainly and when it possibly began and ended."""

from __future__ import annotations

import pytest

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
    (Qualifiers(from_="1992"), False, {"fromEarliest": "1992-01-01", "fromLatest": "1992-12-31"}),
    (Qualifiers(to="1999-04-02"), False, {"toEarliest": "1999-04-02", "toLatest": "1999-04-02"}),
    (Qualifiers(), False, {}),
    (Qualifiers(from_="1999", to="1995-06"), False, {}),  # a text that cannot be meant so
    # an event falls within its time
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
