"""A graph as a document whose bytes are the same each time."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Final

import pyoxigraph
from pyoxigraph import RdfFormat, Triple

_DECLARATIONS: Final = re.compile(rb"(?:@prefix [^\n]*\n)+|<\?xml[^>]*>\s*<rdf:RDF[^>]*>")
_DECLARATION: Final = re.compile(rb'@prefix [^\n]*\n| xmlns:[\w.-]+="[^"]*"')


def rdf_document(triples: Iterable[Triple], syntax: RdfFormat, prefixes: dict[str, str], out: io.BytesIO | None = None) -> bytes:
    """The triples in the order they come, written into `out` where one is given that knows a limit."""
    out = io.BytesIO() if out is None else out
    pyoxigraph.serialize(triples, out, format=syntax, prefixes=prefixes)
    return _with_sorted_prefixes(out.getvalue())


def _with_sorted_prefixes(document: bytes) -> bytes:
    """Turtle or RDF/XML with its declarations in order: the engine writes them in another one each time."""
    head = _DECLARATIONS.match(document)
    if head is None:
        return document
    opening, closing = (b"<rdf:RDF", b">") if document.startswith(b"<?xml") else (b"", b"")
    declarations = sorted(_DECLARATION.findall(head[0]))
    before = head[0].partition(b"<rdf:RDF")[0] if opening else b""
    return before + opening + b"".join(declarations) + closing + document[head.end() :]
