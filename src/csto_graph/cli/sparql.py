"""Saying what is wrong with a query: the engine lists the tokens it would have liked, people need the place."""

from __future__ import annotations

from typing import Final

from csto_graph.sparql.diagnosis import diagnosis, place
from csto_graph.sparql.forms import UPDATES
from csto_graph.sparql.tokens import tokens

_FORMS: Final = "Write a SELECT, ASK, CONSTRUCT or DESCRIBE"


def fault(query: str, message: str) -> tuple[str, str]:
    """What is wrong with a query that does not parse, and the remedy; `message` is what the engine said."""
    if not any(tokens(query)):
        return "holds no query", _FORMS
    error = diagnosis(query, message)
    if error.token is not None and error.token.keyword in UPDATES:
        return "is an update, and a release is read-only", _FORMS
    at, end = place(query, error.token), "" if error.token else " (at its end)"
    where = f"line {at['line']}, column {at['column']}{end}"
    return f"is not SPARQL 1.1 at {where}: {error.detail.rstrip('.')}", "Mend the query there"
