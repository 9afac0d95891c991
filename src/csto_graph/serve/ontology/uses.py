"""How often a release uses each term."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from csto_graph.backend.interface import Exceeded, Query
from csto_graph.model import Release
from csto_graph.namespaces import CST, GRAPH
from csto_graph.serve.catalogue import served
from csto_graph.serve.ontology.vocabulary import Vocabulary
from csto_graph.serve.solutions import solutions

_BESIDE: Final = (f"{GRAPH}evidence/", f"{GRAPH}disagreements")
_COUNTS: Final = """PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?how ?term ?uses WHERE {{
  {{ SELECT ("used" AS ?how) ?term (COUNT(*) AS ?uses) {{ ?s ?term ?o }} GROUP BY ?term }}
  UNION {{ SELECT ("used" AS ?how) ?term (COUNT(*) AS ?uses) {{ ?s rdf:type ?term }} GROUP BY ?term }}
  UNION {{ SELECT ("used" AS ?how) ?term (COUNT(*) AS ?uses) {{ {individuals} }} GROUP BY ?term }}
  UNION {{ SELECT ("used" AS ?how) ?term (COUNT(*) AS ?uses)
    {{ ?s ?p ?o FILTER ISLITERAL(?o) BIND (DATATYPE(?o) AS ?term) }} GROUP BY ?term }}
  UNION {{ SELECT ("stated" AS ?how) ?term (COUNT(*) AS ?uses) {{ ?s rdf:predicate ?term }} GROUP BY ?term }}
  FILTER STRSTARTS(STR(?term), "{namespace}")
}}"""


@dataclass(frozen=True, slots=True)
class Uses:
    """Triples of the default graph, triples of the graphs of evidence, and statements whose predicate it is."""

    facts: int = 0
    evidence: int = 0
    statements: int = 0


def uses(ontology: Vocabulary) -> Mapping[str, Uses] | None:
    """By the IRI of the term; None where the release is too large to be counted within the limits of the service.

    Facts are the default graph's. What is stated of them lies in the graphs of evidence and of disagreements, which it has not;
    all others hold what the default graph holds too.
    """
    beside = tuple(graph for graph in served().contents(ontology.release).graphs if graph.startswith(_BESIDE))
    query = _COUNTS.format(individuals=_of_individuals(ontology), namespace=CST)
    try:
        facts = _counted(ontology.release, Query(query))
        evidence = _counted(ontology.release, Query(query, beside)) if beside else {}
    except Exceeded:
        return None
    return {
        term: Uses(facts.get(("used", term), 0), evidence.get(("used", term), 0), evidence.get(("stated", term), 0))
        for term in {term for _, term in (*facts, *evidence)}
    }


def _of_individuals(ontology: Vocabulary) -> str:
    """The pattern for what has an individual as its value: by the properties that lead to such, as an index finds these."""
    leading = (iri for iri in ontology.terms("object property") if ontology.of_individuals(iri))
    return " UNION ".join(f"{{ ?s <{iri}> ?term }}" for iri in leading) or "FILTER (false)"


def _counted(release: Release, query: Query) -> dict[tuple[str, str], int]:
    """How often each term is used and stated. Classes and properties that meet in one name would be added up."""
    with served().backend.answer(release, query, "json", served().settings.limits) as answer:
        found = solutions(answer)
    counted: defaultdict[tuple[str, str], int] = defaultdict(int)
    for row in found:
        counted[row["how"]["value"], row["term"]["value"]] += int(row["uses"]["value"])
    return dict(counted)
