"""Whether a graph may be published: shapes, violation queries and the counts that a source is expected to give."""

from csto_graph.validate.counts import check_expected_counts
from csto_graph.validate.queries import violations
from csto_graph.validate.reads import reads
from csto_graph.validate.shapes import validate_shapes

__all__ = ["check_expected_counts", "reads", "validate_shapes", "violations"]
