"""What a build refuses it does not half do, and what it warns of is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from csto_graph.errors import RefusedBuild, WrongCall
from csto_graph.model import Finding, Report
from csto_graph.pipeline import publishing
from csto_graph.release.home import current, prepare
from tests.release.stores import contents, publish_members, small_store


def _finding(severity: str) -> Finding:
    return Finding("expected-count", severity, "https://example.org/g", None, "3", "3 statements where at most 2 are expected")


def test_files_that_cannot_be_written_leave_the_home_as_it_was(tmp_path: Path) -> None:
    """A file where the folder of `data/release` should be: refused by name, and the old release is still the current one."""
    old = publish_members(tmp_path / "home", ("armenia",))
    before = contents(tmp_path / "home")
    (tmp_path / "data").write_text("mine")
    with pytest.raises(WrongCall, match="data/release: cannot be written"):
        publishing.publish_store(small_store(), tmp_path / "home", (), tmp_path / "data" / "release")
    assert contents(tmp_path / "home") == before and current(tmp_path / "home") == old


def test_a_home_that_cannot_be_written_leaves_the_files_as_they_were(tmp_path: Path) -> None:
    """A file where the releases should be: refused by name, and `data/release` is what it was."""
    (tmp_path / "release").mkdir()
    (tmp_path / "release" / "default.ttl").write_text("old")
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "releases").write_text("mine")
    with pytest.raises(WrongCall, match="home: cannot be written"):
        publishing.publish_store(small_store(), tmp_path / "home", (), tmp_path / "release")
    assert contents(tmp_path / "release") == {"default.ttl": b"old"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "release"]


def test_both_are_written(tmp_path: Path) -> None:
    """The release in the home and the files have the same content."""
    prepare(tmp_path / "home")
    release, new = publishing.publish_store(small_store(), tmp_path / "home", (), tmp_path / "release")
    assert new and f'"{release.content}"' in (tmp_path / "release" / "manifest.json").read_text()


def test_a_warning_is_said_and_does_not_refuse() -> None:
    """More statements than expected: a line that begins with the severity and names the check."""
    (note,) = publishing.warnings([Report((_finding("Warning"),), 1)])
    assert note.startswith("warning: expected-count: https://example.org/g: 3 statements")


def test_one_violation_refuses_with_every_violation_and_nothing_else() -> None:
    """The refusal carries the violations, counted."""
    with pytest.raises(RefusedBuild, match="forbid its publication: 1") as refusal:
        publishing.warnings([Report((_finding("Warning"),), 1), Report((_finding("Violation"),), 1)])
    assert len(refusal.value.findings) == 1
