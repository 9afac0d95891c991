"""What the benchmark counts, on judgements made up for it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from benchmarks.confidence import countable, factor_lines, rule_lines
from benchmarks.gold import Judged
from benchmarks.unseen import first_readings, without_own_rules
from csto_graph.extract.confidence import lower_bound
from csto_graph.model import Evidence, Extraction, Mention, Source, Statement, Status
from csto_graph.pipeline import SourceRead


def _statement(rule: str, subject: str = "a", *, repaired: bool = False) -> Statement:
    state = Mention(0, 1, "A", "A", "State", f"https://w3id.org/csto-graph/id/state/{subject}")
    extraction = Extraction("joined", state, None, Status.ASSERTED, rule, Evidence("s", 0, 1, "A"), repaired=repaired)
    return Statement("https://w3id.org/csto-graph/id/statement/s", extraction)


def _judged(text: str, rule: str, right: bool | None, subject: str = "a", *, repaired: bool = False) -> Judged:
    return Judged(text, (rule, "joined"), _statement(rule, subject, repaired=repaired), right, False)


def test_a_text_is_left_out_with_the_rules_that_are_right_nowhere_else() -> None:
    """What reads right in another text stays; what does so here alone, or elsewhere wrongly, goes."""
    readings = {"one": SourceRead(Source("one", "One", "A", Path("one.txt")), (), tuple(map(_statement, "xyz")), ())}
    judgements = [_judged("dev/one", "x", True), _judged("dev/one", "y", True), _judged("seed/two", "y", True), _judged("seed/two", "z", False)]
    kept = without_own_rules("dev", readings, judgements)
    assert [statement.extraction.rule for statement in kept["one"]] == ["y"]


def test_a_rule_of_one_text_is_met_for_the_first_time() -> None:
    """Right and read of the rules that read in one text only; what gold counts neither way is not counted."""
    judgements = [_judged("a", "x", True), _judged("a", "x", False), _judged("b", "x", None), _judged("a", "y", True), _judged("b", "y", True)]
    assert first_readings(judgements) == (1, 2)


def test_rules_are_counted_once_a_text_and_sorted() -> None:
    """A repeated statement counts once in a text; optional facts and what gold lists by chance not at all."""
    judgements = [
        _judged("a", "y", True), _judged("a", "y", True), _judged("b", "y", False), _judged("a", "x", True), _judged("a", "x", None, "b"),
        Judged("a", ("z", "signedOn"), _statement("z"), True, True),
    ]  # fmt: skip
    _, *lines = rule_lines(countable(judgements))
    assert lines == [f"x\tjoined\t1\t1\t{lower_bound(1, 1)}", f"y\tjoined\t1\t2\t{lower_bound(1, 2)}"]


def test_factors_compare_statements_with_and_without() -> None:
    """Half as often right with a repair: a factor of a half; no reference was resolved: no factor."""
    judgements = [_judged("a", "x", True, repaired=True), _judged("a", "x", False, "b", repaired=True), _judged("a", "x", True, "c")]
    _, repaired, resolved = factor_lines(judgements)
    assert repaired == f"repaired\t1\t2\t1\t1\t{Decimal('0.5000')}"
    assert resolved == "resolved\t0\t0\t2\t3\t"
