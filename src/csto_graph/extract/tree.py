"""The parse as plain Python, under the names that spaCy gives its parts: asked of spaCy once, then read by every rule.

A question to spaCy builds objects and looks strings up each time; the rules ask some hundred questions of every word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter

from spacy import tokens as parsed


@dataclass(slots=True, eq=False, repr=False)
class Token:
    """A word of a parsed document, the `i`-th of `doc`; its text begins at character `idx`. Nothing changes it after `tree`."""

    doc: Sequence[Token]
    i: int
    idx: int
    text: str
    whitespace_: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    ent_type_: str
    is_alpha: bool
    is_punct: bool
    is_space: bool
    like_num: bool
    is_sent_start: bool | None
    head: Token = field(init=False)
    children: Sequence[Token] = field(init=False)  # in the order of the text
    sent: Span = field(init=False)

    def __repr__(self) -> str:
        return self.text

    @property
    def subtree(self) -> Sequence[Token]:
        """The word and all that hangs below it: what hangs before it, itself, what hangs behind it."""
        found: list[Token] = []
        waiting: list[tuple[Token, bool]] = [(self, False)]
        while waiting:  # a list may be of thousands of names, each hung on the one before
            token, opened = waiting.pop()
            if opened or not token.children:
                found.append(token)
                continue
            below = [(child, False) for child in token.children]
            before = sum(child.i < token.i for child in token.children)
            below.insert(before, (token, True))
            waiting.extend(reversed(below))
        return found

    @property
    def ancestors(self) -> Iterator[Token]:
        """The words above, the nearest first."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    @property
    def left_edge(self) -> Token:
        """The first word of the subtree in the text."""
        return min(self._below(), key=_place)

    @property
    def right_edge(self) -> Token:
        """The last word of the subtree in the text."""
        return max(self._below(), key=_place)

    def _below(self) -> list[Token]:
        found = [self]
        for token in found:  # grows on the way
            found.extend(token.children)
        return found

    def hang(self, head: Token) -> None:
        """Puts the word below another one."""
        self.head.children = tuple(child for child in self.head.children if child is not self)
        self.head = head
        head.children = tuple(sorted((*head.children, self), key=_place))

    def is_ancestor(self, descendant: Token) -> bool:
        """Whether this word is above the other one."""
        return any(token is self for token in descendant.ancestors)

    def nbor(self, distance: int = 1) -> Token:
        """The word so many places further on; `IndexError` where there is none."""
        if self.i + distance < 0:
            raise IndexError(self.i + distance)
        return self.doc[self.i + distance]


class Span(tuple[Token, ...]):
    """Neighbouring words of a document, at least one."""

    __slots__ = ()

    @property
    def doc(self) -> Sequence[Token]:
        return self[0].doc

    @property
    def start(self) -> int:
        """The index of its first word."""
        return self[0].i

    @property
    def end(self) -> int:
        """The index after its last word."""
        return self[-1].i + 1

    @property
    def text(self) -> str:
        """Its characters, without the space behind it."""
        return "".join(token.text + token.whitespace_ for token in self[:-1]) + self[-1].text

    @property
    def root(self) -> Token:
        """The word that the others hang on: a root of the parse, else of those hung outside the one nearest to a root."""
        within = range(self.start, self.end)
        top = next((token for token in self if token.head is token), None)
        return top or min((token for token in self if token.head.i not in within), key=_depth)

    def covering(self, start: int, end: int) -> Span:
        """The words that the characters `start:end` of its text touch."""
        start, end = start + self[0].idx, end + self[0].idx
        return Span(token for token in self if token.idx < end and start < token.idx + len(token.text))


_place = attrgetter("i")
_asked = attrgetter(*(each.name for each in fields(Token) if each.init and each.name != "doc"))


def _depth(token: Token) -> tuple[bool, int]:
    """How far from a root; a full stop or a space heads nothing where there is another word."""
    return (token.is_punct or token.is_space) and not token.children, sum(1 for _ in token.ancestors)


def tree(doc: parsed.Doc) -> Sequence[Token]:
    """The words of a parsed document, linked with one another."""
    tokens: list[Token] = []
    tokens.extend(Token(tokens, *_asked(known)) for known in doc)
    below: list[list[Token]] = [[] for _ in tokens]
    for token, distance in zip(tokens, doc.to_array("HEAD").astype("int64").tolist(), strict=True):
        token.head = tokens[token.i + distance]
        if distance:
            below[token.head.i].append(token)
    for token, children in zip(tokens, below, strict=True):
        token.children = tuple(children)
    for known_sentence in doc.sents:
        sentence = Span(tokens[known_sentence.start : known_sentence.end])
        for token in sentence:
            token.sent = sentence
    return tokens
