"""The way from a text that was taken out of a file back to the file: which characters stand where."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from csto_graph.origins import Origins, Run

_LINE_END = re.compile(r"\r\n?|\n")
_WINDOW = 1_000_000  # characters that are searched for a line: two lines of a text stand no farther apart in its file


@dataclass(slots=True)
class Characters:
    """What a file shows, without blanks: each character and where it stands in the file (an entity is several characters)."""

    text: list[str] = field(default_factory=list)
    starts: array[int] = field(default_factory=lambda: array("q"))
    ends: array[int] = field(default_factory=lambda: array("q"))

    def add(self, shown: str, start: int, width: int | None = None) -> None:
        """`shown` stands at `start`: character by character, or as a whole where a width is given."""
        for at, character in enumerate(shown):
            if not character.isspace():
                self.text.append(character)
                self.starts.append(start if width else start + at)
                self.ends.append(start + (width or at + 1))


def origins(text: str, shown: Characters, file: str) -> Origins:
    """Where the lines of a text stand in its file. A line that is not found there has no place.

    Lines are sought from the last to the first, each in front of the line after it: what a menu repeats stands before
    the article.
    """
    characters, end, found = "".join(shown.text), len(shown.text), []
    for start, line in reversed(list(_lines(text))):
        words = "".join(line.split())
        at = characters.rfind(words, max(0, end - _WINDOW), end)
        if words and at >= 0:
            found.append(list(_standing(line, start, shown, at)))
            end = at
    return Origins(tuple(joined(run for runs in reversed(found) for run in runs)), line_starts(file))


def joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Fewer runs: neighbours in which text and file march in step become one."""
    last: Run | None = None
    for run in runs:
        in_step = run.start - run.file_start == run.end - run.file_end
        if last and in_step and last.start - last.file_start == last.end - last.file_end == run.start - run.file_start:
            last = Run(last.start, run.end, last.file_start, run.file_end)
            continue
        if last:
            yield last
        last = run
    if last:
        yield last


def line_starts(file: str) -> tuple[int, ...]:
    """Where the lines of a file begin, as an editor counts them."""
    return (0, *(end.end() for end in _LINE_END.finditer(file)))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, line
        start += len(line)


def _standing(line: str, start: int, shown: Characters, at: int) -> Iterator[Run]:
    for offset, character in enumerate(line, start):
        if not character.isspace():
            yield Run(offset, offset + 1, shown.starts[at], shown.ends[at])
            at += 1
