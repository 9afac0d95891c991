"""Stored queries: a question in English on top of them, and parameters whose values stand in VALUES rows.

    #+ summary: Who was a member on the day?
    #+ parameters:
    #+   day: xsd:date, the day that is asked about

    SELECT … WHERE { VALUES ?day { "2022-01-10"^^xsd:date } … }

What stands in the row is the default. Another value takes its place there: the query that runs is the query that is shown,
and any SPARQL 1.1 server can run it. A value is made a term and the term is written anew, so that no value can be more.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from csto_graph.errors import RefusedData, WrongCall
from csto_graph.namespaces import PREFIXES, curie
from csto_graph.sparql.terms import expanded, term
from csto_graph.sparql.tokens import Token, tokens

_DECLARED: Final = re.compile(r"#\+   (?P<name>\w+): (?P<type>[a-z]+:\w+), (?P<summary>\S.*)")
_ESCAPED: Final = re.compile(r"\\(?:u(?P<code>[0-9A-Fa-f]{4})|.)", re.DOTALL)  # as terms are written: no \U
_STANDS_FOR: Final = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a stored query can be asked with; `type` is a datatype (`xsd:date`) or a class (`cst:Organisation`)."""

    name: str
    type: str
    summary: str
    default: str  # as somebody would write it: `2022-01-10`, `organisation/csto`


def header(query: str, name: str) -> str:
    """What a query says of itself in its line `#+ name: …`; empty where it says nothing."""
    mark = f"#+ {name}:"
    lines = (line.removeprefix(mark).strip().strip("\"'") for line in query.splitlines() if line.startswith(mark))
    return next(lines, "")


def parameters(query: str, place: str | Path) -> tuple[Parameter, ...]:
    """The parameters in the order of the header. Raises `RefusedData`, naming the place, for one that stands in no VALUES row."""
    found = []
    for line in _declarations(query):
        declared = _DECLARED.fullmatch(line)
        if declared is None:
            raise RefusedData(place, f"{line!r} declares no parameter", "Write #+   name: xsd:date, what it is")
        rows = [row for row in _rows(query) if row.name == declared["name"]]
        if not rows:
            raise RefusedData(place, f"has no VALUES row for ?{declared['name']}", "Write VALUES ?name { its default }")
        found.append(Parameter(declared["name"], declared["type"], declared["summary"], rows[0].value))
    return tuple(found)


def bound(query: str, values: Mapping[str, str], place: str | Path = "the query") -> str:
    """The query with these values in the place of its defaults.

    Raises `WrongCall` naming the parameter and what it takes, for a value of another kind or a parameter that it has not.
    """
    known = {each.name: each for each in parameters(query, place)}
    unknown = [name for name in values if name not in known]
    if unknown:
        has = f"It has {', '.join(known)}" if known else "It has none"
        raise WrongCall(place, f"has no parameter {unknown[0]!r}", has)
    text = query
    for row in reversed(list(_rows(query))):  # from the end, so that the places before it stay
        if row.name in values:
            parameter = known[row.name]
            text = text[: row.start] + term(parameter.name, parameter.type, values[row.name]) + text[row.end :]
    return text


def values_of(query: str, asked: str) -> dict[str, str] | None:
    """The values with which a stored query was asked, where the other text is that query; None where it is another."""
    names = {each.name for each in parameters(query, "the query")}
    if _without(query, names) != _without(asked, names):
        return None
    return {row.name: row.value for row in _rows(asked) if row.name in names}


def classes(query: str, values: Mapping[str, str]) -> Iterator[tuple[Parameter, str, str]]:
    """For each given value that is a thing: its parameter, the thing's IRI, and the IRI of the class it must be of."""
    for parameter in parameters(query, "the query"):
        if parameter.name in values and not parameter.type.startswith("xsd:"):
            prefix, _, name = parameter.type.partition(":")
            yield parameter, expanded(values[parameter.name]), f"{PREFIXES[prefix]}{name}"


# -- rows: VALUES ?name { one term }


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    value: str
    start: int
    end: int


def _rows(query: str) -> Iterator[_Row]:
    found = list(tokens(query))
    for index, token in enumerate(found[:-3]):
        if token.keyword != "VALUES" or found[index + 1].kind != "variable" or found[index + 2].text != "{":
            continue
        inside = _until_closed(found[index + 3 :])
        if inside:
            end = inside[-1].start + len(inside[-1].text)
            yield _Row(found[index + 1].text[1:], _written(inside), inside[0].start, end)


def _until_closed(found: list[Token]) -> list[Token]:
    """The terminals of one term; none where there are more terms or none."""
    closing = next((index for index, token in enumerate(found) if token.text == "}"), 0)
    inside = found[:closing]
    literal = len(inside) == 3 and inside[0].kind == "string" and inside[1].text == "^^"
    return inside if len(inside) == 1 or literal else []


def _written(inside: list[Token]) -> str:
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


def _declarations(query: str) -> Iterator[str]:
    lines = iter(query.splitlines())
    for line in lines:
        if line.rstrip() == "#+ parameters:":
            break
    for line in lines:
        if not line.startswith("#+  "):
            return
        yield line


def _without(query: str, names: Collection[str]) -> list[str]:
    """The terminals of a query save the values of these parameters."""
    rows = [row for row in _rows(query) if row.name in names]
    return [each.text for each in tokens(query) if not any(row.start <= each.start < row.end for row in rows)]
