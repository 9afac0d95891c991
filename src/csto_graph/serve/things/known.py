"""Whether a release has a thing, and what became of one that it has not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from csto_graph.model import Release
from csto_graph.namespaces import GRAPH
from csto_graph.serve.catalogue import served
from csto_graph.serve.rows import rows
from csto_graph.serve.solutions import Row

_TEXTS: Final = " ".join(  # an unbound one would leave MAX without a value
    f'(MAX(COALESCE(STR(?{name}), "")) AS ?{alias})'
    for name, alias in (("gone", "withdrawn"), ("new", "replacement"), ("since", "day"), ("why", "reason"))
)
_KNOWN: Final = """PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing (COUNT(DISTINCT ?by) AS ?pointing) {texts} WHERE {{
  {{ {things} ?thing ?p ?o }} UNION {{ {things} GRAPH ?g1 {{ ?thing ?p ?o }} }}
  UNION {{ {things} ?by ?q ?thing }} UNION {{ {things} GRAPH ?g2 {{ ?by ?q ?thing }} }}
  UNION {{ {things} GRAPH <{reference}> {{ ?thing owl:deprecated ?gone
    OPTIONAL {{ ?thing dcterms:isReplacedBy ?new }}
    OPTIONAL {{ ?thing dcterms:date ?since }}
    OPTIONAL {{ ?thing rdfs:comment ?why }} }} }}
}} GROUP BY ?thing"""


@dataclass(frozen=True, slots=True)
class Known:
    """A thing that a release has, and how many others point at it; of a withdrawn one since when, why and what stands for it."""

    iri: str
    pointing: int = 0
    withdrawn: bool = False
    replacement: str = ""
    since: str = ""
    reason: str = ""


def known(release: Release, iris: Iterable[str]) -> Known | None:
    """The first of these that the release has; a named graph is there where it holds something."""
    asked = tuple(iris)
    if any(iri.startswith(str(GRAPH)) for iri in asked):
        return next((Known(iri) for iri in asked if iri in served().contents(release).graphs), None)
    if not asked:
        return None
    things = f"VALUES ?thing {{ {' '.join(f'<{iri}>' for iri in asked)} }}"  # in each part: an engine may walk through all else
    query = _KNOWN.format(things=things, reference=GRAPH.reference, texts=_TEXTS)
    found = {row["thing"]["value"]: row for row in rows(release, query) if "thing" in row}
    return next((_known(iri, found[iri]) for iri in asked if iri in found), None)


def _known(iri: str, row: Row) -> Known:
    given = {name: row.get(name, {}).get("value", "") for name in ("replacement", "day", "reason")}
    withdrawn = row.get("withdrawn", {}).get("value") == "true"
    return Known(iri, int(row["pointing"]["value"]), withdrawn, given["replacement"], given["day"], given["reason"])
