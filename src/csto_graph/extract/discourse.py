"""Reference: noun phrases and pronouns → mentions. What cannot be resolved gives no mention, and then no statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Token

from csto_graph.extract.grammar import (
    PRENOMINAL,
    appositives,
    conjuncts,
    lemma,
    phrase,
    possessors,
    prepositional,
    surface_subject,
    text,
)
from csto_graph.extract.lexicon import Lexicon
from csto_graph.extract.memory import OTHER, SUBJECT, TITLE, Memory, identity
from csto_graph.extract.naming import class_of_phrase, key_of, label_of
from csto_graph.extract.parse import Sentence
from csto_graph.extract.phrases import is_both, is_definite, is_indefinite, is_people, is_subject, is_whereabouts
from csto_graph.extract.register import Entry, Register
from csto_graph.extract.repairs import compound_participle
from csto_graph.extract.terms import Terms
from csto_graph.extract.times import Chronology, Time, number_of
from csto_graph.model import Mention, Name, NameKind, PassageKind, Value

_SINGULAR = {"it", "its", "itself"}
_PLURAL = {"they", "them", "their", "themselves"}
_PARTS = {"member", "membership", "state", "participant"}  # "the number of its members": whose members they are
# Kinds that a definite description must find among the things already named.
_NAMED = ("State", "Pact", "Region")


class Discourse:
    """One document, read sentence by sentence."""

    def __init__(self, lexicon: Lexicon, terms: Terms, metonyms: Mapping[str, Name]) -> None:
        self._lexicon = lexicon
        self._terms = terms
        self._metonyms = metonyms  # the capital's name → its state
        self._memory = Memory(terms)
        self._chronology = Chronology()
        self._register = Register(lexicon)
        self._described: dict[str, Mention] = {}
        self._sentence: Sentence | None = None
        self._before: Sentence | None = None

    def enter(self, sentence: Sentence) -> None:
        """Begins a sentence: its names become candidates for what later words refer to."""
        self._before, self._sentence = self._sentence, sentence
        self._memory.enter(sentence.passage.index)
        for token in sentence.span:
            name = sentence.names.get(token.i)
            if name is not None:
                self._memory.note(self._named(token, name), _weight(token, sentence), subject=is_subject(token))
                self._note_list(token)
            elif token.i in sentence.unknown:
                self._enter_unknown(token)

    def mentions(self, head: Token, wanted: str, exclude: Iterable[Token] = ()) -> tuple[Mention, ...]:
        """What the phrase of `head` speaks of, if it can be a `wanted`; several for "both states", none if unresolved."""
        found = self._mention(head, wanted, frozenset(self._iris(exclude)))
        return tuple(mention for mention in found if self._terms.is_a(mention.type, wanted))

    def times(self, document_date: str | None) -> tuple[Time, ...]:
        """The times of the sentence, those among them that are said from another one."""
        return self._chronology.times(self._here.span, self._here.names, document_date)

    def topic(self, wanted: str) -> tuple[Mention, ...]:
        """The thing of a kind that the text is most about, if there is one."""
        found = self._memory.topic(wanted)
        return (replace(found, resolved=True),) if found else ()

    def has_members(self, pact: Mention | Value | None) -> None:
        """The text speaks of who belongs to this organisation or treaty."""
        if isinstance(pact, Mention):
            self._memory.topics.add(identity(pact))

    def owner(self, head: Token) -> Mention | None:
        """The actor a phrase belongs to: "Kazakh security forces", "its troops", "forces of Belarus", "troops from Ghana"."""
        force = self._lexicon.class_of(lemma(head)) == "ArmedForce"
        origins = (noun for marker, noun in prepositional(head) if force and marker == "from")
        for possessor in (*possessors(head), *origins):
            for mention in self._mention(possessor, "Actor", frozenset()):
                if self._terms.is_a(mention.type, "Actor") and mention.type != "ArmedForce":
                    return mention
            if lemma(possessor) in _PARTS:
                return self.owner(possessor)
        return None

    def circumstance(self, head: Token) -> Mention:
        """Any phrase as a named circumstance: a cause, a demand."""
        tokens = phrase(head, full=True)
        key = " ".join(token.lemma_.lower() for token in tokens if token.is_alpha)
        return self._describe(tokens, text(tokens), "Circumstance", key)

    def clause(self, tokens: list[Token], label: str) -> Mention:
        """A whole clause as an event of that name."""
        return self._describe(tokens, label, "Event", label.lower())

    def before(self) -> Sentence | None:
        """The sentence before this one, where both stand in one paragraph."""
        here, before = self._here.passage, self._before
        same = before is not None and before.passage.kind is here.kind and before.passage.paragraph == here.paragraph
        return before if same else None

    def event_before(self, label: str) -> Mention:
        """What the sentence before states, as an event of that name."""
        assert self._before is not None
        start, end, surface = self._before.passage.start, self._before.passage.end, self._before.passage.text
        event = Mention(start, end, surface, label, "Event", None, label.lower())
        first = self._described.setdefault(f"Event {label.lower()}", event)
        return replace(first, start=start, end=end, surface_form=surface)

    def coerced(self, tokens: list[Token], label: str, class_: str) -> Mention:
        """A phrase as one of a class. A provision belongs to one instrument: elsewhere the same words name another one."""
        place = f" {self._here.passage.index}" if class_ == "Provision" else ""
        return self._describe(tokens, label, class_, label.lower() + place)

    # -- one phrase

    def _mention(self, head: Token, wanted: str, exclude: frozenset[str]) -> tuple[Mention, ...]:
        name = self._here.names.get(head.i)
        if name is not None:
            usable = name.kind is not NameKind.DEMONYM or is_people(head) or head.dep_ in ("amod", "compound", "nmod")
            return (self._acting(head, name, wanted),) if usable else ()
        if head.i in self._here.unknown:
            return self._unknown(head, wanted)
        if head.pos_ == "PRON" or head.lower_ in _SINGULAR | _PLURAL:
            return self._pronoun(head, wanted, exclude)
        counted = head.head.head if head.dep_ == "pobj" and head.head.lower_ == "of" else head
        if counted.pos_ == "NUM" and any(marker == "of" for marker, _ in prepositional(counted)):
            return (self._numbered(counted),)
        class_ = self._lexicon.class_of(lemma(head))
        return self._common(head, class_, wanted, exclude) if class_ else ()

    def _named(self, token: Token, name: Name) -> Mention:
        start, end = self._offsets([token])
        return Mention(start, end, self._here.source.text[start:end], name.label, name.type, name.iri, key=name.iri)

    def _acting(self, head: Token, name: Name, wanted: str) -> Mention:
        """The thing of that name, or the state a capital acts for ("Seoul protested") where the text names that state too."""
        state = self._metonyms.get(name.surface_form)
        if state is None or self._terms.is_a(name.type, wanted) or not self._memory.knows(state.iri) or is_whereabouts(head):
            return self._named(head, name)
        return replace(self._named(head, state), resolved=True)

    def _pronoun(self, pronoun: Token, wanted: str, exclude: frozenset[str]) -> tuple[Mention, ...]:
        plural = pronoun.lower_ in _PLURAL
        if not plural and pronoun.lower_ not in _SINGULAR:
            return ()
        found = self._memory.antecedent(wanted, self._offsets([pronoun])[0], plural=plural, exclude=exclude)
        return (self._again(found, pronoun),) if found else ()

    def _common(self, head: Token, class_: str, wanted: str, exclude: frozenset[str]) -> tuple[Mention, ...]:
        itself = self._predicated_name(head, class_)
        if itself is not None:
            return (itself,)
        plural = head.tag_ in ("NNS", "NNPS")
        listed = self._listed(head, class_) if plural else ()
        if listed:
            return listed
        if not any(self._terms.is_a(class_, kind) for kind in _NAMED):
            return (self._described_thing(head, class_),)
        if any(compound_participle(child) for child in head.children):  # "a NATO-led coalition" is known by who leads it
            return (self._described_thing(head, class_),)
        owner = self.owner(head)
        if owner is not None and self._terms.is_a(owner.type, class_):
            return (replace(owner, start=self._offsets(phrase(head))[0], resolved=True),)
        if self._terms.is_a(class_, "Treaty") and is_indefinite(head):
            return (self._described_thing(head, class_),)
        if owner is not None or not is_definite(head) or self._is_another(head):
            return ()
        if plural:
            listed = self._memory.latest_list(class_, number_of(head) or (2 if is_both(head) else None))
            return tuple(replace(mention, resolved=True) for mention in listed)
        kind = class_ if self._terms.is_a(class_, wanted) else wanted if self._terms.is_a(wanted, class_) else ""
        found = self._memory.salient(kind, exclude)
        return (self._again(found, head),) if found else ()

    def _enter_unknown(self, token: Token) -> None:
        entry = self._register.enter(self._here.unknown[token.i], token)
        if entry.type is not None:
            self._memory.note(self._stranger(token, entry, entry.type), _weight(token, self._here), subject=is_subject(token))

    def _unknown(self, head: Token, wanted: str) -> tuple[Mention, ...]:
        """A name that no table knows, where what the text says it is agrees with the kind that is asked for."""
        entry = self._register.enter(self._here.unknown[head.i], head)
        type_ = self._register.type_of(entry, wanted, head)
        return (self._stranger(head, entry, type_),) if type_ else ()

    def _stranger(self, token: Token, entry: Entry, type_: str) -> Mention:
        start, end = self._offsets([token])
        return Mention(start, end, self._here.source.text[start:end], entry.label, type_, None, key=entry.key)

    def _predicated_name(self, head: Token, class_: str) -> Mention | None:
        """"NATO, an alliance formed by …", "SEATO was a pact concluded …": a description beside a name is the named thing."""
        beside = head.head if head.dep_ == "appos" else None
        if head.dep_ == "attr" and head.head.lemma_ == "be":
            beside = surface_subject(head.head)
        if beside is None:
            return None
        if beside.i in self._here.unknown:
            return next(iter(self._unknown(beside, class_)), None)
        name = self._here.names.get(beside.i)
        if name is None:
            return None
        pacts = self._terms.is_a(name.type, "Pact") and self._terms.is_a(class_, "Pact")  # an alliance may be called a treaty
        return self._named(beside, name) if pacts or self._terms.is_a(name.type, class_) else None

    def _is_another(self, head: Token) -> bool:
        """"the Arab coalition", "the coalition against X", "the body set up to …": told apart, so not what was spoken of."""
        for child in head.children:
            if child.dep_ in ("amod", "compound", "nmod") and (child.i in self._here.names or child.pos_ == "PROPN"):
                return True
            if child.dep_ == "prep" and child.lower_ in ("of", "for", "against", "between", "with", "from"):
                return True
            if child.dep_ in ("acl", "relcl") and head.doc[next(child.subtree).i - 1].text != ",":
                return True
        return False

    def _described_thing(self, head: Token, class_: str) -> Mention:
        names, owner, type_ = self._here.names, self.owner(head), class_of_phrase(head, class_)
        key = key_of(head, type_, owner, names)
        if key == lemma(head) and is_definite(head):
            key = self._memory.latest_key(type_, key) or key
        return self._describe(phrase(head), label_of(head, type_, owner, names), type_, key, owner)

    def _numbered(self, head: Token) -> Mention:
        last = max(noun.i for marker, noun in prepositional(head) if marker == "of")
        tokens = [token for token in phrase(head, full=True) if token.i <= last]
        return self._describe(tokens, text(tokens), "Group", text(tokens).lower())

    def _describe(self, tokens: list[Token], label: str, type_: str, key: str, owner: Mention | None = None) -> Mention:
        start, end = self._offsets(tokens)
        surface = self._here.source.text[start:end]
        part_of = owner.iri if owner else None
        first = self._described.setdefault(f"{type_} {key}", Mention(start, end, surface, label, type_, None, key, part_of))
        mention = replace(first, start=start, end=end, surface_form=surface)
        plural = tokens[-1].tag_ in ("NNS", "NNPS")
        self._memory.note(mention, OTHER, subject=is_subject(tokens[-1]), plural=plural)
        return mention

    # -- lists of names

    def _listed(self, head: Token, class_: str) -> tuple[Mention, ...]:
        """"six states: Armenia, Belarus …", "its neighbours, including Georgia": the names that a description lists."""
        names = self._here.names
        including = (noun for marker, noun in prepositional(head) if marker in ("including", "namely"))
        tokens = [*appositives(head), *including, *self._strayed(head)]
        named = [self._named(token, names[token.i]) for token in tokens if token.i in names]
        return tuple(m for m in named if self._terms.is_a(m.type, class_) or self._terms.is_a(m.type, "Actor"))

    def _strayed(self, head: Token) -> Iterator[Token]:
        """"six states belonging to the CIS — Russia, Armenia … —": a list that the parser hung on a name of another kind."""
        names = self._here.names
        for token in head.subtree:
            beside = names.get(token.head.i)
            if token.dep_ == "appos" and token.i in names and beside is not None and names[token.i].type != beside.type:
                yield from conjuncts(token)

    def _note_list(self, token: Token) -> None:
        names = self._here.names
        if token.dep_ != "conj":
            listed = tuple(self._named(t, names[t.i]) for t in conjuncts(token) if t.i in names)
            if len(listed) > 1:
                self._memory.note_list(listed)

    # -- the text

    @property
    def _here(self) -> Sentence:
        assert self._sentence is not None
        return self._sentence

    def _again(self, mention: Mention, token: Token) -> Mention:
        start, end = self._offsets([token])
        self._memory.note(mention, OTHER, subject=is_subject(token), plural=token.lower_ in _PLURAL)
        return replace(mention, start=start, end=end, resolved=True)

    def _offsets(self, tokens: list[Token]) -> tuple[int, int]:
        return self._here.offsets(min(t.i for t in tokens), max(t.i for t in tokens) + 1)

    def _iris(self, tokens: Iterable[Token]) -> Iterator[str]:
        names = self._here.names
        for token in (conjunct for head in tokens for conjunct in conjuncts(head)):
            before = (child for child in token.children if child.dep_ in PRENOMINAL)
            yield from (names[t.i].iri for t in (token, *before) if t.i in names)


def _weight(token: Token, sentence: Sentence) -> float:
    if sentence.passage.kind is not PassageKind.SENTENCE:
        return TITLE if sentence.passage.index == 0 else 0.0
    return SUBJECT if is_subject(token) else OTHER
