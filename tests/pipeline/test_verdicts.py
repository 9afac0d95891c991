"""The verdicts on the article (section 8 of the facts) against the disagreements that queries find, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from csto_graph.tsv import rows
from tests.conftest import ARTICLE

TABLE = [row.cells for row in rows(Path(__file__).parent / "verdicts.tsv", ("statement", "words", "queries", "reason"))]
# A verdict opens with its word.
_NOT_RIGHT = re.compile(r"(wrong|loose|half|mixe[sd]|partly|incomplete)\b")
_COUNTED = re.compile(r"right\b")

# The article's sentence, the query, and whether the other side is made of cited facts alone.
_FOUND = f"""
PREFIX cst: <https://w3id.org/csto-graph/ontology#>
PREFIX graph: <https://w3id.org/csto-graph/graph/>
SELECT DISTINCT ?text ?query ?disagreement WHERE {{
  GRAPH graph:disagreements {{
    ?disagreement a cst:Disagreement ; cst:query ?query ; ?side ?statement ; ?opposite ?other .
    VALUES (?side ?opposite) {{ (cst:oneSide cst:otherSide) (cst:otherSide cst:oneSide) }}
  }}
  GRAPH <https://w3id.org/csto-graph/graph/evidence/{ARTICLE}> {{ ?statement cst:statedIn ?sentence . ?sentence cst:text ?text }}
  GRAPH ?curated {{ ?other cst:sureness ?sureness }}
}}"""


@pytest.fixture(scope="module")
def facts(shared: Path) -> list[tuple[str, str]]:
    """Section 8: what the article says, and the verdict."""
    text = (shared / "reference" / "facts.md").read_text(encoding="utf-8")
    section = text.partition("## 8. ")[2].partition("\n## ")[0]
    lines = [line.strip("| ").split(" | ", 1) for line in section.splitlines() if line.startswith("| ")]
    return [(said, verdict.lower()) for said, verdict in (line for line in lines if len(line) == 2) if said not in ("statement", "---")]


@pytest.fixture(scope="module")
def found(store: ox.Store) -> dict[str, set[str]]:
    """By a row's words: the queries by which the sentence with those words disagrees with a cited fact."""
    solutions = list(_solutions(store))
    return {
        cells["words"]: {query for text, query in solutions if cells["words"] in text} for cells in TABLE
    }


def _solutions(store: ox.Store) -> Iterator[tuple[str, str]]:
    solutions = store.query(_FOUND)
    assert isinstance(solutions, ox.QuerySolutions)
    for solution in solutions:
        yield solution["text"].value, solution["query"].value


def test_the_table_has_every_statement_of_the_facts(facts: list[tuple[str, str]], article: Path) -> None:
    """In their order, each with words that stand in the article once."""
    assert [said[: len(cells["statement"])] for cells, (said, _) in zip(TABLE, facts, strict=True)] == [cells["statement"] for cells in TABLE]
    text = article.read_text(encoding="utf-8")
    assert [text.count(cells["words"]) for cells in TABLE] == [1] * len(TABLE)


@pytest.mark.parametrize("cells", TABLE, ids=[cells["statement"] for cells in TABLE])
def test_a_sentence_disagrees_by_the_queries_of_its_row(cells: dict[str, str], found: dict[str, set[str]]) -> None:
    """By these and no other: neither a miss nor a false alarm."""
    assert found[cells["words"]] == set(cells["queries"].split())


def test_what_is_right_raises_no_alarm_and_what_is_not_has_a_disagreement_or_a_reason(facts: list[tuple[str, str]]) -> None:
    """By the word with which the verdict opens."""
    right = [cells for cells, (_, verdict) in zip(TABLE, facts, strict=True) if _COUNTED.match(verdict)]
    assert [cells["queries"] for cells in right] == [""] * len(right)
    faulty = [cells for cells, (_, verdict) in zip(TABLE, facts, strict=True) if _NOT_RIGHT.match(verdict)]
    assert [cells["statement"] for cells in faulty if not cells["queries"] and not cells["reason"]] == []
    assert (len(right), len(faulty), sum(1 for cells in faulty if not cells["reason"])) == (6, 7, 5)


def test_the_default_graph_follows_the_cited_facts(store: ox.Store) -> None:
    """What the article says otherwise is left out, and what it says of the same things beside stays."""
    ask = "PREFIX cst: <https://w3id.org/csto-graph/ontology#> PREFIX id: <https://w3id.org/csto-graph/id/> ASK {{ {} }}"
    csto = "<https://w3id.org/csto-graph/id/organisation/csto>"
    assert not store.query(ask.format(f'{csto} cst:transformedInto "military alliance"'))
    assert store.query(ask.format(f"{csto} cst:transformedOn ?when"))
    assert not store.query(ask.format("?force cst:reviewed false . ?organisation cst:establishedForce ?force"))
    assert store.query(ask.format("?force cst:reviewed false ; cst:personnelCount 20000"))
    assert not store.query(ask.format("?group cst:number 5 ; cst:partyTo ?treaty"))
    assert store.query(ask.format("<https://w3id.org/csto-graph/id/state/russia> cst:partyTo ?treaty"))
