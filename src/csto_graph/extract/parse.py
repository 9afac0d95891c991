"""Blocks → sentences: parsed, with every known name merged into one token."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from csto_graph.extract.gazetteer import Gazetteer, Match, settle
from csto_graph.extract.reading import Reading, read
from csto_graph.model import Evidence, Name, Passage, PassageKind, Source

_BATCH = 8  # blocks that are parsed together: more takes more memory and is no faster
_CONTEXT = 20  # characters of prefix and suffix in a quote selector


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A parsed sentence; `names` gives the reference name of a token of its document, by token index."""

    passage: Passage
    span: Span
    reading: Reading
    names: Mapping[int, Name]
    source: Source

    def offsets(self, start: int, end: int) -> tuple[int, int]:
        """The source offsets of the tokens `start:end` of the document."""
        doc = self.span.doc
        return self.reading.original(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))

    def evidence(self, tokens: Iterable[Token]) -> Evidence:
        """The shortest stretch of the sentence that holds all these tokens, as a quotation."""
        indices = [token.i for token in tokens]
        start, end = self.offsets(min(indices), max(indices) + 1)
        text = self.source.text
        before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
        return Evidence(self.source.id, start, end, text[start:end], before, after)


def sentences(source: Source, blocks: Iterable[Passage], gazetteer: Gazetteer, nlp: Language) -> Iterator[Sentence]:
    """The sentences of a source in order, headings and metadata among them (as one sentence each), parsed as they are asked for.

    The whole text is first looked through for names, because a weak name counts only where its thing is named strongly.
    """
    kept = tuple(blocks)
    readings = [read(block, source.corrections) for block in kept]
    matches = [gazetteer.matches(nlp.make_doc(reading.text)) for reading in readings]
    settled = set(settle(match for found in matches for match in found))
    docs = nlp.pipe((reading.text for reading in readings), batch_size=_BATCH)
    numbers = count()
    for block, reading, doc, found in zip(kept, readings, docs, matches, strict=True):
        names = _merge(doc, [match for match in found if match in settled])
        yield from _sentences(source, block, reading, doc, names, numbers)


def _merge(doc: Doc, matches: Iterable[Match]) -> dict[int, Name]:
    starts: dict[int, Name] = {}
    with doc.retokenize() as retokenizer:
        for match in matches:
            span = doc[match.start : match.end]
            starts[span.start_char] = match.name
            if len(span) > 1:
                retokenizer.merge(span, attrs={"LEMMA": span.text})
    return {token.i: starts[token.idx] for token in doc if token.idx in starts}


def _sentences(
    source: Source, block: Passage, reading: Reading, doc: Doc, names: Mapping[int, Name], numbers: Iterator[int]
) -> Iterator[Sentence]:
    whole = block.kind is not PassageKind.SENTENCE
    for span in [doc[:]] if whole else doc.sents:
        stripped = _strip(span)
        if stripped:
            start, end = reading.original(stripped.start_char, stripped.end_char)
            passage = Passage(next(numbers), start, end, source.text[start:end], block.kind, block.paragraph)
            yield Sentence(passage, stripped, reading, names, source)


def _strip(span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and span.doc[start].is_space:
        start += 1
    while end > start and span.doc[end - 1].is_space:
        end -= 1
    return span.doc[start:end]
