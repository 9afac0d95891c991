"""The table of failures is about the suites that lie here."""

from __future__ import annotations

import pytest

from csto_graph.tsv import rows
from tests.w3c.failures import HEADER, TABLE
from tests.w3c.suite import entries

NAMES = [entry.name for suite in ("query", "results", "fed", "update") for entry in entries(suite)]


@pytest.mark.skipif(not NAMES, reason="the W3C suites do not lie beside this clone")
def test_each_failure_is_that_of_an_entry() -> None:
    """No name is twice in the suites, none of the table is unknown to them, and each failure has somebody to whom it is due."""
    listed = [row.cells for row in rows(TABLE, HEADER)]
    assert len(NAMES) == len(set(NAMES)) == 505
    assert sorted(cells["test"] for cells in listed) == sorted({cells["test"] for cells in listed} & set(NAMES))
    assert {cells["who"] for cells in listed} == {"engine", "engine alone", "service"}
    assert all(cells["reason"] for cells in listed)
