"""A pair with its times, place, number and role: the qualified statement of a frame."""

from __future__ import annotations

from dataclasses import replace

from csto_graph.extract.arguments import DATES, Pair, participants
from csto_graph.extract.context import Context
from csto_graph.extract.frames import Frame
from csto_graph.extract.grammar import phrase, text
from csto_graph.extract.times import number_of
from csto_graph.model import Mention, Qualifiers, Value


def qualified(pair: Pair, frame: Frame, when: Qualifiers, context: Context) -> tuple[Pair, Qualifiers]:
    """The pair (with its date as object, where the predicate wants one) and its qualifiers."""
    lasting = frame.sense.predicate in context.lexicon.stative
    when = _since(pair, frame, _of_its_own(pair, when, context, lasting=lasting), context)
    if context.terms.range(frame.sense.predicate) in DATES:
        day = when.time or when.from_ or when.to
        return replace(pair, object=_dated(day) if day else None), replace(when, valid_at=None)
    return pair, replace(when, place=_place(frame, context), number=_number(pair, frame), role=_role(frame, context))


def _of_its_own(pair: Pair, when: Qualifiers, context: Context, *, lasting: bool) -> Qualifiers:
    """The time that a list gives one of the two: "six states joined, including Iraq in 1932"."""
    places = {end.start for end in (pair.subject, pair.object) if isinstance(end, Mention)}
    own = [t for t in context.times if any(context.sentence.offsets(item.i, item.i + 1)[0] in places for item in t.items)]
    value = {time.bound: time.value for time in own if time.token == own[0].token}
    lifetime = {"from", "to"} <= value.keys() and not lasting  # "the pact (1955–91) was dissolved"
    if not value or lifetime:
        return when
    return Qualifiers(time=value.get("time"), from_=value.get("from"), to=value.get("to"))


def _since(pair: Pair, frame: Frame, when: Qualifiers, context: Context) -> Qualifiers:
    """"In this treaty, both pledged …": without a time of its own, from the day that the text has given the treaty."""
    if frame.sense.dated_by is None or when.time or when.from_ or when.to:
        return when
    day = context.discourse.told.date_of(frame.sense.dated_by, pair.object)
    return replace(when, from_=day) if day else when


def _dated(value: str) -> Value:
    return Value(value, {4: "xsd:gYear", 7: "xsd:gYearMonth"}.get(len(value), "xsd:date"))


def _place(frame: Frame, context: Context) -> Mention | None:
    tokens = [filler.token for filler in frame.places]
    found = (m for token in tokens for m in context.discourse.mentions(token, "Location", participants(token)))
    return next(found, None)


def _number(pair: Pair, frame: Frame) -> int | None:
    if isinstance(pair.object, Value):
        return int(pair.object.value) if pair.object.datatype == "xsd:integer" else None
    if pair.object is None or pair.object.type != "ArmedForce":
        return None
    numbers = (number_of(filler.token) for filler in frame.objects)
    return next((number for number in numbers if number is not None), None)


def _role(frame: Frame, context: Context) -> str | None:
    """The office or the kind of membership, in the words of the text: "rotating chairman", "founding member"."""
    trigger, names = frame.trigger, context.sentence.names
    if frame.sense.role or not context.lexicon.traits(frame.sense.predicate).by_role:
        return frame.sense.role
    if trigger.pos_ not in ("NOUN", "PROPN") or trigger.i in names:
        return None
    left_out = ("nummod", "punct", "poss", "quantmod")  # the office itself may be a possessor: "the president's claim"
    words = [t for t in phrase(trigger) if t.i not in names and (t == trigger or t.dep_ not in left_out)]
    plain_member = frame.sense.predicate == "memberOf" and len(words) < 2
    return None if plain_member else text(words)
