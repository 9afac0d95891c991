"""Records → quads: the only place where records become RDF."""

from csto_graph.graph.reference import identifier_quads, reference_quads
from csto_graph.graph.sources import source_quads, statement_quads

__all__ = ["identifier_quads", "reference_quads", "source_quads", "statement_quads"]
