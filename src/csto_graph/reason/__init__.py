"""What the ontology entails, by which rule, and whether what was asserted can be true together."""

from csto_graph.reason.clashes import clashes
from csto_graph.reason.consistency import ConsistencyResult, check_consistency
from csto_graph.reason.materialise import materialise

__all__ = ["ConsistencyResult", "check_consistency", "clashes", "materialise"]
