"""The parse as plain Python says what spaCy says."""

from __future__ import annotations

import pytest

from csto_graph.extract.language import load
from csto_graph.extract.tree import Span, Token, tree

TEXTS = [
    "In 2002 the treaty became an organisation, which Russia and Belarus had joined. It has six members!",
    "The force that Chad asked for, including troops from Niger, left on 4 May 1994; nobody knew why.",
    "  Headquarters:\n\nMoscow ",
]
ATTRIBUTES = (
    "i", "idx", "text", "whitespace_", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_",
    "is_alpha", "is_punct", "is_space", "like_num", "is_sent_start",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_each_word_has_its_attributes(text: str) -> None:
    """What spaCy says of a word, under the same names."""
    for token, known in zip(tree(load()(text)), load()(text), strict=True):
        assert [getattr(token, name) for name in ATTRIBUTES] == [getattr(known, name) for name in ATTRIBUTES]


@pytest.mark.parametrize("text", TEXTS)
def test_words_are_linked_as_they_were_parsed(text: str) -> None:
    """Heads, children, subtrees and sentences, in the order of spaCy."""
    for token, known in zip(tree(load()(text)), load()(text), strict=True):
        for words in ("children", "subtree", "ancestors"):
            assert [word.i for word in getattr(token, words)] == [word.i for word in getattr(known, words)]
        for word in ("head", "left_edge", "right_edge"):
            assert getattr(token, word).i == getattr(known, word).i
        assert (token.sent.start, token.sent.end, token.sent.text) == (known.sent.start, known.sent.end, known.sent.text)


@pytest.mark.parametrize("text", TEXTS)
def test_a_span_has_its_root_and_its_words(text: str) -> None:
    """Every stretch of a text has the root that spaCy gives it; a full stop is no root beside a word."""
    doc = load()(text)
    tokens = tree(doc)
    for start in range(len(doc)):
        for end in range(start + 1, len(doc) + 1):
            span, known = Span(tokens[start:end]), doc[start:end]
            assert (span.root.i, span.text) == (known.root.i, known.text)
            assert Span(tokens).covering(known.start_char, known.end_char) == span


def test_half_a_word_is_covered_whole() -> None:
    """The characters of a date may end within a word; where there are none there is no word."""
    words = _words("Chad left in 1994.")
    assert [token.text for token in Span(words).covering(2, 8)] == ["Chad", "left"]
    assert not Span(words).covering(4, 5)


def test_a_word_is_hung_on_another() -> None:
    """It leaves the children of the one and takes its place among those of the other."""
    chad, left, in_, year, stop = _words("Chad left in 1994.")
    year.hang(left)
    assert not in_.children
    assert list(left.children) == [chad, in_, year, stop]
    assert year.head is left


def test_there_is_nothing_before_the_first_word() -> None:
    """A neighbour is never counted from the other end."""
    first, second, *_, last = _words("Chad left in 1994.")
    assert first.nbor() is second
    for token, distance in ((first, -1), (last, 1)):
        with pytest.raises(IndexError):
            token.nbor(distance)


def _words(text: str) -> list[Token]:
    return list(tree(load()(text)))
