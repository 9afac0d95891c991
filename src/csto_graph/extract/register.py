"""The names of a document that no table knows: what each is, as far as the text has said, and its short forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from csto_graph.extract.candidates import Candidate, is_acronym
from csto_graph.extract.grammar import appositives, lemma
from csto_graph.extract.lexicon import Lexicon

_COPULAS = {"be", "become", "remain"}
# What a name of unknown kind may be where a class is asked for.
_ACRONYMS = dict.fromkeys(("Pact", "Organisation", "Actor", "Claimant", "Demander"), "Organisation")
_WORDS = {"Actor": "Person", "Claimant": "Person", "Demander": "Person", "Location": "Settlement"}
_SUFFIXES = {"jr.", "sr.", "jr", "sr", "ii", "iii", "iv"}


@dataclass(slots=True)
class Entry:
    """One name: its fullest form, and what it is once that is known."""

    label: str
    type: str | None

    @property
    def key(self) -> str:
        """What makes two mentions the same thing: a person's surname, else the whole name."""
        return surname(self.label).lower() if self.type == "Person" else self.label.lower()


class Register:
    """The unknown names that one document has used so far."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._entries: dict[str, Entry] = {}

    def enter(self, candidate: Candidate, token: Token) -> Entry:
        """The entry of a name, with what this place says of it. A surname alone is the person who bears it."""
        entry = self.find(candidate.label) or Entry(candidate.label, candidate.type)
        entry.type = entry.type or candidate.type or self._introduced(token)
        if not candidate.opening or entry.type is not None or _after(token) == "POS":
            self._entries.setdefault(candidate.label, entry)
        if candidate.short:
            self._entries[candidate.short] = entry
        if entry.type == "Person" or (entry.type is None and " " in entry.label):
            self._entries.setdefault(surname(entry.label), entry)
        return entry

    def find(self, name: str) -> Entry | None:
        """The entry that a name has, under any of its forms."""
        return self._entries.get(name)

    def type_of(self, entry: Entry, wanted: str, token: Token) -> str | None:
        """What a name is; where nothing has said so, what its place in the sentence asks for, if its form allows that."""
        if entry.type is None and entry.label in self._entries and token.dep_ not in ("compound", "amod", "nmod", "appos"):
            guess = (_ACRONYMS if is_acronym(entry.label) else _WORDS).get(wanted)
            if guess != "Settlement" or token.dep_ in ("pobj", "dobj", "conj", "nsubjpass"):
                entry.type = guess
        return entry.type

    def _introduced(self, token: Token) -> str | None:
        """"the MPLA, a liberation movement", "Ansar is a militia", "the rebel group Ansar"."""
        return next((class_ for noun in _said_of(token) if (class_ := self._class(noun)) is not None), None)

    def _class(self, noun: Token) -> str | None:
        if noun.pos_ != "NOUN":
            return None
        class_ = self._lexicon.proper_class(lemma(noun))
        if class_ == "Title":
            return "Person"
        return class_ if class_ not in ("Matter", "Institution", "Provision", "State", "Pact") else None


def _said_of(token: Token) -> Iterator[Token]:
    yield from appositives(token)
    if token.dep_ == "appos":
        yield token.head
    if token.dep_ in ("nsubj", "nsubjpass") and token.head.lemma_ in _COPULAS:
        yield from (child for child in token.head.children if child.dep_ == "attr")
    yield from (child for child in token.children if child.dep_ == "compound" and child.i == token.i - 1)


def surname(name: str) -> str:
    """The last word of a person's name that is not a suffix."""
    words = [word for word in name.split() if word.lower() not in _SUFFIXES]
    return words[-1] if words else name


def _after(token: Token) -> str:
    return token.nbor().tag_ if token.i + 1 < len(token.doc) else ""
