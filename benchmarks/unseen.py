"""What to expect of a text never seen, as far as texts that were seen can tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from benchmarks.gold import Judged, Rule
from csto_graph.model import Statement
from csto_graph.pipeline import SourceRead

DEFINITION = (
    "leave one text out: a text is scored with only those rules (lexicon entry and predicate) that read something right "
    "in at least one other text of dev, seed or tuning"
)


def without_own_rules(
    folder: str, readings: Mapping[str, SourceRead], judgements: Iterable[Judged]
) -> dict[str, tuple[Statement, ...]]:
    """The statements of each text that a rule read which is right somewhere else."""
    right_in: dict[Rule, set[str]] = {}
    for judgement in judgements:
        if judgement.right:
            right_in.setdefault(judgement.rule, set()).add(judgement.text)
    return {
        stem: tuple(
            statement
            for statement in read.statements
            if right_in.get((statement.extraction.rule, statement.extraction.predicate), set()) - {f"{folder}/{stem}"}
        )
        for stem, read in readings.items()
    }


def first_readings(judgements: Iterable[Judged]) -> tuple[int, int]:
    """(right, read) of the rules that read in one text only: how a rule does where it is met for the first time."""
    kept = [judgement for judgement in judgements if judgement.right is not None]
    texts: dict[Rule, set[str]] = {}
    for judgement in kept:
        texts.setdefault(judgement.rule, set()).add(judgement.text)
    first = [judgement for judgement in kept if len(texts[judgement.rule]) == 1]
    return sum(bool(judgement.right) for judgement in first), len(first)
