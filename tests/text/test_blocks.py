"""Blocks: headings, bullets and wrapped paragraphs, with the offsets of the stored text."""

from __future__ import annotations

from pathlib import Path

import pytest

from csto_graph.model import PassageKind, Source
from csto_graph.text.blocks import blocks

S, H, M = PassageKind.SENTENCE, PassageKind.HEADING, PassageKind.METADATA
CASES = [
    ("A heading\nA sentence follows here.", [(H, "A heading"), (S, "A sentence follows here.")]),
    ("-\nFirst point is made.\n-\nSecond point is made.", [(S, "First point is made."), (S, "Second point is made.")]),
    ("* A bullet says this.\n1. A number says that.", [(S, "A bullet says this."), (S, "A number says that.")]),
    ("Date: 10 January 2022\nText goes on.", [(M, "Date: 10 January 2022"), (S, "Text goes on.")]),
    ("The sentence is broken\nin two lines.", [(S, "The sentence is broken\nin two lines.")]),
    ("One paragraph.\n\nAnother one.", [(S, "One paragraph."), (S, "Another one.")]),
    ("Windows ends lines.\r\nLike this.", [(S, "Windows ends lines."), (S, "Like this.")]),
    ("  \n\n  ", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_blocks_have_their_kind_and_their_words(text: str, expected: list[tuple[PassageKind, str]]) -> None:
    """Each block is cut where the line says, and its offsets give its words."""
    found = blocks(Source("x", "x", text, Path("x")))
    assert [(block.kind, block.text) for block in found] == expected
    assert all(text[block.start : block.end] == block.text for block in found)


@pytest.mark.parametrize("text", ["One sentence of many. " * 5000, "word " * 20_000, "x" * 100_000, "a " + "y" * 60_000 + " b. " * 9000])
def test_a_line_of_any_length_is_cut_into_blocks_that_hold_all_of_it(text: str) -> None:
    """Nothing is lost but the blanks between blocks, and no block is longer than a parser takes."""
    found = blocks(Source("x", "x", text, Path("x")))
    assert len(found) > 1
    assert max(len(block.text) for block in found) <= 5_000
    assert "".join(block.text for block in found).replace(" ", "") == text.replace(" ", "")
    assert all(text[block.start : block.end] == block.text for block in found)
