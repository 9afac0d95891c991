"""IRIs that are no longer used: `data/reference/withdrawn.tsv`."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Final

from csto_graph.errors import RefusedData
from csto_graph.namespaces import ID
from csto_graph.tsv import Row, rows
from csto_graph.withdrawal import Withdrawal

TABLE: Final = "withdrawn"
HEADER: Final = ("thing", "replacement", "since", "reason")
_PATH: Final = re.compile(r"[a-z]+/[A-Za-z0-9][A-Za-z0-9._-]*")


def load_withdrawn(folder: Path, known: Collection[str]) -> tuple[Withdrawal, ...]:
    """The rows of the table by IRI; `known` are the IRIs of the reference data, none of which may be withdrawn.

    Raises `RefusedData` naming file and line of the first row that cannot be meant.
    """
    found: dict[str, tuple[Row, Withdrawal]] = {}
    for row in rows(folder / f"{TABLE}.tsv", HEADER):
        each = _withdrawal(row)
        if each.iri in known or each.iri in found:
            where = "the tables of things" if each.iri in known else "this table"
            raise RefusedData(row.place, f"{row.cells['thing']} is in {where} already", "Keep it in one place, once")
        found[each.iri] = row, each
    for row, each in found.values():
        if each.replacement in found:
            raise RefusedData(row.place, f"{row.cells['replacement']} is withdrawn too", "Name what stands for both")
    return tuple(each for _, (_, each) in sorted(found.items()))


def _withdrawal(row: Row) -> Withdrawal:
    paths = [row.cells["thing"], *filter(None, [row.cells["replacement"]])]
    wrong = next((path for path in paths if not _PATH.fullmatch(path)), None)
    if wrong is not None:
        raise RefusedData(row.place, f"{wrong!r} is no path of a thing", "Write it as state/armenia")
    if not _is_day(row.cells["since"]) or not row.cells["reason"]:
        raise RefusedData(row.place, "since is no day, or the reason is missing", "Write 2026-01-31, and why it was withdrawn")
    thing, replacement = row.cells["thing"], row.cells["replacement"]
    return Withdrawal(str(ID[thing]), str(ID[replacement]) if replacement else "", row.cells["since"], row.cells["reason"])


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False
