"""Records → quads: the only place where records become RDF."""

from csto_graph.graph.curated import collection_quads
from csto_graph.graph.dataset import (
    add_inferred,
    asserted_dataset,
    default_triples,
    described_triples,
    graph_sizes,
    is_described,
)
from csto_graph.graph.reference import identifier_quads, reference_quads
from csto_graph.graph.sources import source_quads, text_quads

__all__ = [
    "add_inferred", "asserted_dataset", "collection_quads", "default_triples", "described_triples", "graph_sizes",
    "identifier_quads", "is_described", "reference_quads", "source_quads", "text_quads",
]  # fmt: skip
