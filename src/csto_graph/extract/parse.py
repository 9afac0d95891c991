"""Blocks → sentences: parsed, with every name merged into one token, those that no table knows too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from spacy import tokens as parsed
from spacy.language import Language
from spacy.tokens._retokenize import Retokenizer

from csto_graph.extract.candidates import Candidate, candidates
from csto_graph.extract.gazetteer import Gazetteer, Match, TextNames, settle, text_names
from csto_graph.extract.grammar import PRENOMINAL, conjuncts
from csto_graph.extract.lexicon import Lexicon
from csto_graph.extract.reading import Reading, read
from csto_graph.extract.repairs import mend_brackets, mend_dated_names, mend_lists, mend_offices, mend_possessives
from csto_graph.extract.tree import Span, Token, tree
from csto_graph.model import Evidence, Mention, Name, NameKind, Passage, PassageKind, Source

_BATCH = 8  # blocks that are parsed together: more takes more memory and is no faster
_NO_NAMES = {"VERB", "AUX", "ADV", "ADJ", "INTJ"}
_MISREAD = {"hoped": "hope", "hoping": "hope"}  # the lemmatizer says "hop"
_CONTEXT = 20  # characters of prefix and suffix in a quote selector


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A parsed sentence; `names` gives the reference name of a token of its document, `unknown` other names, by token index."""

    passage: Passage
    span: Span
    reading: Reading
    names: Mapping[int, Name]
    unknown: Mapping[int, Candidate]
    source: Source
    text_names: TextNames

    def offsets(self, start: int, end: int) -> tuple[int, int]:
        """The source offsets of the tokens `start:end` of the document."""
        doc = self.span.doc
        return self.reading.original(doc[start].idx, doc[end - 1].idx + len(doc[end - 1].text))

    def named(self, token: Token, name: Name) -> Mention:
        """The thing of a known name, spoken of by this token."""
        return self.mention(token, Mention(0, 0, "", name.label, name.type, name.iri, key=name.iri))

    def mention(self, token: Token, thing: Mention) -> Mention:
        """The same thing, spoken of by this token."""
        start, end = self.offsets(token.i, token.i + 1)
        return replace(thing, start=start, end=end, surface_form=self.source.text[start:end])

    def things(self, heads: Iterable[Token]) -> Iterator[str]:
        """The known things that these phrases and what is coordinated with them name: "Kenya", "Kenyan troops"."""
        for token in (conjunct for head in heads for conjunct in conjuncts(head)):
            before = (child for child in token.children if child.dep_ in PRENOMINAL)
            yield from (self.names[t.i].iri for t in (token, *before) if t.i in self.names)

    def evidence(self, tokens: Iterable[Token]) -> Evidence:
        """The shortest stretch of the sentence that holds all these tokens, as a quotation."""
        indices = [token.i for token in tokens]
        start, end = self.offsets(min(indices), max(indices) + 1)
        text = self.source.text
        before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
        return Evidence(self.source.id, start, end, text[start:end], before, after)


def sentences(
    source: Source, blocks: Iterable[Passage], gazetteer: Gazetteer, lexicon: Lexicon, nlp: Language
) -> Iterator[Sentence]:
    """The sentences of a source in order, headings and metadata among them (as one sentence each), parsed as they are asked for.

    The whole text is first looked through for names, because a weak name counts only where its thing is named strongly.
    """
    kept = tuple(blocks)
    readings = [read(block, source.corrections) for block in kept]
    matches = [gazetteer.matches(nlp.make_doc(reading.text)) for reading in readings]
    settled = set(settle(match for found in matches for match in found))
    docs = nlp.pipe((reading.text for reading in readings), batch_size=_BATCH)
    of_text = text_names(match for found in matches for match in found if match in settled)
    numbers = count()
    for block, reading, doc, found in zip(kept, readings, docs, matches, strict=True):
        named = _merge(doc, [match for match in found if match in settled], lexicon)
        yield from _sentences(source, block, reading, named, of_text, numbers)


@dataclass(frozen=True, slots=True)
class _Named:
    """A document whose names are one token each, with the names by token index."""

    tokens: Sequence[Token]
    names: Mapping[int, Name]
    unknown: Mapping[int, Candidate]


def _merge(doc: parsed.Doc, matches: Sequence[Match], lexicon: Lexicon) -> _Named:
    new = candidates(doc, matches, lexicon)
    covered = {i for candidate in new for i in range(candidate.start, candidate.end)}
    known = {doc[m.start].idx: m for m in matches if m.start not in covered}
    unknown = {doc[c.start].idx: c for c in new}
    with doc.retokenize() as retokenizer:
        for match in known.values():
            _merge_span(retokenizer, doc[match.start : match.end], {})
        for candidate in new:
            span = doc[candidate.start : candidate.end]
            plural = span.root.tag_ in ("NNS", "NNPS")
            _merge_span(retokenizer, span, {"POS": "PROPN", "TAG": "NNPS" if plural else "NNP", "ENT_TYPE": candidate.type or ""})
    tokens = tree(doc)
    for token in tokens:
        token.lemma_ = _MISREAD.get(token.lower_, token.lemma_)
        named = known.get(token.idx)
        if named is not None and named.name.kind is not NameKind.DEMONYM and token.pos_ in _NO_NAMES:
            token.pos_, token.tag_ = "PROPN", "NNP"  # "ECOWAS nations", tagged as a participle or an adjective
        if named is not None and named.name.type in ("ArmedForce", "Region"):
            token.ent_type_ = named.name.type  # as the class of a new name is noted
    mend_lists(tokens)
    mend_brackets(tokens)
    mend_dated_names(tokens)
    mend_possessives(tokens)
    names = {token.i: known[token.idx].name for token in tokens if token.idx in known}
    others = {token.i: unknown[token.idx] for token in tokens if token.idx in unknown}
    people = {i for i, other in others.items() if other.type == "Person" or (other.type is None and " " in other.label)}
    mend_offices(tokens, people, {i for i, name in names.items() if name.kind is not NameKind.DEMONYM})
    return _Named(tokens, names, others)


def _merge_span(retokenizer: Retokenizer, span: parsed.Span, attributes: dict[str | int, Any]) -> None:
    if len(span) > 1:
        retokenizer.merge(span, attrs={"LEMMA": span.text, **attributes})


def _sentences(
    source: Source, block: Passage, reading: Reading, named: _Named, of_text: TextNames, numbers: Iterator[int]
) -> Iterator[Sentence]:
    whole = block.kind is not PassageKind.SENTENCE
    for span in [named.tokens] if whole else [token.sent for token in named.tokens if token is token.sent[0]]:
        stripped = _strip(span)
        if stripped:
            start, end = reading.original(stripped[0].idx, stripped[-1].idx + len(stripped[-1].text))
            passage = Passage(next(numbers), start, end, source.text[start:end], block.kind, block.paragraph)
            yield Sentence(passage, stripped, reading, named.names, named.unknown, source, of_text)


def _strip(tokens: Sequence[Token]) -> Span:
    start, end = 0, len(tokens)
    while start < end and tokens[start].is_space:
        start += 1
    while end > start and tokens[end - 1].is_space:
        end -= 1
    return Span(tokens[start:end])
