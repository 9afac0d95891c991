"""Triples in the order in which we write them, however many there are: an external merge sort.

The engine writes N-Triples faster than Python can look at triples, and their lines sort as the triples do: by subject, the types
first, then by predicate and object. What passes `RUN` bytes is sorted and put aside; what was put aside is merged at the end.
Memory is bounded by a few runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from heapq import merge
from itertools import groupby, islice
from pathlib import Path
from tempfile import TemporaryFile, gettempdir
from types import TracebackType
from typing import IO, Final, Self

from csto_graph.errors import RefusedData
from csto_graph.namespaces import RDF, XSD
from csto_graph.release.files import refusals

RUN: Final = 16 * 2**20  # bytes
FAN: Final = 64  # runs that are merged at once: each is an open file
BLOCK: Final = 1_024  # lines that are handled at once

_TYPE: Final = f"<{RDF.type}>".encode()
# No line of N-Triples holds a raw NUL, and it sorts before whatever begins a predicate. A literal that holds it gets another
# place among the values of its predicate, and nothing else.
_TYPED: Final = b"> %s " % _TYPE
_FIRST: Final = b"> \0 "
_BLANK: Final = re.compile(rb'^(?:_:.*|.*> _:[^\s"]+) \.$', re.MULTILINE)
_SHORT: Final = "|".join(("integer", "decimal", "double", "boolean"))  # written without their IRI
# The namespace and one character more of each IRI that a prefix could shorten: enough to tell which prefixes are in use, and few.
_IRIS: Final = re.compile(
    rb'"[^"\\]*(?:\\.[^"\\]*)*"(?:\^\^<%s(?:%s)>)?|%s|<([^>]*[/#][^>/#]?)'
    % (re.escape(str(XSD).encode()), _SHORT.encode(), re.escape(_TYPE))
)


class Sorter:
    """Takes N-Triples as a binary file takes them and gives their lines back in order, each once.

    Raises `RefusedData` at the first blank node, naming `place`, and `WrongCall` where the disk has no room for what is put
    aside.
    """

    def __init__(self, place: str, run: int = RUN) -> None:
        self._place = place
        self._run = run
        self._held: list[bytes] = []
        self._size = 0
        self._levels: list[list[IO[bytes]]] = [[]]  # a file on one level holds what `FAN` of the level below held
        self._open = ExitStack()
        self.iris: set[str] = set()  # the beginnings of those that occur: a namespace and one character

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with suppress(OSError):  # a full disk was told already, and nobody needs what is left
            self._open.close()

    def write(self, data: bytes) -> int:
        """Takes the next bytes."""
        self._held.append(data)
        self._size += len(data)
        if self._size >= self._run:
            self._put_aside()
        return len(data)

    def flush(self) -> None:
        """Nothing: what matters is when `lines` is asked."""

    def lines(self) -> Iterator[bytes]:
        """The lines, once everything was written. To be asked once."""
        if not any(self._levels):
            return iter(self._sorted(b"".join(self._held)))
        self._put_aside()
        return _merged(file for level in self._levels for file in level)

    def _put_aside(self) -> None:
        """What is held, up to its last whole line, as a run."""
        whole, newline, rest = b"".join(self._held).rpartition(b"\n")
        self._held, self._size = [rest], len(rest)
        if newline:
            self._settle(0, iter(self._sorted(whole + newline)))

    def _settle(self, level: int, lines: Iterator[bytes]) -> None:
        with refusals(Path(gettempdir())):
            file = self._open.enter_context(TemporaryFile())  # noqa: SIM115  # closed with the others
            file.writelines(lines)
            file.seek(0)
        if level == len(self._levels):
            self._levels.append([])
        files = self._levels[level]
        files.append(file)
        if len(files) == FAN:
            self._levels[level] = []
            self._settle(level + 1, _merged(files))
            for each in files:
                each.close()

    def _sorted(self, text: bytes) -> list[bytes]:
        blank = b"_:" in text and _BLANK.search(text)
        if blank:
            raise RefusedData(self._place, f"holds a blank node ({blank[0].decode()})", "Give every node an IRI")
        self.iris.update(iri.decode() for iri in set(_IRIS.findall(text)) if iri)
        lines = text.replace(_TYPED, _FIRST).splitlines(keepends=True)  # no line holds a raw carriage return either
        return sorted(dict.fromkeys(lines))


def blocks(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines of a sorter as N-Triples again, some at a time with their number."""
    source = iter(lines)
    while block := list(islice(source, BLOCK)):
        yield len(block), b"".join(block).replace(_FIRST, _TYPED)


def _merged(files: Iterable[IO[bytes]]) -> Iterator[bytes]:
    return (line for line, _ in groupby(merge(*files)))
