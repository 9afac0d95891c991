"""A linkset holds what was accepted of what the graph knows, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox

from csto_graph import graph
from csto_graph.model import Mapping
from csto_graph.namespaces import GRAPH, ID, RDFS, SEMAPV, SKOS
from csto_graph.sssom import NO_TERM_FOUND

LINKS = f"{GRAPH}links/wikidata"
LINK = Mapping(
    str(ID["state/armenia"]), str(SKOS.exactMatch), "http://www.wikidata.org/entity/Q399", "Armenia", "",
    str(SEMAPV.ManualMappingCuration), None, "A. Reviewer", "2026-01-31", "",
)  # fmt: skip


def test_what_becomes_a_link() -> None:
    """Not a rejected pair, not what was looked for in vain, not what nothing in the graph is called."""
    others = [replace(LINK, negated=True), replace(LINK, object=NO_TERM_FOUND), replace(LINK, subject=str(ID["state/atlantis"]))]
    (quad,) = graph.link_quads(LINKS, [LINK, *others], {LINK.subject})
    assert [term.value for term in quad] == [LINK.subject, LINK.predicate, LINK.object, LINKS]


def test_what_the_graph_knows() -> None:
    """It knows what has a label in the default graph."""
    label = ox.NamedNode(str(RDFS.label))
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("https://x.example/a"), label, ox.Literal("a"), ox.DefaultGraph()))
    store.add(ox.Quad(ox.NamedNode("https://x.example/b"), label, ox.Literal("b"), ox.NamedNode("https://x.example/graph")))
    assert graph.labelled(store) == {"https://x.example/a"}
