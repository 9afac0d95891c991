"""The source article fact by fact: which statement represents each, and why a few are left out."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from csto_graph import pipeline, resources
from csto_graph.model import Extraction
from csto_graph.text.sources import read_source
from tests.extract.reading import end


class Row(NamedTuple):
    """A line of `seed_rows.tsv`."""

    number: int
    start: int
    stop: int
    expected: tuple[str, str, str, str]
    left_out: str


def _rows() -> Iterator[Row]:
    with Path(__file__).with_name("seed_rows.tsv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file, delimiter="\t"):
            expected = (line["predicate"], line["subject"], line["object"], line["status"])
            yield Row(int(line["row"]), int(line["start"]), int(line["end"]), expected, line["left out because"])


ROWS = tuple(_rows())
REPRESENTED = [row for row in ROWS if not row.left_out]


@pytest.fixture(scope="module")
def extractions() -> tuple[Extraction, ...]:
    source = read_source(resources.root() / "data" / "sources" / "csto-2022-01-10")
    return tuple(statement.extraction for statement in pipeline.read_declared(source).statements)


@pytest.mark.parametrize("row", REPRESENTED, ids=lambda row: str(row.number))
def test_a_fact_is_represented(row: Row, extractions: tuple[Extraction, ...]) -> None:
    """The statement is there, with its status, and its evidence meets the words of the row."""
    found = [e for e in extractions if (e.predicate, end(e.subject), end(e.object), e.status.value) == row.expected]
    assert found, f"no statement {row.expected}"
    assert any(e.evidence.start < row.stop and row.start < e.evidence.end for e in found)


def test_enough_facts_are_represented_and_every_other_has_its_reason() -> None:
    """At least 50 of the 59 rows of kind F, C and O; a row without a statement says why."""
    assert len(ROWS) == 59
    assert len(REPRESENTED) >= 50
    assert all(row.left_out or all(row.expected) for row in ROWS)


def test_the_table_is_that_of_the_shared_facts(shared: Path) -> None:
    """The rows are those of kind F, C and O of seed/facts.jsonl, with their offsets."""
    lines = (shared / "seed" / "facts.jsonl").read_text(encoding="utf-8").splitlines()
    facts = [fact for fact in map(json.loads, lines) if fact["kind"] in {"F", "C", "O"}]
    assert [(f["n"], f["start"], f["end"]) for f in facts] == [(row.number, row.start, row.stop) for row in ROWS]


