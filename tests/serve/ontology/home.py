"""Two releases with an ontology: the one of this repository, current, and before it an earlier version of it."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from csto_graph import resources
from csto_graph.graph.blank import named
from csto_graph.namespaces import GRAPH, PREFIXES
from csto_graph.turtle import read_turtle
from tests.serve.conftest import lay_release

EARLIER = "0.0.9"
FACTS = """
@prefix cst: <https://w3id.org/csto-graph/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@base <https://w3id.org/csto-graph/id/> .
<state/armenia> a cst:State ; cst:memberOf <organisation/csto> ; dcterms:identifier "AM"^^cst:iso3166Alpha2 .
<state/belarus> a cst:State ; cst:memberOf <organisation/csto> .
<organisation/csto> a cst:MilitaryAlliance .
<https://w3id.org/csto-graph/graph/evidence/demo> {
  <statement/1> a cst:Statement ; rdf:predicate cst:memberOf ; cst:status cst:Asserted .
  <statement/2> a cst:Statement ; rdf:predicate cst:memberOf ; cst:status cst:Negated .
}
<https://w3id.org/csto-graph/graph/source/demo> { <state/armenia> cst:memberOf <organisation/csto> }
"""
_EARLIER = f"""
DELETE {{ GRAPH ?g {{ ?ontology owl:versionIRI ?iri . cst:Sureness ?p ?o }} }}
INSERT {{ GRAPH ?g {{ ?ontology owl:versionIRI <https://w3id.org/csto-graph/ontology/{EARLIER}> }} }}
WHERE {{ GRAPH ?g {{ ?ontology owl:versionIRI ?iri . cst:Sureness ?p ?o }} }}
"""


def lay(folder: Path) -> Path:
    """The home with both releases."""
    store = Store(str(folder / "store"))
    store.load(FACTS.encode(), format=RdfFormat.TRIG)
    for triple in named(read_turtle(resources.root() / "ontology" / "csto.ttl")):
        store.add(Quad(triple.subject, triple.predicate, triple.object, NamedNode(f"{GRAPH}ontology")))
    current = set(store)
    store.update(_EARLIER, prefixes=PREFIXES)
    lay_release(folder, 1, store, {}, "cd" * 32)
    store.clear()
    store.extend(current)
    lay_release(folder, 2, store, {})
    return folder
