"""The tool of those who made SSSOM finds our files valid."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from csto_graph.resources import root

FOLDER = root() / "data" / "mappings"
PYTHON = Path(sys.prefix) / "sssom" / "bin" / "python"

pytestmark = pytest.mark.skipif(not PYTHON.exists(), reason=f"the tool sssom is not installed in {PYTHON.parents[1]}: make setup")


def test_our_files_are_valid(tmp_path: Path) -> None:
    """Each file passes what `sssom validate` checks by default, and a file with a false justification does not."""
    wrong = tmp_path / "wrong.sssom.tsv"
    wrong.write_text((FOLDER / "viaf.sssom.tsv").read_text(encoding="utf-8").replace("semapv:Manual", "semapv:No"), encoding="utf-8")
    ours = sorted(FOLDER.glob("*.sssom.tsv"))
    command = [PYTHON, Path(__file__).with_name("validating.py"), *ours, wrong]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    found = json.loads(done.stdout.splitlines()[-1])
    assert found.pop(str(wrong))
    assert len(found) == 8 and {path: said for path, said in found.items() if said} == {}
