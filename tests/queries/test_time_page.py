"""The worked example of docs/time.md is what the built graph answers."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

from csto_graph import resources
from csto_graph.sparql.stored import bound

PAGE = (resources.root() / "docs" / "time.md").read_text(encoding="utf-8")
ROWS = [tuple(cell.strip() for cell in line.split("|")[1:6]) for line in PAGE.splitlines() if re.match(r"\| \d{4}-\d\d-\d\d ", line)]
MEMBERS = (resources.root() / "queries" / "competency" / "members-on-a-date.rq").read_text(encoding="utf-8")


@pytest.mark.parametrize("row", ROWS, ids=" ".join)
def test_the_example_is_what_the_graph_answers(row: tuple[str, ...], store: ox.Store) -> None:
    """Verdict, membership and suspension of the state on the day; who is not listed has none."""
    day, state, *expected = row
    solutions = store.query(bound(MEMBERS, {"day": day}))
    assert isinstance(solutions, ox.QuerySolutions)
    found = {one["name"].value: [one[name].value for name in ("verdict", "membership", "suspension")] for one in solutions}
    assert found.get(state, ["none"] * 3) == expected


def test_the_example_has_a_row_for_each_kind_of_verdict() -> None:
    """A table that was not found would prove nothing."""
    assert {row[2] for row in ROWS} == {"certain", "disputed", "possible", "suspended", "none"}
