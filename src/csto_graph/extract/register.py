"""The names of a document that no table knows: what each is, as far as the text has said, and its short forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from csto_graph.extract.candidates import Candidate, is_acronym
from csto_graph.extract.grammar import appositives, lemma
from csto_graph.extract.lexicon import Lexicon
from csto_graph.extract.parse import Sentence
from csto_graph.extract.tree import Token
from csto_graph.model import Mention, Name, NameKind

_COPULAS = {"be", "become", "remain"}
# What a name of unknown kind may be where a class is asked for.
_ACRONYMS = dict.fromkeys(("Pact", "Organisation", "Actor", "Claimant", "Demander", "Recipient"), "Organisation")
_WORDS = {
    **dict.fromkeys(("Actor", "Claimant", "Demander", "Recipient"), "Person"),
    **dict.fromkeys(("Location", "Settlement"), "Settlement"),
}
_SUFFIXES = {"jr.", "sr.", "jr", "sr", "ii", "iii", "iv"}


@dataclass(slots=True)
class Entry:
    """One name: its fullest form, and what it is once that is known."""

    label: str
    type: str | None
    name: Name | None = None  # the known thing it is a short form of

    @property
    def key(self) -> str:
        """What makes two mentions the same thing: a person's surname, else the whole name."""
        return surname(self.label).lower() if self.type == "Person" else self.label.lower()


class Register:
    """The unknown names that one document has used so far."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._entries: dict[str, Entry] = {}

    def enter(self, sentence: Sentence, token: Token) -> Mention | None:
        """The name as the text goes on; its type is empty where nothing tells it. None for a capital that says little."""
        entry = self._entry(sentence.unknown[token.i], token)
        known = entry.type is not None or entry.label in self._entries
        return self._spoken(sentence, token, entry, entry.type or "") if known else None

    def mention(self, sentence: Sentence, token: Token, wanted: str) -> Mention | None:
        """What the name stands for where a `wanted` is asked for, as far as the text or its place there tells."""
        entry = self._entry(sentence.unknown[token.i], token)
        if entry.name is not None:
            return sentence.named(token, entry.name)
        type_ = self._type_of(entry, wanted, token)
        return self._spoken(sentence, token, entry, type_) if type_ else None

    def _spoken(self, sentence: Sentence, token: Token, entry: Entry, type_: str) -> Mention:
        return sentence.mention(token, Mention(0, 0, "", entry.label, type_, None, key=entry.key))

    def _entry(self, candidate: Candidate, token: Token) -> Entry:
        """The entry of a name, with what this place says of it. A surname alone is the person who bears it."""
        entry = self.find(candidate.label) or self._spelt_out(candidate, token) or Entry(candidate.label, candidate.type)
        entry.type = entry.type or candidate.type or self._introduced(token)
        if not candidate.opening or entry.type is not None or _after(token) == "POS":
            self._entries.setdefault(candidate.label, entry)
        if candidate.short:
            self._entries[candidate.short] = entry
        if entry.type == "Person" or (entry.type is None and " " in entry.label):
            self._entries.setdefault(surname(entry.label), entry)
        return entry

    def note_short(self, token: Token, name: Name) -> None:
        """A known name may be given a short form that the tables lack: "the African Union (UA)"."""
        short = _in_brackets(token)
        if short is not None and is_acronym(short.text) and name.kind is NameKind.STRONG:
            self._entries.setdefault(short.text, Entry(name.label, name.type, name))

    def settled(self, mention: Mention) -> Mention:
        """The thing as what the text has meanwhile said that it is."""
        entry = None if mention.type else self.find(mention.label)
        return mention if entry is None else replace(mention, type=entry.type or "", key=entry.key)

    def find(self, name: str) -> Entry | None:
        """The entry that a name has, under any of its forms."""
        return self._entries.get(name)

    def _spelt_out(self, candidate: Candidate, token: Token) -> Entry | None:
        """"the PFG (Popular Front of Guinea)": one thing under its full name."""
        before = token.doc[token.i - 2] if token.i > 1 and token.nbor(-1).text == "(" else None
        spelt = before is not None and is_acronym(before.text) and before.text[0] == candidate.label[0]
        entry = self.find(before.text) if before is not None and spelt and candidate.type else None
        if entry is not None and entry.name is None and is_acronym(entry.label):
            entry.label, entry.type = candidate.label, entry.type or candidate.type
            return entry
        return None

    def _type_of(self, entry: Entry, wanted: str, token: Token) -> str | None:
        """What a name is; where nothing has said so, what its place in the sentence asks for, if its form allows that."""
        beside = ("compound", "amod", "nmod") if " " in entry.label else ("compound", "amod", "nmod", "appos")
        if entry.type is None and entry.label in self._entries and token.dep_ not in beside:
            guess = (_ACRONYMS if is_acronym(entry.label) else _WORDS).get(wanted)
            if guess != "Settlement" or token.dep_ in ("pobj", "dobj", "conj", "nsubjpass"):
                entry.type = guess
        return entry.type

    def _introduced(self, token: Token) -> str | None:
        """"the MPLA, a liberation movement", "Ansar is a militia", "the rebel group Ansar"."""
        of_land = token.dep_ in ("compound", "nmod") and token.head.i == token.i + 1 and self._class(token.head) == "Region"
        said = next((class_ for noun in _said_of(token) if (class_ := self._class(noun)) is not None), None)
        return said or ("Region" if of_land else None)  # "the Ogaden region"

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


def _in_brackets(token: Token) -> Token | None:
    """The one word in brackets after a name."""
    following = token.doc[token.i + 1 : token.i + 4]
    return following[1] if len(following) == 3 and following[0].text == "(" and following[2].text == ")" else None
