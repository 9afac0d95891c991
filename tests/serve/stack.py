"""The command `serve` in a process of its own, as it runs in production."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit
from urllib.request import urlopen

import psutil  # type: ignore[import-untyped]  # it ships no annotations
import pytest

RUNAWAY = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(20)) + " }"


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs."""

    process: subprocess.Popen[str]
    address: str
    home: Path

    @property
    def port(self) -> int:
        """Where it listens on 127.0.0.1."""
        return urlsplit(self.address).port or 80

    def query(self, query: str, syntax: str = "csv", timeout: float = 30) -> bytes:
        """The answer's bytes."""
        with urlopen(f"{self.address}/sparql?query={quote(query)}&format={syntax}", timeout=timeout) as response:
            return bytes(response.read())

    def worker(self) -> psutil.Process:
        """The process that answers."""
        return next(each for each in psutil.Process(self.process.pid).children() if "resource_tracker" not in _command(each))

    def readers(self) -> list[psutil.Process]:
        """The processes that query."""
        return [each for each in self.worker().children() if "spawn_main" in _command(each)]

    def family(self) -> list[psutil.Process]:
        """All that it started."""
        return [psutil.Process(self.process.pid), *psutil.Process(self.process.pid).children(recursive=True)]

    def stop(self, how: int = signal.SIGTERM) -> tuple[int, str]:
        """Exit code and what was printed since it was ready."""
        self.process.send_signal(how)
        _, stderr = self.process.communicate(timeout=60)
        return self.process.returncode, stderr


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""  # it has just ended


@contextmanager
def serving(home: Path, *arguments: object, token: str = "") -> Iterator[Served]:
    """A server on a free port over the releases of a home; whatever is left of it at the end is ended."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "CSTO_GRAPH_TOKEN": token}
    command = [sys.executable, "-m", "csto_graph.cli", "serve", "--port", "0", "--home", str(home), *map(str, arguments)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        served = Served(process, _announced(process), home)
        family = served.family()
        try:
            yield served
        finally:
            for each in family + (served.family() if process.poll() is None else []):
                if each.is_running():
                    each.kill()


def _announced(process: subprocess.Popen[str]) -> str:
    assert process.stderr
    lines = []
    for line in process.stderr:
        lines.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found[0]
    pytest.fail(f"no address was printed: {lines}")
