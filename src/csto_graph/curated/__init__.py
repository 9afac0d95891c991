"""`data/curated` → cited facts: what somebody put down from what others publish, in tables that people edit and review."""

from csto_graph.curated.admitted import admitted
from csto_graph.curated.collections import load_collections

__all__ = ["admitted", "load_collections"]
