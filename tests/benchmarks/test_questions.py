"""The table of the competency questions; nothing here is timed."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from benchmarks.questions import HEADINGS, Alone, alone, markdown, row
from benchmarks.service.load import Seen

SERVED = Seen(rate=10, p50=0.02, p99=0.03, count=10, bytes=1, others={}, processor=0.004)


def test_a_question_is_answered_and_its_rows_counted() -> None:
    """All of them, however often it was put."""
    store = ox.Store()
    store.extend(ox.Quad(ox.NamedNode(f"x:{n}"), ox.NamedNode("x:p"), ox.Literal(n)) for n in range(3))
    assert alone(store, "SELECT ?s { ?s ?p ?o }", 2).rows == 3


@pytest.mark.parametrize(
    ("seconds", "p50", "others", "reached"),
    [(0.05, 0.02, {}, "yes"), (0.15, 0.02, {}, "no"), (0.05, 0.15, {}, "no"), (0.05, 0.02, {"503": 3}, "no")],
)
def test_the_target_is_reached_both_ways_or_not_at_all(seconds: float, p50: float, others: dict[str, int], reached: str) -> None:
    """A refusal is no answer, however quick."""
    served = Seen(rate=10, p50=p50, p99=p50, count=10, bytes=1, others=others)
    assert row("who", Alone(3, seconds, 0.01), served)[-1] == reached


def test_the_table_has_a_line_for_each_question() -> None:
    """With its rows and its times of both kinds."""
    table = markdown([row("who", Alone(1_234, 0.05, 0.01), SERVED)]).splitlines()
    assert len(table) == 3
    assert table[2] == "| who | 1,234 | 50.0 ms | 10.0 ms | 20.0 ms | 4.0 ms | under 100.0 ms | yes |"
    assert table[0].count("|") == len(HEADINGS) + 1
