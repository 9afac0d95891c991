"""When a frame holds: the times that belong to its words, the document's date for a dated present."""

from __future__ import annotations

from spacy.tokens import Token

from csto_graph.extract.frames import Frame
from csto_graph.extract.lexicon import Lexicon
from csto_graph.extract.times import Time, owned
from csto_graph.model import Qualifiers

_PRESENT = {"VBZ", "VBP"}
_HAPPENING = {"take", "occur", "happen", "follow", "come", "be", "begin"}


def qualifiers(
    frame: Frame, said: tuple[Time, ...], blockers: set[Token], lexicon: Lexicon, document_date: str | None
) -> Qualifiers:
    """The times of a frame, in the precision of the text. Stative predicates in the present hold on the document's date."""
    owners = _owners(frame)
    found = owned(said, owners, blockers - owners) or _shared(frame, said, blockers)
    values = {time.bound: time.value for time in reversed(found)}
    stative = frame.sense.predicate in lexicon.stative
    valid_at = values.get("valid_at")
    if stative and not values and document_date and _is_present(frame, said):
        valid_at = document_date
    if not stative and valid_at and "time" not in values:
        values["time"], valid_at = valid_at, None
    return Qualifiers(time=values.get("time"), from_=values.get("from"), to=values.get("to"), valid_at=valid_at)


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
    while current.dep_ == "xcomp":
        current = current.head
        owners.add(current)
    return owners


def _verb(trigger: Token) -> Token | None:
    """The verb whose times are the trigger's own: itself, its copula, or "took place" for an event noun."""
    if trigger.pos_ in ("VERB", "AUX"):
        return trigger
    head = trigger.head
    if trigger.dep_ in ("attr", "dobj", "oprd") and head.lemma_ in ("be", "become", "remain", "have"):
        return head
    if trigger.dep_ in ("nsubj", "nsubjpass") and head.lemma_ in _HAPPENING:
        return head
    return None


def _shared(frame: Frame, said: tuple[Time, ...], blockers: set[Token]) -> list[Time]:
    """"In 2005 X left A and joined B": a time before the first of coordinated verbs holds for the others too."""
    verb = frame.trigger
    if verb.dep_ != "conj" or verb.head.pos_ not in ("VERB", "AUX"):
        return []
    return [time for time in owned(said, {verb.head}, blockers) if time.token.i < verb.head.i]


def _is_present(frame: Frame, said: tuple[Time, ...]) -> bool:
    """In the present tense; a noun takes the tense of its clause, an apposition ("the chairman, Armenia") the document's."""
    verb = _verb(frame.trigger)
    if verb is None and frame.sense.object is not None and frame.sense.object.role == "CopulativeArg":
        return not said
    verb = verb or next((t for t in frame.trigger.ancestors if t.pos_ in ("VERB", "AUX")), None)
    if verb is None:
        return False
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX") and verb.tag_ in ("VB", "VBN"):
        verb = verb.head
    finite = [verb, *(child for child in verb.children if child.dep_ in ("aux", "auxpass"))]
    tags = {token.tag_ for token in finite}
    return bool(tags & _PRESENT) and "VBD" not in tags and not any(token.tag_ == "MD" for token in finite)
