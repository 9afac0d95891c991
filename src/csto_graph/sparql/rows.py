"""Rows of a query that hold one term, `VALUES ?name { term }`: where they stand, and the term as somebody would give it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from csto_graph.namespaces import curie
from csto_graph.sparql.tokens import Token, tokens

_ESCAPED: Final = re.compile(r"\\(?:u(?P<code>[0-9A-Fa-f]{4})|.)", re.DOTALL)  # as terms are written: no \U
_STANDS_FOR: Final = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Row:
    """A variable, its term as somebody would give it, and from which character to before which it stands."""

    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Read:
    """A query as its terminals, and its rows in their order."""

    terminals: tuple[Token, ...]
    rows: tuple[Row, ...]


def read(query: str) -> Read:
    """The terminals and the rows of a query or of what is none."""
    terminals = tuple(tokens(query))
    return Read(terminals, tuple(_rows_among(terminals)))


def _rows_among(found: Sequence[Token]) -> Iterator[Row]:
    for index, token in enumerate(found[:-3]):
        if token.keyword != "VALUES" or found[index + 1].kind != "variable" or found[index + 2].text != "{":
            continue
        inside = _until_closed(found[index + 3 : index + 7])
        if inside:
            end = inside[-1].start + len(inside[-1].text)
            yield Row(found[index + 1].text[1:], _written(inside), inside[0].start, end)


def _until_closed(found: Sequence[Token]) -> Sequence[Token]:
    """The terminals of one term, of the four that a literal and the bracket after it have; none where there are more or none."""
    closing = next((index for index, token in enumerate(found) if token.text == "}"), 0)
    inside = found[:closing]
    literal = len(inside) == 3 and inside[0].kind == "string" and inside[1].text == "^^"
    return inside if len(inside) == 1 or literal else ()


def _written(inside: Sequence[Token]) -> str:
    """A term as somebody would give it: a thing by its local name, a literal by its characters."""
    first = inside[0]
    if first.kind == "iri":
        return curie(first.iri).removeprefix("id:")
    return _characters(first.text) if first.kind == "string" else first.text


def _characters(string: str) -> str:
    """What a string stands for: its marks taken off, its escapes resolved."""
    mark = 3 if string[:3] in {'"""', "'''"} else 1
    return _ESCAPED.sub(_character, string[mark:-mark])


def _character(escape: re.Match[str]) -> str:
    code = escape["code"]
    return chr(int(code, 16)) if code else _STANDS_FOR.get(escape[0][1], escape[0][1])
