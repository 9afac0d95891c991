"""Where the ontology, the data and the queries lie: in the clone, or inside the installed wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def root() -> Path:
    """The folder that holds `ontology/`, `data/` and `queries/`."""
    bundled = _PACKAGE / "bundle"
    return bundled if bundled.is_dir() else _PACKAGE.parents[1]


def in_clone() -> bool:
    """Whether the package runs from a clone, whose `data/release` a build rewrites."""
    return root() != _PACKAGE / "bundle"
