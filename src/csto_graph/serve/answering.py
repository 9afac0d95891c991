"""The query of a request put to the back-end, within the limits of the service and of the client."""

from __future__ import annotations

import time
from dataclasses import replace

from flask import g

from csto_graph.backend.interface import Answer, EndpointFailed, Exceeded, Limits, Query
from csto_graph.model import Release
from csto_graph.serve.catalogue import served
from csto_graph.serve.journal import entry, note_query
from csto_graph.serve.problems import Problem
from csto_graph.serve.turns import client
from csto_graph.sparql.forms import form
from csto_graph.sparql.refusal import Refusal


def answered(release: Release, query: Query, syntax: str, most: int | None = None) -> Answer:
    """The answer, as one of the client's turns; `most` as in `Limits`.

    Raises what the back-end raises, and a problem 429 or 503 with Retry-After where it is not the client's turn.
    """
    catalogue = served()
    note_query(form(query.text), query.text)
    entry().release = release.number
    with catalogue.turns.taken(client()) as charge:
        begun = time.monotonic()
        try:
            answer = catalogue.backend.answer(release, query, syntax, _limits(most))
        except (EndpointFailed, Exceeded, Refusal):
            charge(time.monotonic() - begun)
            raise
        charge(answer.seconds)
        g.notes = answer.notes
        return answer


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
