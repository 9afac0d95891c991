"""Events that have a name of their own are dated by what is stated of them."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest

from csto_graph.graph.occasions import dating, event_bounds
from csto_graph.model import Evidence, Extraction, Mention, Qualifiers, Status, Value
from csto_graph.namespaces import CST, ID

EVENT = Mention(0, 1, "E", "E", "Exercise", f"{ID}event/e")
STATE = Mention(4, 5, "S", "S", "State", f"{ID}state/s")


def _said(predicate: str, subject: Mention, object_: Mention | Value, **when: str) -> Extraction:
    return Extraction(predicate, subject, object_, Status.ASSERTED, "rule", Evidence("s", 0, 5, "E S"), Qualifiers(**when))  # type: ignore[arg-type]  # times alone


def _place(**when: str) -> Extraction:
    return _said("tookPlaceIn", EVENT, STATE, **when)


def _own(name: str, value: str) -> Extraction:
    return _said(name, EVENT, Value(value, "xsd:date"))


CASES = [
    ("a place and a day", [_place(time="2022-01-06")], ("2022-01-06", "2022-01-06", "2022-01-06", "2022-01-06")),
    ("a start alone", [_place(from_="2022-01-06")], ("2022-01-06", "2022-01-06", "2022-01-06", None)),
    ("a start and an end of their own", [_own("from", "2022-01-06"), _own("to", "2022-01-19")], ("2022-01-06", "2022-01-06", "2022-01-19", "2022-01-19")),
    ("a month, and a day in it", [_own("time", "2022-01"), _place(time="2022-01-06")], ("2022-01-06", "2022-01-06", "2022-01-06", "2022-01-06")),
    ("two days that exclude one another", [_place(time="2009-02-04"), _place(time="2009-02-24")], ("2009-02-04", None, None, "2009-02-24")),
    ("an exercise", [_said("conductedExercise", STATE, EVENT, time="2010")], ("2010-01-01", "2010-12-31", "2010-01-01", "2010-12-31")),
    ("who came to it, and when", [_said("contributedTo", STATE, EVENT, time="2010")], (None, None, None, None)),
    ("no time", [_place()], (None, None, None, None)),
]  # fmt: skip


@pytest.mark.parametrize(("said", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_an_event_is_dated_by_what_is_stated_of_it(said: list[Extraction], expected: tuple[str | None, ...]) -> None:
    """Times are joined where one span fits them all; else nothing is certain but that the event lies between them."""
    names = ("fromEarliest", "fromLatest", "toEarliest", "toLatest")
    found = {(str(t.subject.value), str(t.predicate.value)): t.object.value for t in event_bounds(said)}
    assert found == {(EVENT.iri, f"{CST}{name}"): day for name, day in zip(names, expected, strict=True) if day is not None}


def test_an_event_leads_to_the_statements_that_date_it() -> None:
    """Those of its own time alone, and only what is asserted."""
    statement = ox.NamedNode(f"{ID}statement/s")
    (way,) = dating(_place(time="2022-01-06"), statement)
    assert (way.subject.value, way.object) == (EVENT.iri, statement)  # type: ignore[union-attr]  # no triple term
    planned = replace(_place(time="2022-01-06"), status=Status.PLANNED)
    beside = _said("contributedTo", STATE, EVENT, time="2010")
    assert not [found for each in (planned, beside, _place()) for found in dating(each, statement)]
