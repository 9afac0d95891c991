"""What a source is expected to give."""

from __future__ import annotations

from pathlib import Path

import pytest

from csto_graph.model import Source
from csto_graph.validate import check_expected_counts


def _source(**expected: tuple[int, int | None]) -> Source:
    return Source("on-ruritania", "On Ruritania", "", Path("text.txt"), expected=expected)


@pytest.mark.parametrize("count", [2, 3, 4])
def test_a_count_within_its_bounds_is_no_finding(count: int) -> None:
    """Both bounds belong to what is expected."""
    report = check_expected_counts(_source(memberOf=(2, 4)), {"memberOf": count})
    assert report.findings == () and report.conforms and report.checked == 1


@pytest.mark.parametrize("counts", [{"memberOf": 1}, {"memberOf": 0}, {}])
def test_too_few_is_a_violation(counts: dict[str, int]) -> None:
    """Fewer statements than expected, none at all included, refuse the build and say which source and predicate."""
    report = check_expected_counts(_source(memberOf=(2, None)), counts)
    (finding,) = report.findings
    assert not report.conforms and finding.severity == "Violation"
    assert finding.focus_node == "https://w3id.org/csto-graph/graph/source/on-ruritania"
    assert finding.result_path == "https://w3id.org/csto-graph/ontology#memberOf"
    assert finding.value == str(counts.get("memberOf", 0))
    assert "on-ruritania" in finding.message and "at least 2" in finding.message


def test_too_many_is_a_warning() -> None:
    """More statements than expected are reported and do not refuse the build."""
    report = check_expected_counts(_source(memberOf=(0, 2)), {"memberOf": 3})
    assert report.conforms and [finding.severity for finding in report.findings] == ["Warning"]


def test_without_an_upper_bound_nothing_is_too_many() -> None:
    """A source may leave the upper bound open."""
    assert check_expected_counts(_source(memberOf=(1, None)), {"memberOf": 1000}).findings == ()


def test_what_is_not_expected_is_not_counted() -> None:
    """Predicates that the source does not speak of are free."""
    assert check_expected_counts(_source(), {"memberOf": 3}).checked == 0


def test_findings_are_in_the_order_of_their_predicates() -> None:
    """The report does not depend on the order of the declaration."""
    one = check_expected_counts(_source(partyTo=(1, None), memberOf=(1, None)), {})
    other = check_expected_counts(_source(memberOf=(1, None), partyTo=(1, None)), {})
    assert one == other
