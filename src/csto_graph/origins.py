"""The way back from a text that was taken out of a file (Markdown, HTML) to the characters of the file.

Offsets are Unicode code points, end exclusive: of the text that was read, and of the characters of the file.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """Characters `start:end` of a text that were taken from `file_start:file_end` of its file.

    Text and file march in step where both are as long; else (an entity, an escape) the whole stands for the whole.
    """

    start: int
    end: int
    file_start: int
    file_end: int


@dataclass(frozen=True, slots=True)
class Place:
    """Characters `start:end` of a file, which begin on its line `line` (from 1)."""

    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class Origins:
    """The way back from a text that was taken out of a file (Markdown, HTML): its runs in the order of the text."""

    runs: tuple[Run, ...]
    lines: tuple[int, ...]  # where each line of the file begins

    def place(self, start: int, end: int) -> Place | None:
        """Where the characters `start:end` of the text stand in the file; None where that is not known."""
        first, last = self._run(start), self._run(end - 1)
        if first is None or last is None:
            return None
        in_step = (run.end - run.start == run.file_end - run.file_start for run in (first, last))
        begin = first.file_start + (start - first.start if next(in_step) else 0)
        stop = last.file_start + end - last.start if next(in_step) else last.file_end
        return Place(begin, stop, bisect_right(self.lines, begin)) if begin < stop else None

    def _run(self, at: int) -> Run | None:
        index = bisect_right(self.runs, at, key=lambda run: run.start) - 1
        return self.runs[index] if index >= 0 and at < self.runs[index].end else None
