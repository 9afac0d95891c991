"""Whether two runs write the same bytes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path


def digests(paths: Sequence[Path], seeds: Sequence[str] = ("1", "20220110")) -> tuple[str, ...]:
    """SHA-256 of what `csto-graph extract --format trig` prints of these texts, for each PYTHONHASHSEED."""
    command = [sys.executable, "-m", "csto_graph.cli", "extract", "--format", "trig", *map(str, paths)]
    return tuple(_digest(command, os.environ | {"PYTHONHASHSEED": seed}) for seed in seeds)


def _digest(command: Sequence[str], environment: dict[str, str]) -> str:
    output = subprocess.run(command, check=True, capture_output=True, env=environment).stdout
    return hashlib.sha256(output).hexdigest()
