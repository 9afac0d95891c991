"""Where a query stops being one, and what could have stood there.

The engine names the furthest character it tried, which lies anywhere within the longest keyword it hoped for, and only
those hopes. With wide gaps between the terminals that character falls behind the terminal that is wrong and behind no
other; what could stand in its place is found by trying (the grammar is LL(1): SPARQL 1.1 Query Language, section 19.8).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pyoxigraph import Store

from csto_graph.namespaces import BASE, PREFIXES
from csto_graph.sparql.prefixes import advice
from csto_graph.sparql.spelling import FUNCTIONS, nearest
from csto_graph.sparql.tokens import Token, escaped_iri, one_reading, position, tokens

_GAP: Final = " " * 40  # longer than every keyword of the language
_NOTHING: Final = "\x07"  # begins no terminal: what ends with it is never a query and never runs
_GLUED: Final = frozenset({"COALESCE", "CONCAT", "BNODE"})  # the engine wants their bracket without a space
_ENGINE_MESSAGE: Final = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_PROSE: Final = re.compile(r"The SELECT[^,\[\]]*|[^,\[\]]*\b(?:variable|aggregate|already|not allowed)\b[^,\[\]]*")
_MOST_TRIED: Final = 2_000  # terminals before the wrong one, above which nothing is tried in its place
_TRIED: Final = (
    ("a variable", "?v"), ("an IRI or a prefixed name", "<x:y>"), ("a literal", '"x"'), ("a number", "1"),
    ("“{”", "{"), ("“}”", "}"),
    ("“(”", "("), ("“)”", ")"), ("“[”", "["), ("“]”", "]"), ("“.”", "."), ("“;”", ";"), ("“,”", ","), ("“*”", "*"),
    ("“=”", "="), ("“:”", ":"),
    *((word, word) for word in (
        "PREFIX", "BASE", "SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "FROM", "NAMED", "WHERE", "AS", "FILTER", "OPTIONAL",
        "UNION", "GRAPH", "BIND", "VALUES", "MINUS", "GROUP", "BY", "HAVING", "ORDER", "LIMIT", "OFFSET",
    )),
)  # fmt: skip
_TRIED_IN_UPDATES: Final = tuple((word, word) for word in (
    "INSERT", "DELETE", "DATA", "WITH", "USING", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "TO",
    "DEFAULT", "ALL", "SILENT",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class QueryError:
    """What is wrong with a query, in words; `token` is where, or None at its end."""

    detail: str
    token: Token | None


def syntax_error(query: str, *, update: bool = False) -> QueryError | None:
    """What keeps the text from being a query, or None. It is tried on an empty store and must hold no SERVICE and no LOAD."""
    try:
        _try(one_reading(query), update)
    except SyntaxError as error:
        return diagnosis(query, str(error), update=update)
    except RuntimeError:  # an unknown function, a graph that is not there: found by running what was parsed
        return None
    return None


def _try(text: str, update: bool) -> None:
    """Raises `SyntaxError` where the engine cannot read a query or an update."""
    store = Store()
    (store.update if update else store.query)(text, base_iri=BASE, prefixes=PREFIXES)


def diagnosis(query: str, engine_message: str, *, update: bool = False) -> QueryError:
    """Reads the engine's refusal of `query` for a person."""
    terminals = list(tokens(query))
    index = _wrong_terminal(terminals, update)
    token = terminals[index] if index < len(terminals) else None
    return (
        _undeclared(terminals, index)
        or _said_by_engine(engine_message, token)
        or _slash_in_name(terminals, index)
        or _bound_twice(terminals, index)
        or QueryError(_unexpected(terminals, index, update), token)
    )


def place(query: str, token: Token | None) -> dict[str, int]:
    """Line and column of a token or of the end of the query, as members of a problem."""
    line, column = position(query, token.start if token else len(query.rstrip()))
    return {"line": line, "column": column}


def _undeclared(terminals: list[Token], index: int) -> QueryError | None:
    declared = declared_prefixes(terminals)
    for before, token in zip([None, *terminals], terminals[: index + 1], strict=False):
        prefix = token.text.partition(":")[0]
        if token.kind != "name" or prefix in declared:
            continue
        if before is not None and before.text == "<" and before.start + 1 == token.start:
            return QueryError("The IRI that begins here holds a space or another character that no IRI may have.", before)
        return QueryError(f"The prefix “{prefix}:” is not declared. {advice(prefix, declared)}", token)
    return None


