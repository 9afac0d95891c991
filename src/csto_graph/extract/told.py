"""What a document has stated so far, as far as later sentences lean on it: of whose members it spoke, which dates it gave."""

from __future__ import annotations

from csto_graph.extract.memory import identity
from csto_graph.extract.terms import Terms
from csto_graph.model import Extraction, Mention, Status, Value


class Told:
    """The statements of one document that others take their topic or their date from."""

    def __init__(self, terms: Terms, topics: set[str]) -> None:
        self._terms = terms
        self._topics = topics  # the organisations and treaties that the text is about, by identity
        self._dates: dict[tuple[str, str], str] = {}

    def note(self, extraction: Extraction) -> None:
        """The text states this."""
        for end in (extraction.subject, extraction.object):
            if isinstance(end, Mention) and self._has_members(extraction, end):
                self._topics.add(identity(end))
        subject, value = extraction.subject, extraction.object
        if isinstance(subject, Mention) and isinstance(value, Value) and extraction.status is Status.ASSERTED:
            self._dates[extraction.predicate, identity(subject)] = value.value

    def date_of(self, predicate: str, thing: Mention | Value | None) -> str | None:
        """The date that an asserted statement of this predicate has given a thing."""
        return self._dates.get((predicate, identity(thing))) if isinstance(thing, Mention) else None

    def _has_members(self, extraction: Extraction, pact: Mention) -> bool:
        """Whether a statement names or counts the members or parties of this organisation or treaty."""
        if pact is extraction.object:
            return self._terms.is_a(self._terms.range(extraction.predicate), "Pact")
        return extraction.predicate == "memberCount"
