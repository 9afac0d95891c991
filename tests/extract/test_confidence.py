"""A confidence is what was measured: lower bounds as published, factors never above one, nothing where nothing was seen."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from csto_graph import resources
from csto_graph.errors import RefusedData
from csto_graph.extract.confidence import Confidence, factor, load_confidence, lower_bound
from csto_graph.extract.language import load
from csto_graph.extract.repairs import repairs
from csto_graph.model import Evidence, Extraction, Mention, Status
from tests.extract.reading import read

# R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), 857-872, table I,
# method 3 (score, no continuity correction), 95 %.
PUBLISHED = [(81, 263, "0.2553"), (15, 148, "0.0624"), (0, 20, "0.0000"), (1, 29, "0.0061")]


@pytest.mark.parametrize(("right", "read_", "bound"), PUBLISHED)
def test_the_lower_bound_is_wilsons(right: int, read_: int, bound: str) -> None:
    """As in the table of a paper that compares the methods."""
    assert abs(lower_bound(right, read_) - Decimal(bound)) <= Decimal("0.0001")


def test_more_readings_make_a_rule_surer() -> None:
    """One of one is little, a hundred of a hundred is much, and never certain."""
    assert lower_bound(1, 1) < lower_bound(10, 10) < lower_bound(100, 100) < 1


FACTORS = [
    ((9, 10, 10, 10), "0.9000"),
    ((10, 10, 9, 10), "1.0000"),  # never above 1
    ((0, 0, 9, 10), None),  # never seen
    ((1, 2, 0, 0), None),
    ((1, 2, 0, 3), None),
]


@pytest.mark.parametrize(("counts", "expected"), FACTORS)
def test_a_factor_compares_precisions(counts: tuple[int, int, int, int], expected: str | None) -> None:
    """The precision with a circumstance over the one without it."""
    assert factor(*counts) == (None if expected is None else Decimal(expected))


STATE = Mention(0, 1, "A", "A", "State", "https://w3id.org/csto-graph/id/state/a")
PLAIN = Extraction("joined", STATE, STATE, Status.ASSERTED, "join_v", Evidence("s", 0, 1, "A"))
MEASURED = Confidence({("join_v", "joined"): Decimal("0.8000")}, {"repaired": None, "resolved": Decimal("0.5000")})
NUMBERS = [
    (PLAIN, "0.80"),
    (replace(PLAIN, subject=replace(STATE, resolved=True)), "0.40"),
    (replace(PLAIN, object=replace(STATE, resolved=True)), "0.40"),
    (replace(PLAIN, repaired=True), None),  # what repairs cost was never measured
    (replace(PLAIN, predicate="contributedTo"), None),  # another reading of the same entry
    (replace(PLAIN, rule="enter_v"), None),
]


@pytest.mark.parametrize(("extraction", "expected"), NUMBERS)
def test_no_number_is_invented(extraction: Extraction, expected: str | None) -> None:
    """A rule has its own number or none; a circumstance reduces it, and takes it away where it was never measured."""
    assert MEASURED.of(extraction) == (None if expected is None else Decimal(expected))


def test_what_was_measured_is_there() -> None:
    """Rules with their bounds, and a factor for each circumstance."""
    measured = load_confidence(resources.root() / "data" / "confidence")
    assert measured.bounds and all(0 <= bound < 1 for bound in measured.bounds.values())
    assert set(measured.factors) == {"repaired", "resolved"}


WRONG = ["join_v\tjoined\t3\t2\t0.5000", "join_v\tjoined\t2\t3\t0.9900", "join_v\tjoined\t-1\t3\t0.0000", "join_v\tjoined\t0\t0\t0.0000"]


@pytest.mark.parametrize("row", WRONG)
def test_a_number_that_was_not_measured_is_refused(tmp_path: Path, row: str) -> None:
    """A row whose bound does not follow from its counts is named with its line."""
    (tmp_path / "rules.tsv").write_text(f"rule\tpredicate\tright\tread\tlower_bound\n{row}\n")
    with pytest.raises(RefusedData, match=r"rules\.tsv:2: this row is not what was measured"):
        load_confidence(tmp_path)


REPAIRED = [
    ("In addition to Russia and Belarus, Tajikistan and Armenia also agreed to help.", "agreed", ("fronted list",)),
    ("Russia and Belarus agreed to help.", "agreed", ()),
    ("A protest demanding regime change began.", "demanding", ("reduced relative",)),
    ("A protest that demanded a new regime began.", "demanded", ()),
]


@pytest.mark.parametrize(("text", "word", "names"), REPAIRED)
def test_a_repair_has_its_name(text: str, word: str, names: tuple[str, ...]) -> None:
    """Which repair was at work at a word, if one was."""
    (token,) = [token for token in load()(text) if token.text == word]
    assert repairs(token) == names


def test_a_resolved_reference_is_told() -> None:
    """A name that stands there is not resolved, a pronoun is."""
    told = {e.predicate: e.resolved for e in read("The CSTO has six members. It was founded in 2002.")}
    assert told == {"memberCount": False, "foundedOn": True}
