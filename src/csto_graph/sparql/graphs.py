"""GRAPH with what the engine gets wrong in it, written so that it gets it right.

A pattern in GRAPH ?g is evaluated in each graph by itself, and only then is ?g joined to what it found (SPARQL 1.1 Query
Language, "Evaluation Semantics"). The engine (pyoxigraph 0.5.13; its issue 1450) takes ?g for one more variable of each triple
pattern instead. Seen: an aggregation counts all graphs as one, VALUES alone leaves ?g unbound, MINUS takes ?g for a variable
that its sides share, LIMIT and DISTINCT of a subquery reach over all graphs, and FILTER sees ?g. A pattern in GRAPH <g> it
evaluates as it should, so that GRAPH ?g is written out where it matters: once for each graph, in a UNION.
Of GRAPH <g> for a graph that is not there it evaluates what holds no triple pattern all the same: nothing fits that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from csto_graph.sparql.diagnosis import place
from csto_graph.sparql.names import named_iris
from csto_graph.sparql.refusal import Refusal
from csto_graph.sparql.tokens import Token, escaped_iri

_MOST_WRITTEN: Final = 20_000  # terminals
_ASTRAY: Final = frozenset({"SELECT", "MINUS", "GRAPH"})
_ASTRAY_WITHOUT_GRAPH: Final = frozenset({"SELECT", "VALUES", "GRAPH"})
_WORDS_BEFORE: Final = {"GRAPH": 2, "SERVICE": 2, "INSERT": 1, "DELETE": 1, "DATA": 1}  # from the keyword to its bracket
_TERMS: Final = frozenset({"variable", "iri", "name", "blank", "string", "number"})
_OPEN: Final = {"{": "}", "(": ")"}
_NOTE: Final = (
    "Inside GRAPH {variable} {{ ... }} the variable {variable} has no value yet, so a FILTER, BIND or OPTIONAL there does not "
    "see it. Put it after the closing bracket."
)
_LONG: Final = (
    "GRAPH {variable} around a subquery, VALUES, MINUS or another GRAPH is answered graph by graph, and there are too many "
    "graphs for that: {count}. Name them with FROM NAMED, or aggregate outside: SELECT {variable} (COUNT(*) AS ?n) "
    "{{ GRAPH {variable} {{ … }} }} GROUP BY {variable}."
)
_MINUS: Final = (
    "In MINUS within EXISTS the store takes a variable that has a value outside for one that both sides share, which SPARQL 1.1 "
    "does not say. Write FILTER NOT EXISTS in place of MINUS there."
)
_UPDATE: Final = (
    "In an update GRAPH {variable} may not stand around a subquery, VALUES without a triple pattern, MINUS, another GRAPH, or a "
    "FILTER, BIND or OPTIONAL that uses {variable}: the store would read it otherwise than SPARQL 1.1 does. Put these after the "
    "closing bracket, or name the graph."
)


@dataclass(frozen=True, slots=True)
class _Clause:
    """GRAPH, the terminal after it, and the brackets around the pattern: places in the list of terminals."""

    at: int
    opening: int
    closing: int


def conforming(query: str, terminals: list[Token], named: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The query as the engine answers it by the standard over a dataset with these named graphs, and notes on it.

    Raises a Refusal where that would be too long.
    """
    if not any(token.keyword == "GRAPH" for token in terminals):
        return query, ()
    iris = {token.start: iri for _, token, iri in named_iris(terminals)}
    astray = {each.at: each for each in _clauses(terminals) if _goes_astray(terminals, each, iris, named)}
    if not astray:
        return query, ()
    variables = (terminals[each.at + 1] for each in astray.values() if _sees_itself(terminals, each))
    notes = dict.fromkeys(_NOTE.format(variable=variable.text) for variable in variables if variable.kind == "variable")
    return _Writing(query, terminals, astray, tuple(named)).written(0, len(terminals)), tuple(notes)


def notes_on_exists(terminals: list[Token]) -> tuple[str, ...]:
    """What the engine gets wrong without GRAPH, too, and nothing here puts right."""
    if not any(token.keyword == "MINUS" for token in terminals):
        return ()
    pairs = enumerate(pairwise(terminals), start=1)
    openings = [index for index, (before, token) in pairs if before.keyword == "EXISTS" and token.text == "{"]
    inside = (terminals[opening : _closing(terminals, opening)] for opening in openings)
    return (_MINUS,) if any(token.keyword == "MINUS" for group in inside for token in group) else ()


def named_in(terminals: list[Token], graphs: frozenset[str]) -> tuple[str, ...]:
    """The named graphs of the dataset of a query: those of FROM NAMED, or all where it names no dataset (section 13.2)."""
    words = ((before.keyword if before else "", iri) for before, _, iri in named_iris(terminals))
    clauses = [(word, iri) for word, iri in words if word in {"FROM", "NAMED"}]
    return tuple(sorted({iri for keyword, iri in clauses if keyword == "NAMED"} if clauses else graphs))


def refuse_astray(update: str, terminals: list[Token]) -> None:
    """Raises a Refusal for an update in which GRAPH with a variable stands around what the engine gets wrong in it.

    The graphs that there are when it runs are not known before: an operation may make and drop some.
    """
    for clause in _clauses(terminals):
        name = terminals[clause.at + 1]
        if name.kind == "variable" and _goes_astray(terminals, clause, {}, ()):
            raise Refusal(_UPDATE.format(variable=name.text), **place(update, terminals[clause.at]))


