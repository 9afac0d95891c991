"""Tables of a release: each is a query of `queries/tables` whose header names its columns with their types.

    #+ columns:
    #+   membership: xsd:anyURI, the membership
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.util import find_spec
from itertools import islice
from tempfile import TemporaryFile
from types import ModuleType
from typing import IO, Any, Final, cast

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, Store

from csto_graph import resources
from csto_graph.errors import RefusedData, WrongCall
from csto_graph.release.sums import Sink

TABLE_FORMATS: Final = ("csv", "parquet")
_COLUMN: Final = re.compile(r"#\+   (\w+): xsd:(anyURI|string|date|integer|decimal), (\S.*)")
_BATCH: Final = 10_000  # rows that are in memory at once
_EPOCH: Final = date(1970, 1, 1)  # from which Parquet counts days


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `type` is the local name of a datatype: anyURI, string, date, integer or decimal."""

    name: str
    type: str
    summary: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the query that gives its rows in order, and its columns."""

    name: str
    query: str
    columns: tuple[Column, ...]


@lru_cache(maxsize=1)
def tables() -> dict[str, Table]:
    """Those of `queries/tables`, by name. Raises `RefusedData` for a header that declares other columns than the query has."""
    files = sorted((resources.root() / "queries" / "tables").glob("*.rq"))
    return {file.stem: table(file.stem, file.read_text(encoding="utf-8")) for file in files}


def table(name: str, query: str) -> Table:
    """The table that a query is. Raises `RefusedData` as `tables` does."""
    columns = tuple(Column(*found) for found in _COLUMN.findall(query.partition("#+ columns:")[2]))
    selected = re.search(r"^SELECT ((?:\?\w+ )+)WHERE", query, re.MULTILINE)
    if selected is None or selected[1].split() != [f"?{column.name}" for column in columns]:
        raise RefusedData(f"{name}.rq", "declares other columns than it selects", "Name them in both places in one order")
    return Table(name, query, columns)


def write_table(store: Store, table: Table, syntax: str, out: Sink) -> None:
    """The rows of a table as CSV (RFC 4180, SPARQL 1.1 Query Results CSV) or Parquet; the same release gives the same bytes.

    Raises `WrongCall` where Parquet is asked for and what writes it is not installed: before anything is written.
    """
    if syntax == "csv":
        _solutions(store, table).serialize(cast(IO[bytes], out), format=QueryResultsFormat.CSV)
    else:
        core, io = _arrow()
        schema = core.Schema([core.Field(column.name, _type(core, column.type)) for column in table.columns])
        batches = core.RecordBatchReader.from_batches(schema, _batches(core, schema, store, table))
        with TemporaryFile() as file:  # it has to be a file that can be gone back in, and a pipe is none
            # Neither its own version nor Arrow's schema, which other versions would write otherwise.
            io.write_parquet(batches, file, compression="zstd(3)", created_by="csto-graph", skip_arrow_metadata=True)
            file.seek(0)
            shutil.copyfileobj(file, cast(IO[bytes], out))


def require_parquet() -> None:
    """Raises `WrongCall` where what writes Parquet is not installed."""
    _arrow()


@lru_cache(maxsize=1)
def has_parquet() -> bool:
    """Whether what writes Parquet is installed; looked up without loading it."""
    try:
        return find_spec("arro3.core") is not None and find_spec("arro3.io") is not None
    except ModuleNotFoundError:
        return False


def _arrow() -> tuple[ModuleType, ModuleType]:
    try:
        import arro3.core as core
        import arro3.io as io
    except ImportError:
        raise WrongCall("parquet", "what writes it is not installed", "pip install 'csto-graph[parquet]', or use csv") from None
    return core, io


def _type(core: ModuleType, name: str) -> Any:
    kinds = {"date": core.DataType.date32, "integer": core.DataType.int64, "decimal": core.DataType.float64}
    return kinds.get(name, core.DataType.utf8)()


def _batches(core: ModuleType, schema: Any, store: Store, table: Table) -> Iterator[Any]:
    solutions = iter(_solutions(store, table))
    while rows := list(islice(solutions, _BATCH)):
        arrays = [_array(core, column.type, [row[column.name] for row in rows]) for column in table.columns]
        yield core.RecordBatch.from_arrays(arrays, schema=schema)


def _array(core: ModuleType, kind: str, terms: list[Any]) -> Any:
    values = [None if term is None else _value(kind, term) for term in terms]
    if kind == "date":
        return core.Array(values, core.DataType.int32()).cast(core.DataType.date32())
    return core.Array(values, _type(core, kind))


def _value(kind: str, term: NamedNode | Literal) -> str | int | float:
    if kind == "date":
        return (date.fromisoformat(term.value[:10]) - _EPOCH).days
    return int(term.value) if kind == "integer" else float(term.value) if kind == "decimal" else term.value


def _solutions(store: Store, table: Table) -> QuerySolutions:
    return cast(QuerySolutions, store.query(table.query))


