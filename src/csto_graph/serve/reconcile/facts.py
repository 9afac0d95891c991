"""The values that the things of a release have of a property, and whether what is asked for agrees with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Final, cast

from flask import current_app

from csto_graph.likeness import folded, likeness
from csto_graph.model import Release
from csto_graph.namespaces import XSD, curie
from csto_graph.serve.reconcile.index import Index, Term, last
from csto_graph.serve.reconcile.loading import Kept, rows

AGREES: Final = 0.9  # from here on a value is taken for the one that was asked for
_KEPT: Final = 32  # properties, of all releases
_EXTENSION: Final = "csto-graph.reconcile.facts"
_QUERIES: Final = {
    "property": "SELECT DISTINCT ?thing ?value {{ ?thing <{iri}> ?value }} ORDER BY ?thing ?value",
    "code": """SELECT DISTINCT ?thing ?value {{ VALUES ?how {{ skos:notation dcterms:identifier }} ?thing ?how ?value
      FILTER(DATATYPE(?value) = <{iri}>) }} ORDER BY ?thing ?value""",
    "links": """SELECT DISTINCT ?thing ?value {{ GRAPH <{iri}> {{ VALUES ?how {{ skos:exactMatch owl:sameAs schema:sameAs }}
      ?thing ?how ?value }} }} ORDER BY ?thing ?value""",
}
_DATES: Final = frozenset(map(str, (XSD.date, XSD.gYear, XSD.gYearMonth, XSD.dateTime)))
_INTEGERS: Final = frozenset(map(str, (XSD.integer, XSD.int, XSD.long, XSD.nonNegativeInteger, XSD.positiveInteger)))
_NUMBERS: Final = _INTEGERS | frozenset(map(str, (XSD.decimal, XSD.double, XSD.float)))


@dataclass(frozen=True, slots=True)
class Value:
    """An RDF term: `kind` is uri, literal or bnode (SPARQL 1.1 Query Results JSON, section 3.2.2)."""

    kind: str
    text: str
    datatype: str = ""
    language: str = ""

    @property
    def number(self) -> float | int | None:
        """Its number, where it is one that JSON can say."""
        if self.datatype not in _NUMBERS:
            return None
        try:
            number = int(self.text) if self.datatype in _INTEGERS else float(self.text)
        except ValueError:  # whoever may write may write anything
            return None
        return number if isinstance(number, int) or isfinite(number) else None


Facts = Mapping[str, tuple[Value, ...]]  # thing → values


def facts(release: Release, term: Term) -> Facts:
    """Every thing with its values of a property of the index, asked of the back-end once."""
    kept = cast(Kept[Facts], current_app.extensions.setdefault(_EXTENSION, Kept[Facts](_KEPT)))
    return kept.get((release.number, release.content, term.sort, term.iri), lambda: _asked(release, term))


def _asked(release: Release, term: Term) -> Facts:
    found: dict[str, list[Value]] = {}
    for row in rows(release, _QUERIES[term.sort].format(iri=term.iri)):
        value = row["value"]
        term_ = Value(value["type"], value["value"], value.get("datatype", ""), value.get("xml:lang", ""))
        found.setdefault(row["thing"]["value"], []).append(term_)
    return {thing: tuple(values) for thing, values in found.items()}


def agreement(index: Index, asked: str, values: tuple[Value, ...], known: dict[tuple[str, Value], float]) -> float:
    """How well what is asked for agrees with the best of the values, from 0 to 1.

    A code, a number or an IRI agrees or does not; a date also with its year or month; a thing is compared by all its names.
    What was found of a value is put into `known`, as many things share one.
    """
    for value in values:
        if (asked, value) not in known:
            known[asked, value] = _alike(index, asked.strip(), value)
    return max((known[asked, value] for value in values), default=0.0)


def _alike(index: Index, asked: str, value: Value) -> float:
    if value.kind == "uri":
        return _names_thing(index, asked, value.text)
    if value.number is not None:
        return float(_number(asked) == value.number)
    if value.datatype in _DATES:
        return _of_date(asked, value.text)
    if value.datatype:
        return float(folded(asked) == folded(value.text))
    return likeness(asked, value.text).score


def _names_thing(index: Index, asked: str, iri: str) -> float:
    if asked in {iri, curie(iri), last(iri)} or iri in index.identifiers.get(asked, ()):
        return 1.0
    entity = index.entities.get(iri)
    return max((likeness(asked, name).score for name, _ in entity.names), default=0.0) if entity else 0.0


def _of_date(asked: str, date: str) -> float:
    """1 for the same date, 0.95 where one is the year or the month of the other."""
    day = asked.partition("T")[0]
    if day == date:
        return 1.0
    short, long = sorted((day, date), key=len)
    return 0.95 if len(short) >= len("1992") and long.startswith(f"{short}-") else 0.0


def _number(asked: str) -> float | None:
    try:
        return float(asked.replace(",", ""))
    except ValueError:
        return None
