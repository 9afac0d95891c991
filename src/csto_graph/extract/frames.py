"""Entries of the lexicon on the words of a sentence: which stand there, and which words fill their arguments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from csto_graph.extract.filling import INFINITIVES, Filler, Filling
from csto_graph.extract.grammar import direct_objects, is_passive, lemma, phrase
from csto_graph.extract.lexicon import Argument, Entry, Lexicon, Sense
from csto_graph.extract.tree import Token
from csto_graph.model import Status

_KINDS = {
    "VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective", "ADP": "preposition", "ADV": "adverb",
}  # fmt: skip
_WITH_AN_OBJECT = {"DirectObject", "Clause", "Effect", "InfinitiveEffect", "Reason", "Doer", "Led", "Removed"} | {
    "Speech", "OthersInfinitive", "OwnInfinitive", "DeniedSpeech", "SmallClause",
}  # fmt: skip


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


def trigger_words(frame: Frame) -> list[Token]:
    """The trigger with its fixed words; a noun with its modifiers."""
    trigger = frame.trigger
    return [*(phrase(trigger) if trigger.pos_ in ("NOUN", "PROPN") else [trigger]), *frame.fixed]


def quoted(frame: Frame) -> list[Token]:
    """An accusation is quoted with all it says ("blamed … for the protests"); nothing else is."""
    if frame.sense.status is not Status.ATTRIBUTED:
        return []
    return [token for token in frame.trigger.subtree if not token.is_space and token.text not in ".;"]


def frames(tokens: Iterable[Token], lexicon: Lexicon) -> tuple[Frame, ...]:
    """Every sense that stands in the sentence. One that governs an infinitive takes it out of further reading."""
    found: list[Frame] = []
    for token in tokens:
        for entry in _entries(token, lexicon):
            fixed = _fixed_words(token, entry)
            if fixed is not None:
                found.extend(_one_of_each(_senses(entry, token, fixed, lexicon)))
    taken = {frame.complement for frame in found if frame.complement is not None and _is_filled_by_it(frame.sense)}
    longest = _longest(frame for frame in found if frame.trigger not in taken or _is_of_others(frame.sense))
    return tuple(longest)


def _is_filled_by_it(sense: Sense) -> bool:
    """Whether what an infinitive says fills an end of the statement, and is not only wanted beside it."""
    return any(argument is not None and argument.role in INFINITIVES for argument in (sense.subject, sense.object))


def _is_of_others(sense: Sense) -> bool:
    """"agreed to contribute troops, *alongside Greek troops*": a part of the infinitive that others than its subject do."""
    return sense.predicate == "contributedTo" and sense.subject is not None and sense.subject.owner


def _entries(token: Token, lexicon: Lexicon) -> Iterator[Entry]:
    kind = {"prep": "preposition", "mark": "conjunction"}.get(token.dep_) or _KINDS.get(token.pos_)
    if kind is None or _is_denied(token):
        return
    word = lemma(token)
    yield from lexicon.by_trigger.get((word, kind), ())
    if token.tag_ in ("VBG", "VBN") and kind != "verb":
        yield from lexicon.by_trigger.get((token.lemma_.lower(), "verb"), ())
    if token.tag_ == "VBN" and kind == "verb":  # "concerned", "determined": the tagger wavers
        yield from lexicon.by_trigger.get((token.lower_, "adjective"), ())
    if word != token.lower_:
        yield from lexicon.by_trigger.get((token.lower_, kind), ())
    class_ = (token.ent_type_ or lexicon.class_of(word)) if kind == "noun" else None
    if class_ is not None:
        yield from lexicon.by_trigger.get((f"@{class_}", "noun"), ())


def _is_denied(token: Token) -> bool:
    """"a non-member", "an ex-member"."""
    return token.i > 1 and token.doc[token.i - 1].text == "-" and token.doc[token.i - 2].lower_ in ("non", "ex", "anti")


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
    for word in entry.words[1:]:
        places = (current, trigger)
        step = next((c for place in places for c in place.children if word in (c.lower_, c.lemma_.lower())), None)
        if step is None and word == "to":
            continue  # "cease to exist": the parser hangs "to" below the verb it marks
        if step is None:
            return None
        found.append(step)
        current = step
    return tuple(found)


def _senses(entry: Entry, trigger: Token, fixed: tuple[Token, ...], lexicon: Lexicon) -> Iterator[Frame]:
    fill = Filling(trigger, fixed, entry, lexicon)
    for sense in entry.senses:
        if _object_makes_another_frame(sense, trigger, fixed):
            continue
        complement = fill.complement(sense)
        if (_needs_complement(sense) and complement is None) or not _holds(sense.require, fill):
            continue
        subject = fill(sense.subject)
        if not subject and not _may_lack_subject(sense):
            continue
        object_ = fill(sense.object)
        without = sense.subject is None or sense.subject.role == "Document" or (sense.subject_from_context and object_)
        if subject or without or _unnamed_agent(sense, trigger, object_):
            yield Frame(entry, sense, trigger, fixed, subject, object_, fill(sense.place), complement)


def _may_lack_subject(sense: Sense) -> bool:
    unsaid = sense.subject is None or sense.subject.role == "Document"
    return unsaid or sense.subject_from_context or sense.unnamed_agent


def _unnamed_agent(sense: Sense, trigger: Token, object_: tuple[Filler, ...]) -> bool:
    """"Article 4 was invoked", "the invocation of Article 4": where the lexicon allows it, nobody need have done it."""
    return sense.unnamed_agent and bool(object_) and (trigger.pos_ == "NOUN" or is_passive(trigger))


def _holds(required: Argument | None, fill: Filling) -> bool:
    # Whether a date belongs to the trigger is seen later, with the times of the sentence.
    return required is None or required.role == "Date" or bool(fill(required))


def _needs_complement(sense: Sense) -> bool:
    return any(argument.role in INFINITIVES for argument in sense.arguments)


def _object_makes_another_frame(sense: Sense, trigger: Token, fixed: tuple[Token, ...]) -> bool:
    """"withdrew its support from NATO" is no withdrawal from NATO: an object that a sense has no room for rules it out."""
    if trigger.pos_ not in ("VERB", "AUX") or is_passive(trigger):
        return False
    if any(argument.role in _WITH_AN_OBJECT for argument in sense.arguments):
        return False
    return any(found not in fixed for found in direct_objects(trigger)) and not _needs_complement(sense)