@dataclass(slots=True)
class _Writing:
    """A query that is being written out."""

    query: str
    terminals: list[Token]
    astray: dict[int, _Clause]
    named: tuple[str, ...]
    _left: int = field(default=_MOST_WRITTEN)

    def written(self, first: int, last: int, suffix: str = "") -> str:
        """The terminals from one to before another, with what stands between them; blank nodes get a suffix to their label."""
        parts, index = [], first
        end = self.terminals[first - 1].start + len(self.terminals[first - 1].text) if first else 0
        while index < last:
            clause, token = self.astray.get(index), self.terminals[index]
            text = self._clause(clause, suffix) if clause else token.text + (suffix if token.kind == "blank" else "")
            parts += [self.query[end : token.start], text]
            index = clause.closing + 1 if clause else index + 1
            end = self.terminals[index - 1].start + len(self.terminals[index - 1].text)
            self._left -= 1
        until = self.terminals[last].start if last < len(self.terminals) else len(self.query)
        return "".join([*parts, self.query[end:until]])

    def _clause(self, clause: _Clause, suffix: str) -> str:
        name = self.terminals[clause.at + 1]
        if name.kind != "variable" or not self.named:
            pattern = self.written(clause.opening, clause.closing + 1, suffix)
            return f"{{ GRAPH {name.text} {pattern} FILTER(false) }}"
        branches = [self._branch(clause, iri, f"{suffix}{number:06}") for number, iri in enumerate(self.named)]
        return _union(branches)

    def _branch(self, clause: _Clause, iri: str, suffix: str) -> str:
        name = self.terminals[clause.at + 1]
        if self._left < 0:
            detail = _LONG.format(variable=name.text, count=len(self.named))
            raise Refusal(detail, **place(self.query, self.terminals[clause.at]))
        graph = escaped_iri(f"<{iri}>")
        return f"{{ GRAPH {graph} {self.written(clause.opening, clause.closing + 1, suffix)} VALUES {name.text} {{ {graph} }} }}"


def _union(branches: list[str]) -> str:
    """Halves of halves, as the engine goes down a long row of UNIONs step by step."""
    if len(branches) == 1:
        return branches[0]
    middle = len(branches) // 2
    return f"{{ {_union(branches[:middle])} UNION {_union(branches[middle:])} }}"


def _clauses(terminals: list[Token]) -> Iterator[_Clause]:
    """Each GRAPH of a pattern. What stands in SERVICE is for another endpoint, and a template of an update is no pattern."""
    index = 0
    while index < len(terminals):
        keyword = terminals[index].keyword
        opening = index + _WORDS_BEFORE.get(keyword, 0)
        opening += keyword == "SERVICE" and opening < len(terminals) and terminals[index + 1].keyword == "SILENT"
        if opening > index and opening < len(terminals) and terminals[opening].text == "{":
            closing = _closing(terminals, opening)
            if keyword == "GRAPH":
                yield _Clause(index, opening, closing)
            else:
                index = closing
        index += 1


def _closing(terminals: list[Token], opening: int) -> int:
    """Where the bracket closes that this one opens; the last terminal where none does, which is no query then."""
    mark, depth = terminals[opening].text, 0
    for index in range(opening, len(terminals)):
        depth += (terminals[index].text == mark) - (terminals[index].text == _OPEN[mark])
        if depth == 0:
            return index
    return len(terminals) - 1


def _goes_astray(terminals: list[Token], clause: _Clause, iris: dict[int, str], named: Sequence[str]) -> bool:
    name, inside = terminals[clause.at + 1], terminals[clause.opening + 1 : clause.closing]
    if name.kind != "variable":
        missing = iris.get(name.start) not in named
        return missing and any(token.keyword in _ASTRAY_WITHOUT_GRAPH for token in inside)
    if any(token.keyword in _ASTRAY for token in inside):
        return True
    return _has_bare_values(terminals, clause) or _sees_itself(terminals, clause)


def _sees_itself(terminals: list[Token], clause: _Clause) -> bool:
    """Whether the variable is used within other brackets: in an expression, in OPTIONAL, in EXISTS. A triple pattern joins it."""
    depth, index = 0, clause.opening + 1
    while index < clause.closing:
        token = terminals[index]
        index = _end(terminals, index, clause.closing) if token.keyword == "VALUES" else index
        depth += (token.text in _OPEN) - (token.text in _OPEN.values())
        if depth and token.kind == "variable" and token.text[1:] == terminals[clause.at + 1].text[1:]:
            return True
        index += 1
    return False


def _has_bare_values(terminals: list[Token], clause: _Clause) -> bool:
    """Whether a group has VALUES and no triple pattern of its own, which would tell the engine of the graph."""
    openings = (index for index in range(clause.opening, clause.closing) if terminals[index].text == "{")
    return any(_is_bare(terminals, opening) for opening in openings)


def _is_bare(terminals: list[Token], opening: int) -> bool:
    index, closing, values = opening + 1, _closing(terminals, opening), False
    while index < closing:
        token = terminals[index]
        values = values or token.keyword == "VALUES"
        if token.keyword in {"VALUES", "FILTER", "BIND", "GRAPH", "SERVICE"}:
            index = _end(terminals, index, closing)
        elif token.text == "{":
            index = _closing(terminals, index)
        elif token.kind in _TERMS or token.text in {"[", "("}:
            return False
        index += 1
    return values


def _end(terminals: list[Token], index: int, closing: int) -> int:
    """The last terminal of a clause that is no triple pattern: where its last bracket closes."""
    wanted = "({" if terminals[index].keyword == "FILTER" else "(" if terminals[index].keyword == "BIND" else "{"
    while index < closing and terminals[index].text not in wanted:
        index += 1
    return _closing(terminals, index) if index < closing else closing
