"""A query or an update that is not carried out, and why."""

from __future__ import annotations


class Refusal(Exception):
    """One sentence of what is wrong and what to do about it; `line` and `column` are counted from 1 where a place is known."""

    def __init__(self, detail: str, *, line: int | None = None, column: int | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.line = line
        self.column = column
