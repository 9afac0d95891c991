"""Which tests of the suites fail, who fails them, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from csto_graph.tsv import rows
from tests.w3c.services import Refused
from tests.w3c.suite import Entry

TABLE = Path(__file__).with_name("failures.tsv")
HEADER = ("test", "who", "reason")


def marked(entries: list[Entry], *who: str) -> list[Any]:
    """Each entry as a parameter, that of a known failure marked as one."""
    reasons = {row.cells["test"]: row.cells["reason"] for row in rows(TABLE, HEADER) if row.cells["who"] in who}
    return [pytest.param(each, id=each.name, marks=_marks(reasons.get(each.name))) for each in entries]


def _marks(reason: str | None) -> list[pytest.MarkDecorator]:
    return [] if reason is None else [pytest.mark.xfail(strict=True, reason=reason, raises=(AssertionError, Refused, pytest.fail.Exception))]
