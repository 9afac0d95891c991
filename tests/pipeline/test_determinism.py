"""The same input is the same bytes: whatever the hash seed, wherever the folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from csto_graph import pipeline, resources

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not resources.in_clone(), reason="needs the folders of a clone")]


def _build_in(folder: Path, seed: str) -> dict[str, str]:
    for name in ("src", "ontology", "data", "queries"):
        shutil.copytree(resources.root() / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.rmtree(folder / "data" / "release")
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(folder / "src")}
    command = [sys.executable, "-m", "csto_graph.cli", "build", "--home", str(folder / "home")]
    subprocess.run(command, check=True, env=environment, cwd=folder, capture_output=True, timeout=120)
    return _checksums(folder / "data" / "release")


def _another_seed() -> str:
    return "4242" if os.environ.get("PYTHONHASHSEED") != "4242" else "1"


def _checksums(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() for path in files}


def test_two_builds_are_byte_identical_and_are_the_committed_release(built: pipeline.BuildResult, tmp_path: Path) -> None:
    """Two builds under different hash seeds, in different folders, give the release that is committed."""
    first = _checksums(built.release.folder.parents[2] / "release")
    assert first
    assert _build_in(tmp_path / "elsewhere", _another_seed()) == first
    assert first == _checksums(resources.root() / "data" / "release")
