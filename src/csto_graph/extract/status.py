"""How the text holds what a word states: asserted, attributed, negated, planned or hypothetical; scope by clause.

Read by climbing from the word: its own negation and modal, then the words that govern its clause, until a clause
that stands for itself (a relative clause, a temporal clause, the sentence). What each word does is in the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from csto_graph.extract.governing import Government, government, governor_of, infinitive_status, is_singled_out
from csto_graph.extract.grammar import is_infinitive, prepositional, subjects
from csto_graph.extract.lexicon import Lexicon
from csto_graph.extract.times import is_delayed, is_delaying
from csto_graph.extract.tree import Token
from csto_graph.model import Status

_VERBAL = ("VERB", "AUX")
_NOUNS = ("NOUN", "PROPN")
_TAKEN_FOR_GRANTED = {"dobj", "pobj", "nsubj", "nsubjpass", "poss"}
_SELF_STANDING = {"relcl", "ROOT"}
_AWAITING = {"once", "until", "when", "after"}
_FINITE = {"VBD", "VBZ", "VBP"}
_ADVERBIAL = ("advmod", "acomp", "neg", "preconj")
_MODIFYING = {"aux": "auxiliary", "mark": "conjunction", "amod": "adjective", **dict.fromkeys(_ADVERBIAL, "adverb")}
# What holds when several do: a plan that somebody announces is a plan, and theirs.
_PRECEDENCE = (Status.NEGATED, Status.HYPOTHETICAL, Status.PLANNED, Status.ATTRIBUTED)


@dataclass(frozen=True, slots=True)
class Holding:
    """A status, and the words that name who holds it."""

    status: Status
    claimants: tuple[Token, ...] = ()


def holding(word: Token, lexicon: Lexicon, *, lasting: bool = False) -> Holding:
    """How the text holds what `word` (a verb or a noun) states; `lasting`: a state, which a noun names as already there."""
    found = [*_signs(word, lexicon, lasting and word.pos_ in _NOUNS), *_of_the_sentence(word)]
    status = next((status for status in _PRECEDENCE if any(sign.status is status for sign in found)), Status.ASSERTED)
    return Holding(status, next((sign.claimants for sign in found if sign.claimants), ()))


def _signs(word: Token, lexicon: Lexicon, lasting: bool) -> Iterator[Holding]:
    current, inherits, taken_for_granted, attributed = word, True, False, False
    for _ in range(12):
        for sign in _own_signs(current, lexicon, lasting=lasting) if inherits and not attributed else ():
            if not taken_for_granted or sign.status is Status.ATTRIBUTED:
                yield sign
        head = current.head
        # "to contain unrest": the purpose is a plan, the unrest is not; "to launch an invasion": both are.
        taken_for_granted = taken_for_granted or _is_taken_for_granted(current, head, lexicon)
        if lasting and (taken_for_granted or current.dep_ == "compound"):
            return  # "plans to meet the president of X", "on the orders of President Y", "the border of X and Y": there is one
        if head == current or _stands_for_itself(current):
            break
        if _is_set_aside(current, head):
            yield Holding(Status.NEGATED)
        if current.dep_ == "ccomp" and is_delaying(head):
            break  # "it was not until 1955 that …": it came about
        event = current == word or governor_of(current, lexicon) is not None
        governed = None if is_singled_out(current) else government(current, lexicon, event=event)
        if governed is not None:
            yield from _governed(governed)
            attributed = attributed or governed.status is Status.ATTRIBUTED  # "did not say that": the saying is denied
        if current.pos_ in _VERBAL and current.dep_ in ("advcl", "acl") and not is_infinitive(current):
            if _is_awaited(current, head, lexicon):
                yield Holding(Status.PLANNED)
            break
        if _is_absolute(current):
            break  # "It was no source of debate, with X taking part in the war"
        inherits = current.dep_ != "conj" or not _is_finite(current)
        current = head if inherits else _finite_above(head)
    yield from _according_to(word)


def _governed(governed: Government) -> Iterator[Holding]:
    if governed.status is not None and governed.status is not Status.ASSERTED:
        yield Holding(governed.status, governed.claimants)


def _own_signs(word: Token, lexicon: Lexicon, *, lasting: bool) -> Iterator[Holding]:
    later = is_delaying(word) or (is_delayed(word) and not lasting)  # "did not join until 1955"
    for child in word.children:
        kind = _MODIFYING.get(child.dep_)
        governor = lexicon.governors.get((child.lower_, kind)) if kind else None
        if governor is not None and governor.clause is not None:
            yield Holding(_in_the_past(child, word, lexicon) or governor.clause)
        if (child.dep_ == "neg" and not later) or _is_no(child) or _is_no_longer(child):
            yield Holding(Status.NEGATED)
        elif _is_said_beside(child, lexicon):
            yield Holding(Status.ATTRIBUTED, tuple(subjects(child)))
        elif child.dep_ == "advcl" and _has_condition(child, lexicon):
            yield from (Holding(Status.HYPOTHETICAL) for aux in word.children if aux.dep_ == "aux" and aux.tag_ == "MD")
    if is_infinitive(word) and word.dep_ in ("advcl", "relcl", "acl") and not is_singled_out(word):
        yield Holding(infinitive_status(word, word.head, lexicon) or Status.PLANNED)  # "came together to form": what is done


def _is_said_beside(verb: Token, lexicon: Lexicon) -> bool:
    """"Cuba, *the report said*, sent troops"."""
    saying = governor_of(verb, lexicon) if verb.dep_ == "parataxis" else None
    return saying is not None and saying.clause is Status.ATTRIBUTED and any(child.dep_ == "nsubj" for child in verb.children)


def _in_the_past(auxiliary: Token, verb: Token, lexicon: Lexicon) -> Status | None:
    """What "would" says of a story's own past: "would later join" came about, "would have joined" did not."""
    if auxiliary.dep_ != "aux" or auxiliary.lower_ != "would":
        return None
    if any(child.dep_ == "aux" and child.lower_ == "have" for child in verb.children):
        return Status.HYPOTHETICAL
    told = verb.dep_ in _SELF_STANDING or (verb.dep_ == "conj" and verb.head.dep_ in _SELF_STANDING)
    later = (lexicon.governors.get((child.lower_, "adverb")) for child in verb.children if child.dep_ in ("advmod", "prt"))
    conditional = any(child.dep_ == "advcl" and _has_condition(child, lexicon) for child in verb.children)
    looking_back = any(governor is not None and governor.clause is Status.ASSERTED for governor in later)
    return Status.ASSERTED if told and looking_back and not conditional else None


