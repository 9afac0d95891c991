"""The bounds of events that have a name of their own, from the statements that say when they happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox

from csto_graph.cited import CitedFact
from csto_graph.graph.bounds import bounds
from csto_graph.graph.nodes import cst, dated
from csto_graph.model import Extraction, Mention, Qualifiers, Status, Value
from csto_graph.namespaces import PROV

Bounds = Mapping[str, str]

# Whose times are the event's own, and at which end the event stands. Who takes part may come later or leave sooner.
_AT_SUBJECT, _AT_OBJECT = {"tookPlaceIn"}, {"conductedExercise"}
_TIMES = {"time", "from", "to"}


def event_bounds(asserted: Iterable[Extraction | CitedFact]) -> Iterator[ox.Triple]:
    """The bounds of each event on which asserted statements of one source give a time.

    What they have in common, where they can all be right of one span. Else only the days between which all of them lie:
    the event was in two places one after the other, or its date is disputed.
    """
    told: dict[str, list[Bounds]] = defaultdict(list)
    for each in asserted:
        event = _dated_event(each)
        if event is not None and (found := dict(bounds(_when(each), event=True))):
            told[event].append(found)
    for event, accounts in told.items():
        for name, day in (_in_common(accounts) or _around(accounts)).items():
            yield ox.Triple(ox.NamedNode(event), cst(name), dated(day))


def dating(each: Extraction | CitedFact, statement: ox.NamedNode) -> Iterator[ox.Triple]:
    """From such an event to the asserted statement that dates it (prov:wasDerivedFrom), to be kept among the evidence."""
    event = _dated_event(each) if each.status is Status.ASSERTED else None
    if event is not None and any(bounds(_when(each), event=True)):
        yield ox.Triple(ox.NamedNode(event), ox.NamedNode(str(PROV.wasDerivedFrom)), statement)


def _dated_event(each: Extraction | CitedFact) -> str | None:
    end = each.object if each.predicate in _AT_OBJECT else each.subject if each.predicate in {*_AT_SUBJECT, *_TIMES} else None
    return end.iri if isinstance(end, Mention) else None


def _when(each: Extraction | CitedFact) -> Qualifiers:
    """The qualifiers, or the time that is itself what is stated."""
    if each.predicate in _TIMES and isinstance(each.object, Value):
        stated = {each.predicate: each.object.value}
        return Qualifiers(time=stated.get("time"), from_=stated.get("from"), to=stated.get("to"))
    return each.qualifiers


def _in_common(accounts: Sequence[Bounds]) -> Bounds:
    """The narrowest bounds; none where the accounts exclude one another."""
    narrowest = {
        name: chosen(account[name] for account in accounts if name in account)
        for name, chosen in (("fromEarliest", max), ("fromLatest", min), ("toEarliest", max), ("toLatest", min))
        if any(name in account for account in accounts)
    }
    begins, ends = narrowest.get("fromEarliest", ""), narrowest.get("toLatest", "9999")
    possible = begins <= narrowest["fromLatest"] and narrowest["toEarliest"] <= ends and begins <= ends
    return narrowest if possible else {}


def _around(accounts: Sequence[Bounds]) -> Bounds:
    widest = (("fromEarliest", min), ("toLatest", max))
    return {name: chosen(a[name] for a in accounts) for name, chosen in widest if all(name in a for a in accounts)}
