"""Who acts in the clause that a phrase stands in, and who is what an adjective says: "against X's advice, *Y* agreed"."""

from __future__ import annotations

from collections.abc import Container, Iterator

from csto_graph.extract.grammar import conjuncts, is_passive, surface_subject
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


def _clause_around(noun: Token, markers: Container[str]) -> Token | None:
    preposition = noun.head
    if noun.dep_ != "pobj" or preposition.lower_ not in markers:
        return None
    head = preposition.head
    while head.pos_ not in _VERBAL and head.dep_ in _BETWEEN and head.head != head:
        head = head.head
    return head if head.pos_ in _VERBAL else None


AROUND = {"Heeded": heeded, "Attended": attended, "Disposed": disposed}
