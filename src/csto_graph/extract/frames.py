"""Entries of the lexicon on the words of a sentence: which stand there, and which words fill their arguments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from csto_graph.extract.grammar import (
    appositives,
    around,
    complement_verbs,
    conjuncts,
    direct_objects,
    is_passive,
    lemma,
    objects,
    objects_of,
    possessors,
    prepositional,
    subjects,
)
from csto_graph.extract.lexicon import Argument, Entry, Lexicon, Sense
from csto_graph.extract.repairs import acting, reduced_relative, unmarked_apposition

_KINDS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective", "ADP": "preposition"}
_COPULAS = {"be", "become", "remain"}
_LISTING = {"include", "comprise"}


@dataclass(frozen=True, slots=True)
class Filler:
    """A word that fills an argument; `of` marks that its possessor does."""

    token: Token
    owner: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A sense found at a trigger, with the words that fill it."""

    entry: Entry
    sense: Sense
    trigger: Token
    fixed: tuple[Token, ...]
    subjects: tuple[Filler, ...] = ()
    objects: tuple[Filler, ...] = ()
    places: tuple[Filler, ...] = field(default=())
    complement: Token | None = None


def frames(tokens: Iterable[Token], lexicon: Lexicon) -> tuple[Frame, ...]:
    """Every sense that stands in the sentence. One that governs an infinitive takes it out of further reading."""
    found: list[Frame] = []
    for token in tokens:
        for entry in _entries(token, lexicon):
            fixed = _fixed_words(token, entry)
            if fixed is not None:
                found.extend(_one_of_each(_senses(entry, token, fixed, lexicon)))
    taken = {frame.complement for frame in found if frame.complement is not None}
    longest = _longest(frame for frame in found if frame.trigger not in taken)
    return tuple(longest)


def _entries(token: Token, lexicon: Lexicon) -> Iterator[Entry]:
    kind = "preposition" if token.dep_ == "prep" else _KINDS.get(token.pos_)
    if kind is None:
        return
    yield from lexicon.by_trigger.get((lemma(token), kind), ())
    if token.tag_ in ("VBG", "VBN") and kind != "verb":
        yield from lexicon.by_trigger.get((token.lemma_.lower(), "verb"), ())
    if lemma(token) != token.lower_:
        yield from lexicon.by_trigger.get((token.lower_, kind), ())
    class_ = lexicon.class_of(lemma(token)) if kind == "noun" else None
    if class_ is not None:
        yield from lexicon.by_trigger.get((f"@{class_}", "noun"), ())


def _one_of_each(found: Iterable[Frame]) -> Iterator[Frame]:
    """"President Tokayev of Kazakhstan": where the noun is said of somebody, it does not name another one itself."""
    kept = list(found)
    for frame in kept:
        itself = frame.sense.object is not None and frame.sense.object.role == "Head"
        if not itself or not any(o is not frame and o.sense.predicate == frame.sense.predicate and o.objects for o in kept):
            yield frame


def _longest(found: Iterable[Frame]) -> Iterator[Frame]:
    # "come into force" leaves no room for a bare "come"; a phrase of more fixed words reads the trigger alone.
    kept = list(found)
    for frame in kept:
        rivals = (other for other in kept if other.trigger == frame.trigger and set(other.fixed) > set(frame.fixed))
        if not any(other.sense.predicate != frame.sense.predicate or other.entry is not frame.entry for other in rivals):
            yield frame


def _fixed_words(trigger: Token, entry: Entry) -> tuple[Token, ...] | None:
    found: list[Token] = []
    current = trigger
    for word in _without_infinitive_marker(entry.words[1:]):
        places = (current, trigger)
        step = next((c for place in places for c in place.children if word in (c.lower_, c.lemma_.lower())), None)
        if step is None:
            return None
        found.append(step)
        current = step
    return tuple(found)


def _without_infinitive_marker(words: tuple[str, ...]) -> tuple[str, ...]:
    # "cease to exist": the parser hangs "to" below the verb it marks.
    return tuple(word for word in words if word != "to" or word == words[-1])


def _senses(entry: Entry, trigger: Token, fixed: tuple[Token, ...], lexicon: Lexicon) -> Iterator[Frame]:
    for sense in entry.senses:
        if _object_makes_another_frame(sense, trigger, fixed):
            continue
        fill = _Filling(trigger, fixed, entry, lexicon)
        complement = fill.complement(sense)
        if (_needs_complement(sense) and complement is None) or not _holds(sense.require, fill):
            continue
        subject, object_ = fill(sense.subject), fill(sense.object)
        if subject or sense.subject is None or sense.subject.role == "Document" or _unnamed_agent(sense, trigger, object_):
            yield Frame(entry, sense, trigger, fixed, subject, object_, fill(sense.place), complement)


def _unnamed_agent(sense: Sense, trigger: Token, object_: tuple[Filler, ...]) -> bool:
    """"Article 4 was invoked": where the lexicon allows it, a passive may leave out who did it."""
    return sense.unnamed_agent and bool(object_) and is_passive(trigger)


def _holds(required: Argument | None, fill: _Filling) -> bool:
    # Whether a date belongs to the trigger is seen later, with the times of the sentence.
    return required is None or required.role == "Date" or bool(fill(required))


def _arguments(sense: Sense) -> list[Argument]:
    return [a for a in (sense.subject, sense.object, sense.place, sense.require) if a is not None]


def _needs_complement(sense: Sense) -> bool:
    return any(argument.role == "InfinitiveClause" for argument in _arguments(sense))


