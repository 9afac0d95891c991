"""What the lexicon does not cover: sentences that relate known things with words that no entry knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from csto_graph.extract.grammar import lemma, subjects
from csto_graph.extract.lexicon import Lexicon
from csto_graph.extract.parse import Sentence
from csto_graph.extract.terms import Terms
from csto_graph.extract.tree import Token
from csto_graph.model import Passage

# Words below a predicate that are still its own arguments; another clause begins at any other one.
_WITHIN = {
    "nsubj", "nsubjpass", "dobj", "dative", "pobj", "agent", "prep", "poss", "compound", "nmod", "amod", "conj", "appos", "attr",
    "oprd", "nummod", "pcomp",
}  # fmt: skip
_ACTING = ("Actor", "Pact")
_SUPPORTED = ("of", "by", "between", "against", "with", "among", "from", "to")


class Understanding(StrEnum):
    """What became of a sentence."""

    UNDERSTOOD = "understood"  # it gave a statement
    OUT_OF_SCOPE = "nothing in scope"  # it relates no known things
    NOT_UNDERSTOOD = "not understood"  # it relates known things, and gave no statement


@dataclass(frozen=True, slots=True, order=True)
class Trigger:
    """A verb or an event noun, as an entry of the lexicon would have it."""

    lemma: str
    part_of_speech: str


@dataclass(frozen=True, slots=True)
class Covered:
    """A sentence, what became of it, and the words that relate its known things: those with an entry and those without."""

    passage: Passage
    understanding: Understanding
    known: tuple[Trigger, ...] = ()
    unknown: tuple[Trigger, ...] = ()


def covered(sentence: Sentence, stated: bool, lexicon: Lexicon, terms: Terms) -> Covered:
    """How far a sentence is understood; `stated` says whether it gave a statement."""
    relating = [token for token in sentence.span if _relates(token, sentence, lexicon, terms)]
    known = _triggers(token for token in relating if _is_known(token, lexicon))
    unknown = _triggers(token for token in relating if not _is_known(token, lexicon))
    if stated:
        return Covered(sentence.passage, Understanding.UNDERSTOOD, known, unknown)
    understanding = Understanding.NOT_UNDERSTOOD if relating else Understanding.OUT_OF_SCOPE
    return Covered(sentence.passage, understanding, known, unknown)


def _triggers(tokens: Iterable[Token]) -> tuple[Trigger, ...]:
    return tuple(dict.fromkeys(Trigger(lemma(token), _kind(token)) for token in tokens))


def _kind(token: Token) -> str:
    return "verb" if token.pos_ == "VERB" else "noun"


def _relates(token: Token, sentence: Sentence, lexicon: Lexicon, terms: Terms) -> bool:
    """A verb with a known actor and something else that a statement can speak of, or a noun with two known things."""
    if token.i in sentence.names or token.pos_ not in ("VERB", "NOUN"):
        return False
    below = list(_arguments(token))
    named = {sentence.names[t.i].iri for t in below if t.i in sentence.names}
    acting = {
        sentence.names[t.i].iri
        for t in below
        if t.i in sentence.names and any(terms.is_a(sentence.names[t.i].type, kind) for kind in _ACTING)
    }
    described = {lemma(t) for t in below if t.pos_ == "NOUN" and t.i not in sentence.names and lexicon.class_of(lemma(t))}
    if token.pos_ == "VERB":
        return bool(acting) and len(named) + len(described) > 1
    return lexicon.class_of(lemma(token)) is None and bool(acting) and len(named) > 1 and _is_event(token)


def _is_event(noun: Token) -> bool:
    """A noun that something takes part in: it has a possessor, or a phrase that says who or against whom."""
    return any(child.dep_ == "poss" or (child.dep_ == "prep" and child.lower_ in _SUPPORTED) for child in noun.children)


def _arguments(predicate: Token) -> Iterator[Token]:
    """The words of a predicate's own phrases, the subject it shares with another verb among them."""
    if predicate.pos_ == "VERB":
        yield from (t for subject in subjects(predicate) for t in (subject, *_below(subject)))
    yield from _below(predicate)


def _below(head: Token) -> Iterator[Token]:
    for child in head.children:
        if child.dep_ in _WITHIN and child.pos_ not in ("VERB", "AUX"):
            yield child
            yield from _below(child)


def _is_known(token: Token, lexicon: Lexicon) -> bool:
    """Whether an entry has this word as its trigger, the fixed words of a phrase with it, or it governs a status."""
    kind = _kind(token)
    if (lemma(token), kind) in lexicon.governors:
        return True
    around = {form for t in token.sent for form in (t.lower_, t.lemma_.lower())}
    forms = {lemma(token), token.lower_, token.lemma_.lower()}
    entries = (entry for form in forms for entry in lexicon.by_trigger.get((form, kind), ()))
    return any(all(word in around for word in entry.words[1:]) for entry in entries)
