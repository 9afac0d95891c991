"""What the ontology entails, by which rule, and whether what was asserted can be true together."""

from csto_graph.reason.clashes import clashes
from csto_graph.reason.consistency import ConsistencyResult, check_consistency
from csto_graph.reason.locality import RULING, telling_predicates
from csto_graph.reason.materialise import materialise

__all__ = ["RULING", "ConsistencyResult", "check_consistency", "clashes", "materialise", "telling_predicates"]
