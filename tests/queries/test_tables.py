"""Tables of a release: every row there is, each once, in CSV and in Parquet."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import arro3.io
import pyoxigraph as ox
import pytest

from csto_graph.errors import RefusedData, WrongCall
from csto_graph.namespaces import PREFIXES
from csto_graph.release.tables import Table, table, tables, write_table

DOCS = Path(__file__).resolve().parents[2] / "docs" / "exports.md"
COUNTS = {  # what a table has at least a row of, counted in another way
    "members": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a cst:Membership }",
    "treaties": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a cst:Treaty ; cst:signedOn|cst:enteredIntoForceOn|^cst:treaty ?y }",
    "interventions": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a cst:Intervention . GRAPH ?g { ?x prov:wasDerivedFrom ?y } }",
    "statements": "SELECT (COUNT(DISTINCT ?x) AS ?n) { GRAPH ?g { ?x a cst:Statement } }",
}


def written(store: ox.Store, each: Table, syntax: str) -> bytes:
    """The bytes of a table."""
    out = io.BytesIO()
    write_table(store, each, syntax, out)
    return out.getvalue()


def rows(store: ox.Store, name: str) -> list[dict[str, str]]:
    """The rows of its CSV."""
    return list(csv.DictReader(io.StringIO(written(store, tables()[name], "csv").decode(), newline="")))


@pytest.mark.parametrize("name", COUNTS)
def test_nothing_is_left_out_and_nothing_is_there_twice(store: ox.Store, name: str) -> None:
    """Each thing that the table is about has its rows, no two rows are the same, and the thing comes first and in order."""
    found = rows(store, name)
    first = [next(iter(row.values())) for row in found]
    (count,) = store.query(COUNTS[name], prefixes=PREFIXES)
    assert len(set(first)) == int(count["n"].value) > 0  # type: ignore[union-attr, index]
    assert len({tuple(row.values()) for row in found}) == len(found)
    assert first == sorted(first)


@pytest.mark.parametrize("name", COUNTS)
def test_parquet_holds_what_csv_holds(store: ox.Store, name: str) -> None:
    """The same rows and columns, numbers and days as such; twice the same bytes."""
    content = written(store, tables()[name], "parquet")
    assert content == written(store, tables()[name], "parquet")
    read = arro3.io.read_parquet(io.BytesIO(content)).read_all()
    columns = {field: read.column(field).to_pylist() for field in read.schema.names}
    expected = rows(store, name)
    assert list(columns) == [column.name for column in tables()[name].columns] == list(expected[0])
    for column in tables()[name].columns:
        plain = [row[column.name] for row in expected]
        given = ["" if each is None else each for each in columns[column.name]]
        if column.type == "decimal":
            assert [each and float(each) for each in plain] == given
        else:
            assert plain == [str(each) for each in given]


def test_dates_keep_their_precision(store: ox.Store) -> None:
    """A year stays a year, and says that it is one."""
    found = {(row["from_precision"], len(row["from"])) for row in rows(store, "statements")}
    assert {("", 0), ("year", 4), ("day", 10)} <= found <= {("", 0), ("year", 4), ("month", 7), ("day", 10)}


def test_the_words_of_a_text_are_in_the_table(store: ox.Store) -> None:
    """What was read has its words and their place, what is cited its row and its sureness; never both, never none."""
    for row in rows(store, "statements"):
        assert bool(row["quote"]) == bool(row["quote_start"]) == bool(row["rule"]) != bool(row["row"]), row
        assert bool(row["sureness"]) == bool(row["row"]) and row["source"]


def test_each_column_is_documented() -> None:
    """docs/exports.md has each table with its columns, in their words and order."""
    page = DOCS.read_text(encoding="utf-8")
    for each in tables().values():
        lines = "".join(f"| `{column.name}` | {column.type} | {column.summary} |\n" for column in each.columns)
        assert f"### {each.name}\n" in page and lines in page, lines


def test_a_header_that_declares_something_else_is_refused() -> None:
    """A column that the query has not, or in another order, would put values under the wrong name."""
    with pytest.raises(RefusedData, match="other columns"):
        table("odd", "#+ columns:\n#+   a: xsd:string, one\n#+   b: xsd:string, two\n\nSELECT ?b ?a WHERE { }")


def test_what_writes_parquet_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then it is said how to get it, and nothing is written."""
    monkeypatch.setitem(sys.modules, "arro3.io", None)
    out = io.BytesIO()
    with pytest.raises(WrongCall, match=r"csto-graph\[parquet\]"):
        write_table(ox.Store(), tables()["members"], "parquet", out)
    assert out.getvalue() == b""
