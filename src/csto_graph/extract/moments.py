"""When a frame holds: the times that belong to its words, the document's date for a dated present."""

from __future__ import annotations

from collections.abc import Container, Iterator

from spacy.tokens import Token

from csto_graph.extract.frames import Frame
from csto_graph.extract.governing import governor_of
from csto_graph.extract.lexicon import Lexicon
from csto_graph.extract.times import Time
from csto_graph.model import Qualifiers, Status

_VERBAL = ("VERB", "AUX")
_NOUNS = ("NOUN", "PROPN")
_PRESENT = {"VBZ", "VBP"}
_HAPPENING = {"take", "occur", "happen", "follow", "come", "be", "begin"}
_PRENOMINAL = ("nummod", "compound", "nmod", "amod", "npadvmod")
_LASTING = {"locatedIn", "borders", "alliedWith", "opposes"}  # what the clause around says a time of, they outlast
_AT_ONCE = {"when", "as"}
_MEANT = {"will", "would", "shall", "should", "may", "might", "could", "can", "to", "'ll", "’ll"}
# What is done "with the signing of …", "by the invasion of …" is done at that time; "after" and "despite" say another one.
_ACCOMPANYING = {"with", "by", "through", "to", "on", "for", "in"}


def qualifiers(
    frame: Frame, said: tuple[Time, ...], blockers: set[Token], lexicon: Lexicon, document_date: str | None
) -> Qualifiers:
    """The times of a frame, in the precision of the text. Stative predicates in the present hold on the document's date."""
    common = tuple(time for time in said if not time.items)
    stative = frame.sense.predicate in lexicon.stative
    owners = _owners(frame)
    found = _owned(common, owners, blockers - owners) or _shared(frame, common, blockers)
    if not found and (not stative or (frame.sense.predicate not in _LASTING and _is_past(frame.trigger))):
        found = _inherited(frame.complement or frame.trigger, common, blockers - owners, lexicon)
    values = {time.bound: time.value for time in reversed(found)}
    valid_at = values.get("valid_at")
    if stative and not values and document_date and _is_present(frame, common):
        valid_at = document_date
    if not stative and valid_at and "time" not in values:
        values["time"], valid_at = valid_at, None
    return Qualifiers(time=values.get("time"), from_=values.get("from"), to=values.get("to"), valid_at=valid_at)


def _owned(found: tuple[Time, ...], owners: set[Token], blockers: Container[Token]) -> list[Time]:
    """The times whose way up the parse meets one of these words before a verb or an event noun that is not one of them."""
    return [time for time in found if _is_owned(time.token, owners, blockers)]


def _is_owned(token: Token, owners: set[Token], blockers: Container[Token]) -> bool:
    current = token
    while current not in owners:
        if current in blockers or current.pos_ in _VERBAL or current.head == current:
            return False
        before_its_noun = current.dep_ in _PRENOMINAL and current.i < current.head.i and current.head.pos_ in _NOUNS
        if before_its_noun and current.head in owners and not _is_event(current.head, owners):
            return False  # "joined the 1949 treaty"
        current = current.head
    return True


def _is_event(noun: Token, owners: set[Token]) -> bool:
    """Whether the noun itself states what happened, not what it was done to."""
    return noun.head not in owners or noun.dep_ not in ("dobj", "nsubjpass", "pobj")


def _owners(frame: Frame) -> set[Token]:
    owners = {frame.trigger, *frame.fixed}
    if frame.complement is not None:
        owners.add(frame.complement)
    verb = _verb(frame.trigger)
    if verb is not None:
        owners.add(verb)
    # "signed the treaty in 1992": the parser may hang the year on the treaty.
    owners.update(f.token for f in frame.objects if f.token.head == frame.trigger and f.token.dep_ in ("dobj", "nsubjpass"))
    current = verb or frame.trigger
    while current.dep_ == "xcomp" or (current.dep_ == "acomp" and current.pos_ == "ADJ"):
        current = current.head
        owners.add(current)
    return owners


def _verb(trigger: Token) -> Token | None:
    """The verb whose times are the trigger's own: itself, its copula, "was sworn in as", or "took place" for an event noun."""
    if trigger.pos_ in _VERBAL:
        return trigger
    head = trigger.head
    if trigger.dep_ in ("attr", "dobj", "oprd") and (trigger.dep_ == "oprd" or head.lemma_ in ("be", "become", "remain", "have")):
        return head
    if trigger.dep_ in ("nsubj", "nsubjpass") and head.lemma_ in _HAPPENING:
        return head
    if trigger.dep_ == "prep" and head.pos_ in _VERBAL:
        return head  # "left due to the war": when it was caused is when it came about
    if trigger.dep_ == "pobj" and head.lower_ == "as" and head.head.pos_ in _VERBAL:
        return head.head
    return None


