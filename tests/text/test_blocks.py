"""Blocks: headings, bullets and wrapped paragraphs, with the offsets of the stored text."""

from __future__ import annotations

from pathlib import Path

import pytest

from csto_graph.model import PassageKind, Source
from csto_graph.text.blocks import blocks

S, H, M = PassageKind.SENTENCE, PassageKind.HEADING, PassageKind.METADATA
T, F = PassageKind.TABLE, PassageKind.FOREIGN
CASES = [
    ("A heading\nA sentence follows here.", [(H, "A heading"), (S, "A sentence follows here.")]),
    ("-\nFirst point is made.\n-\nSecond point is made.", [(S, "First point is made."), (S, "Second point is made.")]),
    ("* A bullet says this.\n1. A number says that.", [(S, "A bullet says this."), (S, "A number says that.")]),
    ("Date: 10 January 2022\nText goes on.", [(M, "Date: 10 January 2022"), (S, "Text goes on.")]),
    ("The sentence is broken\nin two lines.", [(S, "The sentence is broken\nin two lines.")]),
    ("One paragraph.\n\nAnother one.", [(S, "One paragraph."), (S, "Another one.")]),
    ("Windows ends lines.\r\nLike this.", [(S, "Windows ends lines."), (S, "Like this.")]),
    ("  \n\n  ", []),
    ("A note ends it.[3]\nSo does this. 🙂", [(S, "A note ends it.[3]"), (S, "So does this. 🙂")]),
    ("> A quotation is made.\f- A bullet follows.", [(S, "A quotation is made."), (S, "A bullet follows.")]),
    ("The sentence is broken\rin two lines.", [(S, "The sentence is broken\rin two lines.")]),
    ("State\tYear\nAlbania\tjoined in 2009.", [(T, "State\tYear"), (T, "Albania\tjoined in 2009.")]),
    ("| Albania | joined in 2009. |", [(T, "| Albania | joined in 2009. |")]),
    ("Albania    joined    in 2009.", [(T, "Albania    joined    in 2009.")]),
    ("It joined the bloc.   It then left the bloc again after a year.", [(S, "It joined the bloc.   It then left the bloc again after a year.")]),
    ("Le bloc a été fondé par les six états.\nIt was founded.", [(F, "Le bloc a été fondé par les six états."), (S, "It was founded.")]),
    ("Россия вступила в блок.", [(F, "Россия вступила в блок.")]),
    ("俄罗斯加入了集团。Yes.", [(F, "俄罗斯加入了集团。Yes.")]),
    ("Albania, Belgium and Canada.", [(S, "Albania, Belgium and Canada.")]),
    ("Finland joined.", [(S, "Finland joined.")]),
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
