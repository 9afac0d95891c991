"""A text with its mentions and statements marked, passage by passage.

Marks may overlap, elements may not: a passage is cut where any mark begins or ends, and each run knows the marks that it lies in.
Offsets are code points, the end exclusive.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from csto_graph.namespaces import CST, ID, OA, RDF
from csto_graph.serve.pages import Cell
from csto_graph.serve.things.passages import Passage
from csto_graph.serve.things.statements import Said
from csto_graph.serve.things.told import Told

_ENDS_SENTENCE: Final = re.compile(r"[.!?…][\"”’»)\]]*\s*$")
_ENDS: Final = (RDF.subject, RDF.object, CST.place, CST.claimant)


@dataclass(frozen=True, slots=True)
class Run:
    """Characters under the same marks: the thing that they name, the statements they are in, and those that end with them."""

    text: str
    mention: Cell | None = None
    statements: tuple[int, ...] = ()
    ending: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Where a mark stands."""

    start: int
    end: int


def runs(text: str, statements: Mapping[int, Span], mentions: Sequence[tuple[Span, Cell]] = ()) -> list[Run]:
    """The text cut into runs, which together are the text. Spans count from its beginning; what lies outside is cut off."""
    bounds = {0, len(text)}
    for span in (*statements.values(), *(span for span, _ in mentions)):
        bounds |= {min(max(offset, 0), len(text)) for offset in (span.start, span.end)}
    places = sorted(bounds)
    return [_run(text, begin, end, statements, mentions) for begin, end in pairwise(places)]


def _run(text: str, begin: int, end: int, statements: Mapping[int, Span], mentions: Sequence[tuple[Span, Cell]]) -> Run:
    inside = tuple(number for number, span in statements.items() if span.start <= begin and end <= span.end)
    ending = tuple(number for number in inside if min(statements[number].end, len(text)) == end)
    mention = next((cell for span, cell in mentions if span.start <= begin and end <= span.end), None)
    return Run(text[begin:end], mention, inside, ending)


def named_in(text: str, names: Mapping[str, Cell]) -> list[tuple[Span, Cell]]:
    """Where names stand in a text as whole words, the longest first where several begin together; no two overlap."""
    if not names:
        return []
    longest = sorted(names, key=lambda name: (-len(name), name))
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
    return [(Span(*found.span()), names[found[0]]) for found in pattern.finditer(text)]


def paragraphs(
    told: Told, passages: Sequence[Passage], said: Sequence[Said], names: Mapping[str, Cell]
) -> Iterator[list[list[Run]]]:
    """Passages in their order, those that one character parts together. Statements are numbered from 1.

    What ends like no sentence is a line of its own: a heading, a date.
    """
    spans = {number: span for number, each in enumerate(said, start=1) if (span := _span(told, each.iri)) is not None}
    paragraph: list[list[Run]] = []
    reached, alone = -1, False
    for passage in passages:
        start, end, text = passage.start, passage.end, passage.text
        if paragraph and (start > reached + 1 or not _ENDS_SENTENCE.search(text) or alone):
            yield paragraph
            paragraph = []
        overlapping = {number: span for number, span in spans.items() if span.start < end and start < span.end}
        here = {number: Span(span.start - start, span.end - start) for number, span in overlapping.items()}
        paragraph.append(runs(text, here, named_in(text, names)))
        reached, alone = end, not _ENDS_SENTENCE.search(text)
    if paragraph:
        yield paragraph


def _span(told: Told, iri: str) -> Span | None:
    """Where the words of a statement stand in their text."""
    for evidence in told.values(iri, CST.evidence):
        for selector in told.values(evidence, OA.hasSelector):
            start, end = told.number(selector, OA.start), told.number(selector, OA.end)
            if 0 <= start < end:
                return Span(start, end)
    return None


def things_of(told: Told, said: Iterable[Said]) -> list[str]:
    """The things that statements speak of, by IRI."""
    found = {iri for each in said for property_ in _ENDS for iri in told.values(each.iri, property_) if iri.startswith(str(ID))}
    return sorted(iri for iri in found if not iri.startswith(str(ID.claim)))  # its name is the words of the statement
