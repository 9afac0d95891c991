"""How often a release uses each term."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from csto_graph.backend.interface import Exceeded, Query
from csto_graph.model import Release
from csto_graph.namespaces import CST, GRAPH
from csto_graph.serve.catalogue import served

# Facts are the default graph's; what is stated of them lies in the graphs of evidence and of disagreements, which it has not.
_BESIDE: Final = f'FILTER (STRSTARTS(STR(?graph), "{GRAPH}evidence/") || ?graph = <{GRAPH}disagreements>)'
_USES: Final = f"""
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?where ?term (SUM(?count) AS ?uses) WHERE {{
  {{ SELECT ("facts" AS ?where) ?term (COUNT(*) AS ?count) {{ ?s ?term ?o }} GROUP BY ?term }}
  UNION {{ SELECT ("facts" AS ?where) ?term (COUNT(*) AS ?count) {{ ?s ?p ?term FILTER ISIRI(?term) }} GROUP BY ?term }}
  UNION {{ SELECT ("facts" AS ?where) ?term (COUNT(*) AS ?count)
    {{ ?s ?p ?o FILTER ISLITERAL(?o) BIND (DATATYPE(?o) AS ?term) }} GROUP BY ?term }}
  UNION {{ SELECT ("evidence" AS ?where) ?term (COUNT(*) AS ?count)
    {{ GRAPH ?graph {{ ?s ?term ?o }} {_BESIDE} }} GROUP BY ?term }}
  UNION {{ SELECT ("evidence" AS ?where) ?term (COUNT(*) AS ?count)
    {{ GRAPH ?graph {{ ?s ?p ?term }} {_BESIDE} FILTER (ISIRI(?term) && ?p != rdf:predicate) }} GROUP BY ?term }}
  UNION {{ SELECT ("statements" AS ?where) ?term (COUNT(*) AS ?count)
    {{ GRAPH ?graph {{ ?s rdf:predicate ?term }} {_BESIDE} }} GROUP BY ?term }}
  FILTER (STRSTARTS(STR(?term), "{CST}"))
}} GROUP BY ?where ?term
"""


@dataclass(frozen=True, slots=True)
class Uses:
    """Triples of the default graph, triples of the graphs of evidence, and statements whose predicate it is."""

    facts: int = 0
    evidence: int = 0
    statements: int = 0


def uses(release: Release) -> Mapping[str, Uses] | None:
    """By the IRI of the term; None where the release is too large to be counted within the limits of the service."""
    catalogue = served()
    try:
        with catalogue.backend.answer(release, Query(_USES), "json", catalogue.settings.limits) as answer:
            result: dict[str, Any] = json.loads(answer.read())
    except Exceeded:
        return None
    counted: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in result["results"]["bindings"]:
        counted[row["term"]["value"]][row["where"]["value"]] = int(row["uses"]["value"])
    return {term: Uses(**counts) for term, counts in counted.items()}
