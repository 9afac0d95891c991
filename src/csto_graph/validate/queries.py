"""Questions to which every solution is a finding: `queries/violations/<what it finds>-<violation, warning or info>.rq`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from csto_graph.errors import RefusedData
from csto_graph.model import Finding, Report
from csto_graph.validate.findings import in_order

_SUMMARY: Final = "#+ summary: "
_REQUIRED: Final = frozenset({"focusNode", "message"})
_SEVERITIES: Final = frozenset({"Violation", "Warning", "Info"})  # those of SHACL


def violations(store: ox.Store, queries: Path) -> Report:
    """Runs every query of the folder; each solution is a finding, named by its file and as severe as the file's last word.

    A query begins with `#+ summary: …` and selects ?focusNode, ?message and, if it helps, ?value.
    Raises `RefusedData` if the folder holds none, or if one of them cannot be run.
    """
    paths = sorted(queries.glob("*.rq"))
    if not paths:
        raise RefusedData(queries, "holds no violation query", "Restore the folder from the repository")
    return Report(in_order(finding for path in paths for finding in _findings(store, path)), checked=len(paths))


def _findings(store: ox.Store, path: Path) -> Iterator[Finding]:
    severity = _severity(path)
    for solution in solutions_of(store, path, _REQUIRED):
        value = solution["value"]
        yield Finding(
            check=path.stem,
            severity=severity,
            focus_node=text_of(solution["focusNode"]),
            result_path=None,
            value=None if value is None else text_of(value),
            message=text_of(solution["message"]),
        )


def _severity(path: Path) -> str:
    severity = path.stem.rpartition("-")[2].capitalize()
    if severity not in _SEVERITIES:
        raise RefusedData(path, "its name does not end with a severity", "Call it …-violation.rq, …-warning.rq or …-info.rq")
    return severity


def solutions_of(store: ox.Store, path: Path, required: frozenset[str]) -> ox.QuerySolutions:
    """What a stored query selects. Raises `RefusedData` if it cannot be run or does not select all the required variables."""
    try:
        query = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise RefusedData(path, f"is not UTF-8 (byte {error.start + 1})", "Save it as UTF-8") from None
    if not query.startswith(_SUMMARY):
        raise RefusedData(path, f'does not begin with "{_SUMMARY.strip()}"', "Say in its first line what the query asks")
    try:
        solutions = store.query(query)
    except SyntaxError as error:
        place = ":".join(str(error).split(":")[:2])  # what follows is the list of tokens the engine would have liked
        raise RefusedData(path, f"is not SPARQL ({place})", "Mend the line it names") from None
    except RuntimeError as error:
        raise RefusedData(path, f"cannot be run ({error})", "Keep to the functions of SPARQL 1.1") from None
    if not isinstance(solutions, ox.QuerySolutions) or not {v.value for v in solutions.variables} >= required:
        asked = " and ".join(f"?{name}" for name in sorted(required))
        raise RefusedData(path, f"does not select {asked}", "Select them, whatever else it selects")
    return solutions


def text_of(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    """The IRI or the characters of a term."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
