"""Turtle files as triples, or in one line why they are none; and what the engine writes with its prefixes in order."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from csto_graph.errors import RefusedData

_DECLARATIONS: Final = re.compile(rb"(?:@prefix [^\n]*\n)+|<\?xml[^>]*>\s*<rdf:RDF[^>]*>")
_DECLARATION: Final = re.compile(rb'@prefix [^\n]*\n| xmlns:[\w.-]+="[^"]*"')


def read_turtle(path: Path) -> list[ox.Triple]:
    """The triples of a file in its order. Raises `RefusedData` naming the file and the line of a syntax error."""
    try:
        # Renamed, because the blank nodes of two files must not become one.
        return [quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)]
    except SyntaxError as error:
        raise RefusedData(path, f"is not Turtle ({error.msg})", "Mend the line it names") from None
    except OSError as error:  # the engine's own has its words, not its number
        raise RefusedData(path, f"cannot be read ({error.strerror or error})", "Restore the file from the repository") from None


def with_sorted_prefixes(beginning: bytes) -> bytes:
    """The beginning of Turtle or RDF/XML with its declarations in order: the engine writes them in another one each time."""
    head = _DECLARATIONS.match(beginning)
    if head is None:
        return beginning
    opening, closing = (b"<rdf:RDF", b">") if beginning.startswith(b"<?xml") else (b"", b"")
    declarations = sorted(_DECLARATION.findall(head[0]))
    before = head[0].partition(b"<rdf:RDF")[0] if opening else b""
    return before + opening + b"".join(declarations) + closing + beginning[head.end() :]
