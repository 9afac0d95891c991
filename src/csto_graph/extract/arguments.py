"""The fillers of a frame → the mentions and values of its statements, typed by the property's domain and range."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import product

from csto_graph.extract.context import Context, End, Reading
from csto_graph.extract.events import (
    clause_event,
    coerced,
    each_apart,
    has_complements,
    identified,
    is_circumstance,
    own_words,
    previous_event,
    provided,
    wholes,
)
from csto_graph.extract.filling import Filler
from csto_graph.extract.frames import Frame, quoted, trigger_words
from csto_graph.extract.grammar import conjuncts, first_conjunct, lemma, phrase, subjects, surface_subject, text
from csto_graph.extract.lexicon import Argument
from csto_graph.extract.quantities import number
from csto_graph.extract.repairs import fronted_list
from csto_graph.extract.theatres import says_whence
from csto_graph.extract.times import number_of
from csto_graph.extract.tree import Token
from csto_graph.model import Mention, Value

DATES = frozenset({"date", "gYear", "gYearMonth"})
_OFFICES = {"ledBy", "chairedBy"}
_VERBAL = ("VERB", "AUX")


@dataclass(frozen=True, slots=True)
class Pair:
    """Subject and object of one statement, the words that state it, and whether it is taken for granted."""

    subject: Mention | None
    object: End
    tokens: list[Token] = field(repr=False)
    presupposed: bool = False


def pairs(frame: Frame, context: Context) -> Iterator[Pair]:
    """Every combination that the words of a frame allow, those of its fronted list after the others."""
    arguments = _Arguments(frame, context)
    yield from arguments.aligned() if _own_sender(frame) else arguments.combined()
    yield from arguments.fronted()


def _own_sender(frame: Frame) -> bool:
    """Whether the subject is whoever owns the object: "Russian troops landed"."""
    subject, object_ = frame.sense.subject, frame.sense.object
    return subject is not None and subject.owner and replace(subject, owner=False) == object_


class _Arguments:
    def __init__(self, frame: Frame, context: Context) -> None:
        self._frame = frame
        self._context = context
        self._discourse = context.discourse
        self._terms = context.terms
        self._domain = context.terms.domain(frame.sense.predicate)
        self._range = context.terms.range(frame.sense.predicate)
        self._traits = context.lexicon.traits(frame.sense.predicate)

    def combined(self) -> Iterator[Pair]:
        """Each subject with each object."""
        presupposed = _is_presupposed(self._frame)
        for (subject, s_tokens), (object_, o_tokens) in self._crossed():
            if isinstance(subject, Value) or (subject is None and object_ is None) or _same(subject, object_):
                continue
            if subject is not None and subject.type == "Person" and self._is_of_a_person():
                continue  # "Eisenhower's vice president" leads something else
            if subject is not None and not self._may_do(subject):
                continue
            stated_by = quoted(self._frame) or [*trigger_words(self._frame), *s_tokens, *o_tokens]
            yield Pair(subject, self._sent_by(subject, object_), stated_by, presupposed)

    def _crossed(self) -> Iterator[tuple[Reading, Reading]]:
        """Each subject beside each object; events in several places are as many events."""
        subjects, objects = self._subjects(), self._objects()
        apart = self._frame.sense.predicate == "tookPlaceIn" and len(objects) > 1
        for (subject, words), (object_, others) in product(subjects, objects):
            if apart and isinstance(subject, Mention) and isinstance(object_, Mention) and words[-1].tag_ == "NNS":
                yield (each_apart(subject, words, object_), words), (object_, others)
            else:
                yield (subject, words), (object_, others)

    def _is_of_a_person(self) -> bool:
        owned = any(filler.token.dep_ in ("poss", "compound") for filler in self._frame.subjects)
        return owned and self._frame.sense.predicate in _OFFICES

    def _is_office(self, argument: Argument) -> bool:
        return argument == self._frame.sense.object and self._frame.sense.predicate in _OFFICES

    def aligned(self) -> Iterator[Pair]:
        """Each force with its own sender: "Russia and Belarus Special Forces" are two forces (a shared head)."""
        tokens = [filler.token for filler in self._frame.objects]
        heads = [token for token in tokens if self._discourse.mentions(token, self._range)]
        for token in tokens:
            head = token if token in heads else next((h for h in heads if h.i > token.i), None)
            if head is None:
                continue
            force = self._discourse.mentions(head, self._range)[0]
            own = head == token
            for owner in self._discourse.owners(head) if own else self._discourse.mentions(token, self._domain):
                if owner.type != self._range:
                    stated_by = [self._frame.trigger, *self._frame.fixed, *phrase(token), *phrase(head)]
                    yield Pair(owner, _owned_force(force, owner), stated_by)

    def fronted(self) -> Iterator[Pair]:
        """The same for those taken for granted: "In addition to Russia and Belarus, Tajikistan also agreed"."""
        wanted = self._frame.sense.subject
        if self._frame.trigger.pos_ != "VERB" or wanted is None or wanted.role != "Subject":
            return
        for token in fronted_list(self._frame.trigger)[0]:
            for subject in self._discourse.mentions(token, self._domain):
                for object_, tokens in self._objects():
                    yield Pair(subject, self._sent_by(subject, object_), [self._frame.trigger, token, *tokens], presupposed=True)

    # -- one side

    def _subjects(self) -> list[Reading]:
        if self._frame.sense.subject_from_context and not _told(self._frame.subjects):
            return [(mention, []) for mention in self._discourse.topic(self._domain)]
        if self._frame.sense.subject is None or not self._frame.subjects:
            return [(None, [])]
        argument = self._frame.sense.subject
        return [r for filler in self._frame.subjects for r in self._filled(filler, argument.narrowed or self._domain, argument)]

    def _objects(self) -> list[Reading]:
        if self._frame.sense.object is None or self._range in DATES:
            return [(None, [])]
        if self._frame.sense.object_from_context and not _told(self._frame.objects):
            return [(mention, []) for mention in self._discourse.topic(self._range)]
        if self._frame.sense.object.role == "PreviousEvent":
            return [(mention, []) for mention in previous_event(self._context)]
        argument = self._frame.sense.object
        if argument.role == "Theatre":
            return [(place, []) for subject, _ in self._subjects() for place in self._theatres(subject)]
        return [r for filler in self._frame.objects for r in self._filled(filler, argument.narrowed or self._range, argument)]

    def _theatres(self, subject: End) -> Iterator[Mention]:
        """Where the forces are that are taken home, where the clause itself does not say it."""
        if isinstance(subject, Mention) and not says_whence(self._frame):
            yield from self._context.theatres.of(subject, self._frame)

    def _filled(self, filler: Filler, wanted: str, argument: Argument) -> Iterator[Reading]:
        token = filler.token
        if wanted == "integer":
            count = number_of(token) if token.pos_ != "NUM" else number(token.text)
            if count is not None:
                yield Value(str(count), "xsd:integer"), [next(iter(token.subtree)), token]
        elif wanted == "string":
            tokens = phrase(token)
            yield Value(text(tokens), "xsd:string"), tokens
        elif filler.owner:
            for owner in wholes(token, wanted, self._context):
                if self._terms.is_a(owner.type, wanted):
                    yield owner, phrase(token)
        elif argument.role in ("Reason", "ParticipleEffect", "Gerund"):
            yield from own_words(token, self._frame.trigger, self._context)
        elif token.pos_ in _VERBAL:
            if argument.coerces == wanted == "Provision":
                yield from provided(token, self._context)
            elif self._terms.is_a("Event", wanted):
                yield from clause_event(token, self._frame.trigger, self._context)
        else:
            yield from self._mentioned(token, wanted, argument)

    def _mentioned(self, token: Token, wanted: str, argument: Argument) -> Iterator[Reading]:
        if wanted == "Cause" and token.lower_ in ("it", "they"):
            return  # what came about or brought it about is not the thing last spoken of
        caused = self._frame.sense.predicate == "causedBy" and argument.role != "Head"
        if caused and has_complements(token, self._frame.trigger) and is_circumstance(token, self._context):
            yield from coerced(token, "Event", self._frame.trigger, self._context)
            return
        token = identified(token, self._context)
        found = self._discourse.mentions(token, wanted, participants(token))
        if argument.role == "Head" and self._is_office(argument) and token.tag_ == "NNS":
            return  # "the presidents of Kenya and Ghana met": who they are is not said
        for actor in (actor for mention in found for actor in self._acting(mention, token, wanted)):
            if argument.narrowed is None or self._terms.is_a(actor.type, argument.narrowed):
                yield actor, phrase(token)
        if found:
            return
        if wanted in ("Cause", "Circumstance") and is_circumstance(token, self._context):
            yield self._discourse.circumstance(token), phrase(token, full=True)
        elif argument.coerces == wanted:
            yield from coerced(token, wanted, self._frame.trigger, self._context)
        elif self._acts_for(token, wanted):
            kind = "Location" if wanted == "Location" else "Organisation"
            owners = self._discourse.owners(token)
            yield from ((owner, phrase(token)) for owner in owners if self._terms.is_a(owner.type, kind))
        elif wanted == "Cause" and token.pos_ == "PRON" and token.lower_ in ("this", "that", "which"):
            yield from ((mention, []) for mention in previous_event(self._context))

    def _acting(self, mention: Mention, token: Token, wanted: str) -> tuple[Mention, ...]:
        """Where a state's forces enter a country, the state intervenes there; what its leaders sign, the state signs."""
        if self._traits.through_leaders and self._context.lexicon.class_of(lemma(token)) == "Person":
            return self._discourse.owners(token) or (mention,)
        if mention.type != "ArmedForce" or wanted != self._domain or not self._traits.through_forces:
            return (mention,)
        nobodys = self._traits.actors and token.pos_ != "PROPN" and mention.iri is None  # "troops entered the city": whose?
        return self._discourse.owners(token) or self._senders(token) or (() if nobodys else (mention,))

    def _senders(self, force: Token) -> tuple[Mention, ...]:
        """"Sudan sent forces that entered Chad": whose forces are not called anybody's."""
        verb = first_conjunct(force).head
        entries = self._context.lexicon.by_trigger.get((lemma(verb), "verb"), ())
        if first_conjunct(force).dep_ != "dobj" or not any(s.predicate == "deployed" for e in entries for s in e.senses):
            return ()
        found = (mention for token in subjects(verb) for mention in self._discourse.mentions(token, self._domain))
        return tuple(mention for mention in found if mention.type != "ArmedForce")

    def _acts_for(self, token: Token, wanted: str) -> bool:
        """What is done to "the people of Chad" is done in Chad, what its leaders found is Chad's; so for "NATO partners"."""
        if wanted == "Location":
            part = "Person" if self._traits.through_leaders else "Part"
            return self._context.lexicon.class_of(lemma(token)) == part
        return self._traits.through_members and wanted == self._domain and token.tag_ == "NNS"

    def _may_do(self, subject: Mention) -> bool:
        """Troops that withdrew left no organisation, a minister who signed is no party."""
        actors = self._traits.actors
        return not actors or any(self._terms.is_a(subject.type, actor) for actor in actors)

    def _sent_by(self, subject: Mention | None, object_: End) -> End:
        """A force that is nobody's yet is its sender's: the contingents of Armenia are not those of Tajikistan."""
        if not self._traits.sends or subject is None or not isinstance(object_, Mention) or object_.iri or object_.part_of:
            return object_
        return _owned_force(object_, subject)


