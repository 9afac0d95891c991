"""The Turtle files of this installation, as they were written and as triples."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from csto_graph.turtle import read_turtle


@dataclass(frozen=True, slots=True)
class File:
    """One Turtle document: its text with the comments, its triples, and the SHA-256 of the text."""

    text: bytes
    triples: tuple[Triple, ...]
    digest: str


def read(paths: Iterable[Path]) -> File:
    """The files one after the other, which is a Turtle document again. Raises `RefusedData` for one that cannot be read."""
    ordered = sorted(paths)
    triples = tuple(_numbered(triple for path in ordered for triple in read_turtle(path)))
    text = b"\n".join(path.read_bytes() for path in ordered)
    return File(text, triples, hashlib.sha256(text).hexdigest())


def _numbered(triples: Iterable[Triple]) -> Iterator[Triple]:
    """With blank nodes labelled as they come: the parser labels them anew each time, and a document stays the same."""
    labels: dict[str, BlankNode] = {}

    def label(term: NamedNode | BlankNode | Literal | Triple) -> NamedNode | BlankNode | Literal | Triple:
        return labels.setdefault(term.value, BlankNode(f"b{len(labels)}")) if isinstance(term, BlankNode) else term

    for triple in triples:
        subject = label(triple.subject)
        assert isinstance(subject, NamedNode | BlankNode)
        yield Triple(subject, triple.predicate, label(triple.object))
