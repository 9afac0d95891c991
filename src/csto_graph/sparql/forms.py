"""Which of the four forms a query has, and whether it is an update."""

from __future__ import annotations

from typing import Final

from csto_graph.sparql.tokens import tokens

UPDATES: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})
FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_GRAPHS: Final = frozenset({"CONSTRUCT", "DESCRIBE"})


def form(text: str) -> str:
    """The keyword that begins a query or an update after its prologue; empty where there is none."""
    return next((token.keyword for token in tokens(text) if token.keyword in FORMS | UPDATES), "")


def gives_graph(text: str) -> bool:
    """Whether the answer is a graph rather than solutions or a truth."""
    return form(text) in _GRAPHS
