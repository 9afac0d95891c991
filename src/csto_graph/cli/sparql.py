"""Saying what is wrong with a query: the engine lists the tokens it would have liked, people need the place."""

from __future__ import annotations

import re

from csto_graph.namespaces import PREFIXES

_OPAQUE = re.compile(r"<[^<>\s]*>|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|#[^\n]*")  # IRIs, literals, comments
_POSITION = re.compile(r"error at (\d+):(\d+)")
_UPDATE = re.compile(r"\b(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY)\b", re.IGNORECASE)


def fault(query: str, message: str) -> tuple[str, str]:
    """What is wrong with a query that does not parse, and the remedy; `message` is what the engine said."""
    plain = _OPAQUE.sub(" ", query)
    if not plain.strip():
        return "holds no query", "Write a SELECT, ASK, CONSTRUCT or DESCRIBE"
    if unknown := _undeclared(plain):
        return f"the prefix {unknown}: is not declared", f"Add PREFIX {unknown}: <…> at the top of the query"
    if _UPDATE.match(plain.strip()):
        return "is an update, and a release is read-only", "Write a SELECT, ASK, CONSTRUCT or DESCRIBE"
    position = _POSITION.search(message)
    if not position:
        return "is not SPARQL 1.1", "Mend the query"
    line, column = int(position[1]), int(position[2])
    return f"is not SPARQL 1.1 from line {line}, column {column}{_quoted(query, line, column)}", "Mend the query there"


def _undeclared(plain: str) -> str | None:
    declared = set(re.findall(r"\bPREFIX\s+([\w-]*)\s*:", plain, re.IGNORECASE)) | set(PREFIXES) | {"_"}
    used = re.findall(r"(?<![\w?$:-])([A-Za-z][\w.-]*|_)?:(?=[\w\\%])", plain)
    return next((prefix for prefix in used if prefix and prefix not in declared), None)


def _quoted(query: str, line: int, column: int) -> str:
    lines = query.splitlines()
    rest = lines[line - 1][column - 1 : column + 29].strip() if line <= len(lines) else ""
    return f" (at “{rest}”)" if rest else " (at its end)"
