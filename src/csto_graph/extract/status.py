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
_CONDITION = {"if", "unless", "whether", "lest", "though", "provided"}
_NEVER = {"never", "neither", "nor"}
_HEARSAY = {"reportedly", "allegedly", "supposedly", "purportedly"}
_HEDGES = {
    "almost", "nearly", "perhaps", "maybe", "probably", "possibly", "likely", "apparently", "arguably", "seemingly",
    "presumably", "potentially", "hardly", "barely",
}  # fmt: skip
# Only under these does a content clause stay what the text itself says …
_FACTIVE = {"know", "realise", "realize", "recall", "remember", "forget", "regret", "show", "prove", "confirm", "ensure", "mean"}
# … and only under these is an infinitive done rather than meant.
_IMPLICATIVE = {
    "begin", "start", "continue", "manage", "proceed", "go", "come", "help", "use", "get", "force", "compel", "lead", "cause",
}  # fmt: skip
_NOBODYS = {"be", "let", "suppose", "imagine", "assume"}  # what they govern is no one's claim
_PREVENTING = {"prevent", "block", "stop", "bar", "keep", "ban", "prohibit", "veto", "oppose", "discourage", "dissuade", "deter"}
_TAKEN_FOR_GRANTED = {"dobj", "pobj", "nsubj", "nsubjpass", "poss"}
_SELF_STANDING = {"relcl", "ROOT"}
# What holds when several do: an attributed plan is attributed.
_PRECEDENCE = (Status.ATTRIBUTED, Status.NEGATED, Status.HYPOTHETICAL, Status.PLANNED)


@dataclass(frozen=True, slots=True)
class Holding:
    """A status, and the words that name who holds it."""

    status: Status
    claimants: tuple[Token, ...] = ()


def holding(word: Token, lexicon: Lexicon) -> Holding:
    """How the text holds what `word` (a verb or a noun) states."""
    found = [*_signs(word, lexicon), *_of_the_sentence(word)]
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
        if current.pos_ in _VERBAL and current.dep_ in ("advcl", "acl") and not _is_infinitive(current):
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
        elif child.dep_ in ("advmod", "acomp") and text in _HEDGES:
            yield Holding(Status.HYPOTHETICAL)
        elif text == "longer" and any(c.lower_ == "no" for c in child.children):
            yield Holding(Status.NEGATED)
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
    """"no troops", or a clause whose subject or object is "no state" or "neither state"."""
    if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr"):
        return any(inner.lower_ in ("no", "neither") for inner in child.children if inner.dep_ in ("det", "preconj", "cc"))
    return child.dep_ == "det" and child.lower_ == "no"


def _is_infinitive(verb: Token) -> bool:
    return verb.tag_ in ("VB", "VBN") and any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def _governed(word: Token, head: Token, lexicon: Lexicon) -> Iterator[Holding]:
    if word.dep_ not in ("xcomp", "ccomp", "csubj", "acl", "pcomp", "dobj", "pobj", "prep", "advcl"):
        return
    kind = "verb" if head.pos_ in _VERBAL else "noun"
    status = lexicon.governors.get((head.lemma_.lower(), kind))
    if word.dep_ == "acl" and not (_is_infinitive(word) or _has_that(word)):
        status = None  # "an agreement signed by both" is signed
    if status is None or (word.dep_ in ("dobj", "pobj", "prep") and status is Status.ATTRIBUTED) or word.dep_ == "advcl":
        status = _by_default(word, head)
    if status is not None:
        yield Holding(status, tuple(subjects(head)) if status is Status.ATTRIBUTED else ())


def _by_default(word: Token, head: Token) -> Status | None:
    """Under a word that nobody has listed: a content clause is somebody's, an infinitive is meant, not done."""
    if word.pos_ not in _VERBAL:
        return Status.NEGATED if word.dep_ == "prep" and word.lower_ == "from" and head.lemma_ in _PREVENTING else None
    if word.dep_ == "pcomp":
        return Status.NEGATED if head.head.lemma_ in _PREVENTING and head.lower_ == "from" else None
    content = word.dep_ in ("ccomp", "csubj") or (word.dep_ in ("acl", "advcl") and _has_that(word))
    if content and head.lemma_ in _PREVENTING:
        return Status.NEGATED
    if content and head.lemma_ not in _FACTIVE:
        nobodys = word.dep_ != "ccomp" or head.lemma_ in _NOBODYS
        return Status.HYPOTHETICAL if nobodys else Status.ATTRIBUTED
    if word.dep_ == "xcomp" and head.lemma_ in ("able", "unable"):
        return Status.NEGATED if head.lemma_ == "unable" else None
    if word.dep_ == "xcomp" and _is_infinitive(word) and head.lemma_ not in _IMPLICATIVE:
        return Status.NEGATED if _has_yet(head) else Status.PLANNED
    return None


def _has_that(verb: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in verb.children)


def _has_yet(verb: Token) -> bool:
    """"has yet to ratify"."""
    return any(child.lower_ == "yet" for child in verb.children)


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
    speakers = tuple(noun for marker, noun in prepositional(root) if marker == "according to")
    if speakers:
        yield Holding(Status.ATTRIBUTED, speakers)
