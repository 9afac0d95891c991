"""The fillers of a frame → the mentions and values of its statements, typed by the property's domain and range."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import TypeAlias

from spacy.tokens import Token

from csto_graph.extract.contents import contents
from csto_graph.extract.discourse import Discourse
from csto_graph.extract.frames import Filler, Frame
from csto_graph.extract.grammar import conjuncts, objects, phrase, subjects, text
from csto_graph.extract.lexicon import Lexicon
from csto_graph.extract.parse import Sentence
from csto_graph.extract.repairs import fronted_list
from csto_graph.extract.status import Holding
from csto_graph.extract.terms import Terms
from csto_graph.extract.times import number_of
from csto_graph.model import Extraction, Mention, Qualifiers, Status, Value

End: TypeAlias = Mention | Value | None
Reading: TypeAlias = "tuple[End, list[Token]]"

DOCUMENT = "the document"
_DATES = {"date", "gYear", "gYearMonth"}
_SENDING = {"deployed", "agreedToSend"}
_HOLDING_OFFICE = {"chairedBy", "ledBy", "memberOf"}


class Arguments:
    """The arguments of the frames of one sentence."""

    def __init__(self, sentence: Sentence, discourse: Discourse, terms: Terms, lexicon: Lexicon, abbreviations: Mapping[str, str]) -> None:
        self._lexicon = lexicon
        self._abbreviations = abbreviations
        self._sentence = sentence
        self._discourse = discourse
        self._terms = terms

    def pairs(self, frame: Frame) -> Iterator[tuple[Mention | None, End, list[Token]]]:
        """(subject, object, the words that state it) for every combination the frame's words allow."""
        sense = frame.sense
        if sense.predicate == "claims":
            yield from self._claims(frame)
            return
        if sense.subject is not None and sense.subject.owner and replace(sense.subject, owner=False) == sense.object:
            yield from self._aligned(frame)
            return
        for (subject, s_tokens), (object_, o_tokens) in product(self._subjects(frame), self._objects(frame)):
            assert not isinstance(subject, Value)
            if subject is None and object_ is None or subject is not None and _same(subject, object_):
                continue
            tokens = _clause_of_speech(frame) or [*_trigger_phrase(frame), *frame.fixed, *s_tokens, *o_tokens]
            yield subject, self._sent_by(frame, subject, object_), tokens
    def fronted(self, frame: Frame) -> Iterator[tuple[Mention | None, End, list[Token]]]:
        """The same for those who are taken for granted: "In addition to Russia …, Tajikistan also agreed"."""
        if frame.trigger.pos_ != "VERB" or frame.sense.subject is None or frame.sense.subject.role != "Subject":
            return
        domain = self._terms.domain(frame.sense.predicate)
        for token in fronted_list(frame.trigger)[0]:
            for subject in self._discourse.mentions(token, domain):
                for object_, o_tokens in self._objects(frame):
                    yield subject, self._sent_by(frame, subject, object_), [frame.trigger, token, *o_tokens]

    def qualified(self, extraction: Extraction, frame: Frame, when: Qualifiers, object_: End) -> Extraction:
        """The extraction with its times, place, number and role."""
        if self._terms.range(frame.sense.predicate) in _DATES:
            day = when.time or when.from_ or when.to
            return replace(extraction, object=_dated(day) if day else None, qualifiers=replace(when, valid_at=None))
        place = next((m for filler in frame.places for m in self._places(filler, frame)), None)
        number = None
        if isinstance(object_, Mention) and object_.type == "ArmedForce":
            number = next((n for filler in frame.objects if (n := number_of(filler.token)) is not None), None)
        if isinstance(object_, Value) and object_.datatype == "xsd:integer":
            number = int(object_.value)
        return replace(extraction, qualifiers=replace(when, place=place, number=number, role=self._role(frame)))

    def claimant(self, held: Holding) -> Mention | None:
        """Who holds it, where the text names them."""
        for token in held.claimants:
            for mention in self._discourse.mentions(token, "Claimant"):
                return mention
        return None

    def is_presupposed(self, frame: Frame) -> bool:
        """A relation stated by a noun that is itself no predicate is taken for granted: "after the fall of …"."""
        trigger = frame.trigger
        if trigger.pos_ not in ("NOUN", "PROPN"):
            return False
        return trigger.dep_ in ("pobj", "poss") or (trigger.dep_ in ("nsubj", "dobj") and trigger.head.lemma_ not in ("be", "have"))

    # -- subjects and objects

    def _subjects(self, frame: Frame) -> list[Reading]:
        sense = frame.sense
        if sense.subject is None or not frame.subjects:
            return [(None, [])]
        wanted = self._terms.domain(sense.predicate)
        return [reading for filler in frame.subjects for reading in self._filled(filler, wanted, frame)]

    def _objects(self, frame: Frame) -> list[Reading]:
        sense = frame.sense
        wanted = self._terms.range(sense.predicate)
        if sense.object is None or wanted in _DATES:
            return [(None, [])]
        return [reading for filler in frame.objects for reading in self._filled(filler, wanted, frame)]

    def _filled(self, filler: Filler, wanted: str, frame: Frame) -> Iterator[Reading]:
        token = filler.token
        if wanted == "integer":
            count = number_of(token)
            if count is not None:
                yield Value(str(count), "xsd:integer"), list(token.subtree)[:1] + [token]
        elif wanted == "string":
            tokens = phrase(token, full=token.pos_ in ("VERB", "AUX"))
            yield Value(text(tokens), "xsd:string"), tokens
        elif filler.owner:
            owner = self._discourse.owner(token)
            if owner is not None and self._terms.is_a(owner.type, wanted):
                yield owner, phrase(token)
        else:
            yield from self._mentioned(token, wanted, frame)

    def _mentioned(self, token: Token, wanted: str, frame: Frame) -> Iterator[Reading]:
        if token.pos_ in ("VERB", "AUX"):
            if self._terms.is_a("Event", wanted):
                tokens = _clause(token, frame.trigger)
                yield self._discourse.clause(tokens, self._event_name(token) or text(tokens)), tokens
            return
        found = self._discourse.mentions(token, wanted, self._participants(token))
        for mention in found:
            yield mention, phrase(token)
        if not found and wanted in ("Cause", "Circumstance") and token.pos_ in ("NOUN", "PROPN"):
            tokens = phrase(token, full=True)
            yield self._discourse.circumstance(token), tokens

    def _event_name(self, verb: Token) -> str | None:
        """The event of a clause under its noun: "the Warsaw Pact dissolved" is the dissolution of Warsaw Pact."""
        nominal = self._lexicon.nominals.get(verb.lemma_.lower())
        if nominal is None:
            return None
        for token in (*objects(verb), *subjects(verb)):
            for wanted in ("Actor", "Pact", "Instrument"):
                for mention in self._discourse.mentions(token, wanted):
                    return f"{nominal} of {self._abbreviations.get(mention.iri or '', mention.label)}"
        return None

    def _participants(self, token: Token) -> list[Token]:
        """What "the country" of a clause cannot be: the clause's own subject and objects."""
        verb = token.head
        while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
            verb = verb.head
        if verb.pos_ not in ("VERB", "AUX"):
            return []
        around = [*subjects(verb), *(c for c in verb.children if c.dep_ in ("dobj", "nsubjpass"))]
        return [t for t in around if t != token and token not in conjuncts(t)]

    def _aligned(self, frame: Frame) -> Iterator[tuple[Mention | None, End, list[Token]]]:
        """Each force with its own sender: "Russia and Belarus Special Forces" are two forces (a shared head)."""
        wanted = self._terms.range(frame.sense.predicate)
        tokens = [filler.token for filler in frame.objects]
        heads = [t for t in tokens if self._discourse.mentions(t, wanted)]
        for token in tokens:
            head = token if token in heads else next((h for h in heads if h.i > token.i), None)
            if head is None:
                continue
            force = self._discourse.mentions(head, wanted)[0]
            owners = [self._discourse.owner(head)] if head == token else list(self._discourse.mentions(token, "Actor"))
            for owner in owners:
                if owner is not None and owner.type != wanted:
                    yield owner, _owned_force(force, owner), [frame.trigger, *frame.fixed, *phrase(token), *phrase(head)]

    def _sent_by(self, frame: Frame, subject: Mention | None, object_: End) -> End:
        sends = frame.sense.predicate in _SENDING and isinstance(object_, Mention) and object_.iri is None
        if not sends or subject is None or not isinstance(object_, Mention) or object_.part_of is not None:
            return object_
        return _owned_force(object_, subject)

    # -- claims

    def _claims(self, frame: Frame) -> Iterator[tuple[Mention | None, End, list[Token]]]:
        sense = frame.sense
        by_document = sense.subject is not None and sense.subject.role == "Document"
        verbs = [_main_verb(frame.trigger)] if by_document else [filler.token for filler in frame.objects]
        for verb in verbs:
            claimants = [self._document()] if by_document else self._speakers(frame)
            tokens = [t for t in verb.subtree if not t.is_punct]
            for claimant, content in product(claimants, contents(verb, self._sentence.names)):
                start, end = self._sentence.offsets(min(t.i for t in tokens), max(t.i for t in tokens) + 1)
                surface = self._sentence.source.text[start:end]
                claim = Mention(start, end, surface, content, "Claim", None, f"{claimant.iri or claimant.key} {content}")
                yield claimant, claim, [frame.trigger, *tokens]

    def _speakers(self, frame: Frame) -> list[Mention]:
        domain = self._terms.domain("claims")
        return [m for filler in frame.subjects for m in self._discourse.mentions(filler.token, domain)]

    def _document(self) -> Mention:
        passage = self._sentence.passage
        return Mention(passage.start, passage.start, "", DOCUMENT, "Document", None, DOCUMENT)

    # -- qualifiers

    def _places(self, filler: Filler, frame: Frame) -> Iterator[Mention]:
        yield from self._discourse.mentions(filler.token, "Location", self._participants(filler.token))

    def _role(self, frame: Frame) -> str | None:
        """The office or the kind of membership, in the words of the text: "rotating chairman", "founding member"."""
        if frame.sense.role:
            return frame.sense.role
        if frame.sense.predicate not in _HOLDING_OFFICE or frame.trigger.pos_ not in ("NOUN", "PROPN"):
            return None
        left_out = ("nummod", "punct", "poss", "quantmod")
        words = [t for t in phrase(frame.trigger) if t.i not in self._sentence.names and t.dep_ not in left_out]
        plain_member = frame.sense.predicate == "memberOf" and len(words) < 2
        return None if plain_member or frame.trigger.i in self._sentence.names else text(words)


