"""Two constructions that the parser gets wrong, mended by name before frames are matched."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from csto_graph.extract.grammar import conjuncts, subjects


def unmarked_apposition(noun: Token) -> Iterator[Token]:
    """"The rotating chairman of the group, Armenia agreed …": two subjects of one verb are one thing under two names."""
    if noun.dep_ == "nsubj":
        for other in noun.head.children:
            if other.dep_ == "nsubj" and other != noun:
                yield other


def fronted_list(verb: Token) -> Iterator[Token]:
    """"In addition to Russia and Belarus, Tajikistan also agreed …": the fronted names do what the subject *also* does."""
    clause = verb
    while clause.dep_ in ("xcomp", "conj") and clause.head != clause:
        clause = clause.head
    if not any(child.lower_ in ("also", "too") for child in clause.children):
        return
    for child in clause.children:
        if child.lower_ in ("in", "besides", "alongside") and child.dep_ == "prep" and child.i < clause.i:
            yield from _listed(child)


def _listed(preposition: Token) -> Iterator[Token]:
    for child in preposition.children:
        if child.dep_ != "pobj":
            continue
        if preposition.lower_ == "in" and child.lower_ == "addition":
            for inner in child.children:
                if inner.lower_ == "to":
                    yield from _listed(inner)
        elif preposition.lower_ != "in":
            yield from conjuncts(child)


def reduced_relative(participle: Token) -> tuple[Token, Token] | None:
    """"a protest demanding regime change", read as an adjective before `change`: (its subject, its object), else None."""
    if participle.tag_ != "VBG" or participle.dep_ != "amod":
        return None
    subject = next((child for child in participle.children if child.dep_ == "npadvmod" and child.i < participle.i), None)
    return (subject, participle.head) if subject is not None else None


def acting(verb: Token) -> Iterator[Token]:
    """The logical subjects of a verb with the repairs applied."""
    mended = reduced_relative(verb)
    if mended:
        yield mended[0]
        return
    yield from subjects(verb)
