"""The command line as a person meets it: what it prints, where, and with which exit code."""

from __future__ import annotations

import io
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from csto_graph import resources
from csto_graph.cli import main
from tests.cli.calls import Call, Outcome, Project
from tests.release.stores import publish_members


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Call]:
    """`call("query", "-", stdin="ASK {}")` → exit code, stdout, stderr."""
    monkeypatch.delenv("CSTO_GRAPH_HOME", raising=False)
    interrupt = signal.getsignal(signal.SIGINT)

    def run(*arguments: object, stdin: str = "") -> Outcome:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        code = main([str(argument) for argument in arguments])
        return Outcome(code, *capsys.readouterr())

    yield run
    signal.signal(signal.SIGINT, interrupt)  # a query gives Ctrl-C back to the system


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with one small release."""
    publish_members(tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A clone of its own, to damage and to build: its commands run in processes of their own.

    It has no cited facts: with them a build takes three times as long, and what is asked of it here is the same.
    """
    folder = tmp_path / "clone"
    ignored = shutil.ignore_patterns("__pycache__", "release", "csto-history")
    for name in ("ontology", "data", "queries"):
        shutil.copytree(resources.root() / name, folder / name, ignore=ignored)
    shutil.copytree(resources.root() / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    return Project(folder)