def _object_makes_another_frame(sense: Sense, trigger: Token, fixed: tuple[Token, ...]) -> bool:
    """"withdrew its support from NATO" is no withdrawal from NATO: an object that a sense has no room for rules it out."""
    if trigger.pos_ not in ("VERB", "AUX") or is_passive(trigger):
        return False
    if any(argument.role in ("DirectObject", "Clause") for argument in _arguments(sense)):
        return False
    return any(found not in fixed for found in direct_objects(trigger)) and not _needs_complement(sense)


class _Filling:
    """The words in each syntactic role of one trigger."""

    def __init__(self, trigger: Token, fixed: tuple[Token, ...], entry: Entry, lexicon: Lexicon) -> None:
        self._trigger = trigger
        self._fixed = fixed
        self._lexicon = lexicon
        self._verbal = entry.part_of_speech == "verb"

    def __call__(self, argument: Argument | None) -> tuple[Filler, ...]:
        if argument is None:
            return ()
        tokens = [token for token in dict.fromkeys(self._tokens(argument)) if token not in self._fixed]
        return tuple(Filler(token, argument.owner) for token in tokens if self._admits(argument, token))

    def _admits(self, argument: Argument, token: Token) -> bool:
        if argument.class_ is not None and self._lexicon.class_of(lemma(token)) != argument.class_:
            return False
        return not argument.fillers or lemma(token) in argument.fillers

    def complement(self, sense: Sense) -> Token | None:
        wanted = {marker for a in _arguments(sense) if a.role == "InfinitiveClause" for marker in a.markers}
        return next((verb for verb in complement_verbs(self._trigger) if verb.lemma_ in wanted), None)

    def _tokens(self, argument: Argument) -> Iterator[Token]:
        role, trigger = argument.role, self._trigger
        if role == "Subject":
            yield from acting(trigger)
        elif role == "DirectObject":
            yield from self._objects()
        elif role == "IndirectObject":
            yield from (noun for c in trigger.children if c.dep_ == "dative" and c.pos_ != "ADP" for noun in conjuncts(c))
        elif role in ("PrepositionalObject", "PrepositionalAdjunct"):
            yield from (noun for marker, noun in self._phrases() if marker in argument.markers)
        elif role == "PossessiveAdjunct":
            for word in (trigger, *self._fixed):
                yield from possessors(word)
            yield from _having(trigger)
        elif role == "Genitive":
            yield from (noun for child in trigger.children if child.dep_ == "poss" for noun in conjuncts(child))
        elif role == "CopulativeArg":
            yield from copulative(trigger)
        elif role == "InfinitiveClause":
            yield from (found for verb in complement_verbs(trigger) if verb.lemma_ in argument.markers for found in objects(verb))
        elif role == "DeclarativeClause":
            yield from (c for c in trigger.children if c.dep_ == "ccomp")
        elif role == "InfinitiveAdjunct":
            yield from (c for c in trigger.children if c.dep_ == "advcl" and c.tag_ == "VB")
        elif role in ("Head", "Clause"):
            yield trigger
        elif role == "GoverningClause":
            yield trigger.head

    def _objects(self) -> Iterator[Token]:
        mended = reduced_relative(self._trigger)
        if mended:
            yield mended[1]
        else:
            yield from objects(self._trigger)

    def _phrases(self) -> Iterator[tuple[str, Token]]:
        if not self._verbal:
            yield from prepositional(self._trigger)
            yield from _hung_on_the_verb(self._trigger)
            if self._trigger.dep_ == "prep" or self._trigger.pos_ in ("ADP", "SCONJ"):
                yield from objects_of(self._trigger, self._trigger.lower_)
        else:
            yield from around(self._trigger)
        for word in self._fixed:
            yield from prepositional(word)
            if word.pos_ == "ADP":
                yield from ((word.lower_, noun) for noun in _objects_below(word))


def _objects_below(preposition: Token) -> Iterator[Token]:
    for child in preposition.children:
        if child.dep_ in ("pobj", "pcomp") and child.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
            yield from conjuncts(child)


def _hung_on_the_verb(noun: Token) -> Iterator[tuple[str, Token]]:
    """Phrases right after an object noun that the parser hung on its verb: "contain unrest in the country"."""
    if noun.dep_ not in ("dobj", "attr", "pobj") or noun.head.pos_ not in ("VERB", "AUX"):
        return
    for child in noun.head.children:
        if child.dep_ == "prep" and child.i > noun.i:
            yield from ((child.lower_, found) for found in _objects_below(child))


def _having(noun: Token) -> Iterator[Token]:
    """"it has six members": who has them."""
    if noun.dep_ in ("dobj", "attr") and noun.head.lemma_ == "have":
        yield from subjects(noun.head)


def copulative(noun: Token) -> Iterator[Token]:
    """What a noun is said of: "X is a member", "X, a member", "the members: X, Y", "the members are X", "as chairman"."""
    yield from appositives(noun)
    yield from unmarked_apposition(noun)
    if noun.dep_ == "appos":
        yield from conjuncts(noun.head)
    if noun.dep_ in ("attr", "oprd") and noun.head.lemma_ in _COPULAS:
        yield from subjects(noun.head)
    if noun.dep_ == "pobj" and noun.head.lower_ == "as" and noun.head.head.pos_ in ("VERB", "AUX"):
        verb = noun.head.head
        of_the_object = noun.i > verb.i and (direct_objects(verb) or is_passive(verb))
        yield from objects(verb) if of_the_object else subjects(verb)
    if noun.dep_ == "compound" and noun.head.pos_ == "PROPN":
        yield noun.head
    if noun.dep_ == "nsubj" and noun.head.lemma_ in _COPULAS | _LISTING:
        for child in noun.head.children:
            if child.dep_ in ("attr", "dobj") and child.pos_ == "PROPN":
                yield from conjuncts(child)
