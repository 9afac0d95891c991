"""Findings in an order that does not depend on the run."""

from __future__ import annotations

from collections.abc import Iterable

from csto_graph.model import Finding


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, sorted by check, then by what it is about."""
    return tuple(sorted(set(findings), key=_place))


def _place(finding: Finding) -> tuple[str, ...]:
    return (
        finding.check,
        finding.focus_node,
        finding.result_path or "",
        finding.value or "",
        finding.message,
        finding.severity,
    )
