"""Who does what a noun says, and to whom, where the parser hung them elsewhere: "These included raids on Y"."""

from __future__ import annotations

from collections.abc import Iterator

from csto_graph.extract.grammar import conjuncts, direct_objects, is_passive, prepositional, subjects
from csto_graph.extract.tree import Token

_WHITHER = {"to", "into", "in", "on"}


def leading(noun: Token) -> Iterator[Token]:
    """"a US-led invasion of Y", "an operation in Y led by X": who leads it."""
    for child in noun.children:
        if child.dep_ == "amod" and child.lower_ == "led":
            yield from (found for found in child.children if found.dep_ == "npadvmod")
    for participle in (inner for _, place in prepositional(noun) for inner in place.children if inner.dep_ == "acl"):
        if participle.lower_ == "led":
            yield from subjects(participle)


def listing(noun: Token) -> Iterator[Token]:
    """"*These* included interventions in Y": whoever the sentence before is about."""
    verb = noun.head if noun.dep_ == "dobj" else None
    if verb is not None and verb.lemma_ in ("include", "comprise"):
        yield from (subject for subject in subjects(verb) if subject.lower_ in ("these", "those"))


def hyphened(word: Token) -> Iterator[Token]:
    """"the *Anglo*-Soviet invasion": the first of two that act together."""
    for child in word.children:
        joined = child.dep_ in ("amod", "compound", "nmod") and child.text[0].isupper() and child.i + 2 == word.i
        if joined and word.doc[child.i + 1].text in ("-", "–"):
            yield child


def by_on_the_verb(noun: Token) -> Iterator[tuple[str, Token]]:
    """"It began with the invasion of Y by X": the parser hangs "by X" on a verb that has no use for it."""
    verb = next((t for t in noun.ancestors if t.pos_ in ("VERB", "AUX")), None)
    if verb is None or noun.dep_ != "pobj":
        return
    by = [child for child in verb.children if child.lower_ == "by" and child.dep_ in ("prep", "agent")]
    taken = is_passive(verb) and (len(by) < 2 or by[0] not in noun.ancestors)  # the verb's own agent
    if by and by[-1].i > noun.i and by[-1] not in noun.ancestors and not taken:
        yield from (("by", found) for found in objects_below(by[-1]))


def hung_on_the_measured(verb: Token) -> Iterator[tuple[str, Token]]:
    """"flew two battalions of soldiers to Y": the parser hangs Y on what the object is a measure of."""
    measured = (inner for found in direct_objects(verb) for marker, inner in prepositional(found) if marker == "of")
    yield from ((marker, place) for inner in measured for marker, place in prepositional(inner) if marker in _WHITHER)
    against = (inner for marker, inner in prepositional(verb) if marker == "against")  # "rose against X at Y"
    yield from ((marker, place) for inner in against for marker, place in prepositional(inner) if marker == "at")


def objects_below(preposition: Token) -> Iterator[Token]:
    for child in preposition.children:
        if child.dep_ in ("pobj", "pcomp") and child.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
            yield from conjuncts(child)


def hung_on_the_doer(noun: Token) -> Iterator[tuple[str, Token]]:
    """"the intervention by X in Y": the parser hangs Y on X."""
    doers = (found for marker, found in prepositional(noun) if marker == "by")
    yield from ((marker, place) for doer in doers for marker, place in prepositional(doer) if marker in ("in", "against"))
