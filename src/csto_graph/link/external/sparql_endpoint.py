"""A client of any SPARQL endpoint (SPARQL 1.1 Protocol, section 2.1.2): which of its things bear one of our names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlencode

import pyoxigraph as ox

from csto_graph.errors import RefusedData
from csto_graph.link.external.asking import Limits, ask_json
from csto_graph.link.external.described import Described
from csto_graph.link.external.tables import is_iri
from csto_graph.link.external.triples import Properties
from csto_graph.namespaces import RDF, RDFS, SKOS

_RESULTS: Final = "application/sparql-results+json"
_BATCH: Final = 20  # names asked for at once
_MOST: Final = 5_000  # solutions of one answer
_REMEDY: Final = "Ask another endpoint, or tell whoever keeps this one"
_VARIABLES: Final = ("wanted", "item", "label", "type")

Binding = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask, and which properties name and type its things beside the common ones."""

    address: str
    properties: Properties = field(default_factory=Properties)


def bearing(endpoint: Endpoint, names: Sequence[str], limits: Limits) -> dict[str, tuple[Described, ...]]:
    """For each name the things that have it as a label, in English or in no language.

    Raises `RefusedData` naming the address where the answer is not what was asked for.
    """
    asked = sorted(set(names))
    found: dict[str, tuple[Described, ...]] = {}
    for start in range(0, len(asked), _BATCH):
        batch = asked[start : start + _BATCH]
        found |= _read(batch, _solutions(endpoint, batch, limits))
    return found


def query(endpoint: Endpoint, names: Sequence[str]) -> str:
    """The query that is sent."""
    labels = "|".join(f"<{iri}>" for iri in (RDFS.label, SKOS.prefLabel, SKOS.altLabel, *endpoint.properties.names))
    types = "|".join(f"<{iri}>" for iri in (endpoint.properties.types or (RDF.type,)))
    values = " ".join(f"{ox.Literal(name)} {ox.Literal(name, language='en')}" for name in names)
    return f"""SELECT DISTINCT ?wanted ?item ?label ?type WHERE {{
  VALUES ?wanted {{ {values} }}
  ?item {labels} ?wanted .
  FILTER(ISIRI(?item))
  OPTIONAL {{ ?item <{RDFS.label}> ?label FILTER(LANG(?label) IN ("en", "")) }}
  OPTIONAL {{ ?item {types} ?type }}
}} LIMIT {_MOST}"""


def _solutions(endpoint: Endpoint, names: Sequence[str], limits: Limits) -> list[Binding]:
    """Solutions in the form of SPARQL 1.1 Query Results JSON Format, section 3, and of the variables that were asked for."""
    body = urlencode({"query": query(endpoint, names)}).encode()
    answer = ask_json(endpoint.address, _RESULTS, limits, body, "application/x-www-form-urlencoded")
    try:
        found = answer["results"]["bindings"]
        solutions: list[Binding] = [{name: _term(term) for name, term in solution.items()} for solution in found]
    except (TypeError, KeyError, AttributeError):
        raise _lie(endpoint, "answered with no SPARQL results") from None
    if len(solutions) >= _MOST:
        raise RefusedData(endpoint.address, f"has {_MOST:,} solutions or more for {len(names)} names", "Restrict what is asked")
    for solution in solutions:
        _refuse_unasked(endpoint, solution, names)
    return solutions


def _term(term: Any) -> dict[str, str]:
    if term["type"] not in ("uri", "literal", "typed-literal", "bnode") or not isinstance(term["value"], str):
        raise KeyError
    return {"type": term["type"], "value": term["value"]}


def _refuse_unasked(endpoint: Endpoint, solution: Binding, names: Sequence[str]) -> None:
    wanted, item = solution.get("wanted"), solution.get("item")
    if wanted is None or item is None or not set(solution) <= set(_VARIABLES):
        raise _lie(endpoint, "answered with other variables than it was asked for")
    if wanted["value"] not in names:
        raise _lie(endpoint, f"answered with a name that was not asked, {wanted['value'][:80]!r}")
    if item["type"] != "uri" or not is_iri(item["value"]):
        raise _lie(endpoint, f"named {item['value'][:80]!r}, which is no IRI")


def _read(names: Sequence[str], solutions: Iterable[Binding]) -> dict[str, tuple[Described, ...]]:
    items: dict[str, list[Binding]] = defaultdict(list)
    wanted: dict[str, set[str]] = {name: set() for name in names}
    for solution in solutions:
        items[solution["item"]["value"]].append(solution)
        wanted[solution["wanted"]["value"]].add(solution["item"]["value"])
    things = {iri: _described(iri, of) for iri, of in items.items()}
    return {name: tuple(things[iri] for iri in sorted(found)) for name, found in wanted.items()}


def _described(iri: str, of: Iterable[Binding]) -> Described:
    solutions = tuple(of)
    asked = sorted({solution["wanted"]["value"] for solution in solutions})
    labels = sorted(_values(solutions, "label"))
    found = Described(iri, (labels or asked)[0], tuple(dict.fromkeys([*labels[1:], *asked])))
    return replace(found, types=tuple(sorted(_values(solutions, "type"))))


def _values(solutions: Iterable[Binding], name: str) -> Iterator[str]:
    return iter({solution[name]["value"] for solution in solutions if name in solution and solution[name]["value"].strip()})


def _lie(endpoint: Endpoint, problem: str) -> RefusedData:
    return RefusedData(endpoint.address, problem, _REMEDY)
