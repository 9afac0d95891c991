"""The table of withdrawn IRIs: what it becomes, and which rows are refused."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from csto_graph.errors import RefusedData
from csto_graph.graph import lay_default, reference_quads
from csto_graph.link.withdrawn import HEADER, load_withdrawn
from csto_graph.namespaces import GRAPH, ID
from csto_graph.withdrawal import Withdrawal

KNOWN = {f"{ID}state/armenia"}


def table(folder: Path, *lines: str) -> Path:
    (folder / "withdrawn.tsv").write_text("\n".join(["\t".join(HEADER), *lines]) + "\n", encoding="utf-8")
    return folder


def test_rows_become_withdrawals(tmp_path: Path) -> None:
    """By IRI, with or without a replacement."""
    rows = ("state/old\tstate/armenia\t2026-01-02\tnamed twice", "claim/0a\t\t2026-01-03\tthe text was taken away")
    assert load_withdrawn(table(tmp_path, *rows), KNOWN) == (
        Withdrawal(f"{ID}claim/0a", "", "2026-01-03", "the text was taken away"),
        Withdrawal(f"{ID}state/old", f"{ID}state/armenia", "2026-01-02", "named twice"),
    )


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("armenia\t\t2026-01-02\tx", "no path"),
        ("state/old\tarmenia\t2026-01-02\tx", "no path"),
        ("state/../x\t\t2026-01-02\tx", "no path"),
        ("state/old\t\t2026-01\tx", "no day"),
        ("state/old\t\t2026-02-30\tx", "no day"),
        ("state/old\t\t2026-01-02\t", "reason is missing"),
        ("state/armenia\t\t2026-01-02\tx", "in the tables of things already"),
        ("state/gone\t\t2026-01-02\tx", "in this table already"),
        ("state/old\tstate/gone\t2026-01-02\tx", "is withdrawn too"),
        ("state/old\tstate/armenia", "2 cells"),
    ],
)
def test_a_row_that_cannot_be_meant_is_refused(tmp_path: Path, line: str, problem: str) -> None:
    """With its line."""
    with pytest.raises(RefusedData, match=problem) as caught:
        load_withdrawn(table(tmp_path, "state/gone\t\t2026-01-01\tx", line), KNOWN)
    assert str(caught.value.place).endswith("withdrawn.tsv:3")


def test_what_is_withdrawn_is_deprecated_in_the_reference_graph_alone() -> None:
    """The default graph, which the reasoner reads, knows nothing of it."""
    store = ox.Store()
    store.extend(reference_quads([], [], [], [Withdrawal(f"{ID}state/old", f"{ID}state/armenia", "2026-01-02", "named twice")]))
    lay_default(store)
    assert {quad.graph_name for quad in store} == {ox.NamedNode(GRAPH.reference)}
    told = {(quad.predicate.value.rpartition("#")[2].rpartition("/")[2], quad.object.value) for quad in store}
    assert told == {("deprecated", "true"), ("isReplacedBy", f"{ID}state/armenia"), ("date", "2026-01-02"), ("comment", "named twice")}
