"""Gates for tests; a gate is found by its name, as the writer is another process."""

from __future__ import annotations

import time

from pyoxigraph import NamedNode, Store

from csto_graph.model import Finding, Report
from csto_graph.release.difference import Difference

BAD = NamedNode("x:bad")
SLOW = NamedNode("x:slow")


def gate(store: Store, difference: Difference) -> Report:
    """What is called bad is a violation, and what is called slow takes its time."""
    added = [triple for change in difference.values() for triple in change.added]
    if any(triple.predicate == SLOW for triple in added):
        time.sleep(60)
    bad = [str(triple.subject) for triple in added if triple.predicate == BAD]
    return Report(tuple(Finding("x:shape", "Violation", node, "x:bad", None, "Bad.") for node in bad), 1)
