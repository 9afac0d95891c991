"""Turtle files as triples, or in one line why they are none."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from csto_graph.errors import RefusedData


def read_turtle(path: Path) -> list[ox.Triple]:
    """The triples of a file in its order. Raises `RefusedData` naming the file and the line of a syntax error."""
    try:
        # Renamed, because the blank nodes of two files must not become one.
        return [quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)]
    except SyntaxError as error:
        raise RefusedData(path, f"is not Turtle ({error.msg})", "Mend the line it names") from None
    except OSError as error:  # the engine's own has its words, not its number
        raise RefusedData(path, f"cannot be read ({error.strerror or error})", "Restore the file from the repository") from None