def declared_prefixes(terminals: list[Token]) -> frozenset[str]:
    """The prefixes that a query declares, and those that are declared for everyone."""
    pairs = pairwise(terminals)
    own = {name.text.removesuffix(":") for word, name in pairs if word.keyword == "PREFIX" and name.kind == "name"}
    return frozenset(own | PREFIXES.keys())


def _said_by_engine(message: str, token: Token | None) -> QueryError | None:
    said = _PROSE.search(message.partition("expected ")[2])
    return QueryError(f"{said[0].strip().removeprefix('one of ')}.", token) if said else None


def _slash_in_name(terminals: list[Token], index: int) -> QueryError | None:
    """The IRIs of things have slashes, which a prefixed name must escape (PN_LOCAL_ESC)."""
    if 0 < index < len(terminals) and terminals[index].text == "/" and terminals[index - 1].kind == "name":
        name = terminals[index - 1].text
        return QueryError(f"In a prefixed name a slash is written with a backslash: {name}\\/…", terminals[index])
    return None


def _bound_twice(terminals: list[Token], index: int) -> QueryError | None:
    """The engine finds it once the bracket of BIND is closed, and says nothing of it."""
    if index >= 3 and terminals[index - 1].text == ")" and terminals[index - 3].keyword == "AS":
        name = terminals[index - 2]
        if any(token.text[1:] == name.text[1:] for token in terminals[: index - 3] if token.kind == "variable"):
            return QueryError(f"{name.text} has a value already: BIND must name a new variable.", name)
    return None


def _unexpected(terminals: list[Token], index: int, update: bool) -> str:
    expected = list(_acceptable(terminals[:index], update)) if index <= _MOST_TRIED else []
    if index >= len(terminals):
        found = f"The {'update' if update else 'query'} ends too early"
    elif terminals[index].kind == "iri" and "an IRI or a prefixed name" in expected:
        return f"{terminals[index].text[:200]} is not an IRI that can be read."
    else:
        found = f"“{terminals[index].text[:40]}” cannot stand here"
    meant = _meant(terminals[index : index + 2], expected)
    return f"{found}. Expected {_alternatives(expected)}.{meant}" if expected else f"{found}.{meant}"


def _meant(found: list[Token], expected: list[str]) -> str:
    """The keyword that a misspelt one is most like, among those that may stand there; before a bracket a function."""
    if not found or not found[0].keyword:
        return ""
    keywords = {name for name in expected if name.isupper()}
    known = keywords | FUNCTIONS if len(found) > 1 and found[1].text == "(" else keywords
    meant = nearest(found[0].keyword, known)
    return f" Did you mean {meant}?" if meant else ""


def _alternatives(expected: list[str]) -> str:
    """`a, b or c`; a number goes without saying where any literal may stand."""
    names = [name for name in expected if name != "a number" or "a literal" not in expected]
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]


def _acceptable(before: list[Token], update: bool) -> Iterator[str]:
    for name, sample in (*_TRIED, *_TRIED_IN_UPDATES) if update else _TRIED:
        token = Token("iri" if sample.startswith("<") else "word", sample, 0)
        if _wrong_terminal([*before, token], update) > len(before):
            yield name


def _wrong_terminal(terminals: list[Token], update: bool) -> int:
    """The index of the first terminal that cannot continue what precedes it; their number when the end cannot."""
    layout, starts = _layout(terminals)
    try:
        _try(layout, update)
    except SyntaxError as error:
        return max(bisect_right(starts, _offset(layout, str(error))) - 1, 0)
    raise AssertionError(layout)  # it ends with what begins no terminal


def _layout(terminals: list[Token]) -> tuple[str, list[int]]:
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    for before, token in zip([None, *terminals], [*terminals, Token("sign", _NOTHING, 0)], strict=True):
        gap = "" if before is not None and before.keyword in _GLUED and token.text == "(" else _GAP
        text = escaped_iri(token.text) if token.kind == "iri" else token.text
        starts.append(length + len(gap))
        parts += [gap, text]
        length += len(gap) + len(text)
    return "".join(parts), starts


def _offset(layout: str, message: str) -> int:
    match = _ENGINE_MESSAGE.match(message)
    if match is None:
        return len(layout) - 1
    line, column = int(match[1]), int(match[2])
    return sum(len(each) + 1 for each in layout.split("\n")[: line - 1]) + column - 1
