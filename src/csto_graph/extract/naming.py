"""What a described thing is called, and what makes two descriptions of one document the same thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile

from csto_graph.extract.dates import MONTHS
from csto_graph.extract.grammar import lemma, phrase, prepositional, text
from csto_graph.extract.tree import Token
from csto_graph.model import Mention, Name

_RANKS = {"prime", "vice", "deputy", "foreign"}
_MATTERS = {"on", "about", "with", "of", "for", "concerning", "between"}
_EVENTS = ("Event", "Unrest", "ArmedConflict")
# Adjectives that judge an event and do not tell it from another one: "a major unrest" is the unrest.
_EVALUATIVE = {
    "major", "recent", "new", "large", "violent", "mass", "massive", "widespread", "ongoing", "serious", "deadly",
    "nationwide", "current", "whole", "bloody", "great", "growing", "continuing", "continued", "severe", "sporadic",
    "renewed", "such", "other", "further", "many", "respective", "initial", "latest", "subsequent", "entire", "increasing",
}  # fmt: skip
_NUMBERED = ("Provision", "Instrument")  # known by their number: Article 4, Resolution 660
_QUOTES = "“”\"‘’"


def class_of_phrase(head: Token, class_: str) -> str:
    """The class of what a phrase names: several presidents or leaders are a group."""
    return "Group" if class_ == "Person" and head.tag_ in ("NNS", "NNPS") else class_


def class_of_kind(head: Token, class_: str) -> str:
    """"leftist groups": several organisations told apart by what they are, and by nobody's name, are a group."""
    kinds = [child for child in head.children if child.dep_ in ("amod", "compound", "nmod") and child.i < head.i]
    common = all(child.text.islower() or (child.is_sent_start and child.pos_ == "ADJ") for child in kinds)
    return "Group" if class_ == "Organisation" and head.tag_ == "NNS" and kinds and common else class_


def label_of(head: Token, class_: str, owner: Mention | None, names: Mapping[int, Name]) -> str:
    """The description as a name: "elite personnel", "President of Kazakhstan", "fall of Soviet Union", "Article 4"."""
    if class_ == "Person" and owner is not None:
        office = text([t for t in phrase(head) if t == head or (_is_of_the_office(t) and t.i not in names)])
        return f"{office[0].upper()}{office[1:]} of {owner.label}"
    if class_ == "Event" and owner is not None:
        before = any(c.dep_ == "poss" or (c.i in names and c.i < head.i) for c in head.children)
        return text(phrase(head, full=True)) if before else f"{head.lower_} of {owner.label}"
    if class_ in _NUMBERED:
        return text([head, *_numerals(head)])
    if class_ == "Treaty":
        return text([*phrase(head), *_subject_matter(head)])
    return text([t for t in phrase(head) if not _is_counting(t, head, names) and t.text not in _QUOTES] or [head])


def _is_counting(token: Token, head: Token, names: Mapping[int, Name]) -> bool:
    """The number before a noun, and what says how near it is: "*more than 20,000* American soldiers"."""
    number = next((child for child in head.children if child.dep_ == "nummod" and child.i < head.i), None)
    before = number is not None and token.i < number.i and token.i not in names
    return before or token.dep_ in ("nummod", "quantmod")


def key_of(head: Token, class_: str, owner: Mention | None, names: Mapping[int, Name]) -> str:
    """The words that tell it from others of its class: whose it is, its numeral, the names in it, its head.

    A force is also told apart by its adjectives ("special forces"); an event is not ("a major unrest" is the unrest).
    """
    words = [
        owner.label if owner else "",
        *(t.lower_ for t in phrase(head) if t != head and t.i not in names and _tells_apart(t, class_)),
        *(name.label for name in _places(head, class_, names)),
        lemma(head),
        *(t.text for t in _numerals(head) if class_ in _NUMBERED),
    ]
    return " ".join(dict.fromkeys(" ".join(words).lower().split()))


def _subject_matter(treaty: Token) -> list[Token]:
    """What a treaty is on, and with whom: "treaty about mutual guarantees", "agreement with Georgia", "agreement to move"."""
    after = (child for child in treaty.children if child.i > treaty.i)
    told = (c for c in after if (c.lower_ in _MATTERS and not _is_dated(c)) or (c.dep_ == "acl" and c.tag_ == "VB"))
    tokens = sorted((t for child in told for t in child.subtree), key=lambda token: token.i)
    return list(takewhile(lambda t: not t.is_punct, tokens))


def _is_dated(preposition: Token) -> bool:
    return any(child.pos_ == "NUM" or child.lower_ in MONTHS for child in preposition.children)


def _is_of_the_office(modifier: Token) -> bool:
    return modifier.dep_ == "compound" or modifier.lower_ in _RANKS


def _tells_apart(modifier: Token, class_: str) -> bool:
    if not modifier.is_alpha or modifier.dep_ not in ("compound", "amod", "npadvmod"):
        return False
    if class_ in _EVENTS and modifier.lower_ not in _EVALUATIVE:
        return True
    return class_ in ("ArmedForce", "Group", "Treaty") or modifier.pos_ == "PROPN" or modifier.like_num or class_ == "Person"


def _places(head: Token, class_: str, names: Mapping[int, Name]) -> Iterator[Name]:
    if class_ not in ("ArmedForce", "Person", "Group", "Provision"):
        phrases = (noun for marker, noun in prepositional(head) if marker in ("in", "at", "between"))
        yield from (names[noun.i] for noun in phrases if noun.i in names)


def _numerals(head: Token) -> list[Token]:
    return [t for t in head.doc[head.i + 1 : head.i + 2] if t.like_num] or [c for c in head.children if c.dep_ == "nummod"]
