"""A text as blocks: paragraphs, headings and lines of metadata, each with its offsets.

Lines come before sentences: a sentence splitter runs headings and list bullets into the sentences beside them.
A hard-wrapped paragraph (its lines end without a full stop and go on in the next line) is one block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from csto_graph.model import Passage, PassageKind, Source

_LINE = re.compile(r"[^\r\n]+")
_BULLET = re.compile(r"\s*(?:[-*•–—·]|\(?\d{1,3}[.)]|#{1,6})\s+|\s*[-*•–—·]\s*$")
_METADATA = re.compile(r"\s*(?:Date|Tags?|Source|Author|By|Published|Updated|Category|URL|Title)\s*:", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’)\]]*\s*$")
_LONGEST = 5_000  # characters of a block; a longer line is cut where a sentence or at least a word ends
_WRAPPED = 60  # a line shorter than this that does not end a sentence is not the line of a wrapped paragraph


def blocks(source: Source) -> tuple[Passage, ...]:
    """The blocks of a source in order; `paragraph` numbers them, bullets and surrounding blanks are left out."""
    spans = (piece for span in _spans(source.text) for piece in _pieces(source.text, *span))
    return tuple(
        Passage(number, start, end, source.text[start:end], _kind(source.text[start:end]), number)
        for number, (start, end) in enumerate(spans)
    )


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A span that a parser can take at once: a text without line breaks may be one line of megabytes."""
    while end - start > _LONGEST:
        limit = start + _LONGEST
        cut = max(text.rfind(". ", start, limit) + 1, 0) or text.rfind(" ", start, limit)
        cut = cut if cut > start else limit
        yield start, cut
        start = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
    if start < end:
        yield start, end


def _spans(text: str) -> Iterator[tuple[int, int]]:
    current: tuple[int, int] | None = None
    for start, end in _lines(text):
        if current and _continues(text, current, start, end):
            current = (current[0], end)
            continue
        if current:
            yield current
        current = (start, end)
    if current:
        yield current


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for match in _LINE.finditer(text):
        bullet = _BULLET.match(match.group())
        start = match.start() + (bullet.end() if bullet else 0)
        end = match.start() + len(match.group().rstrip())
        start += len(text[start:end]) - len(text[start:end].lstrip())
        if start < end:
            yield start, end


def _continues(text: str, block: tuple[int, int], start: int, end: int) -> bool:
    between = text[block[1] : start]
    if between.count("\n") != 1 or between.strip() or _METADATA.match(text[block[0] : block[1]]):
        return False
    last_line = text[block[0] : block[1]].rpartition("\n")[2]
    return not _SENTENCE_END.search(last_line) and (text[start].islower() or len(last_line) >= _WRAPPED)


def _kind(text: str) -> PassageKind:
    if _METADATA.match(text):
        return PassageKind.METADATA
    if not _SENTENCE_END.search(text) and len(text.split()) <= 12:
        return PassageKind.HEADING
    return PassageKind.SENTENCE
