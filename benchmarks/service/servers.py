"""The servers that are compared, each started on a free port over the same store."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final
from urllib.error import URLError
from urllib.request import urlopen

import psutil  # type: ignore[import-untyped]  # it ships no annotations

CACHE: Final = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "csto-graph" / "benchmark"
_RIVALS: Final = ("oxigraph==0.5.13", "rdflib-endpoint==0.6.3", "uvicorn>=0.30")
_STARTING: Final = 600.0  # seconds: rdflib reads its file in all that time


@dataclass(frozen=True, slots=True)
class Server:
    """One that runs."""

    name: str
    port: int
    path: str
    process: subprocess.Popen[bytes]

    def processor(self) -> float:
        """Seconds of processor time so far, of the process and its children, those that have ended included."""
        total = 0.0
        for each in self._processes():
            with suppress(psutil.Error):
                told = each.cpu_times()
                total += told.user + told.system + told.children_user + told.children_system
        return total

    def _processes(self) -> list[psutil.Process]:
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]

    def memory(self) -> int:
        """Bytes resident, of the process and its children, what they share counted once where the system tells."""
        total = 0
        for each in self._processes():
            with suppress(psutil.Error):
                told = each.memory_full_info()
                total += getattr(told, "pss", 0) or told.rss
        return total


def tools() -> Path:
    """The folder of the other servers' programs, in an environment of their own that is made once."""
    folder = CACHE / "rivals"
    programs = folder / "bin"
    if not (programs / "oxigraph").exists():
        venv.create(folder, with_pip=True)
        subprocess.run([programs / "python", "-m", "pip", "install", "--quiet", *_RIVALS], check=True)
    return programs


@contextmanager
def ours(home: Path) -> Iterator[Server]:
    """This service, as `csto-graph serve` starts it, without the limits of one client."""
    with _started("csto-graph", "/sparql", _launcher("service", str(home))) as server:
        yield server


@contextmanager
def constant(_: Path) -> Iterator[Server]:
    """An answer that is always the same and costs nothing, by the same HTTP server."""
    with _started("constant", "/sparql", _launcher("constant")) as server:
        yield server


@contextmanager
def oxigraph(home: Path) -> Iterator[Server]:
    """The engine's own server."""
    store = home / "releases" / "1" / "store"
    program = str(tools() / "oxigraph")
    command = [program, "serve-read-only", "--location", str(store), "--bind", "127.0.0.1:{port}"]
    with _started("oxigraph", "/query", command) as server:
        yield server


@contextmanager
def rdflib_endpoint(home: Path) -> Iterator[Server]:
    """rdflib behind FastAPI."""
    quads = home / "world.nq"
    program = str(tools() / "rdflib-endpoint")
    with _started("rdflib-endpoint", "/", [program, "serve", "--host", "127.0.0.1", "--port", "{port}", str(quads)]) as server:
        yield server


def _launcher(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks.service.launch", "{port}", *arguments]


@contextmanager
def _started(name: str, path: str, command: Sequence[str]) -> Iterator[Server]:
    port = _free_port()
    log = CACHE / f"{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = _process([part.format(port=port) for part in command], output)
        try:
            _wait(port, process, log)
            yield Server(name, port, path, process)
        finally:
            process.terminate()
            process.wait(timeout=90)


def _process(command: Sequence[str], output: IO[bytes]) -> subprocess.Popen[bytes]:
    if not shutil.which(command[0]):
        raise FileNotFoundError(command[0])
    return subprocess.Popen(command, stdout=output, stderr=output)


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until it answers an ASK."""
    until = time.monotonic() + _STARTING
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError, URLError):
            urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
            return
        time.sleep(0.2)
    raise RuntimeError(f"{' '.join(map(str, process.args if isinstance(process.args, list) else []))} did not start, see {log}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
