"""The passages of a document in the order of its text, a page of them, with the statements that stand in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from csto_graph.model import Release
from csto_graph.serve.rows import rows, triples
from csto_graph.serve.solutions import Row
from csto_graph.sparql.describing import MOST

_IN_ORDER: Final = """PREFIX cst: <https://w3id.org/csto-graph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT DISTINCT ?passage ?start ?end ?text WHERE {{
  {{ {pattern} }} UNION {{ GRAPH ?graph {{ {pattern} }} }}
}} ORDER BY ?start ?end ?passage LIMIT {most} OFFSET {skipped}"""
_OF_DOCUMENT: Final = (
    "?passage dcterms:isPartOf <{iri}> ; a cst:Passage ; cst:start ?start ; cst:end ?end ; cst:text ?text "
    "FILTER (ISNUMERIC(?start))"
)
_STATED: Final = """PREFIX cst: <https://w3id.org/csto-graph/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
CONSTRUCT {{ ?said ?p ?o . ?evidence ?q ?v . ?selector ?r ?w . ?named rdfs:label ?label }} WHERE {{
  {{ GRAPH ?g1 {{ {of} ?p ?o }} }}
  UNION {{ GRAPH ?g2 {{ {of} cst:evidence ?evidence . ?evidence ?q ?v }} }}
  UNION {{ GRAPH ?g3 {{ {of} cst:evidence/oa:hasSelector ?selector . ?selector ?r ?w }} }}
  UNION {{ GRAPH ?g4 {{ {of} ?any ?named }} GRAPH ?g5 {{ ?named rdfs:label ?label }} }}
}}"""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage with its place in the text: code points, the end exclusive."""

    start: int
    end: int
    text: str
    iri: str


def passages(release: Release, document: str, page: int) -> list[Passage]:
    """The `MOST` passages of that page; none where a text is not kept."""
    pattern = _OF_DOCUMENT.format(iri=document)
    found = rows(release, _IN_ORDER.format(pattern=pattern, most=MOST, skipped=MOST * (page - 1)))
    return [passage for row in found if (passage := _passage(row)) is not None]


def stated_in(release: Release, found: list[Passage]) -> Iterator[ox.Triple]:
    """The statements that stand in passages, with their evidence and labels."""
    if not found:
        return
    of = f"VALUES ?passage {{ {' '.join(f'<{each.iri}>' for each in found)} }} ?said cst:statedIn ?passage ;"
    yield from triples(release, _STATED.format(of=of))


def _passage(row: Row) -> Passage | None:
    start, end = row["start"]["value"], row["end"]["value"]
    if not (start.isdecimal() and end.isdecimal() and len(start) < 12 and len(end) < 12):
        return None  # whoever may write may write anything
    return Passage(int(start), int(end), row["text"]["value"], row["passage"]["value"])
