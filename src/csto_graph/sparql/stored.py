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
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from csto_graph.errors import RefusedData, WrongCall
from csto_graph.namespaces import PREFIXES, RDFS, curie
from csto_graph.sparql.rows import Read, read
from csto_graph.sparql.terms import expanded, term

_DECLARED: Final = re.compile(r"#\+   (?P<name>\w+): (?P<type>[a-z]+:\w+), (?P<summary>\S.*)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a stored query can be asked with; `type` is a datatype (`xsd:date`) or a class (`cst:Organisation`)."""

    name: str
    type: str
    summary: str
    default: str  # as somebody would write it: `2022-01-10`, `organisation/csto`


def parameters(query: str, place: str | Path) -> tuple[Parameter, ...]:
    """The parameters in the order of the header. Raises `RefusedData`, naming the place, for one that stands in no VALUES row."""
    found = []
    for line in _declarations(query):
        declared = _DECLARED.fullmatch(line)
        if declared is None:
            raise RefusedData(place, f"{line!r} declares no parameter", "Write #+   name: xsd:date, what it is")
        rows = [row for row in _stored(query).rows if row.name == declared["name"]]
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
    for row in reversed(_stored(query).rows):  # from the end, so that the places before it stay
        if row.name in values:
            parameter = known[row.name]
            text = text[: row.start] + term(parameter.name, parameter.type, values[row.name]) + text[row.end :]
    return text


def values_of(query: str, asked: str) -> dict[str, str] | None:
    """The values with which a stored query was asked, where the other text is that query; None where it is another."""
    names, stored, other = _names(query), _stored(query), _latest(asked)
    if any(one != two for one, two in zip_longest(_without(stored, names), _without(other, names))):
        return None
    return {row.name: row.value for row in other.rows if row.name in names}


def require_classes(query: str, values: Mapping[str, str], holds: Callable[[str], bool]) -> None:
    """Raises `WrongCall`, naming the parameter, for a thing that the release does not know or that is of another class.

    `holds` puts a query of the form ASK to the release that is asked.
    """
    for parameter in parameters(query, "the query"):
        if parameter.name in values and not parameter.type.startswith("xsd:"):
            iri = expanded(values[parameter.name])
            if not holds(_belongs(iri, parameter.type)):
                remedy = f"Name one that is, such as {parameter.default}"
                raise WrongCall(parameter.name, f"{curie(iri)} is no {parameter.type} of this release", remedy)


def _belongs(iri: str, type_: str) -> str:
    """Everything is a resource and nothing is typed so: what any graph describes is one, documents and statements too."""
    prefix, _, name = type_.partition(":")
    class_ = f"{PREFIXES[prefix]}{name}"
    if class_ == str(RDFS.Resource):
        return f"ASK {{ {{ {ox.NamedNode(iri)} a ?class }} UNION {{ GRAPH ?graph {{ {ox.NamedNode(iri)} a ?class }} }} }}"
    return f"ASK {{ {ox.NamedNode(iri)} a {ox.NamedNode(class_)} }}"


# A page holds what was asked against every stored query: read anew for each page, 29 of them took 60 ms. A call is checked
# against the header of one several times.
_stored: Final = lru_cache(maxsize=256)(read)
_latest: Final = lru_cache(maxsize=1)(read)


@lru_cache(maxsize=256)
def _names(query: str) -> frozenset[str]:
    return frozenset(each.name for each in parameters(query, "the query"))


def _declarations(query: str) -> Iterator[str]:
    lines = iter(query.splitlines())
    for line in lines:
        if line.rstrip() == "#+ parameters:":
            break
    for line in lines:
        if not line.startswith("#+  "):
            return
        yield line


def _without(query: Read, names: Collection[str]) -> Iterator[str]:
    """The terminals of a query save the values of these parameters."""
    rows = [row for row in query.rows if row.name in names]
    return (each.text for each in query.terminals if not any(row.start <= each.start < row.end for row in rows))
