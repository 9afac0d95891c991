"""Records → quads: the only place where records become RDF."""

from csto_graph.graph.curated import collection_quads
from csto_graph.graph.dataset import (
    add_inferred,
    default_triples,
    described_triples,
    graph_sizes,
    is_described,
    lay_default,
    named_dataset,
)
from csto_graph.graph.disagreements import disagreement_quads, given_by_collection, given_by_text, withheld
from csto_graph.graph.enrichment import enrichment_quads
from csto_graph.graph.links import is_link, labelled, link_quads
from csto_graph.graph.reference import reference_quads
from csto_graph.graph.sources import source_quads, text_quads

__all__ = [
    "add_inferred", "collection_quads", "default_triples", "described_triples", "disagreement_quads", "enrichment_quads",
    "given_by_collection", "given_by_text", "graph_sizes", "is_described", "is_link", "labelled", "lay_default",
    "link_quads", "named_dataset", "reference_quads", "source_quads", "text_quads", "withheld",
]  # fmt: skip
