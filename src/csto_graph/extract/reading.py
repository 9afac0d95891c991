"""What is parsed (typos of the source corrected) and the way back to the characters as they were printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from csto_graph.model import Correction, Passage

# Byte order mark, soft hyphen, zero-width spaces and joiners, direction marks: printed as nothing, and words break at them.
_INVISIBLE = frozenset("\ufeff\u00ad\u200b\u200c\u200d\u200e\u200f\u2060")


@dataclass(frozen=True, slots=True)
class Reading:
    """The text to parse. `origins[i]` is the source offset where its character `i` begins; one more closes the text."""

    text: str
    origins: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The source offsets of the characters `start:end` of this reading, widened over any correction they touch."""
        closing = end
        while self.origins[closing] <= self.origins[end - 1]:
            closing += 1
        return self.origins[start], self.origins[closing]


def read(passage: Passage, corrections: Iterable[Correction]) -> Reading:
    """The passage with the corrections that lie in it applied."""
    inside = [c for c in corrections if passage.start <= c.start < c.end <= passage.end]
    inside += [_left_out(passage.start + at, c) for at, c in enumerate(passage.text) if c in _INVISIBLE]
    if not inside:
        return Reading(passage.text, range(passage.start, passage.end + 1))
    pieces: list[str] = []
    origins: list[int] = []
    at = passage.start
    for correction in sorted(inside, key=lambda c: c.start):
        pieces.append(passage.text[at - passage.start : correction.start - passage.start])
        origins.extend(range(at, correction.start))
        pieces.append(correction.corrected)
        origins.extend(_spread(correction))
        at = correction.end
    pieces.append(passage.text[at - passage.start :])
    origins.extend(range(at, passage.end + 1))
    return Reading("".join(pieces), tuple(origins))


def _left_out(at: int, character: str) -> Correction:
    return Correction(at, at + 1, character, "")


def _spread(correction: Correction) -> Iterable[int]:
    # Every character of the correction begins where the typo begins; the character after it, where the typo ends.
    return [correction.start] * len(correction.corrected)
