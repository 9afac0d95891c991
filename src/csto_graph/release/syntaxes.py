"""Graphs and whole releases in each RDF syntax: the same triples are the same bytes, however many they are.

Triples are sorted outside memory (`sorting`) and laid aside whole before the first byte is written: what cannot be written is
refused with nothing done, and the prefixes in use are known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile, gettempdir
from typing import IO, Final, cast

from pyoxigraph import DefaultGraph, RdfFormat, Store, Triple, parse, serialize

from csto_graph.errors import RefusedData
from csto_graph.release.files import refusals
from csto_graph.release.sorting import RUN, Sorter, blocks
from csto_graph.release.sums import Sink
from csto_graph.release.turtle import GraphName, graph_iri, prefixes_of_iris
from csto_graph.turtle import with_sorted_prefixes

GRAPH_FORMATS: Final = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
DATASET_FORMATS: Final = {"trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS, "jsonld": RdfFormat.JSON_LD}

_PLAIN: Final = (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)
_HEAD: Final = 2**20  # bytes that hold every declaration of a prefix
# What XML 1.0 cannot hold (section 2.2), as N-Triples escapes it.
_NOT_XML: Final = re.compile(rb"(?<!\\)(?:\\\\)*\\u(?:00(?:0[0-8BCEF]|1[0-9A-F])|FFF[EF])|\xef\xbf[\xbe\xbf]")
# A predicate is an element, so its IRI ends in a name of XML (RDF 1.1 XML Syntax, section 6.1.4).
_XML_NAME: Final = re.compile(r"[^\W\d][\w.-]*$")
_OTHER: Final = "Use another syntax, such as turtle"


@dataclass(slots=True)
class _Aside:
    """Sorted N-Quads, and what is known of them."""

    file: IO[bytes]
    count: int = 0
    iris: set[str] = field(default_factory=set)

    def add(self, place: str, ending: bytes, source: Callable[[IO[bytes]], object]) -> None:
        """What a source writes as N-Triples; `ending` follows each."""
        with Sorter(place) as sorter:
            source(cast(IO[bytes], sorter))
            for count, block in blocks(sorter.lines()):
                self.count += count
                with refusals(Path(gettempdir())):
                    self.file.write(block.replace(b" .\n", ending) if ending else block)
            self.iris |= sorter.iris


def write_graph(store: Store, graph: GraphName, syntax: str, out: Sink) -> int:
    """One graph in a syntax of `GRAPH_FORMATS`; the number of its triples.

    Raises `RefusedData` at the first blank node, `WrongCall` where the disk has no room to sort.
    """
    with _aside() as aside:
        _add_graph(aside, store, graph, b"")
        return _write(aside, GRAPH_FORMATS[syntax], out)


def write_graphs(store: Store, graphs: Iterable[GraphName], syntax: str, out: Sink) -> int:
    """Graphs in the order given, in a syntax of `DATASET_FORMATS`; the number of their triples. Raises as `write_graph` does."""
    with _aside() as aside:
        for graph in graphs:
            _add_graph(aside, store, graph, b"" if isinstance(graph, DefaultGraph) else f" {graph} .\n".encode())
        return _write(aside, DATASET_FORMATS[syntax], out)


def write_triples(triples: Iterable[Triple], place: str, syntax: str, out: Sink) -> int:
    """Triples from anywhere, each once, in a syntax of `GRAPH_FORMATS`; their number. Raises as `write_graph` does."""
    with _aside() as aside:
        aside.add(place, b"", lambda sink: serialize(triples, sink, format=RdfFormat.N_TRIPLES))
        return _write(aside, GRAPH_FORMATS[syntax], out)


def _add_graph(aside: _Aside, store: Store, graph: GraphName, ending: bytes) -> None:
    aside.add(graph_iri(graph), ending, lambda sink: store.dump(sink, format=RdfFormat.N_TRIPLES, from_graph=graph))


@contextmanager
def _aside() -> Iterator[_Aside]:
    with SpooledTemporaryFile(max_size=RUN) as file:
        yield _Aside(cast(IO[bytes], file))


def _write(aside: _Aside, syntax: RdfFormat, out: Sink) -> int:
    if syntax == RdfFormat.RDF_XML:
        _require_xml(aside)
    aside.file.seek(0)
    if syntax in _PLAIN:
        copyfileobj(aside.file, cast(IO[bytes], out))
    else:
        _serialise(aside, syntax, out)
    return aside.count


def _require_xml(aside: _Aside) -> None:
    """Raises `RefusedData` for what RDF/XML cannot say; the serialiser would write something that is no XML."""
    aside.file.seek(0)
    for line in aside.file:
        if _NOT_XML.search(line):
            raise RefusedData("RDF/XML", f"cannot hold a character of {_shown(line)}", _OTHER)
        predicate = line.split(b"> <", 1)[1].partition(b">")[0].decode()
        if not _XML_NAME.search(predicate):
            raise RefusedData("RDF/XML", f"has no name for the predicate <{predicate}>", _OTHER)


def _shown(line: bytes) -> str:
    return line.decode()[:200].removesuffix(" .\n")


def _serialise(aside: _Aside, syntax: RdfFormat, out: Sink) -> None:
    head = _Head(out)
    quads = parse(aside.file, format=RdfFormat.N_QUADS, lenient=True)  # the engine wrote them
    serialize(quads, cast(IO[bytes], head), format=syntax, prefixes=prefixes_of_iris(aside.iris))
    head.end()


@dataclass(slots=True)
class _Head:
    """Passes on what is written once the declarations are in order."""

    out: Sink
    _held: bytearray | None = field(default_factory=bytearray)

    def write(self, data: bytes) -> int:
        """Takes the next bytes."""
        if self._held is None:
            self.out.write(data)
        else:
            self._held += data
            if len(self._held) > _HEAD:
                self.end()
        return len(data)

    def flush(self) -> None:
        """Nothing: whoever gave `out` flushes it."""

    def end(self) -> None:
        """Passes on what is held."""
        if self._held is not None:
            held, self._held = bytes(self._held), None
            self.out.write(with_sorted_prefixes(held))
