"""The solutions of an answer, as SPARQL 1.1 Query Results JSON has them (section 3.2)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeAlias

from csto_graph.backend.interface import Answer

Row: TypeAlias = Mapping[str, Mapping[str, str]]  # variable → term; an unbound variable is not there


def solutions(answer: Answer) -> list[Row]:
    """All of an answer in `json` or `rows`."""
    result: dict[str, Any] = json.loads(answer.read())
    found: list[Row] = result["results"]["bindings"]
    return found