def _same(subject: Mention, object_: End) -> bool:
    return isinstance(object_, Mention) and subject.iri is not None and subject.iri == object_.iri


def _owned_force(force: Mention, owner: Mention) -> Mention:
    """The force as the owner's: "Belarus Special Forces", shared with Russia, has the label "Special Forces" for Russia's."""
    if force.part_of == owner.iri:
        return force
    own = force.key
    label = force.label
    if force.part_of is not None:  # the shared head alone: what stood before it was the other owner's name
        own = " ".join(word for word in own.split() if word not in label.lower().split()[0])
        label = label.partition(" ")[2] or label
    return replace(force, label=f"{label} of {owner.label}", part_of=owner.iri, key=f"{owner.label.lower()} {own}")


def _dated(value: str) -> Value:
    return Value(value, {4: "xsd:gYear", 7: "xsd:gYearMonth"}.get(len(value), "xsd:date"))


def _clause(verb: Token, trigger: Token) -> list[Token]:
    """The words of a clause without the phrase that the trigger heads ("… due to public anger")."""
    root = verb
    while root.dep_ in ("xcomp",) and root.head != root:
        root = root.head
    purposes = (t for child in root.children if child.dep_ == "advcl" for t in child.subtree)
    left_out = set(purposes if trigger == verb else trigger.subtree)
    return [t for t in root.subtree if t not in left_out and not t.is_punct and t.dep_ != "mark"]


def _trigger_phrase(frame: Frame) -> list[Token]:
    return phrase(frame.trigger) if frame.trigger.pos_ in ("NOUN", "PROPN") else [frame.trigger]


def _clause_of_speech(frame: Frame) -> list[Token]:
    """An accusation is quoted with all it says ("blamed … for the protests")."""
    if frame.sense.status is not Status.ATTRIBUTED:
        return []
    return [token for token in frame.trigger.subtree if not token.is_space and token.text not in ".;"]


def _main_verb(trigger: Token) -> Token:
    current = trigger
    while current.pos_ not in ("VERB", "AUX") and current.head != current:
        current = current.head
    return current
