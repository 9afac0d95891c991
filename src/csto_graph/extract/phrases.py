"""What the form of a noun phrase says of it: definite or not, a people, the subject of its clause, a whereabouts."""

from __future__ import annotations

from collections.abc import Container, Mapping

from csto_graph.extract.grammar import first_conjunct, surface_subject
from csto_graph.extract.tree import Token
from csto_graph.model import Name, NameKind

_MEMBERS = {"nation", "country", "state", "member", "partner"}
_PLACES_OF_NOUNS = {"nsubj", "nsubjpass", "dobj", "pobj", "agent", "dative"}
_DEFINITE = {"the", "this", "that", "these", "those", "its", "their", "both"}
_INDEFINITE = {"a", "an", "another", "several", "two", "some"}


def is_subject(token: Token) -> bool:
    """Whether it, or what it is coordinated with, is the surface subject of its clause."""
    current = token
    while current.dep_ == "conj":
        current = current.head
    return current.dep_ in ("nsubj", "nsubjpass")


def is_whereabouts(token: Token) -> bool:
    """"in Seoul", "the people of Seoul": a place, whoever is asked for."""
    preposition = first_conjunct(token).head
    return first_conjunct(token).dep_ == "pobj" and preposition.lower_ in ("in", "at", "near", "of", "around", "outside")


def is_people(token: Token) -> bool:
    """Whether a demonym stands for people here: "the Belgians", "the British withdrew"; the *Pathet Lao* are no state."""
    if token.tag_ == "NNP" and any(c.dep_ == "compound" and c.pos_ == "PROPN" and c.i == token.i - 1 for c in token.children):
        return False
    if token.tag_ in ("NNS", "NNPS") or (token.pos_ in ("NOUN", "PROPN") and token.dep_ in ("nsubj", "nsubjpass", "agent")):
        return True
    first = first_conjunct(token)  # "the British and French withdrew"
    return first.dep_ in _PLACES_OF_NOUNS and any(child.lower_ == "the" and child.dep_ == "det" for child in first.children)


def is_of_two_peoples(token: Token, names: Mapping[int, Name]) -> bool:
    """"*Bosnian Serb* forces": a people within another is no state, and its forces are none of either state's."""
    def demonym(word: Token) -> bool:
        return word.i in names and names[word.i].kind is NameKind.DEMONYM and word.head == token.head

    before, after = token.doc[max(0, token.i - 1)], token.doc[min(token.i + 1, len(token.doc) - 1)]
    return demonym(token) and any(word.i != token.i and demonym(word) and word.dep_ != "conj" for word in (before, after))


def is_definite(head: Token) -> bool:
    """Whether the phrase speaks of something known: "the alliance", "their country"."""
    return any(child.dep_ in ("det", "poss", "predet") and child.lower_ in _DEFINITE for child in head.children)


def is_both(head: Token) -> bool:
    """Whether it is "both states"."""
    return any(child.lower_ == "both" for child in head.children)


def is_indefinite(head: Token) -> bool:
    """Whether the phrase brings up something new: "a treaty", "several treaties", "treaties"."""
    determiners = [child.lower_ for child in head.children if child.dep_ in ("det", "nummod")]
    return any(d in _INDEFINITE for d in determiners) or (not determiners and head.tag_ in ("NNS", "NNPS"))


def is_told_apart(head: Token, names: Container[int]) -> bool:
    """"the Arab coalition", "the coalition against X", "the body set up to …": told apart, so not what was spoken of."""
    for child in head.children:
        if child.dep_ in ("amod", "compound", "nmod") and (child.i in names or child.text[0].isupper()):
            return True
        if child.dep_ == "prep" and child.lower_ in ("of", "for", "against", "between", "with", "from"):
            return True
        if child.dep_ in ("acl", "relcl") and head.doc[child.subtree[0].i - 1].text != ",":
            return True
    return False


def predicated_of(head: Token) -> Token | None:
    """What a description is said of: "NATO, an alliance", "NATO is an alliance"."""
    if head.dep_ == "appos":
        return head.head
    return surface_subject(head.head) if head.dep_ == "attr" and head.head.lemma_ == "be" else None


def speaking_for(pronoun: Token) -> Token | None:
    """"the PLO announced that *they* would leave": whoever says it of several that the text has not named."""
    clause = pronoun.head
    if pronoun.dep_ != "nsubj" or clause.dep_ != "ccomp":
        return None
    return next((child for child in clause.head.children if child.dep_ == "nsubj" and child.i < pronoun.i), None)


def is_membership(head: Token) -> bool:
    """Whether it stands for all members of something and is no list of them: "NATO members agreed", not "most members"."""
    subject = head.dep_ in ("nsubj", "nsubjpass") or (head.dep_ == "pobj" and head.head.dep_ == "agent")
    if not subject or head.tag_ not in ("NNS", "NNPS") or head.lemma_.lower() not in _MEMBERS:
        return False
    names = ("compound", "nmod", "poss")
    before = (t for t in head.doc[head.left_edge.i : head.i] if t.dep_ not in ("case", "punct"))  # "Most" may hang on the name
    modifiers = (t for t in before if t.dep_ not in names and t.pos_ != "PROPN")
    copular = head.head.lemma_ in ("be", "include", "become")
    listed = any(child.dep_ in ("appos", "prep", "relcl", "acl", "conj") for child in head.children)
    return not copular and not listed and all(child.lower_ == "the" for child in modifiers)


def is_of_members(head: Token) -> bool:
    """"the members", "the member states", and not "the states"."""
    return is_definite(head) and "member" in (head.lemma_.lower(), *(child.lower_ for child in head.children))


def is_of_deeds(pronoun: Token, wanted: str) -> bool:
    """"*These* included raids on …": what somebody did, where somebody is asked for."""
    listing = pronoun.dep_ == "nsubj" and pronoun.head.lemma_ in ("include", "comprise")
    return wanted == "Actor" and listing and pronoun.lower_ in ("these", "those")