def _is_awaited(clause: Token, verb: Token, lexicon: Lexicon) -> bool:
    """"would leave *once Israel withdrew*": it has come about as little as what waits for it."""
    after = any(child.dep_ in ("mark", "advmod") and child.lower_ in _AWAITING for child in clause.children)
    return after and any(sign.status is Status.PLANNED for sign in _own_signs(verb, lexicon, lasting=False))


def _has_condition(clause: Token, lexicon: Lexicon) -> bool:
    marks = (lexicon.governors.get((child.lower_, "conjunction")) for child in clause.children if child.dep_ == "mark")
    return any(mark is not None and mark.clause is Status.HYPOTHETICAL for mark in marks)


def _is_taken_for_granted(word: Token, head: Token, lexicon: Lexicon) -> bool:
    if word.pos_ not in _NOUNS or word.dep_ not in _TAKEN_FOR_GRANTED:
        return False
    over = head.head if word.dep_ == "pobj" else head
    if word.dep_ == "dobj" and over.lemma_ == "have":
        return False  # "is to have its seat in X": having it is what is said
    return over.lemma_.lower() not in lexicon.light_verbs and governor_of(over, lexicon) is None


def _stands_for_itself(word: Token) -> bool:
    return word.pos_ in _VERBAL and word.dep_ in _SELF_STANDING and not is_infinitive(word)


def _is_finite(verb: Token) -> bool:
    """Whether a coordinated verb has a tense of its own: "did not join NATO and left the pact"."""
    own = any(child.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for child in verb.children)
    return verb.pos_ in _VERBAL and (verb.tag_ in _FINITE or own)


def _is_absolute(verb: Token) -> bool:
    return verb.dep_ == "pcomp" and verb.head.lower_ == "with" and any(child.dep_ == "nsubj" for child in verb.children)


def _finite_above(verb: Token) -> Token:
    """"refused to withdraw and began": a verb with a tense goes on from the one with a tense, not from its infinitive."""
    while is_infinitive(verb) and verb.dep_ in ("xcomp", "conj") and verb.head.pos_ in _VERBAL:
        verb = verb.head
    return verb


def _is_set_aside(word: Token, head: Token) -> bool:
    """"without joining", "instead of joining", "rather than join": said only to say that it was not done."""
    if word.dep_ == "pcomp":
        return head.lower_ == "without" or (head.lower_ == "of" and head.i > 0 and head.doc[head.i - 1].lower_ == "instead")
    between = head.doc[head.i + 1 : word.i] if head.i < word.i else ()
    return word.dep_ in ("conj", "advcl", "prep", "xcomp") and any(
        token.lower_ == "than" and token.doc[token.i - 1].lower_ == "rather" for token in between
    )


def _is_no(child: Token) -> bool:
    """"no troops", or a clause whose subject or object is "no state" or "neither state"."""
    if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr"):
        return any(inner.lower_ in ("no", "neither") for inner in child.children if inner.dep_ in ("det", "preconj", "cc"))
    return child.dep_ == "det" and child.lower_ == "no"


def _is_no_longer(child: Token) -> bool:
    return child.lower_ == "longer" and any(c.lower_ == "no" for c in child.children)


def _of_the_sentence(word: Token) -> Iterator[Holding]:
    """A question asserts nothing; what stands in quotation marks is somebody's words."""
    sentence = word.sent
    if any(token.text == "?" for token in sentence[-3:]):
        yield Holding(Status.HYPOTHETICAL)
    if word.pos_ in _VERBAL and _is_quoted(word):
        yield Holding(Status.ATTRIBUTED)


def _is_quoted(word: Token) -> bool:
    """Whether a quotation mark opens before the word and closes after it, in the same sentence."""
    before = [token.text for token in word.sent if token.i < word.i]
    curly = sum(text in ("“", "«") for text in before) > sum(text in ("”", "»") for text in before)
    straight = before.count('"') % 2 == 1
    return (curly or straight) and any(token.text in ("”", "»", '"') for token in word.sent if token.i > word.i)


def _according_to(word: Token) -> Iterator[Holding]:
    root = word
    while root.head != root:
        root = root.head
    speakers = tuple(noun for marker, noun in prepositional(root) if marker == "according to" and word not in noun.subtree)
    if speakers:
        yield Holding(Status.ATTRIBUTED, speakers)
