"""The competency queries: one question a file, its English in the grlc header `#+ summary:`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from csto_graph.errors import RefusedData

_SUMMARY: Final = "#+ summary:"


@dataclass(frozen=True, slots=True)
class Question:
    """A query and the question it answers; `name` is its file's name without the ending."""

    name: str
    summary: str
    query: str


def questions(queries: Path) -> tuple[Question, ...]:
    """Every query of `queries/competency` in the order of their names; raises RefusedData for one that asks nothing."""
    folder = queries / "competency"
    if not folder.is_dir():
        raise RefusedData(folder, "the folder of the competency queries is missing", "Restore it or reinstall csto-graph")
    return tuple(_question(path) for path in sorted(folder.glob("*.rq")))


def _question(path: Path) -> Question:
    query = path.read_text(encoding="utf-8")
    for line in query.splitlines():
        if line.startswith(_SUMMARY):
            return Question(path.stem, line.removeprefix(_SUMMARY).strip().strip("\"'"), query)
    raise RefusedData(path, "it does not say which question it answers", f"Begin it with a line “{_SUMMARY} …”")
