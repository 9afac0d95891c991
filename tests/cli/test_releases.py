"""`csto-graph releases`: what a home keeps, what changed, and the way back."""

from __future__ import annotations

from pathlib import Path

import pytest

from csto_graph.release.home import current
from tests.cli.calls import Call
from tests.release.stores import MEMBERS, flip_byte, publish_members


def test_the_current_release_is_marked(call: Call, home: Path) -> None:
    """Every release by number, with its state; the current one marked."""
    publish_members(home, MEMBERS[:1])
    rows = call("releases", "list", "--home", home).stdout.splitlines()[1:]
    assert [(row.split()[0], "current" in row, "whole" in row) for row in rows] == [("1", False, True), ("2", True, True)]


def test_a_broken_release_is_called_broken(call: Call, home: Path) -> None:
    """Damage shows in the list, which is printed all the same."""
    for path in (home / "releases" / "1" / "store").glob("*.sst"):
        flip_byte(path)
    outcome = call("releases", "list", "--home", home)
    assert outcome.code == 0
    assert "broken, current" in outcome.stdout


def test_an_empty_home_lists_nothing(call: Call, tmp_path: Path) -> None:
    """No release is no error: stderr says what to do."""
    outcome = call("releases", "list", "--home", tmp_path)
    assert (outcome.code, outcome.stdout) == (0, "")
    assert "csto-graph build" in outcome.stderr


@pytest.fixture
def three(home: Path) -> Path:
    """A home with three releases."""
    publish_members(home, MEMBERS[:1])
    publish_members(home, MEMBERS[:2])
    return home


def test_counts_of_a_difference(call: Call, three: Path) -> None:
    """How many triples of each graph came and went, against the current release where no other is named."""
    outcome = call("releases", "diff", 2, "--home", three)
    assert [row.split() for row in outcome.stdout.splitlines()[1:]] == [
        ["graph:default", "+3", "-0"],
        ["graph:source/one", "+3", "-0"],
    ]
    assert [row.split()[1:] for row in call("releases", "diff", 1, 2, "--home", three).stdout.splitlines()[1:]] == [["+0", "-6"]] * 2


def test_the_triples_of_a_difference(call: Call, three: Path) -> None:
    """N-Quads after a sign: with the signs of one kind taken away each half is a file that other programs read."""
    lines = call("releases", "diff", 1, 2, "--format", "nquads", "--home", three).stdout.splitlines()
    assert len(lines) == 12 and all(line.startswith("- <https://w3id.org/csto-graph/id/state/") for line in lines)
    assert sum(line.endswith("<https://w3id.org/csto-graph/graph/source/one> .") for line in lines) == 6


def test_no_difference(call: Call, three: Path) -> None:
    """That is said, and nothing is printed."""
    outcome = call("releases", "diff", 1, 1, "--home", three)
    assert (outcome.code, outcome.stdout) == (0, "") and "say the same" in outcome.stderr


def test_a_difference_to_nothing(call: Call, three: Path, tmp_path: Path) -> None:
    """A number that is not kept is a wrong call."""
    assert call("releases", "diff", 7, "--home", three).refuses(2, "release 7", "Name one of: 1, 2, 3")
    assert call("releases", "diff", 1, "--home", tmp_path / "nowhere").refuses(2, "csto-graph build")


def test_going_back_and_forth(call: Call, three: Path) -> None:
    """What was done is said in one line."""
    outcome = call("releases", "rollback", 1, "--home", three)
    assert outcome.code == 0 and "release 1 (" in outcome.stderr and "instead of release 3" in outcome.stderr
    assert current(three).number == 1  # type: ignore[union-attr]  # it is there
    assert "already" in call("releases", "rollback", 1, "--home", three).stderr


def test_going_back_to_a_broken_release(call: Call, three: Path) -> None:
    """It is refused, and the current one stays."""
    for path in (three / "releases" / "1" / "store").glob("*.sst"):
        flip_byte(path)
    assert call("releases", "rollback", 1, "--home", three).refuses(1, "releases/1/store")
    assert current(three).number == 3  # type: ignore[union-attr]  # it is there


def test_dropping_old_ones(call: Call, three: Path) -> None:
    """The option or the environment says how many are kept; what was dropped is said."""
    assert "dropped releases 1, 2: the newest 1 are kept" in call("releases", "prune", "--keep", 1, "--home", three).stderr
    assert call("releases", "prune", "--home", three).stderr == ""
