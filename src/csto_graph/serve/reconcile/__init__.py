"""The graph as a target of reconciliation: the Reconciliation Service API, version 0.2 and the draft of 1.0."""
