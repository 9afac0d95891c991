"""A text as blocks: paragraphs, headings and lines of metadata, each with its offsets.

Lines come before sentences: a sentence splitter runs headings and list bullets into the sentences beside them.
A hard-wrapped paragraph (its lines end without a full stop and go on in the next line) is one block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from csto_graph.model import Passage, PassageKind, Source
from csto_graph.text.languages import is_foreign

_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+")
_LINE_END = re.compile(r"\r\n?|\n")
_BULLET = re.compile(r"\s*(?:[-*•–—·]|\(?\d{1,3}[.)]|#{1,6}|>+)\s+|\s*[-*•–—·]\s*$")
_METADATA = re.compile(r"\s*(?:Date|Tags?|Source|Author|By|Published|Updated|Category|URL|Title)\s*:", re.IGNORECASE)
# Behind the mark may stand quotation marks, notes, emoji.
_SENTENCE_END = re.compile(r"[.!?…:;。！？؟۔।](?:\[[^\]]{1,20}\]|[^\w\[]|[¹²³⁰⁴-⁹])*$")
_TAIL = 80  # characters in which a sentence ends
_CELLS = re.compile(r"(?P<drawn>[^\S\r\n]*(?:\t|\|)[^\S\r\n]*)+|[^\S\r\n]{3,}")
_CELL = 6  # words that a cell of a table has at most, on average
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
    if len(_LINE_END.findall(between)) != 1 or between.strip() or _METADATA.match(text[block[0] : block[1]]):
        return False
    last_line = _LINE_END.split(text[block[0] : block[1]])[-1]
    if _is_row(last_line) or _is_row(text[start:end]):
        return False
    return not _ends_sentence(last_line) and (text[start].islower() or len(last_line) >= _WRAPPED)


def _kind(text: str) -> PassageKind:
    if _METADATA.match(text):
        return PassageKind.METADATA
    if _is_row(text):
        return PassageKind.TABLE
    if not _ends_sentence(text) and len(text.split()) <= 12:
        return PassageKind.HEADING
    return PassageKind.FOREIGN if is_foreign(text) else PassageKind.SENTENCE


def _ends_sentence(text: str) -> bool:
    return bool(_SENTENCE_END.search(text, max(0, len(text) - _TAIL)))


def _is_row(text: str) -> bool:
    """Whether a line is cells beside one another: two parted by a tab or a bar, or three by wide blanks."""
    line = text.strip(" \t|")
    gaps = list(_CELLS.finditer(line))
    drawn = any(gap["drawn"] for gap in gaps)
    return len(gaps) >= (1 if drawn else 2) and len(line.split()) <= _CELL * (len(gaps) + 1)
