"""Reference: noun phrases and pronouns → mentions. What cannot be resolved gives no mention, and then no statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from csto_graph.extract import phrases
from csto_graph.extract.descriptions import Descriptions
from csto_graph.extract.grammar import appositives, conjuncts, first_conjunct, lemma, phrase, possessors, prepositional, text
from csto_graph.extract.groups import Group, group, listed_under
from csto_graph.extract.lexicon import Lexicon
from csto_graph.extract.memory import OTHER, Memory, identity, weight
from csto_graph.extract.naming import class_of_kind, class_of_phrase, key_of, label_of
from csto_graph.extract.parse import Sentence
from csto_graph.extract.register import Register
from csto_graph.extract.repairs import is_led
from csto_graph.extract.terms import Terms
from csto_graph.extract.times import Chronology, Time, number_of
from csto_graph.extract.told import Told
from csto_graph.extract.tree import Token
from csto_graph.model import Mention, Name, NameKind

_SINGULAR = {"it", "its", "itself"}
_PLURAL = {"they", "them", "their", "themselves"}
_PERSONAL = {"he", "him", "his", "himself", "she", "her", "hers", "herself"}
_SHORTENED = {"Organisation", "Treaty"}
_PARTS = {"member", "membership", "state", "participant"}  # "the number of its members": whose members they are
_NAMED = ("State", "Pact", "Region")  # a definite description of such a kind must find it among the things already named


class Discourse:
    """One document, read sentence by sentence."""

    def __init__(self, lexicon: Lexicon, terms: Terms, metonyms: Mapping[str, Name]) -> None:
        self._lexicon = lexicon
        self._terms = terms
        self._metonyms = metonyms  # the capital's name → its state
        self._memory = Memory(terms)
        self._chronology = Chronology()
        self._register = Register(lexicon)
        self._described = Descriptions(self._memory)
        self._sentence: Sentence | None = None
        self.told = Told(terms, self._memory.topics)
        self._before: Sentence | None = None

    def enter(self, sentence: Sentence) -> None:
        """Begins a sentence: its names become candidates for what later words refer to."""
        self._before, self._sentence = self._sentence, sentence
        self._memory.enter(sentence.passage.index, sentence.text_names)
        for token in sentence.span:
            name = sentence.names.get(token.i)
            if name is not None:
                self._note(sentence.named(token, name), token)
                self._note_list(token)
                self._register.note_short(token, name)
            elif token.i in sentence.unknown:
                self._note(self._register.enter(sentence, token), token)

    def mentions(self, head: Token, wanted: str, exclude: Iterable[Token] = ()) -> tuple[Mention, ...]:
        """What the phrase of `head` speaks of, if it can be a `wanted`; several for "both states", none if unresolved."""
        named = head.i in self._here.names or head.i in self._here.unknown  # a name is told apart by itself
        found = self._mention(head, wanted, frozenset(() if named else self._here.things(exclude)))
        return tuple(mention for mention in found if self._terms.is_a(mention.type, wanted))

    def times(self, document_date: str | None) -> tuple[Time, ...]:
        """The times of the sentence, those among them that are said from another one."""
        return self._chronology.times(self._here.span, self._here.names, document_date, opening=self.before() is None)

    def topic(self, wanted: str) -> tuple[Mention, ...]:
        """The thing of a kind that the text is most about, if there is one."""
        found = self._memory.topic(wanted)
        return (replace(found, resolved=True),) if found else ()

    def owner(self, head: Token) -> Mention | None:
        """The first of the actors a phrase belongs to."""
        return next(iter(self.owners(head)), None)

    def owners(self, head: Token) -> tuple[Mention, ...]:
        """The actors a phrase belongs to: "Kazakh forces", "its troops", "British and French forces", "troops from Ghana"."""
        force = self._lexicon.class_of(lemma(head)) == "ArmedForce"
        origins = (noun for marker, noun in prepositional(head) if force and marker == "from")
        found: list[Mention] = []
        first: Token | None = None
        for possessor in (*possessors(head), *origins):
            other = first is not None and first_conjunct(possessor) != first
            if other or phrases.is_of_two_peoples(possessor, self._here.names):
                break  # another possessor: of "France's forces in the army of Chad" they are France's
            for mention in self._mention(possessor, "Actor", frozenset()):
                if self._terms.is_a(mention.type, "Actor") and mention.type != "ArmedForce":
                    found.append(mention)
                    first = first_conjunct(possessor)
            if not found and (lemma(possessor) in _PARTS or self._lexicon.class_of(lemma(possessor)) == "ArmedForce"):
                return self.owners(possessor)  # "a force of 3,000 Belgian soldiers"
        return tuple(found)

    def circumstance(self, head: Token, type_: str = "Circumstance") -> Mention:
        """Any phrase as a thing of its own words: a cause, a demand, those who speak."""
        return self._described.circumstance(self._here, head, type_)

    def clause(self, tokens: list[Token], label: str) -> Mention:
        """A whole clause as an event of that name."""
        return self._described.mention(self._here, tokens, label, "Event", label.lower())

    def before(self) -> Sentence | None:
        """The sentence before this one, where both stand in one paragraph."""
        here, before = self._here.passage, self._before
        same = before is not None and before.passage.kind is here.kind and before.passage.paragraph == here.paragraph
        return before if same else None

    def event_before(self, label: str) -> Mention:
        """What the sentence before states, as an event of that name."""
        assert self._before is not None
        return self._described.event(self._before.passage, label)

    def coerced(self, tokens: list[Token], label: str, class_: str) -> Mention:
        """A phrase as one of a class. A provision belongs to one instrument: elsewhere the same words name another one."""
        provision = self._described.provision(self._here, tokens, label) if class_ == "Provision" else None
        return provision or self._described.mention(self._here, tokens, label, class_, label.lower())

    # -- one phrase

    def _mention(self, head: Token, wanted: str, exclude: frozenset[str]) -> tuple[Mention, ...]:
        name = self._here.names.get(head.i)
        if name is not None:
            modifies = first_conjunct(head).dep_ in ("amod", "compound", "nmod", "npadvmod")  # "British-led"
            usable = name.kind is not NameKind.DEMONYM or modifies or phrases.is_people(head)
            return (self._acting(head, name, wanted),) if usable else ()
        if head.i in self._here.unknown:
            found = self._register.mention(self._here, head, wanted)
            return (found,) if found else ()
        several = group(head)
        if several is not None:
            return self._listed_before(several, wanted, exclude)
        if head.pos_ == "PRON" or head.lower_ in _SINGULAR | _PLURAL:
            return self._pronoun(head, wanted, exclude)
        counted = head.head.head if head.dep_ == "pobj" and head.head.lower_ == "of" else head
        if counted.pos_ == "NUM" and any(marker == "of" for marker, _ in prepositional(counted)):
            return (self._described.numbered(self._here, counted),)
        if phrases.is_membership(head) and wanted != "Location" and (bodies := self._bodies(head)):
            return bodies
        class_ = self._lexicon.class_of(lemma(head))
        proper = self._lexicon.proper_class(lemma(head))
        organ = self._institution(head, wanted) if "Institution" in (proper, class_) else ()
        if organ or class_ == "Institution":
            return organ
        if class_ is not None:
            return self._common(head, class_of_kind(head, class_), wanted, exclude)
        return self._short_for(head, proper, exclude) if proper else ()

    def _acting(self, head: Token, name: Name, wanted: str) -> Mention:
        """The thing of that name, or the state a capital acts for ("Seoul protested") where the text names that state too."""
        state = self._metonyms.get(name.surface_form)
        itself = self._terms.is_a(name.type, wanted) or phrases.is_whereabouts(head)
        if state is None or itself or not self._memory.knows(state.iri):
            return self._here.named(head, name)
        return replace(self._here.named(head, state), resolved=True)

    def _pronoun(self, pronoun: Token, wanted: str, exclude: frozenset[str]) -> tuple[Mention, ...]:
        plural, personal = pronoun.lower_ in _PLURAL, pronoun.lower_ in _PERSONAL
        if not plural and not personal and pronoun.lower_ not in _SINGULAR and not phrases.is_of_deeds(pronoun, wanted):
            return ()
        kind = "Person" if personal else wanted
        found = self._memory.antecedent(kind, self._here.offsets(pronoun.i, pronoun.i + 1)[0], plural=plural, exclude=exclude)
        if plural and not found and (speaker := phrases.speaking_for(pronoun)) is not None:
            return self.mentions(speaker, "Organisation")
        return tuple(self._again(mention, pronoun) for mention in map(self._register.settled, found) if mention.type)

    def _listed_before(self, several: Group, wanted: str, exclude: frozenset[str]) -> tuple[Mention, ...]:
        listed = self._memory.latest_list(wanted, several.count)
        if any(identity(mention) in exclude for mention in listed):
            return ()
        return tuple(replace(mention, resolved=True) for mention in several.of(listed))

    def _bodies(self, head: Token) -> tuple[Mention, ...]:
        """"ECOWAS nations signed", "the alliance's members agreed": what all of them do the organisation does."""
        owners = self._standing_for(head, "Organisation")[:1]
        nobodys = phrases.is_of_members(head) and not self.owners(head)
        return owners or (self.topic("Organisation") if nobodys else ())

    def _standing_for(self, head: Token, class_: str) -> tuple[Mention, ...]:
        """The owners of a phrase, as far as they are of a class, in its place."""
        start = self._offsets(phrase(head))[0]
        return tuple(replace(o, start=start, resolved=True) for o in self.owners(head) if self._terms.is_a(o.type, class_))

    def _institution(self, head: Token, wanted: str) -> tuple[Mention, ...]:
        """"the German Foreign Ministry", "the parliament of Kenya": its state; "the Salinas administration": a group."""
        if wanted == "Location":
            return ()
        states = self._standing_for(head, "State") or self._standing_for(head, "FormerState")
        unknown = any(child.dep_ in ("compound", "amod") and child.i in self._here.unknown for child in head.children)
        if states or not unknown:
            return states
        label = text(phrase(head))
        return (self._described.mention(self._here, phrase(head), label, "Group", label.lower()),)

    def _short_for(self, head: Token, class_: str, exclude: frozenset[str]) -> tuple[Mention, ...]:
        """"the union", "the Council": the thing last spoken of whose name has that word."""
        if not phrases.is_definite(head) or phrases.is_told_apart(head, self._here.names) or head.tag_ in ("NNS", "NNPS"):
            return ()
        found = self._shortened(head, class_, exclude) if class_ in _SHORTENED else None
        return (self._again(found, head),) if found else ()

    def _shortened(self, head: Token, class_: str, exclude: frozenset[str]) -> Mention | None:
        """What was named last with this word, or, of "The League" with its capital, what the text will name in full."""
        named = self._memory.headed(lemma(head), class_, exclude)
        return named or (self._memory.expected(lemma(head), class_) if head.text[0].isupper() else None)

    def _common(self, head: Token, class_: str, wanted: str, exclude: frozenset[str]) -> tuple[Mention, ...]:
        if class_ in ("Person", "Group") and head.dep_ in ("compound", "amod", "nmod"):
            return ()  # "a guerrilla force" is no guerrilla
        itself = self._predicated_name(head, class_) or self._apposed_person(head, class_)
        if itself is not None:
            return (itself,)
        plural = head.tag_ in ("NNS", "NNPS")
        listed = self._listed(head, class_) if plural else ()
        if listed:
            return listed
        if not any(self._terms.is_a(class_, kind) for kind in _NAMED):
            return (self._described_thing(head, class_),)
        formed = is_led(head) or any(marker == "against" for marker, _ in prepositional(head))
        if self._terms.is_a(class_, "Organisation") and formed:  # "a NATO-led coalition", "the coalition against Iraq"
            return (self._described_thing(head, class_),)
        owners = self._standing_for(head, class_)
        if owners:
            return owners
        if self._terms.is_a(class_, "Treaty") and phrases.is_indefinite(head):
            return (self._described_thing(head, class_),)
        counted = number_of(head) is not None and any(child.lower_ == "all" for child in head.children)
        if self.owners(head) or not (phrases.is_definite(head) or counted) or phrases.is_told_apart(head, self._here.names):
            return ()
        if plural:
            listed = self._memory.latest_list(class_, number_of(head) or (2 if phrases.is_both(head) else None))
            return tuple(replace(mention, resolved=True) for mention in listed)
        kind = class_ if self._terms.is_a(class_, wanted) else wanted if self._terms.is_a(wanted, class_) else ""
        named = self._shortened(head, kind, exclude) if self._terms.is_a(kind, "Pact") else None
        found = named or self._memory.spoken_of(kind, self._offsets([head])[0], exclude)
        return (self._again(found, head),) if found else ()

    def _predicated_name(self, head: Token, class_: str) -> Mention | None:
        """"NATO, an alliance formed by …", "SEATO was a pact concluded …": a description beside a name is the named thing."""
        beside = phrases.predicated_of(head)
        if beside is None:
            return None
        if beside.i in self._here.unknown:
            return self._register.mention(self._here, beside, class_)
        name = self._here.names.get(beside.i)
        if name is None:
            return None
        pacts = self._terms.is_a(name.type, "Pact") and self._terms.is_a(class_, "Pact")  # an alliance may be called a treaty
        mission = name.type == "ArmedForce" and class_ == "Intervention"  # a force may be called a peace operation
        return self._here.named(beside, name) if pacts or mission or self._terms.is_a(name.type, class_) else None

    def _apposed_person(self, head: Token, class_: str) -> Mention | None:
        """"the defence minister, Ali Hassan, …": the person, not the office."""
        people = (self._mention(token, "Person", frozenset()) for token in appositives(head)) if class_ == "Person" else ()
        return next((m for found in people for m in found if m.type == "Person"), None)

    def _described_thing(self, head: Token, class_: str) -> Mention:
        names, owner, type_ = self._here.names, self.owner(head), class_of_phrase(head, class_)
        key = key_of(head, type_, owner, names)
        if key == lemma(head) and phrases.is_definite(head):
            key = self._memory.latest_key(type_, key) or key
        return self._described.mention(self._here, phrase(head), label_of(head, type_, owner, names), type_, key, owner)

    # -- lists of names

    def _listed(self, head: Token, class_: str) -> tuple[Mention, ...]:
        """The names that a description lists, as far as they are of its class or act."""
        names = self._here.names
        named = [self._here.named(token, names[token.i]) for token in listed_under(head, names)]
        return tuple(m for m in named if self._terms.is_a(m.type, class_) or self._terms.is_a(m.type, "Actor"))

    def _note(self, mention: Mention | None, token: Token) -> None:
        if mention is not None:
            subject = phrases.is_subject(token)
            self._memory.note(mention, weight(self._here.passage, subject=subject), subject=subject)

    def _note_list(self, token: Token) -> None:
        names = self._here.names
        if token.dep_ != "conj":
            listed = tuple(self._here.named(t, names[t.i]) for t in conjuncts(token) if t.i in names)
            if len(listed) > 1:
                self._memory.note_list(listed, subject=phrases.is_subject(token))

    # -- the text

    @property
    def _here(self) -> Sentence:
        assert self._sentence is not None
        return self._sentence

    def _again(self, mention: Mention, token: Token) -> Mention:
        start, end = self._here.offsets(token.i, token.i + 1)
        found = replace(mention, resolved=True)
        self._memory.note(found, OTHER, subject=phrases.is_subject(token), plural=token.lower_ in _PLURAL)
        return replace(found, start=start, end=end)

    def _offsets(self, tokens: list[Token]) -> tuple[int, int]:
        return self._here.offsets(min(t.i for t in tokens), max(t.i for t in tokens) + 1)
