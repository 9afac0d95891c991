"""Words that govern how a clause is held: what "agreed to", "the refusal to", "likely to", "said that" do to what they govern."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from csto_graph.extract.grammar import (
    SINGLING,
    direct_objects,
    genitives,
    is_infinitive,
    is_passive,
    lemma,
    prenominal,
    subjects,
)
from csto_graph.extract.lexicon import Governor, Lexicon
from csto_graph.extract.tree import Token
from csto_graph.model import Status

_VERBAL = ("VERB", "AUX")
_KINDS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}
_OF_VERBS = {"of", "to", "on", "about", "against", "for", "with", "upon"}
_OF_NOUNS = {"of", "for", "to", "on", "about", "at", "against"}
_TEMPORAL = {"as", "when", "while", "after", "before", "until", "since", "because", "although", "though"}
_NOBODYS = {"be", "let", "suppose", "imagine", "assume"}  # what they govern is no one's claim


@dataclass(frozen=True, slots=True)
class Government:
    """What a governing word makes of what it governs (None: nothing), and who says so."""

    status: Status | None
    claimants: tuple[Token, ...] = ()


def governor_of(word: Token, lexicon: Lexicon) -> Governor | None:
    """The lexicon's governor of this very word."""
    return lexicon.governors.get((lemma(word), _KINDS.get(word.pos_, "")))


def infinitive_status(verb: Token, over: Token, lexicon: Lexicon) -> Status | None:
    """What a word makes of the infinitive below it: "agreed to leave"; "met to found it" is another matter than "met to talk"."""
    governor = governor_of(over, lexicon)
    if governor is None or governor.infinitive is not None or governor.joint is None:
        return governor.infinitive if governor is not None else None
    senses = (sense for entry in lexicon.by_trigger.get((lemma(verb), "verb"), ()) for sense in entry.senses)
    return governor.joint if any(lexicon.traits(sense.predicate).jointly for sense in senses) else None


def government(word: Token, lexicon: Lexicon, *, event: bool) -> Government | None:
    """What governs a word, if anything; `event`: the word, if a noun, names what happens and is not a part of it."""
    head, marker = _over(word)
    construction = _construction(word, head, marker) if head is not None else None
    if head is None or construction is None or (word.pos_ not in _VERBAL and not event):
        return None
    governor = governor_of(head, lexicon)
    status = getattr(governor, construction) if governor is not None else None
    if construction == "infinitive":
        status = infinitive_status(word, head, lexicon)
    if status is None:
        status = _by_default(word, head, construction, known=governor is not None)
    return Government(status, tuple(holders(head)) if status is Status.ATTRIBUTED or _says(governor) else ())


def is_singled_out(verb: Token) -> bool:
    """"the first country to join", "became the only one to leave": what such an infinitive says has happened."""
    if not is_infinitive(verb):
        return False
    copular = verb.dep_ in ("xcomp", "advcl") and verb.head.lemma_ in ("be", "become")
    nouns = [child for child in verb.head.children if copular and child.dep_ == "attr" and child.i < verb.i]
    return any(SINGLING & {c.lower_ for c in (noun, *noun.children)} for noun in (nouns if copular else [verb.head]))


def _says(governor: Governor | None) -> bool:
    return governor is not None and governor.clause is Status.ATTRIBUTED


def holders(head: Token) -> Iterator[Token]:
    """Who holds what a word governs: the subject of a verb; whose noun it is, else who makes or gives it."""
    if head.pos_ in _VERBAL:
        yield from subjects(head)
        return
    above = head.head
    if head.pos_ == "ADJ":
        yield from subjects(above) if above.pos_ in _VERBAL else ()
        return
    owners = [*genitives(head), *prenominal(head)]
    yield from owners or (subjects(above) if head.dep_ in ("dobj", "pobj", "attr") and above.pos_ in _VERBAL else ())


def _over(word: Token) -> tuple[Token | None, str]:
    """The governing word, and the preposition between."""
    if word.dep_ in ("pcomp", "pobj") and word.head.pos_ in ("ADP", "SCONJ", "PART"):
        return word.head.head, word.head.lower_
    if word.dep_ == "ccomp" and any(t.text == ";" for t in word.doc[word.i : word.head.i]):
        return None, ""  # "A invaded B; C sent troops": two sentences
    if word.dep_ in ("xcomp", "ccomp", "csubj", "csubjpass", "acl", "dobj", "nsubjpass"):
        return word.head, ""
    if word.dep_ == "advcl" and _has_that(word):
        return word.head, ""
    return None, ""


def _construction(word: Token, head: Token, marker: str) -> str | None:
    """How it is governed: a field of `Governor`."""
    if word.pos_ not in _VERBAL:
        return _nominal(word, head, marker)
    if word.dep_ == "pcomp":
        if marker == "from":
            return "prevented"
        return "gerund" if marker in (_OF_VERBS if head.pos_ in _VERBAL else _OF_NOUNS) else None
    if word.tag_ == "VBG" and word.dep_ == "xcomp":
        return "gerund"
    if is_infinitive(word) or word.dep_ == "xcomp":
        return "others" if _is_anothers(word, head) else "infinitive"
    if word.dep_ == "acl" and not _has_that(word):
        return None
    marks = {child.lower_ for child in word.children if child.dep_ in ("mark", "advmod")}
    return None if marks & _TEMPORAL else "clause"


def _nominal(word: Token, head: Token, marker: str) -> str | None:
    if word.dep_ == "dobj" and head.pos_ in _VERBAL and not marker:
        return "noun"
    if word.dep_ == "nsubjpass" and is_passive(head) and not any(c.dep_ in ("oprd", "acomp", "xcomp") for c in head.children):
        return "noun"  # but "the mission was considered illegal"
    if word.dep_ == "pobj":
        if marker == "from":
            return "prevented"
        return "phrase" if marker in (_OF_VERBS if head.pos_ in _VERBAL else _OF_NOUNS) else None
    return None


def _is_anothers(verb: Token, head: Token) -> bool:
    """"asked Russia to send", "wanted Russia to send", "was asked to send": not the one who asks would do it."""
    own = any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)
    return own or (head.pos_ in _VERBAL and (is_passive(head) or bool(direct_objects(head))))


def _by_default(word: Token, head: Token, construction: str, *, known: bool) -> Status | None:
    """Under a word that nobody has listed: a content clause is somebody's, an infinitive is meant, not done."""
    if construction == "clause":
        if not known and word.dep_ == "ccomp" and word.i < head.i and not _has_that(word):
            return None  # "The war ended, so the troops left": two clauses that the parser runs together
        nobodys = word.dep_ != "ccomp" or head.lemma_ in _NOBODYS or head.pos_ not in _VERBAL
        return Status.HYPOTHETICAL if nobodys else Status.ATTRIBUTED
    if construction in ("infinitive", "others") and word.dep_ in ("xcomp", "ccomp") and is_infinitive(word):
        return Status.NEGATED if _has_yet(head) else Status.PLANNED
    return None


def _has_that(verb: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in verb.children)


def _has_yet(verb: Token) -> bool:
    """"has yet to ratify"."""
    return any(child.lower_ == "yet" for child in verb.children)
