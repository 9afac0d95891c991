"""What a noun is said of: through a copula, an apposition, a list or "as"."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from csto_graph.extract.grammar import appositives, conjuncts, direct_objects, is_infinitive, is_passive, objects, subjects
from csto_graph.extract.repairs import unmarked_apposition
from csto_graph.extract.tree import Token

_COPULAS = {"be", "become", "remain"}
_HEADS = {"strong", "man", "men", "troop", "soldier", "personnel", "member"}  # a 5,000-strong force
# Whoever is made an officer is the object of the verb: "was appointed", "elected her".
_APPOINTING = {"appoint", "name", "elect", "choose", "designate", "make", "nominate", "select", "proclaim", "crown", "reelect"}
# "X succeeded Y as president", "Y was succeeded as president by X": the office is now X's.
_TAKING_OVER = {"succeed", "replace", "follow"}
_LISTING = {"include", "comprise"}
_PARTS = {"one", "two", "three", "some", "several", "most", "many", "part", "all"}
_REST = {"other", "more", "further", "additional", "new", "remaining", "first", "last", "original", "former"}
_WHOLE = {"the", "all", "its", "their", "these", "those", "both"}


def predicated(noun: Token, copulas: Collection[str] = ()) -> Iterator[Token]:
    """The words a noun is said of; with `copulas`, only through those verbs ("became a member") and what stands beside it."""
    if "become" not in copulas:
        yield from _beside(noun)
    yield from _through_a_verb(noun, copulas or _COPULAS)
    yield from _as(noun, becoming="become" in copulas)
    if noun.dep_ == "pobj" and noun.head.lower_ in ("of", "among"):
        yield from _partly(noun.head, copulas)


def _beside(noun: Token) -> Iterator[Token]:
    """"the members: X, Y", "X, a member", "NATO members X and Y", "the members are X and Y"."""
    yield from appositives(noun)
    yield from unmarked_apposition(noun)
    if noun.dep_ == "appos":
        yield from conjuncts(noun.head)
    if noun.dep_ == "compound" and noun.head.pos_ == "PROPN":  # "members X and Y", but "Prime Minister X and Y"
        yield from conjuncts(noun.head) if noun.tag_ in ("NNS", "NNPS") else (noun.head,)
    if noun.dep_ == "nsubj" and noun.head.lemma_ in _COPULAS | _LISTING:
        for child in noun.head.children:
            if child.dep_ in ("attr", "dobj") and child.pos_ == "PROPN":
                yield from conjuncts(child)


def _through_a_verb(noun: Token, copulas: Collection[str]) -> Iterator[Token]:
    doing = "be" not in copulas and any(is_infinitive(c) for c in (*noun.children, *noun.head.children) if c.i > noun.i)
    if noun.dep_ in ("attr", "oprd") and noun.head.lemma_ in copulas and not doing:  # "became the first member to leave"
        yield from subjects(noun.head)
    if noun.dep_ in ("attr", "oprd", "dobj") and noun.head.lemma_ in _APPOINTING:
        yield from (found for found in objects(noun.head) if found != noun)


def _as(noun: Token, *, becoming: bool) -> Iterator[Token]:
    """"admitted X as a member"; "as a member, X sent troops" says what X is, not what it became."""
    if noun.dep_ == "pobj" and noun.head.lower_ == "as" and noun.head.head.pos_ in ("VERB", "AUX"):
        verb = noun.head.head
        of_the_object = noun.i > verb.i and verb.lemma_ not in _TAKING_OVER and (direct_objects(verb) or is_passive(verb))
        if of_the_object:
            yield from objects(verb)
        elif not becoming:
            yield from subjects(verb)


def electors(office: Token) -> Iterator[Token]:
    """"*The Congolese* elected a president, Joseph Kasavubu": the office is theirs."""
    first = office
    while first.dep_ in ("conj", "appos"):
        first = first.head
    if first.dep_ == "dobj" and first.head.lemma_ in ("elect", "choose", "inaugurate"):
        yield from subjects(first.head)


def elected(office: Token) -> Iterator[Token]:
    """"a president, *Kofi Mensah*, and a prime minister, *Ada Obi*": the name right after the office, wherever it hangs."""
    beside = office.doc[office.i + 1 : office.i + 3]
    if len(beside) == 2 and beside[0].text == "," and beside[1].pos_ == "PROPN":
        yield beside[1]


def new_names(verb: Token) -> Iterator[Token]:
    """What something is from then on: "was renamed *X*", "became *X*", "Y, renamed *X*"; a name, not a description."""
    passive = is_passive(verb) or verb.dep_ == "acl"
    for child in verb.children:
        if child.pos_ == "PROPN" and (child.dep_ in ("oprd", "attr") or (passive and child.dep_ == "dobj")):
            yield child


def _partly(preposition: Token, copulas: Collection[str]) -> Iterator[Token]:
    """"X is one of the members", "X was among the members", "X, one of the members"."""
    over = preposition.head
    if preposition.lower_ == "among" and over.lemma_ in _COPULAS:
        yield from subjects(over)
    elif preposition.lower_ == "of" and (over.lower_ in _PARTS or over.pos_ == "NUM"):
        yield from predicated(over, copulas)


def is_definite(noun: Token) -> bool:
    """A name, or what a text treats as known: "the treaty between …", not "a treaty between …"."""
    return noun.pos_ == "PROPN" or any(c.lower_ in _WHOLE or c.dep_ == "poss" for c in noun.children if c.dep_ in ("det", "poss"))


def is_whole(noun: Token) -> bool:
    """Whether a number before a noun counts all there are: "the six members", "it has six members", not "six members left"."""
    if any(child.lower_ in _REST for child in noun.children):
        return False
    determined = any(c.lower_ in _WHOLE or c.dep_ == "poss" for c in noun.children if c.dep_ in ("det", "predet", "poss"))
    had = noun.dep_ in ("dobj", "attr") or (noun.dep_ == "pobj" and noun.head.lower_ in ("of", "with", "to"))
    partly = noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ in _PARTS
    return (determined or had) and not partly


def strengths(noun: Token) -> Iterator[Token]:
    """The number of "a 5,000-strong force", "a 500-man contingent"."""
    for modifier in noun.children:
        if modifier.dep_ in ("amod", "compound", "nmod") and modifier.lower_ in _HEADS:
            yield from (word for word in modifier.children if word.pos_ == "NUM")


def is_head_count(token: Token) -> bool:
    """A number that stands for so many people ("a force of 12,000"), and no year."""
    year = token.text.isdecimal() and len(token.text) == 4
    return token.pos_ == "NUM" and not year and not any(child.dep_ == "prep" for child in token.children)
