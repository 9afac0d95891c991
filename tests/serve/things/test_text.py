"""A text cut into runs: marks overlap, elements do not."""

from __future__ import annotations

import pytest

from csto_graph.serve.pages import Cell
from csto_graph.serve.things.text import Run, Span, named_in, runs

TEXT = "Armenia 🇦🇲 left the CSTO."
NAMES = {"Armenia": Cell("Armenia"), "CSTO": Cell("CSTO"), "the CSTO": Cell("the organisation")}


@pytest.mark.parametrize(
    "spans",
    [
        {},
        {1: Span(0, 25)},
        {1: Span(0, 10), 2: Span(5, 15)},
        {1: Span(0, 20), 2: Span(3, 9), 3: Span(3, 9)},
        {1: Span(-5, 3), 2: Span(20, 99)},
        {1: Span(7, 7)},
    ],
)
def test_the_runs_together_are_the_text(spans: dict[int, Span]) -> None:
    """Whatever the marks, no character is lost or doubled, and each run lies in the same marks from end to end."""
    found = runs(TEXT, spans, named_in(TEXT, NAMES))
    assert "".join(run.text for run in found) == TEXT and all(run.text for run in found)
    at = 0
    for run in found:
        inside = {number for number, span in spans.items() if span.start <= at and at + len(run.text) <= span.end}
        assert set(run.statements) == inside
        at += len(run.text)


def test_overlapping_statements_each_have_their_end() -> None:
    """The number of a statement stands where its words end, once."""
    assert runs("abcdef", {1: Span(0, 4), 2: Span(2, 6)}) == [
        Run("ab", None, (1,), ()),
        Run("cd", None, (1, 2), (1,)),
        Run("ef", None, (2,), (2,)),
    ]


def test_offsets_are_code_points() -> None:
    """A flag is two of them, and four units of UTF-16."""
    assert [run.text for run in runs(TEXT, {1: Span(8, 10)})] == ["Armenia ", "🇦🇲", " left the CSTO."]


def test_the_longer_name_is_found_and_parts_of_words_are_not() -> None:
    """No name inside a word, none inside another's place."""
    assert [(span, cell.text) for span, cell in named_in(TEXT, NAMES)] == [(Span(0, 7), "Armenia"), (Span(16, 24), "the organisation")]
    assert named_in("Armenian", NAMES) == [] and named_in("x", {}) == []
