"""Blocks → extractions: the stages of reading one document in their order. A pure function of text, lexicon and names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from spacy.language import Language

from csto_graph.extract.arguments import pairs
from csto_graph.extract.context import Context
from csto_graph.extract.coverage import Covered, covered
from csto_graph.extract.discourse import Discourse
from csto_graph.extract.frames import Frame, frames
from csto_graph.extract.gazetteer import Gazetteer
from csto_graph.extract.lexicon import Lexicon
from csto_graph.extract.moments import qualifiers
from csto_graph.extract.parse import Sentence, sentences
from csto_graph.extract.qualifying import qualified
from csto_graph.extract.recalled import Recalled, dated_anew
from csto_graph.extract.repairs import repairs
from csto_graph.extract.speech import claimant, claims
from csto_graph.extract.status import Holding, holding
from csto_graph.extract.terms import Terms
from csto_graph.extract.theatres import Theatres
from csto_graph.extract.tree import Token
from csto_graph.model import Extraction, Mention, Name, NameKind, Passage, PassageKind, Qualifiers, Source, Status, Value

_UNREAD = frozenset({PassageKind.TABLE, PassageKind.FOREIGN})  # what they speak of is not what the next sentence refers to
_LONGEST = 3_000  # characters of a sentence: what goes on longer without a full stop was never parsed right


class Reader:
    """Reads documents with one lexicon and one set of names."""

    def __init__(self, lexicon: Lexicon, terms: Terms, names: Iterable[Name], nlp: Language) -> None:
        self._lexicon = lexicon
        self._terms = terms
        known = tuple(names)
        self._gazetteer = Gazetteer(known, nlp)
        self._abbreviations = {n.iri: n.surface_form for n in known if n.kind is NameKind.STRONG and n.surface_form.isupper()}
        self._metonyms = {n.surface_form: n for n in known if n.kind is NameKind.METONYM}
        self._nlp = nlp

    def read(self, source: Source, blocks: Iterable[Passage]) -> tuple[tuple[Passage, ...], tuple[Extraction, ...]]:
        """The sentences of a source, and what they state in the order of the text."""
        passages: list[Passage] = []
        found: list[Extraction] = []
        for sentence, stated in self._sentences(source, blocks):
            passages.append(sentence.passage)
            found.extend(stated)
        return tuple(passages), tuple(_once(found))

    def coverage(self, source: Source, blocks: Iterable[Passage]) -> Iterator[Covered]:
        """The sentences of a source with how far each is understood, in the order of the text; headings left out."""
        for sentence, stated in self._sentences(source, blocks):
            if sentence.passage.kind is PassageKind.SENTENCE:
                yield covered(sentence, bool(stated), self._lexicon, self._terms)

    def _sentences(self, source: Source, blocks: Iterable[Passage]) -> Iterator[tuple[Sentence, tuple[Extraction, ...]]]:
        discourse = Discourse(self._lexicon, self._terms, self._metonyms)
        theatres, recalled = Theatres(), Recalled()
        for sentence in sentences(source, blocks, self._gazetteer, self._lexicon, self._nlp):
            yield sentence, self._sentence(sentence, discourse, theatres, recalled)

    def _sentence(
        self, sentence: Sentence, discourse: Discourse, theatres: Theatres, recalled: Recalled
    ) -> tuple[Extraction, ...]:
        if sentence.passage.kind in _UNREAD or len(sentence.passage.text) > _LONGEST:
            return ()
        discourse.enter(sentence)
        if sentence.passage.kind is not PassageKind.SENTENCE:
            return ()
        standing = frames(sentence.span, self._lexicon)
        events = {frame.trigger for frame in standing if frame.trigger.pos_ in ("NOUN", "PROPN")}
        said = discourse.times(sentence.source.date)
        context = Context(sentence, discourse, self._terms, self._lexicon, self._abbreviations, said, theatres)
        found: list[Extraction] = []
        for frame in standing:
            stated = tuple(self._stated(frame, events, context))
            found.extend(stated)
            for extraction in stated:
                discourse.told.note(extraction)
                theatres.note(extraction)
                recalled.note(extraction, sentence)
        for frame, earlier in recalled.again(sentence, self._lexicon):
            when = qualifiers(frame, said, events - {frame.trigger}, self._lexicon, sentence.source.date)
            if when.time and holding(frame.trigger.head, self._lexicon).status is Status.ASSERTED:
                found.append(replace(dated_anew(earlier, frame.trigger, sentence), rule=frame.entry.id, qualifiers=when))
        return tuple(_without_echoes(found))

    def _stated(self, frame: Frame, events: set[Token], context: Context) -> Iterator[Extraction]:
        found = claims(frame, context) if frame.sense.predicate == "claims" else pairs(frame, context)
        first = next(found, None)
        if first is None:
            return  # before it is asked when and how it holds
        when = qualifiers(frame, context.times, events - {frame.trigger}, self._lexicon, context.sentence.source.date)
        held, status = self._held(frame)
        for pair in chain((first,), found):
            kept, how = qualified(pair, frame, when, context)
            if _lacks_date(frame, how):
                continue
            speaker = claimant(held, context) if status is not Status.ASSERTED else None
            yield Extraction(
                predicate=frame.sense.predicate,
                subject=kept.subject,
                object=kept.object,
                status=status,
                rule=frame.entry.id,
                evidence=context.sentence.evidence(kept.tokens),
                qualifiers=how,
                presupposed=kept.presupposed,
                claimant=kept.subject if frame.sense.status is Status.ATTRIBUTED is status else speaker,
                repaired=bool(repairs(frame.trigger)),
            )

    def _held(self, frame: Frame) -> tuple[Holding, Status]:
        """How the text holds what a frame states, and the status that the statement has by it."""
        held = holding(_stating(frame), self._lexicon, lasting=frame.sense.predicate in self._lexicon.stative)
        if held.status is Status.NEGATED and _named_by_its_clause(frame):
            held = Holding(Status.ASSERTED)
        # "did not blame", "may have claimed"; but whoever rejects a claim does not undo that it was made
        overruled = held.status in (Status.NEGATED, Status.HYPOTHETICAL) and frame.trigger.pos_ != "NOUN"
        return held, held.status if overruled or frame.sense.status is None else frame.sense.status


def _stating(frame: Frame) -> Token:
    """The word whose status the statement has; what explains a clause is as true as the clause."""
    explained = frame.sense.subject is not None and frame.sense.subject.role == "MainClause"
    meant = frame.complement if frame.sense.status is not None else None  # "agreed to send"; who asks for help has asked
    return frame.subjects[0].token if explained else meant or frame.trigger


def _named_by_its_clause(frame: Frame) -> bool:
    """"No progress was made because of the war": the negation is part of what came about."""
    return frame.sense.subject is not None and frame.sense.subject.role in ("GoverningClause", "MainClause", "Sentence")


def _lacks_date(frame: Frame, when: Qualifiers) -> bool:
    required = frame.sense.require
    return required is not None and required.role == "Date" and not (when.time or when.from_ or when.to)


def _without_echoes(found: list[Extraction]) -> Iterator[Extraction]:
    """Drops what a sentence says twice ("SEATO, or the Southeast Asia Treaty Organization"), what it takes for granted
    where another statement already relates the same two things, and the plan where it tells the deed ("was founded when
    the six agreed to found it")."""
    stated = {_ends(e) for e in found if not e.presupposed}
    done = {_triple(e) for e in found if e.status is Status.ASSERTED}
    said: set[tuple[object, ...]] = set()
    for extraction in found:
        identity = (*_triple(extraction), extraction.status, extraction.qualifiers.time)
        planned = extraction.status is Status.PLANNED and _triple(extraction) in done
        if identity not in said and not planned and not (extraction.presupposed and _ends(extraction) in stated):
            said.add(identity)
            yield extraction


def _triple(extraction: Extraction) -> tuple[str, str, str]:
    return extraction.predicate, _key(extraction.subject), _key(extraction.object)


def _ends(extraction: Extraction) -> frozenset[str]:
    return frozenset(_key(end) for end in (extraction.subject, extraction.object))


def _key(end: Mention | Value | None) -> str:
    if isinstance(end, Mention):
        return end.iri or f"{end.type} {end.key}"
    return end.value if end else "-"


def _once(found: Iterable[Extraction]) -> Iterator[Extraction]:
    seen: set[tuple[object, ...]] = set()
    for e in found:
        identity = (e.predicate, _key(e.subject), _key(e.object), e.status, replace(e.qualifiers, place=None), e.evidence)
        if identity not in seen:
            seen.add(identity)
            yield e


