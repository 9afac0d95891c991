"""What is refused before the engine sees a query: federation, foreign graphs, and nesting that would break it.

pyoxigraph sends requests for SERVICE and cannot be told not to; deep nesting or long chains overflow its stack and end
the process (measured: 1,000 nested function calls, 3,000 joins or BINDs; 500 of each are answered).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from csto_graph.sparql.diagnosis import place, syntax_error
from csto_graph.sparql.federation import without_services
from csto_graph.sparql.forms import FORMS, UPDATES
from csto_graph.sparql.names import named_iris
from csto_graph.sparql.refusal import Refusal
from csto_graph.sparql.tokens import Token

DEEPEST: Final = 100  # brackets open at once
MOST_LINKS: Final = 500  # brackets opened, operators and triple patterns, the rows of VALUES not counted
_OPENING: Final = frozenset({"(", "{", "[", "<<", "<<(", "{|"})
_CLOSING: Final = frozenset({")", "}", "]", ">>", ")>>", "|}"})
_LINKS: Final = _OPENING | frozenset({"!", "+", "-", "*", "/", "|", "^", "&&", "||", "=", "!=", "<", ">", "<=", ">=", ".", ";"})
_FETCHING: Final = re.compile("(?i)(ser)v(ice)|(?!)(lo)a(d)")
_FETCHING_IN_UPDATES: Final = re.compile("(?i)(ser)v(ice)|(lo)a(d)")
_MISSPELT: Final = re.compile("(?i)(ser)w(ice)|(lo)w(d)")
_DATASET: Final = frozenset({"FROM", "USING", "NAMED"})


def admit(query: str, terminals: list[Token], graphs: frozenset[str], services: frozenset[str] = frozenset()) -> None:
    """Passes in silence, or raises the Refusal that says what the service does not do and what to do instead.

    `services` are the endpoints that SERVICE may name, as `federation.endpoint` writes them.
    """
    _refuse_update(terminals)
    refuse_open_string(query, terminals)
    refuse_excess(list(_outside_values(terminals)), "query", also=_described(terminals))
    refuse_federation(without_services(query, terminals, services) if services else query)
    requires_dataset(query, terminals, graphs)


def requires_dataset(text: str, terminals: list[Token], graphs: frozenset[str]) -> None:
    """Refuses a dataset with a graph that the store does not have: it would have to be fetched, or be silently empty."""
    if not any(token.keyword in _DATASET for token in terminals):
        return
    for token, iri in dataset_clauses(terminals):
        if iri not in graphs:
            raise Refusal(f"FROM or USING names a graph that is not in this release: <{iri}>.", **place(text, token))


def require_graphs(iris: Iterable[str], graphs: frozenset[str]) -> None:
    """The same for the graphs that the request names beside the query."""
    for iri in iris:
        if iri not in graphs:
            raise Refusal(f"The request names a graph that is not in this release: <{iri}>.")


def _refuse_update(terminals: list[Token]) -> None:
    first = next((token.keyword for token in terminals if token.keyword in FORMS | UPDATES), "")
    if first in UPDATES:
        detail = f"A query is read-only and {first} is an update, which a service takes at /update."
        raise Refusal(f"{detail} Ask with SELECT, ASK, CONSTRUCT or DESCRIBE.")


def refuse_open_string(query: str, terminals: list[Token]) -> None:
    """Refuses a string without its closing mark."""
    for token in terminals:
        if token.kind == "string" and not token.closed:
            detail = f"The text that begins with {token.text[:20]} is not closed by a quotation mark."
            raise Refusal(detail, **place(query, token))


def refuse_excess(terminals: list[Token], what: str, also: int = 0) -> None:
    """Refuses what would go too deep for the engine; `also` counts what `terminals` does not show."""
    depth = deepest = 0
    links = also
    for token in terminals:
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        deepest = max(deepest, depth)
        links += token.text in _LINKS
    if deepest > DEEPEST:
        raise Refusal(f"The {what} nests {deepest} brackets; at most {DEEPEST} are read. Flatten it.")
    if links > MOST_LINKS:
        raise Refusal(f"The {what} has {links} brackets, operators and patterns; at most {MOST_LINKS} are read. Use VALUES.")


def _described(terminals: list[Token]) -> int:
    """The resources that DESCRIBE may name: each is a join."""
    if not any(token.keyword == "DESCRIBE" for token in terminals):
        return 0
    return sum(token.kind in {"iri", "name", "variable"} for token in terminals)


def _outside_values(terminals: list[Token]) -> Iterator[Token]:
    """The data of VALUES is flat and may be long; all else makes the engine go deeper."""
    inside, after_keyword = False, False
    for token in terminals:
        inside = inside or (after_keyword and token.text == "{")
        after_keyword = token.keyword == "VALUES" or (after_keyword and not inside)
        if not inside:
            yield token
        inside = inside and token.text != "}"


def refuse_federation(query: str, *, update: bool = False) -> None:
    """SERVICE (in updates LOAD too) as a keyword, not as a part of a literal, a comment, a name or an IRI.

    The engine's own parser tells: the query with every such word misspelt stays a query only if none was the keyword.
    """
    fetching = _FETCHING_IN_UPDATES if update else _FETCHING
    if not fetching.search(query):
        return
    error = syntax_error(fetching.sub(r"\1\3w\2\4", query), update=update)
    if error is None:
        return
    at = error.token
    if at is not None and at.keyword and _MISSPELT.search(at.text):
        word = "LOAD" if "LOWD" in at.keyword else "SERVICE"
        detail = f"This service sends no requests to others: {word} is not offered. Ask the other endpoint itself."
        raise Refusal(detail, **place(query, at))
    raise Refusal(_MISSPELT.sub(_spelt, error.detail), **place(query, at))


def _spelt(match: re.Match[str]) -> str:
    return f"{match[1]}v{match[2]}" if match[1] else f"{match[3]}a{match[4]}"


def dataset_clauses(terminals: list[Token]) -> Iterator[tuple[Token, str]]:
    """The graphs that FROM and FROM NAMED name, each with its token (SPARQL 1.1 Query Language, section 13.2)."""
    for before, token, iri in named_iris(terminals):
        if before is not None and before.keyword in _DATASET:
            yield token, iri


def named_graphs(terminals: list[Token]) -> Iterator[str]:
    """The graphs that an update names as those it writes."""
    for before, _, iri in named_iris(terminals):
        if before is not None and before.keyword in {"GRAPH", "WITH", "TO"}:
            yield iri
