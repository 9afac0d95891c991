"""Which sentences relate known things, and which of the words that do so have no entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from csto_graph.extract.coverage import Covered, Understanding
from csto_graph.model import Source
from csto_graph.text.blocks import blocks
from tests.extract.reading import reader

UNDERSTOOD, OUT, NOT = Understanding.UNDERSTOOD, Understanding.OUT_OF_SCOPE, Understanding.NOT_UNDERSTOOD


def _covered(text: str) -> list[Covered]:
    source = Source("sample", "sample", text, Path("sample.txt"))
    return list(reader().coverage(source, blocks(source)))


SENTENCES = [
    ("Armenia is a member of the CSTO.", UNDERSTOOD, ""),
    ("Russia pampers Belarus.", NOT, "pamper"),
    ("Belarus was pampered by Russia.", NOT, "pamper"),
    ("Russia wanted to pamper Belarus.", NOT, "pamper"),
    ("Russia, which pampers Belarus, is large.", NOT, "pamper"),
    ("Russia pampered the troops.", NOT, "pamper"),
    ("Russia's mollification of Belarus failed.", NOT, "mollification"),
    ("The mollification of Belarus by Russia failed.", NOT, "mollification"),
    ("Armenia joined the CSTO, and it flattered Belarus and Russia.", UNDERSTOOD, "flatter"),
    # nothing relates two known things
    ("Russia pampers its farmers.", OUT, ""),
    ("The farmers pampered the soldiers.", OUT, ""),
    ("The soup was warm.", OUT, ""),
    ("Russia and Belarus are large.", OUT, ""),
    ("The mollification of the farmers failed.", OUT, ""),
    ("Russia stood still while Belarus slept.", OUT, ""),
]


@pytest.mark.parametrize(("text", "understanding", "unknown"), SENTENCES, ids=[text for text, *_ in SENTENCES])
def test_a_sentence_is_understood_out_of_scope_or_not_understood(text: str, understanding: Understanding, unknown: str) -> None:
    """In scope is what relates a known actor to something else that a statement can speak of."""
    (found,) = _covered(text)
    assert (found.understanding, " ".join(trigger.lemma for trigger in found.unknown)) == (understanding, unknown)


def test_a_word_with_an_entry_is_not_unknown() -> None:
    """What the lexicon knows and could not read is listed apart, a phrase only with its fixed words."""
    (found,) = _covered("Russia did not invade and pampered Belarus, which it would not invade.")
    assert "invade" not in {trigger.lemma for trigger in found.unknown}
    (took,) = _covered("Russia took Belarus.")
    assert [trigger.lemma for trigger in took.unknown] == ["take"]


def test_headings_are_no_sentences() -> None:
    """A heading states nothing, so nothing of it is missed."""
    assert [found.passage.text for found in _covered("Russia pampers Belarus\n\nThe soup was warm.")] == ["The soup was warm."]
