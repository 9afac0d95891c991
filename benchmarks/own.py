"""Our own gold, in two halves: one that rules may be tuned on, one that nobody who writes them reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.gold.materialise import HALVES, materialise


def halves(corpus: Path, out: Path) -> Iterator[tuple[str, Path]]:
    """The name and the folder of each half that has passages, written into `out` as the scorer reads it."""
    for half in HALVES:
        if materialise(half, out / half, corpus):
            yield half, out / half
