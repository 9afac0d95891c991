"""What a stored query says of itself above its text, in lines that begin with `#+` (as grlc has them)."""

from __future__ import annotations


def header(query: str, name: str) -> str:
    """What a query says of itself in its line `#+ name: …`; empty where it says nothing."""
    mark = f"#+ {name}:"
    lines = (line.removeprefix(mark).strip().strip("\"'") for line in query.splitlines() if line.startswith(mark))
    return next(lines, "")
