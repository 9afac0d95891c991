"""The description of a thing: one CONSTRUCT over a release, which any SPARQL 1.1 server can run.

It holds the thing's triples in every graph that it stands in; what points at it, one triple each, and of statements, claims,
passages, evidence, situations and events that point at it all their triples (they say little without them), and so of the
statements that were read from it or that it rests on; the evidence of these statements with its selectors and the sentence it
stands in, titles and addresses of the sources that they cite, the disagreements that they are part of; and a label for
everything mentioned, properties and classes included.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Final

import pyoxigraph as ox

MOST: Final = 500  # things that point at it, of which one description tells; the others are on its further pages
_PREFIXES: Final = """PREFIX cst: <https://w3id.org/csto-graph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
"""
_TOLD_WHOLE: Final = "cst:Statement cst:Claim cst:Passage oa:SpecificResource cst:Situation cst:Event"
_RESTS_ON: Final = "cst:disagrees|cst:restsOn|prov:wasDerivedFrom"  # of a disagreement, a situation, a claim
_TEMPLATE: Final = "?about ?property ?value . ?pointing ?to {} . ?beside ?has ?part . ?mentioned rdfs:label ?label ."
_BESIDE: Final = (  # how it belongs to what is told, and what is told of it
    ("?about cst:evidence ?beside", "?beside ?has ?part"),
    ("?about cst:evidence/oa:hasSelector ?beside", "?beside ?has ?part"),
    ("?about oa:hasSelector ?beside", "?beside ?has ?part"),
    ("?about cst:statedIn ?beside", "?beside ?has ?part VALUES ?has { cst:start cst:end cst:text }"),
    ("?about dcterms:source ?beside", "?beside ?has ?part VALUES ?has { dcterms:title schema:url }"),
    ("?beside cst:disagrees ?about", "?beside ?has ?about BIND (?about AS ?part)"),
)
_MENTIONED: Final = ("?about ?mentioned ?x", "?about ?x ?mentioned", "?about cst:evidence/oa:hasSource ?mentioned",
                     "?mentioned cst:disagrees ?about")  # fmt: skip


class _Thing:
    """Patterns about a thing over the default graph and all named graphs, whose graph variables do not meet."""

    def __init__(self, iri: str, page: int, most: int) -> None:
        self.node = str(ox.NamedNode(iri))
        self._slice = f"LIMIT {most} OFFSET {most * (page - 1)}"
        self._numbers = count(1)

    def anywhere(self, pattern: str) -> str:
        return f"{{ {{ {pattern} }} UNION {{ GRAPH ?g{next(self._numbers)} {{ {pattern} }} }} }}"

    def pointing(self, name: str) -> str:
        """Those that point at it, a page of them."""
        found = self.anywhere(f"?{name} ?by {self.node}")
        return f"{{ SELECT DISTINCT ?{name} {{ {found} }} ORDER BY ?{name} {self._slice} }}"

    def about(self) -> str:
        """The thing, of what points at it what says little without all its triples, the statements read from it or behind it."""
        kind = self.anywhere(f"?about a ?kind VALUES ?kind {{ {_TOLD_WHOLE} }}")
        read = f"{self.pointing('place')} {self.anywhere('?about cst:evidence ?place')}"
        rests_on = self.anywhere(f"{self.node} {_RESTS_ON} ?about")
        whole = (f"VALUES ?about {{ {self.node} }}", f"{self.pointing('about')} FILTER EXISTS {kind}", read, rests_on)
        return f"{{ {_either(whole)} }}"

    def beside(self) -> str:
        """Evidence, selectors, sentences and sources of the statements among these, and their disagreements."""
        return _either(f"{self.anywhere(way)} {self.anywhere(then)}" for way, then in _BESIDE)

    def mentioned(self) -> str:
        """Those that want a label."""
        inside = _either(self.anywhere(each) for each in _MENTIONED)
        ways = (f"{self.about()} {{ {inside} }}", self.pointing("mentioned"), self.anywhere(f"?x ?mentioned {self.node}"))
        return f"{{ SELECT DISTINCT ?mentioned {{ {_either(ways)} }} }}"


def _either(patterns: Iterable[str]) -> str:
    return "\n  UNION ".join(f"{{ {pattern} }}" for pattern in patterns)


def description(iri: str, page: int = 1, most: int = MOST) -> str:
    """The query that describes a thing.

    Of those that point at it the first `most`, in the order of their IRIs; those after them are on page 2 and so on, each
    with the thing's own triples. Raises `ValueError` for what is no IRI.
    """
    thing = _Thing(iri, page, most)
    parts = (
        f"{thing.about()} {{ {thing.anywhere('?about ?property ?value')} UNION {thing.beside()} }}",
        f"{thing.pointing('pointing')} {thing.anywhere(f'?pointing ?to {thing.node}')}",
        f"{thing.mentioned()} {thing.anywhere('?mentioned rdfs:label ?label')}",
    )
    return f"{_PREFIXES}CONSTRUCT {{ {_TEMPLATE.format(thing.node)} }} WHERE {{\n  {_either(parts)}\n}}"


def pointing_count(iri: str) -> str:
    """The query that counts what points at a thing, as ?count. Raises `ValueError` for what is no IRI."""
    thing = _Thing(iri, 1, 1)
    return f"SELECT (COUNT(DISTINCT ?pointing) AS ?count) WHERE {{ {thing.anywhere(f'?pointing ?by {thing.node}')} }}"
