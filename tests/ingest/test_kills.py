"""A kill at any instant leaves the old state, the new one, or one that the next build mends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from csto_graph import resources

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="needs fork")]
OLD, NEW = ["one"], ["one", "two"]


@pytest.mark.parametrize("what", ["add", "remove"])
def test_killed_before_each_step(tmp_path: Path, what: str) -> None:
    """Each source is whole or not there; the current release is whole, one or the other; nothing half stays after a build.

    No release holds a source whose files are not there yet, for the next build would lose it unasked.
    """
    command = [sys.executable, "-m", "tests.ingest.killed", str(tmp_path), what]
    run = subprocess.run(command, cwd=resources.root(), capture_output=True, text=True, timeout=900, check=False)
    assert run.returncode == 0, run.stderr
    told = [json.loads(line) for line in run.stdout.splitlines()]
    first, last = (OLD, NEW) if what == "add" else (NEW, OLD)
    states = [(line["left"]["sources"], line["left"]["release"]) for line in told]
    assert states[0] == (first, first == NEW) and states[-1] == (last, last == NEW)
    assert len(told) > 20  # steps
    for line in told:
        left, mended = line["left"], line["mended"]
        assert left["sources"] in (OLD, NEW) and left["files"] in (True, False, None)
        assert mended["sources"] == left["sources"]
        assert mended["release"] is mended["files"] is (left["sources"] == NEW), line
        assert line["rest"] == [], line
        assert what == "remove" or left["sources"] == NEW or not left["release"]

