"""Which graphs an update can change, told from its text before it runs (SPARQL 1.1 Update, section 3).

Their names are read by the engine itself: it is given the same prologue and CREATE in the place of each operation, so that no
other reading of a relative IRI or of a prefix can hide a graph. What is not recognised here can change any graph.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from pyoxigraph import NamedNode, Store

from csto_graph.sparql.tokens import Token, tokens

_NAMES: Final = frozenset({"iri", "name"})
_PROLOGUE: Final = {"BASE": 2, "PREFIX": 3}  # terminals


def written_graphs(update: str, base: str, prefixes: Mapping[str, str]) -> frozenset[NamedNode] | None:
    """The named graphs outside which the update changes nothing; None where it may change any.

    The update is one that the engine takes, as `admitted_update` gives it.
    """
    terminals = list(tokens(update))
    start = _end_of_prologue(terminals)
    names: dict[str, None] = {}
    for operation in _operations(terminals[start:]):
        written = _written(operation)
        if written is None:
            return None
        names |= dict.fromkeys(name.text for name in written)
    store = Store()
    creations = " ; ".join(f"CREATE SILENT GRAPH {name}" for name in names)
    store.update(f"{' '.join(token.text for token in terminals[:start])} {creations}", base_iri=base, prefixes=dict(prefixes))
    return frozenset(graph for graph in store.named_graphs() if isinstance(graph, NamedNode))


def _end_of_prologue(terminals: list[Token]) -> int:
    place = 0
    while _keyword(terminals, place) in _PROLOGUE:
        place += _PROLOGUE[terminals[place].keyword]
    return place


def _operations(terminals: list[Token]) -> Iterator[list[Token]]:
    """What stands between the semicolons outside brackets."""
    depth, operation = 0, list[Token]()
    for token in terminals:
        depth += (token.text == "{") - (token.text == "}")
        if token.text == ";" and depth == 0:
            yield operation
            operation = []
        else:
            operation.append(token)
    yield operation


def _written(operation: list[Token]) -> list[Token] | None:
    """The names of the graphs that an operation can change; None where it may change any."""
    if not operation:
        return []
    first = operation[0].keyword
    if first in {"CREATE", "CLEAR", "DROP", "ADD", "COPY", "MOVE"}:
        return _managed(operation[1:])
    within = operation[1] if first == "WITH" else None
    return _templates(operation[2:] if within else operation, [within] if within else None)


def _managed(operands: list[Token]) -> list[Token] | None:
    """CLEAR GRAPH iri, COPY iri TO iri and the like; DEFAULT, NAMED and ALL are not told apart."""
    names = [token for token in operands if token.keyword not in {"SILENT", "GRAPH", "TO"}]
    return names if all(name.kind in _NAMES for name in names) else None


def _templates(operation: list[Token], within: list[Token] | None) -> list[Token] | None:
    """INSERT DATA, DELETE DATA, DELETE WHERE, and DELETE and INSERT before USING or WHERE; `within` is the graph of WITH."""
    found, place = list(within or []), 0
    while place < len(operation) and operation[place].keyword in {"INSERT", "DELETE"}:
        place += 1 + (_keyword(operation, place + 1) in {"DATA", "WHERE"})
        end = _closing(operation, place)
        names = _quads(operation[place + 1 : end], bare=within is not None)
        if names is None:
            return None
        found, place = [*found, *names], end + 1
    known = place > 0 and (place >= len(operation) or _keyword(operation, place) in {"USING", "WHERE"})
    return found if known else None


def _quads(block: list[Token], *, bare: bool) -> list[Token] | None:
    """The graphs of GRAPH iri { … } in a row; None at a variable, and at a triple outside unless `bare` ones have a graph."""
    found, place = list[Token](), 0
    while place < len(block):
        if block[place].keyword == "GRAPH":
            if place + 2 >= len(block) or block[place + 1].kind not in _NAMES:
                return None
            found.append(block[place + 1])
            place = _closing(block, place + 2)
        elif not bare and block[place].text != ".":
            return None
        place += 1
    return found


def _keyword(operation: list[Token], place: int) -> str:
    return operation[place].keyword if place < len(operation) else ""


def _closing(terminals: list[Token], opening: int) -> int:
    """The place of the bracket that closes the one there; the end where none does."""
    depth = 0
    for place in range(opening, len(terminals)):
        depth += (terminals[place].text == "{") - (terminals[place].text == "}")
        if depth == 0:
            return place
    return len(terminals)
