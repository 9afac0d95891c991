"""Who acts in the clause that a phrase stands in, and who is what an adjective says: "against X's advice, *Y* agreed"."""

from __future__ import annotations

from collections.abc import Container, Iterator

from csto_graph.extract.grammar import conjuncts, is_passive, prenominal, prepositional, surface_subject
from csto_graph.extract.repairs import acting
from csto_graph.extract.tree import Token

_VERBAL = {"VERB", "AUX"}
_BETWEEN = {"dobj", "conj", "attr", "pobj"}  # where a phrase may hang in the clause that it belongs to
_STATES = {"be", "become", "remain", "grow", "turn", "stay"}


def heeded(noun: Token, markers: Container[str]) -> Iterator[Token]:
    """Whom a clause is about that goes against advice: "over X's objections *Y* was recognised"."""
    verb = _clause_around(noun, markers)
    subject = surface_subject(verb) if verb is not None else None
    yield from conjuncts(subject) if subject is not None else ()


def attended(noun: Token, markers: Container[str]) -> Iterator[Token]:
    """Who does what a phrase comes beside: "*Y* fought in support of X"."""
    verb = _clause_around(noun, markers)
    yield from acting(verb) if verb is not None else ()


def disposed(adjective: Token, _markers: Container[str]) -> Iterator[Token]:
    """"*X* was hostile", "*X*, hostile to Y, …": whom an adjective describes."""
    head = adjective.head
    if adjective.pos_ in _VERBAL and is_passive(adjective):
        head = adjective
    elif adjective.dep_ in ("amod", "acl", "relcl") and head.i < adjective.i:
        yield from conjuncts(head)
        return
    if head.pos_ in _VERBAL and (head == adjective or (adjective.dep_ in ("acomp", "oprd", "xcomp") and head.lemma_ in _STATES)):
        subject = surface_subject(head)
        yield from conjuncts(subject) if subject is not None else ()


def neighbours(word: Token, _markers: Container[str]) -> Iterator[Token]:
    """"neighbouring *Chad*", "the neighbouring states of *Chad and Mali*"."""
    noun = word.head
    if word.dep_ in ("amod", "compound", "nmod"):
        named = (found for marker, found in prepositional(noun) if marker in ("of", "as"))
        yield from (noun,) if noun.pos_ == "PROPN" else named


def beside(word: Token, markers: Container[str]) -> Iterator[Token]:
    """"*Libya* and neighbouring Chad", "*Libya* invaded neighbouring Chad": whose neighbour it is, where that is plain."""
    noun, over = word.head, word.head.head
    if noun.dep_ == "conj" and over.dep_ != "conj" and over.pos_ == "PROPN":
        yield from (over,) if all(t.lower_ in ("and", "the") for t in word.doc[over.i + 1 : word.i]) else ()
    elif noun.dep_ == "dobj" and over.lemma_ in markers and not is_passive(over):
        subject = surface_subject(over)
        yield from () if subject is None else (subject,) if subject.pos_ == "PROPN" else prenominal(subject)


def _clause_around(noun: Token, markers: Container[str]) -> Token | None:
    preposition = noun.head
    if noun.dep_ != "pobj" or preposition.lower_ not in markers:
        return None
    head = preposition.head
    while head.pos_ not in _VERBAL and head.dep_ in _BETWEEN and head.head != head:
        head = head.head
    return head if head.pos_ in _VERBAL else None


AROUND = {"Heeded": heeded, "Attended": attended, "Disposed": disposed, "Neighbours": neighbours, "Beside": beside}
