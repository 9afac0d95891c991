"""When a frame holds: the times that belong to its words, the document's date for a dated present."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace

from csto_graph.extract.frames import Frame
from csto_graph.extract.governing import governor_of
from csto_graph.extract.grammar import first_conjunct, second_verb
from csto_graph.extract.lexicon import Lexicon
from csto_graph.extract.times import Time, is_delayed, is_delaying
from csto_graph.extract.tree import Token
from csto_graph.model import Qualifiers, Status

_VERBAL = ("VERB", "AUX")
_NOUNS = ("NOUN", "PROPN")
_PRESENT = {"VBZ", "VBP"}
HAPPENING = {"take", "occur", "happen", "follow", "come", "be", "begin"}
_PRENOMINAL = ("nummod", "compound", "nmod", "amod", "npadvmod")
_LASTING = {"locatedIn", "borders", "alliedWith", "opposes"}  # what the clause around says a time of, they outlast
_THUS = {"thus", "thereby", "hence"}
_AT_ONCE = {"when", "as"}
_EDGES = {"end", "beginning", "start", "middle", "outset", "summer", "autumn", "fall", "winter", "spring"}
_MEANT = {"will", "would", "shall", "should", "may", "might", "could", "can", "to", "'ll", "’ll"}
# What is done "with the signing of …", "by the invasion of …" is done at that time; "after" and "despite" say another one.
_ACCOMPANYING = {"with", "by", "through", "to", "on", "for", "in"}
# "after the invasion of 1990", "under the 1995 agreements": what these lead to has its own time.
_APART = {"after", "before", "following", "despite", "under", "since", "against", "beyond", "like", "unlike", "than", "per"}
_OCCASION = {"at", "in", "during"}  # "at the 1999 summit", "during talks in May 1992": the clause holds at that time


def qualifiers(
    frame: Frame, said: tuple[Time, ...], blockers: set[Token], lexicon: Lexicon, document_date: str | None
) -> Qualifiers:
    """The times of a frame, in the precision of the text. Stative predicates in the present hold on the document's date."""
    common = (*(time for time in said if not time.items), *_since_when(frame.trigger, said))
    stative = frame.sense.predicate in lexicon.stative
    owners = _owners(frame)
    found = _owned(common, owners, blockers - owners) or _shared(frame, common, blockers)
    if not found and stative:
        found = _brought_about(frame.trigger, common, blockers)
    if not found and (not stative or (frame.sense.predicate not in _LASTING and _is_past(frame.trigger))):
        found = _inherited(frame.complement or frame.trigger, common, blockers - owners, lexicon)
    values = _values([_reached(time, stative=stative) for time in found])
    valid_at = values.get("valid_at")
    if stative and not values and document_date and _is_present(frame, common):
        valid_at = document_date
    if not stative and valid_at and "time" not in values:
        values["time"], valid_at = valid_at, None
    return Qualifiers(time=values.get("time"), from_=values.get("from"), to=values.get("to"), valid_at=valid_at)


def _reached(time: Time, *, stative: bool) -> Time:
    """"did not join until 1955": 1955 is when it did."""
    verb = next((token for token in time.token.ancestors if token.pos_ in _VERBAL), time.token)
    delayed = is_delaying(verb) or (is_delayed(verb) and not stative)
    return replace(time, bound="time") if delayed and time.bound == "to" else time


def _values(found: list[Time]) -> dict[str, str]:
    """The first time of each bound, in the words that say it most precisely ("the 1978 accords … on 17 September")."""
    values: dict[str, str] = {}
    for time in found:
        kept = values.setdefault(time.bound, time.value)
        if time.value.startswith(kept):
            values[time.bound] = time.value
    return values


def _owned(found: tuple[Time, ...], owners: set[Token], blockers: Container[Token]) -> list[Time]:
    """The times whose way up the parse meets one of these words before a verb or an event noun that is not one of them."""
    return [time for time in found if _is_owned(time.token, owners, blockers)]


def _is_owned(token: Token, owners: set[Token], blockers: Container[Token]) -> bool:
    current = token
    while current not in owners:
        if current in blockers or current.pos_ in _VERBAL or current.head == current or _is_apart(current, token):
            return False
        before_its_noun = current.dep_ in _PRENOMINAL and current.i < current.head.i and current.head.pos_ in _NOUNS
        if before_its_noun and current.head in owners and not _is_event(current.head, owners):
            return False  # "joined the 1949 treaty"
        current = current.head
    return True


def _is_apart(preposition: Token, date: Token) -> bool:
    """Whether the date stands in a phrase that says another time than its clause: "after the invasion on 2 August"."""
    if preposition.dep_ != "prep" or preposition.lower_ not in _APART:
        return False
    return not any(child == date or child.ent_type_ == "DATE" or child.lower_ in _EDGES for child in preposition.children)


def _is_event(noun: Token, owners: set[Token]) -> bool:
    """Whether the noun itself states what happened, not what it was done to."""
    return noun.head not in owners or noun.dep_ not in ("dobj", "nsubjpass", "pobj")


