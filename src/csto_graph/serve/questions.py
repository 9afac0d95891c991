"""The competency queries: one question a file, its English in the grlc header `#+ summary:`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from csto_graph.errors import RefusedData
from csto_graph.headers import header
from csto_graph.sparql.stored import Parameter, parameters

BESIDE: Final = ("format", "release", "timeout")  # what an answer is asked with beside the parameters of its question
_RESERVED: Final = frozenset({*BESIDE, "limit", "offset"})


@dataclass(frozen=True, slots=True)
class Question:
    """A query and the question it answers; `name` is its file's name without the ending."""

    name: str
    summary: str
    query: str
    parameters: tuple[Parameter, ...] = ()


def questions(queries: Path) -> tuple[Question, ...]:
    """Every query of `queries/competency` in the order of their names; raises RefusedData for one that asks nothing."""
    folder = queries / "competency"
    if not folder.is_dir():
        raise RefusedData(folder, "the folder of the competency queries is missing", "Restore it or reinstall csto-graph")
    return tuple(_question(path) for path in sorted(folder.glob("*.rq")))


def _question(path: Path) -> Question:
    query = path.read_text(encoding="utf-8")
    summary = header(query, "summary")
    if not summary:
        raise RefusedData(path, "it does not say which question it answers", "Begin it with a line “#+ summary: …”")
    declared = parameters(query, path)
    for each in declared:
        if each.name in _RESERVED:
            raise RefusedData(path, f"every answer takes a parameter {each.name} already", "Give its own another name")
    return Question(path.stem, summary, query, declared)
