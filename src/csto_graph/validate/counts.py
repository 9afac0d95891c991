"""How many statements of each predicate a source is expected to give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from csto_graph.model import Finding, Report, Source
from csto_graph.namespaces import CST, GRAPH


def check_expected_counts(source: Source, counts: Mapping[str, int]) -> Report:
    """Holds the counts (predicate → statements) against those the source declares.

    Too few is a violation, because something that was read before is read no more; too many is a warning.
    """
    return Report(tuple(_findings(source, counts)), checked=len(source.expected))


def _findings(source: Source, counts: Mapping[str, int]) -> Iterator[Finding]:
    for predicate, (at_least, at_most) in sorted(source.expected.items()):
        count = counts.get(predicate, 0)
        if count < at_least:
            yield _finding(source, predicate, count, "Violation", f"at least {at_least}")
        elif at_most is not None and count > at_most:
            yield _finding(source, predicate, count, "Warning", f"at most {at_most}")


def _finding(source: Source, predicate: str, count: int, severity: str, bound: str) -> Finding:
    message = (
        f"{source.id} gives {count} statements of {predicate} where source.toml expects {bound}: "
        "find out which sentences are read otherwise than before, or correct the expected count"
    )
    return Finding("expected-count", severity, str(GRAPH[f"source/{source.id}"]), str(CST[predicate]), str(count), message)
