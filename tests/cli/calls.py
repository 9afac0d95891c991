"""Calling the command line, in this process or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call left behind."""

    code: int
    stdout: str
    stderr: str

    def refuses(self, code: int, *words: object) -> bool:
        """One line on stderr with all these words, nothing on stdout, no traceback, that exit code."""
        line = self.stderr.strip()
        assert self.code == code, self
        assert not self.stdout, self
        assert "\n" not in line and line.startswith("csto-graph: ") and line.endswith((".", "--help")), self
        assert "Traceback" not in line and "unexpected" not in line, self
        return all(str(word) in line for word in words)


class Call(Protocol):
    """The command line in this process."""

    def __call__(self, *arguments: object, stdin: str = "") -> Outcome: ...


@dataclass(frozen=True, slots=True)
class Project:
    """A clone to damage."""

    folder: Path

    @property
    def home(self) -> Path:
        """Where its releases go."""
        return self.folder / "home"

    def process(
        self, *arguments: object, stdout: int | IO[str] = subprocess.PIPE, unbuffered: str = ""
    ) -> subprocess.Popen[str]:
        """Start a command with this clone's code and data; `unbuffered` is PYTHONUNBUFFERED."""
        own = {"PYTHONPATH": str(self.folder / "src"), "CSTO_GRAPH_HOME": str(self.home), "PYTHONUNBUFFERED": unbuffered}
        environment = os.environ | own
        command = [sys.executable, "-m", "csto_graph.cli", *map(str, arguments)]
        return subprocess.Popen(
            command, cwd=self.folder, env=environment, stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE, text=True
        )

    def run(self, *arguments: object) -> Outcome:
        """The same, waiting for its end."""
        with self.process(*arguments) as process:
            stdout, stderr = process.communicate(timeout=400)
        return Outcome(process.returncode, stdout, stderr)
