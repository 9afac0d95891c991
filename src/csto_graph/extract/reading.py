"""What is parsed (typos of the source corrected) and the way back to the characters as they were printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from csto_graph.model import Correction, Passage

# Byte order mark, soft hyphen, zero-width spaces and joiners, direction marks: printed as nothing, and words break at them.
_INVISIBLE = re.compile("[\ufeff\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069]")
# Reference marks: "[12]", "[3, 4]", "[a]", "[^note]", "[citation needed]", raised figures. Sentences are not parted behind them.
_MARKS = re.compile(
    r"\s?\[(?:\d{1,3}(?:\s?[,–-]\s?\d{1,3})*|\^[\w-]{1,20}|(?:note|nb|n)\s\d{1,3}|citation needed)\]"
    r"|(?<=[.,;:!?”\"’)\]\w])\[[a-z]\](?!\w)|(?<=[.,;:!?”\"’)])[¹²³⁰⁴-⁹]+"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The text to parse. Its character `i` stands in the source from `starts[i]` to `ends[i]`."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The source offsets of the characters `start:end` of this reading, widened over any correction they touch."""
        return self.starts[start], self.ends[end - 1]


def read(passage: Passage, corrections: Iterable[Correction]) -> Reading:
    """The passage with the corrections that lie in it applied."""
    inside = [c for c in corrections if passage.start <= c.start < c.end <= passage.end]
    marks = [_left_out(passage, mark) for pattern in (_INVISIBLE, _MARKS) for mark in pattern.finditer(passage.text)]
    inside += [mark for mark in marks if not any(c.start < mark.end and mark.start < c.end for c in inside)]
    if not inside:
        return Reading(passage.text, range(passage.start, passage.end), range(passage.start + 1, passage.end + 1))
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = passage.start
    for correction in (*sorted(inside, key=lambda c: c.start), Correction(passage.end, passage.end, "", "")):
        pieces += passage.text[at - passage.start : correction.start - passage.start], correction.corrected
        starts += [*range(at, correction.start), *[correction.start] * len(correction.corrected)]
        ends += [*range(at + 1, correction.start + 1), *[correction.end] * len(correction.corrected)]
        at = correction.end
    return Reading("".join(pieces), tuple(starts), tuple(ends))


def _left_out(passage: Passage, mark: re.Match[str]) -> Correction:
    return Correction(passage.start + mark.start(), passage.start + mark.end(), mark.group(), "")
