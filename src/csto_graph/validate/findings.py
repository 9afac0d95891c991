"""Findings in an order that does not depend on the run."""

from __future__ import annotations

from collections.abc import Iterable

from csto_graph.model import Finding


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, sorted by check, then by what it is about."""
    return tuple(sorted(set(findings), key=_place))


def spelled(finding: Finding) -> str:
    """A finding in one line: the check, the node, the path and what is wrong."""
    path = f" {finding.result_path}" if finding.result_path else ""
    return f"{finding.check}: {finding.focus_node}{path}: {finding.message}"


def _place(finding: Finding) -> tuple[str, ...]:
    return (
        finding.check,
        finding.focus_node,
        finding.result_path or "",
        finding.value or "",
        finding.message,
        finding.severity,
    )
