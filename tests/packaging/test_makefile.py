"""The Makefile: what it would do, and what it says where it cannot."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from csto_graph import resources

ROOT = resources.root()


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with the Makefile and the lock files, set up by nobody."""
    for name in ("Makefile", "pyproject.toml", *(path.name for path in ROOT.glob("requirements*.txt"))):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def make(clone: Path, *arguments: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    """Call make there; `path` replaces the search path."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}  # `make test` may call us
    environment = own | ({"PATH": path} if path else {})
    program = shutil.which("make") or "make"
    return subprocess.run([program, *arguments], cwd=clone, env=environment, capture_output=True, text=True, check=False)


def test_serve_needs_no_tools_of_ours(clone: Path) -> None:
    """`make serve` installs what running needs, pinned, and starts the server on the default address."""
    plan = make(clone, "--dry-run", "serve").stdout
    assert "-m venv .venv" in plan
    assert "--require-hashes --no-build-isolation -r requirements.txt" in plan
    assert "requirements-dev.txt" not in plan
    assert ".venv/bin/csto-graph serve --host 127.0.0.1 --port 8000" in plan


def test_test_runs_every_check(clone: Path) -> None:
    """`make test` lints, checks types and runs every test, in that order."""
    plan = make(clone, "--dry-run", "test").stdout
    checks = [plan.index(check) for check in ("ruff check", "bin/mypy", "-m pytest")]
    assert checks == sorted(checks)


def test_the_tests_share_the_processors(clone: Path) -> None:
    """Unless WORKERS says otherwise."""
    assert "-m pytest --numprocesses logical" in make(clone, "--dry-run", "test").stdout
    assert "-m pytest --numprocesses 0" in make(clone, "--dry-run", "test", "WORKERS=0").stdout


def test_the_address_can_be_chosen(clone: Path) -> None:
    """HOST and PORT are taken from the command line, not from a shell that calls the machine HOST."""
    assert "--port 8080" in make(clone, "--dry-run", "serve", "PORT=8080").stdout
    assert "127.0.0.1" in make(clone, "--dry-run", "serve").stdout


def test_a_set_up_is_not_repeated(clone: Path) -> None:
    """With the stamp newer than what it depends on, `make serve` only serves."""
    (clone / ".venv" / "bin").mkdir(parents=True)
    (clone / ".venv" / "bin" / "python").touch()
    (clone / ".venv" / ".ready").touch()
    assert make(clone, "--dry-run", "serve").stdout.splitlines() == [".venv/bin/csto-graph serve --host 127.0.0.1 --port 8000"]


def test_a_machine_without_python_is_told(clone: Path, tmp_path: Path) -> None:
    """No fitting Python: one line says which ones fit, and nothing is made."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "test", "echo"):
        if found := shutil.which(name):
            (tools / name).symlink_to(found)
    outcome = make(clone, "serve", path=str(tools))
    assert outcome.returncode
    assert "csto-graph needs Python 3.11, 3.12, 3.13 or 3.14" in outcome.stderr
    assert not (clone / ".venv").exists()


def test_the_benchmark_takes_a_size(clone: Path) -> None:
    """100,000 triples unless more are asked for."""
    assert "-m benchmarks.service --size 100000" in make(clone, "--dry-run", "bench").stdout
    assert "-m benchmarks.service --size 1000000" in make(clone, "--dry-run", "bench", "SIZE=1000000").stdout