def participants(token: Token) -> Iterator[Token]:
    """What "the country" of a clause cannot be: the clause's own subjects and objects."""
    verb = next((t for t in token.ancestors if t.pos_ in _VERBAL), None)
    if verb is None or token.dep_ == "poss":  # "its" may well be the subject's
        return
    around = [surface_subject(verb), *(child for child in verb.children if child.dep_ in ("dobj", "nsubjpass"))]
    own = first_conjunct(token)
    yield from (each for t in around if t is not None and first_conjunct(t) != own for each in conjuncts(t))


# "a full member", "the number of members": words that leave open of what.
_OPEN = {"number", "membership", "size", "total", "member", "state", "country", "nation", "founding"}


def _told(fillers: Iterable[Filler]) -> bool:
    """Whether the words say whose or of what: a noun or a pronoun, and not only how many members there are."""
    phrases = (filler.token.subtree if filler.owner else [filler.token] for filler in fillers)
    return any(t.pos_ in ("NOUN", "PROPN", "PRON") and lemma(t) not in _OPEN for tokens in phrases for t in tokens)


def _is_presupposed(frame: Frame) -> bool:
    """A relation stated by a noun that is itself no predicate is taken for granted: "after the fall of …"."""
    trigger = frame.trigger
    if frame.sense.presupposed or trigger.pos_ not in ("NOUN", "PROPN"):
        return frame.sense.presupposed
    if trigger.dep_ == "pobj" and trigger.head.lower_ == "of" and trigger.head.head.pos_ == "NUM":
        trigger = trigger.head.head  # "is one of the members": the part is the predicate
    if trigger.dep_ == "compound" and frame.sense.predicate in _OFFICES:
        return True  # "President Tokayev plans": the title is no plan
    return trigger.dep_ in ("pobj", "poss") or (trigger.dep_ in ("nsubj", "dobj") and trigger.head.lemma_ not in ("be", "have"))


def _same(subject: Mention | None, object_: End) -> bool:
    if subject is None or not isinstance(object_, Mention):
        return False
    if subject.type == object_.type == "Provision":
        return True  # one provision is no part of another
    return (subject.iri or subject.key) == (object_.iri or object_.key)


def _owned_force(force: Mention, owner: Mention) -> Mention:
    """The force as the owner's: what Russia shares of "Belarus Special Forces" are the Special Forces of Russia."""
    if force.part_of == owner.iri:
        return force
    key, label = force.key, force.label
    if force.part_of is not None:  # a shared head: the first word is the other owner's name
        key = " ".join(word for word in key.split() if word != label.lower().split()[0])
        label = label.partition(" ")[2].removeprefix("and ") or label
    if owner.resolved or owner.surface_form not in label:  # "U.S. military presence" says whose it is
        label = f"{label} of {owner.label}"
    return replace(force, label=label, part_of=owner.iri, key=f"{owner.label.lower()} {key}")