def _owners(frame: Frame) -> set[Token]:
    owners = {frame.trigger, *frame.fixed}
    if frame.complement is not None:
        owners.add(frame.complement)
    verb = _verb(frame.trigger) or _done_by(frame)
    if verb is not None:
        owners.add(verb)
    # "signed the treaty in 1992": the parser may hang the year on the treaty.
    owners.update(f.token for f in frame.objects if f.token.head == frame.trigger and f.token.dep_ in ("dobj", "nsubjpass"))
    current = verb or frame.trigger
    while current.dep_ == "xcomp" or (current.dep_ == "acomp" and current.pos_ == "ADJ"):
        current = current.head
        owners.add(current)
    return owners


def _done_by(frame: Frame) -> Token | None:
    """"A declaration of the creation of X was made in May by Y": the verb by whose subject or agent a noun's deed is done."""
    verb = next((token for token in frame.trigger.ancestors if token.pos_ in _VERBAL), None)
    if verb is None or frame.trigger.pos_ not in _NOUNS:
        return None
    acting = {child for child in verb.children if child.dep_ == "nsubj"}
    acting |= {noun for child in verb.children if child.dep_ == "agent" for noun in child.children}
    return verb if any(first_conjunct(doer.token) in acting for doer in frame.subjects if not doer.owner) else None


def _since_when(trigger: Token, said: tuple[Time, ...]) -> Iterator[Time]:
    """"until 1952, when it joined": the clause is dated by the time that it says more of."""
    for verb in (trigger, *trigger.ancestors):
        if verb.pos_ in _VERBAL:
            told = verb.dep_ == "relcl" and any(child.lower_ == "when" for child in verb.children)
            yield from (Time(verb, time.value, "time") for time in said if told and time.token == verb.head)
            return


def _verb(trigger: Token) -> Token | None:
    """The verb whose times are the trigger's own: itself, its copula, "was sworn in as", or "took place" for an event noun."""
    if trigger.pos_ in _VERBAL:
        return trigger
    head = trigger.head
    if trigger.dep_ in ("attr", "dobj", "oprd") and (trigger.dep_ == "oprd" or head.lemma_ in ("be", "become", "remain", "have")):
        return head
    if trigger.dep_ in ("nsubj", "nsubjpass") and head.lemma_ in HAPPENING:
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
    first = second_verb(verb)
    if first is None and verb.dep_ == "conj" and verb.head.pos_ in _VERBAL:
        first = (verb.head, verb)
    if first is not None:
        return [time for time in _owned(said, {first[0]}, blockers) if time.token.i < first[0].i]
    if verb.pos_ in _VERBAL and not any(child.dep_ in ("dobj", "prep", "advmod", "npadvmod", "xcomp") for child in verb.children):
        last = next((child for child in verb.children if child.dep_ == "conj" and child.pos_ in _VERBAL), None)
        if last is not None and not any(child.dep_ in ("nsubj", "nsubjpass") for child in last.children):
            return _owned(said, {last, *(child for child in last.children if child.dep_ == "dobj")}, blockers)
    return []


def _brought_about(verb: Token, said: tuple[Time, ...], blockers: Container[Token]) -> list[Time]:
    """"The 1954 creation of the pact included Britain": what an event brings about holds from its date."""
    events = {child for child in verb.children if child.dep_ == "nsubj" and child.pos_ == "NOUN" and child in blockers}
    return [time for time in said if time.token.dep_ in _PRENOMINAL and time.token.head in events]


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
        elif child.dep_ == "prep" and child.lower_ in _OCCASION:
            yield from (noun for noun in child.children if noun.dep_ == "pobj" and noun.pos_ == "NOUN")


def _above(word: Token, lexicon: Lexicon) -> Token | None:
    """The word whose time this one has: the verb that plans it, that it is the object of, that it goes along with."""
    head = word.head
    if head == word:
        return None
    if word.pos_ in _VERBAL:
        along = _goes_along(word, head, lexicon)
        return (head.head if word.dep_ == "pcomp" else head) if along else None
    if word.dep_ in ("dobj", "nsubj", "nsubjpass", "conj"):
        return head
    if word.dep_ == "pobj":
        planned = governor_of(head.head, lexicon) is not None  # "notice of withdrawal"
        return head.head if (planned or head.lower_ in _ACCOMPANYING) and head.head.pos_ in (*_VERBAL, *_NOUNS) else None
    return None


def _goes_along(verb: Token, head: Token, lexicon: Lexicon) -> bool:
    marks = {child.lower_ for child in verb.children if child.dep_ in ("aux", "mark", "advmod")}
    if verb.dep_ == "advcl":
        return bool(marks & _AT_ONCE) or "to" in marks or (verb.tag_ == "VBG" and marks <= _THUS)
    if verb.dep_ == "pcomp" and head.lower_ == "with":
        return True  # "…, with the opposition calling for elections"
    if verb.dep_ == "xcomp" or (verb.dep_ == "acl" and "to" in marks):
        return True
    if verb.dep_ == "ccomp" and is_delaying(head):
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
