"""A stored query in parts: its solutions have an order, so that a part of them can be asked for, and all can be counted.

A part is a query of its own, that any SPARQL 1.1 server can run.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from csto_graph.namespaces import PREFIXES
from csto_graph.sparql.tokens import Token, tokens

_OTHERWISE: Final = frozenset({"LIMIT", "OFFSET", "VALUES"})  # what follows an order


@lru_cache(maxsize=256)
def columns(query: str) -> tuple[str, ...]:
    """The variables of its solutions in their order, without question marks; none where it gives a truth or a graph."""
    results = ox.Store().query(query, prefixes=PREFIXES)
    return tuple(each.value for each in results.variables) if isinstance(results, ox.QuerySolutions) else ()


@lru_cache(maxsize=256)
def is_ordered(query: str) -> bool:
    """Whether it ends with ORDER BY, so that its solutions can be had in parts; one that names its dataset is not."""
    terminals = list(tokens(query))
    after = {token.keyword for token in _outside(terminals)}
    return "ORDER" in after and not _OTHERWISE & after and all(token.keyword != "FROM" for token in terminals)


def part(query: str, limit: int, offset: int) -> str:
    """At most `limit` solutions of an ordered query, the first `offset` left out.

    What its order leaves open is decided by the other columns: solutions that no order tells apart are the same.
    """
    rest = " ".join(f"?{name}" for name in columns(query))
    return f"{query.rstrip()}\n  {rest}\nLIMIT {limit} OFFSET {offset}\n"


def counted(query: str) -> str:
    """The query whose one solution, `total`, is the number of solutions of an ordered query."""
    start = next(token.start for token in tokens(query) if token.keyword == "SELECT")
    return f"{query[:start]}SELECT (COUNT(*) AS ?total) WHERE {{ {{\n{query[start:].rstrip()}\n}} }}\n"


def _outside(terminals: list[Token]) -> list[Token]:
    """What stands behind the last bracket of the pattern."""
    last = max((index for index, token in enumerate(terminals) if token.text == "}"), default=-1)
    return terminals[last + 1 :]
