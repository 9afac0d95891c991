"""`csto-graph releases list`: what a home keeps."""

from __future__ import annotations

from pathlib import Path

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
