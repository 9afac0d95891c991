"""The lexicon as records: which words say which property, and where its arguments stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from csto_graph.model import Status


@dataclass(frozen=True, slots=True)
class Argument:
    """Where an argument stands: a LexInfo role (`Subject`, `PrepositionalObject` …), with its markers or fixed fillers."""

    role: str
    markers: frozenset[str] = frozenset()
    owner: bool = False  # the possessor of the phrase in that role, not the phrase itself
    class_: str | None = None  # the phrase must be headed by a noun that denotes this class
    fillers: frozenset[str] = frozenset()  # … or by one of these nouns
    narrowed: str | None = None  # what stands there must be one of this class, narrower than the property asks
    coerces: str | None = None  # what stands there is one of this class, whatever its noun


@dataclass(frozen=True, slots=True)
class Sense:
    """One reading of an entry: the property it states and where the property's arguments stand."""

    predicate: str
    subject: Argument | None
    object: Argument | None
    place: Argument | None = None
    require: Argument | None = None  # must be there for the reading to hold, and states nothing
    status: Status | None = None
    presupposed: bool = False
    role: str | None = None
    unnamed_agent: bool = False  # a passive may leave out who did it
    object_from_context: bool = False  # "Kenya joined in 2016": what it joined is what the text is about

    subject_from_context: bool = False  # "there were 34 members": of what the text is about

    dated_by: str | None = None  # without a time of its own it holds from the date that this property gave its object

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """Every argument that it has."""
        return tuple(a for a in (self.subject, self.object, self.place, self.require) if a is not None)


@dataclass(frozen=True, slots=True)
class Governor:
    """How a word holds what it governs, by construction; None: as an unlisted word would. Asserted: it is done, it is so."""

    clause: Status | None = None  # said that X left; if X left
    infinitive: Status | None = None  # agreed to leave
    joint: Status | None = None  # met to found, met to sign
    others: Status | None = None  # asked X to leave
    gerund: Status | None = None  # considered leaving, the possibility of leaving
    noun: Status | None = None  # approved its withdrawal
    phrase: Status | None = None  # agreed to its withdrawal, the possibility of a withdrawal
    prevented: Status | None = None  # kept X from leaving


@dataclass(frozen=True, slots=True)
class Traits:
    """What the lexicon says of a property, however it is worded."""

    sends: bool = False  # a force that is nobody's yet is its sender's
    through_forces: bool = False  # what the forces of a state do, the state does
    through_leaders: bool = False  # what the leaders of a state do, the state does
    through_members: bool = False  # what the members of an organisation do together, it does
    by_role: bool = False  # the office or the kind of membership qualifies it
    jointly: bool = False  # who met to do it did it
    actors: frozenset[str] = frozenset()  # the classes that do it; empty: every class of the property's domain


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase. `words[0]` is its trigger lemma; the rest are fixed words that must stand with it."""

    id: str
    words: tuple[str, ...]
    part_of_speech: str
    forms: tuple[str, ...] = ()  # forms that the lemmatizer does not bring back to the trigger: staged
    senses: tuple[Sense, ...] = ()
    denotes: str | None = None  # a class, for nouns that name a kind of thing
    holds: Governor | None = None  # how it holds what it governs
    nominal: str | None = None  # how an event of this verb is called: dissolve → dissolution
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Entries by trigger lemma and part of speech, and the class that each common noun denotes."""

    entries: tuple[Entry, ...]
    by_trigger: Mapping[tuple[str, str], tuple[Entry, ...]]
    classes: Mapping[str, str]
    governors: Mapping[tuple[str, str], Governor]
    nominals: Mapping[str, str]
    light_verbs: frozenset[str]  # their object says what is done, their subject does it: launch an invasion, make a request
    stative: frozenset[str]
    speakers: frozenset[str]  # nouns of those who speak
    proper: Mapping[str, str]  # words of names → the class of what they head, or Title, Institution, Matter
    properties: Mapping[str, Traits]

    def traits(self, predicate: str) -> Traits:
        """What it says of a property by local name."""
        return self.properties.get(predicate, Traits())

    def class_of(self, lemma: str) -> str | None:
        """The class a common noun denotes: `troops` → ArmedForce."""
        return self.classes.get(lemma.lower())

    def proper_class(self, word: str) -> str | None:
        """What a capitalised word makes of the name it heads: `Alliance` → Organisation, `General` → Title."""
        lower = word.lower()
        for form in (lower, lower.removesuffix("s"), lower.removesuffix("es")):
            if form in self.proper or form in self.classes:
                return self.proper.get(form) or self.classes[form]
        return None
