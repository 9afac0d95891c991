"""Which of the four forms a query has, and whether it is an update."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from csto_graph.sparql.tokens import words

UPDATES: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})
FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_BEGINNINGS: Final = FORMS | UPDATES
_USUAL: Final = 4_096  # characters; longer queries are not remembered
_GRAPHS: Final = frozenset({"CONSTRUCT", "DESCRIBE"})


def form(text: str) -> str:
    """The keyword that begins a query or an update after its prologue; empty where there is none."""
    return _form_of_usual(text) if len(text) <= _USUAL else _form(text)


def _form(text: str) -> str:
    return next((word for word in words(text) if word in _BEGINNINGS), "")


_form_of_usual: Final = lru_cache(maxsize=512)(_form)  # asked several times for one request


def gives_graph(text: str) -> bool:
    """Whether the answer is a graph rather than solutions or a truth."""
    return form(text) in _GRAPHS
