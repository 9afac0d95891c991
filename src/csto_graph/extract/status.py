"""How the text holds what a word states: asserted, attributed, negated, planned or hypothetical; scope by clause.

Read by climbing from the word: its own negation and modal, then the verbs that govern its clause, until a clause
that stands for itself (a relative clause, a temporal clause, the sentence).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from csto_graph.extract.grammar import prepositional, subjects
from csto_graph.extract.lexicon import Lexicon
from csto_graph.model import Status

_VERBAL = {"VERB", "AUX"}
_WISH = {"may", "might", "could", "would", "should", "can", "must"}
_FUTURE = {"will", "shall", "'ll", "’ll"}
_CONDITION = {"if", "unless", "whether", "lest"}
_NEVER = {"never", "neither", "nor"}
_HEARSAY = {"reportedly", "allegedly", "supposedly", "purportedly"}
_TAKEN_FOR_GRANTED = {"dobj", "pobj", "nsubj", "nsubjpass", "poss"}
_SELF_STANDING = {"relcl", "ROOT", "acl"}
# What holds when several do: an attributed plan is attributed.
_PRECEDENCE = (Status.ATTRIBUTED, Status.NEGATED, Status.HYPOTHETICAL, Status.PLANNED)


@dataclass(frozen=True, slots=True)
class Holding:
    """A status, and the words that name who holds it."""

    status: Status
    claimants: tuple[Token, ...] = ()


def holding(word: Token, lexicon: Lexicon) -> Holding:
    """How the text holds what `word` (a verb or a noun) states."""
    found = list(_signs(word, lexicon))
    for status in _PRECEDENCE:
        if any(sign.status is status for sign in found):
            claimants = next((sign.claimants for sign in found if sign.status is status and sign.claimants), ())
            return Holding(status, claimants)
    return Holding(Status.ASSERTED)


def _signs(word: Token, lexicon: Lexicon) -> Iterator[Holding]:
    current = word
    taken_for_granted = False
    for _ in range(12):
        signs = [*_own_signs(current)]
        yield from (sign for sign in signs if not taken_for_granted or sign.status is Status.ATTRIBUTED)
        head = current.head
        # "to contain unrest": the purpose is a plan, the unrest is not.
        taken_for_granted = taken_for_granted or (current.pos_ in ("NOUN", "PROPN") and current.dep_ in _TAKEN_FOR_GRANTED)
        if head == current or (current.pos_ in _VERBAL and current.dep_ in _SELF_STANDING and not _is_infinitive(current)):
            break
        if _is_set_aside(current, head):
            yield Holding(Status.NEGATED)
        yield from _governed(current, head, lexicon)
        if current.pos_ in _VERBAL and current.dep_ == "advcl" and not _is_infinitive(current):
            break
        current = head
    yield from _according_to(word)


def _own_signs(word: Token) -> Iterator[Holding]:
    for child in word.children:
        text = child.lower_
        if child.dep_ == "neg" or text in _NEVER or _is_no(child):
            yield Holding(Status.NEGATED)
        elif child.dep_ == "aux" and text in _WISH:
            yield Holding(Status.HYPOTHETICAL)
        elif child.dep_ == "aux" and text in _FUTURE:
            yield Holding(Status.PLANNED)
        elif child.dep_ in ("mark", "advmod") and text in _CONDITION:
            yield Holding(Status.HYPOTHETICAL)
        elif text in _HEARSAY:
            yield Holding(Status.ATTRIBUTED)
    if _is_infinitive(word) and word.dep_ in ("advcl", "acl", "relcl"):
        yield Holding(Status.PLANNED)


def _is_set_aside(word: Token, head: Token) -> bool:
    """"without joining", "instead of joining", "rather than join": said only to say that it was not done."""
    if word.dep_ == "pcomp":
        return head.lower_ == "without" or (head.lower_ == "of" and head.i > 0 and head.doc[head.i - 1].lower_ == "instead")
    between = head.doc[head.i + 1 : word.i] if head.i < word.i else ()
    return word.dep_ in ("conj", "advcl", "prep", "xcomp") and any(
        token.lower_ == "than" and token.doc[token.i - 1].lower_ == "rather" for token in between
    )


def _is_no(child: Token) -> bool:
    """"no troops", or a clause whose subject is "no state"."""
    if child.dep_ in ("nsubj", "nsubjpass"):
        return any(_is_no(inner) for inner in child.children if inner.dep_ == "det")
    return child.dep_ == "det" and child.lower_ == "no"


def _is_infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def _governed(word: Token, head: Token, lexicon: Lexicon) -> Iterator[Holding]:
    if word.dep_ not in ("xcomp", "ccomp", "acl", "pcomp", "dobj", "pobj", "prep"):
        return
    kind = "verb" if head.pos_ in _VERBAL else "noun"
    status = lexicon.governors.get((head.lemma_.lower(), kind))
    if status is None or (word.dep_ in ("dobj", "pobj", "prep") and status is Status.ATTRIBUTED):
        return
    yield Holding(status, tuple(subjects(head)) if status is Status.ATTRIBUTED else ())


def _according_to(word: Token) -> Iterator[Holding]:
    root = word
    while root.head != root:
        root = root.head
    speakers = tuple(noun for marker, noun in prepositional(root) if marker == "according to")
    if speakers:
        yield Holding(Status.ATTRIBUTED, speakers)
