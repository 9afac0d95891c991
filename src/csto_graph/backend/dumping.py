"""A dump made: a release, a graph or a table of it, in a file that is there whole or not at all, with its checksum beside it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import nullcontext, suppress
from gzip import GzipFile
from itertools import product
from pathlib import Path
from typing import IO, Final, cast

from pyoxigraph import DefaultGraph, NamedNode

from csto_graph.backend.interface import Dump
from csto_graph.errors import CstoGraphError
from csto_graph.model import Release
from csto_graph.release.files import clear_scratch, refusals, replace_file, replacing_file
from csto_graph.release.history import numbers
from csto_graph.release.home import find, open_store
from csto_graph.release.lock import locked
from csto_graph.release.sums import Sink, Summed, sum_line
from csto_graph.release.syntaxes import write_graph, write_graphs
from csto_graph.release.tables import TABLE_FORMATS, has_parquet, tables, write_table
from csto_graph.release.turtle import file_name, graph_iri, graph_names
from csto_graph.release.use import reading

MOST: Final = 4 * 2**30  # bytes of all dumps that are kept; those used longest ago go first, the last one made stays
GZIP: Final = "application/gzip"
PARQUET: Final = "application/vnd.apache.parquet"
_WHOLE: Final = {"trig": ("trig", "application/trig"), "nq": ("nquads", "application/n-quads")}  # ending → syntax, media type
_NAMELESS: Final = ("default", graph_iri(DefaultGraph()))  # what the graph without a name is called
_PATIENCE: Final = 3_600.0  # seconds that one waits for another process that makes one


def offered(number: int, sizes: Mapping[str, int]) -> tuple[Dump, ...]:
    """What a release can be had as: all of it, then each graph, then each table."""
    whole = [Dump(f"release-{number}.{ending}.gz", None, media, GZIP) for ending, (_, media) in _WHOLE.items()]
    graphs = sorted(sizes, key=lambda graph: (graph not in _NAMELESS, graph))
    each = [Dump(f"release-{number}/{_path(graph)}.gz", graph, "text/turtle", GZIP) for graph in graphs]
    return (*whole, *each, *(_tabled(number, table, syntax) for table in tables() for syntax in _table_syntaxes()))


def place(home: Path, release: Release, name: str) -> Path:
    """Where a dump lies, made or not. A home that was made anew gives its numbers again, so the content tells it too."""
    return home / "dumps" / f"{release.number}-{release.content[:16]}" / name


def sum_file(path: Path) -> Path:
    """Where its checksum lies, in the form that `sha256sum --check` reads."""
    return path.with_name(f"{path.name}.sha256")


def make(home: Path, number: int, name: str, most: int = MOST) -> str | None:
    """Makes a dump, unless another process has made it meanwhile; why it could not be made, else None."""
    try:
        release = find(home, number)
        path = place(home, release, name)
        with refusals(home / "dumps"):
            path.parent.mkdir(parents=True, exist_ok=True)
            with locked(home / "dumps", _PATIENCE), reading(release.folder):
                if not sum_file(path).exists():
                    _write(release, name, path)
                    _make_room(home, path, most)
    except CstoGraphError as error:
        return str(error)
    return None


def _write(release: Release, name: str, path: Path) -> None:
    clear_scratch(path.parent)
    with replacing_file(path) as file:
        summed = Summed(file)
        with _packed(summed) if name.endswith(".gz") else nullcontext(summed) as out:
            _write_content(release, name, out)
    path.chmod(0o644)
    replace_file(sum_file(path), sum_line(summed.sha256, path.name).encode())  # last: with it the dump counts as made


def _packed(sink: Sink) -> GzipFile:
    """Without a name and a time, so that the same content is the same bytes (RFC 1952, section 2.3.1)."""
    return GzipFile(filename="", mode="wb", fileobj=cast(IO[bytes], sink), mtime=0)


def _write_content(release: Release, name: str, out: Sink) -> None:
    store = open_store(release)
    graphs = graph_names(store)
    for ending, (syntax, _) in _WHOLE.items():
        if name == f"release-{release.number}.{ending}.gz":
            write_graphs(store, graphs, syntax, out)
            return
    for table, syntax in product(tables().values(), TABLE_FORMATS):
        if name == _tabled(release.number, table.name, syntax).name:
            write_table(store, table, syntax, out)
            return
    (graph,) = (each for each in graphs if name == f"release-{release.number}/{_path(graph_iri(each))}.gz")
    write_graph(store, graph, "turtle", out)


def _table_syntaxes() -> tuple[str, ...]:
    return TABLE_FORMATS if has_parquet() else ("csv",)


def _tabled(number: int, table: str, syntax: str) -> Dump:
    """Parquet packs its columns itself."""
    name = f"release-{number}/tables/{table}.{syntax}"
    return Dump(f"{name}.gz", None, "text/csv", GZIP, table) if syntax == "csv" else Dump(name, None, PARQUET, None, table)


def _path(graph: str) -> str:
    """The path of the file of a graph."""
    return file_name(DefaultGraph() if graph in _NAMELESS else NamedNode(graph))


def _make_room(home: Path, new: Path, most: int) -> None:
    """Takes away the dumps of releases that are not kept, then those used longest ago, until the rest may stay."""
    kept = {str(number) for number in numbers(home)}
    for folder in (home / "dumps").iterdir():
        if folder.is_dir() and folder.name.partition("-")[0] not in kept:
            shutil.rmtree(folder, ignore_errors=True)
    used = sorted(_dumps(home / "dumps"), key=lambda path: path.stat().st_mtime)
    total = sum(path.stat().st_size for path in used)
    for path in used:
        if total > most and path != new:
            total -= path.stat().st_size
            sum_file(path).unlink()
            path.unlink()


def _dumps(folder: Path) -> Iterator[Path]:
    return (path.with_suffix("") for path in folder.rglob("*.sha256") if path.with_suffix("").exists())


def touch(path: Path) -> None:
    """Notes that a dump was used now."""
    with suppress(OSError):
        os.utime(path)
