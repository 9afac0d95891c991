"""Corrections of typos: the parser reads the corrected words, the evidence keeps the printed ones."""

from __future__ import annotations

import pytest

from csto_graph.extract.reading import read
from csto_graph.model import Correction, Passage, PassageKind

TEXT = "xx They held join-exercised today."
PASSAGE = Passage(0, 3, len(TEXT), TEXT[3:], PassageKind.SENTENCE)


def _correction(original: str, corrected: str) -> Correction:
    start = TEXT.index(original)
    return Correction(start, start + len(original), original, corrected)


@pytest.mark.parametrize("corrected", ["joint exercises", "joint", "joint military exercises of many"])
def test_words_around_a_correction_keep_their_offsets(corrected: str) -> None:
    """Whether it is longer or shorter: what stands before and after is where it was printed."""
    reading = read(PASSAGE, [_correction("join-exercised", corrected)])
    assert reading.text == f"They held {corrected} today."
    for word in ("They", "held", "today"):
        start, end = reading.original(reading.text.index(word), reading.text.index(word) + len(word))
        assert TEXT[start:end] == word
    start, end = reading.original(reading.text.index(corrected), reading.text.index(corrected) + len(corrected))
    assert TEXT[start:end] == "join-exercised"


def test_a_word_inside_a_correction_is_the_whole_typo() -> None:
    """Half a correction has no place of its own in the source."""
    reading = read(PASSAGE, [_correction("join-exercised", "joint exercises")])
    start = reading.text.index("exercises")
    assert TEXT[slice(*reading.original(start, start + len("exercises")))] == "join-exercised"


def test_a_correction_elsewhere_changes_nothing() -> None:
    """Only corrections that lie in the passage are applied."""
    assert read(PASSAGE, [Correction(0, 2, "xx", "yy")]).text == PASSAGE.text
