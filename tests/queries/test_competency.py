"""The competency questions on the built graph: each has its question in English and the answer it must give."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from csto_graph import resources
from tests.queries.answers import EXPECTED, QUERIES, answer


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_question_has_its_committed_answer(path: Path, store: ox.Store) -> None:
    """The answer, as CSV, is the one committed for it, and it is not empty."""
    found = answer(store, path)
    assert found == (EXPECTED / f"{path.stem}.csv").read_text(encoding="utf-8")
    assert found.count("\n") > 1


def test_every_question_is_asked_in_english_and_answered() -> None:
    """At least 25 questions, each beginning with its summary; no expected answer without its question."""
    assert len(QUERIES) >= 25
    for path in QUERIES:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("#+ summary: ")
        assert first.endswith("?")
    assert {path.stem for path in QUERIES} == {path.stem for path in EXPECTED.glob("*.csv")}


def test_nothing_in_the_default_graph_is_without_support(store: ox.Store) -> None:
    """The query that shows what stands behind the triples leaves none without support, and counts together at least all."""
    query = resources.root() / "queries" / "competency" / "what-stands-behind-the-default-graph.rq"
    solutions = store.query(query.read_text(encoding="utf-8"))
    assert isinstance(solutions, ox.QuerySolutions)
    counts = {one["support"].value: int(one["triples"].value) for one in solutions}
    total = sum(1 for _ in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    assert "NOTHING" not in counts
    assert sum(counts.values()) >= total
