"""Adding a text to the sources and taking one away: what that would change, then the change as a whole or not at all."""

from csto_graph.ingest.account import Account, Contradiction, Repeated
from csto_graph.ingest.proposals import Declared, Proposal, accept, propose_addition, propose_removal

__all__ = ["Account", "Contradiction", "Declared", "Proposal", "Repeated", "accept", "propose_addition", "propose_removal"]
