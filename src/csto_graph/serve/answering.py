"""The query of a request put to the back-end, within the limits of the service and of the client."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from flask import g

from csto_graph.backend.interface import Answer, EndpointFailed, Exceeded, Limits, Query
from csto_graph.model import Release
from csto_graph.serve.cache import Kept, Key
from csto_graph.serve.catalogue import served
from csto_graph.serve.journal import entry, note_query
from csto_graph.serve.problems import Problem
from csto_graph.serve.turns import client
from csto_graph.sparql.forms import form
from csto_graph.sparql.refusal import Refusal

_VOLATILE: Final = re.compile(r"(?i)\b(?:now|rand|uuid|struuid|bnode|service)\b")  # what gives another answer each time


@dataclass(frozen=True, slots=True)
class _Job:
    """What is put to the back-end."""

    release: Release
    query: Query
    syntax: str
    limits: Limits

    def put(self, charge: Callable[[float], None]) -> Answer:
        """The answer; the seconds it took are charged, whatever comes of it."""
        catalogue, begun = served(), time.monotonic()
        catalogue.cache.keep_only([each.number for each in catalogue.backend.releases()])
        try:
            answer = catalogue.backend.answer(self.release, self.query, self.syntax, self.limits)
        except (EndpointFailed, Exceeded, Refusal):
            charge(time.monotonic() - begun)
            raise
        charge(answer.seconds)
        return answer


def answered(release: Release, query: Query, syntax: str, most: int | None = None) -> Answer:
    """The answer, from the cache or as one of the client's turns; `most` as in `Limits`.

    Raises what the back-end raises, and a problem 429 or 503 with Retry-After where it is not the client's turn.
    """
    found = kept_or_asked(release, query, syntax, most)
    return found.opened() if isinstance(found, Kept) else found


def kept_or_asked(release: Release, query: Query, syntax: str, most: int | None = None) -> Kept | Answer:
    """The same, as the cache has it; what the cache does not keep is an answer to be read once."""
    limits = _limits(most)
    note_query(form(query.text), query.text)
    entry().release = release.number
    found = _found(_Job(release, query, syntax, limits))
    g.notes = found.notes
    return found


def _found(job: _Job) -> Kept | Answer:
    catalogue, volatile = served(), is_volatile(job.query.text)
    key = answer_key(job.release, job.query, job.syntax, job.limits.most)
    if not volatile and (kept := catalogue.cache.find(key)):
        return kept
    with catalogue.turns.taken(client()) as charge:  # who waits for another's answer has a turn too, as it takes a thread
        make = partial(job.put, charge)
        return make() if volatile else catalogue.cache.fetch(key, job.limits.seconds, make)


def answer_key(release: Release, query: Query, syntax: str, most: int = Limits().most) -> Key:
    """What the cache knows an answer by."""
    return (release.number, release.content, query, syntax, most)


def is_volatile(text: str) -> bool:
    """Whether a query may give another answer each time it is asked."""
    return _VOLATILE.search(text) is not None


def allow(timeout: str | None) -> None:
    """Takes `timeout=` (seconds) for the deadline of this request. Raises a problem 400 that names the most one may ask for."""
    most = served().settings.most_seconds
    if timeout is None:
        return
    try:
        seconds = float(timeout)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= most:
        raise Problem(400, f"timeout= takes seconds, more than 0 and at most {most:g}.", limit="timeout", allowed=most)
    g.seconds = seconds


def require_length(text: str, status: int) -> None:
    """Raises a problem of that status for a query longer than the service reads."""
    most, length = served().settings.query, len(text.encode())
    if length > most:
        detail = f"The query is {length:,} bytes long; at most {most:,} are read. Shorten it."
        raise Problem(status, detail, limit="query", allowed=most)


def _limits(most: int | None) -> Limits:
    limits = served().settings.limits
    limits = replace(limits, seconds=g.get("seconds", limits.seconds))
    return limits if most is None else replace(limits, most=most)