def _shared(frame: Frame, said: tuple[Time, ...], blockers: set[Token]) -> list[Time]:
    """A time before the first of coordinated verbs holds for the others ("In 2005 X left A and joined B"), one after the
    last for those that share its object ("signed and ratified the treaty in 1993")."""
    verb = frame.trigger
    if verb.dep_ == "conj" and verb.head.pos_ in _VERBAL:
        return [time for time in _owned(said, {verb.head}, blockers) if time.token.i < verb.head.i]
    if verb.pos_ in _VERBAL and not any(child.dep_ in ("dobj", "prep", "advmod", "npadvmod", "xcomp") for child in verb.children):
        last = next((child for child in verb.children if child.dep_ == "conj" and child.pos_ in _VERBAL), None)
        if last is not None and not any(child.dep_ in ("nsubj", "nsubjpass") for child in last.children):
            return _owned(said, {last, *(child for child in last.children if child.dep_ == "dobj")}, blockers)
    return []


def _inherited(word: Token, said: tuple[Time, ...], blockers: Container[Token], lexicon: Lexicon) -> list[Time]:
    """The times of the nearest clause that happens, or is meant, at one time with this word."""
    for verb in _at_one_with(word, lexicon):
        found = _owned(said, {verb, *(c for c in verb.children if c.dep_ in ("dobj", "nsubjpass"))}, _without(blockers, verb))
        if found:
            return found
    return []


def _without(blockers: Container[Token], verb: Token) -> Container[Token]:
    return {token for token in verb.sent if token in blockers and token.head != verb}


def _at_one_with(word: Token, lexicon: Lexicon) -> Iterator[Token]:
    current = word
    yield from _simultaneous(current)
    for _ in range(6):
        head = _above(current, lexicon)
        if head is None:
            return
        if head.pos_ in _VERBAL:
            yield head
        current = head


def _simultaneous(verb: Token) -> Iterator[Token]:
    """"The mission began when troops landed in 1992"; "was admitted through a resolution passed in 1992"."""
    for child in verb.children:
        if child.dep_ == "advcl" and any(c.lower_ == "when" for c in child.children):
            yield child
        elif child.dep_ in ("prep", "agent") and child.lower_ in ("through", "by"):
            yield from (c for noun in child.children for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN")


def _above(word: Token, lexicon: Lexicon) -> Token | None:
    """The word whose time this one has: the verb that plans it, that it is the object of, that it goes along with."""
    head = word.head
    if head == word:
        return None
    if word.pos_ in _VERBAL:
        return head if _goes_along(word, head, lexicon) else None
    if word.dep_ in ("dobj", "nsubj", "nsubjpass", "conj"):
        return head
    if word.dep_ == "pobj":
        planned = governor_of(head.head, lexicon) is not None  # "notice of withdrawal"
        return head.head if (planned or head.lower_ in _ACCOMPANYING) and head.head.pos_ in (*_VERBAL, *_NOUNS) else None
    return None


def _goes_along(verb: Token, head: Token, lexicon: Lexicon) -> bool:
    marks = {child.lower_ for child in verb.children if child.dep_ in ("aux", "mark", "advmod")}
    if verb.dep_ == "advcl":
        return bool(marks & _AT_ONCE) or "to" in marks or (verb.tag_ == "VBG" and not marks)
    if verb.dep_ == "pcomp" and head.lower_ == "with":
        return True  # "…, with the opposition calling for elections"
    if verb.dep_ == "xcomp" or (verb.dep_ == "acl" and "to" in marks):
        return True
    if verb.dep_ in ("ccomp", "acl", "relcl"):
        return bool(marks & _MEANT) or _means(verb, lexicon)
    return verb.dep_ == "conj" and head.pos_ in _VERBAL and not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def _is_past(word: Token) -> bool:
    verb = next((t for t in (word, *word.ancestors) if t.pos_ in _VERBAL), word)
    return verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in verb.children if child.dep_ in ("aux", "auxpass"))


def _means(verb: Token, lexicon: Lexicon) -> bool:
    """"announced that it planned to leave", "a resolution that authorised it": what is meant has the time of the meaning."""
    governor = governor_of(verb, lexicon)
    return governor is not None and Status.PLANNED in (governor.infinitive, governor.noun)


def _is_present(frame: Frame, said: tuple[Time, ...]) -> bool:
    """In the present tense; a noun takes the tense of its clause, an apposition ("the chairman, Armenia") the document's."""
    verb = _verb(frame.trigger)
    if verb is None and frame.sense.object is not None and frame.sense.object.role == "CopulativeArg":
        return not said
    verb = verb or next((t for t in frame.trigger.ancestors if t.pos_ in _VERBAL), None)
    if verb is None:
        return False
    if verb.dep_ == "conj" and verb.head.pos_ in _VERBAL and verb.tag_ in ("VB", "VBN"):
        verb = verb.head
    finite = [verb, *(child for child in verb.children if child.dep_ in ("aux", "auxpass"))]
    tags = {token.tag_ for token in finite}
    return bool(tags & _PRESENT) and "VBD" not in tags and not any(token.tag_ == "MD" for token in finite)
