"""Which event a dated statement tells of, where its words name one: so that the order of events meets their dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from csto_graph.graph.nodes import cst, mentioned
from csto_graph.model import Extraction, Mention, Statement

# What a date is given for, said of one actor or treaty at a time.
_DATING = {"signedOn", "enteredIntoForceOn", "terminatedOn", "foundedOn", "dissolvedOn"}


def told_events(statements: Iterable[Statement]) -> Iterator[ox.Triple]:
    """`cst:tellsOf` from a statement of a date to the event that the same words name, in another statement of the same text."""
    kept = tuple(statements)
    dating = [each for each in kept if each.extraction.predicate in _DATING and each.extraction.subject is not None]
    events = {event for each in kept for event in _events(each.extraction)}
    for each in dating:
        for event in events:
            if _same_words(each.extraction, event):
                yield ox.Triple(ox.NamedNode(each.iri), cst("tellsOf"), mentioned(event))


def _events(extraction: Extraction) -> Iterator[Mention]:
    if extraction.predicate in ("after", "hasPart", "causedBy"):
        yield from (end for end in (extraction.subject, extraction.object) if isinstance(end, Mention) and end.type == "Event")


def _same_words(dating: Extraction, event: Mention) -> bool:
    """They begin together, or the event's words hold those of the date; and the event bears the name of what is dated."""
    begins = dating.evidence.start == event.start
    holds = event.start <= dating.evidence.start and dating.evidence.end <= event.end
    return (begins or holds) and dating.subject is not None and dating.subject.label in event.label
