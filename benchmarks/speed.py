"""Words a second beside the bare parser, and what a corpus leaves in memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import process_time

from benchmarks.gold import document_date
from csto_graph import pipeline
from csto_graph.extract.language import load
from csto_graph.text.blocks import blocks
from csto_graph.text.sources import read_text

_MEGABYTE = 1024 if sys.platform != "darwin" else 1024 * 1024  # ru_maxrss counts kilobytes on Linux, bytes on macOS


@dataclass(frozen=True, slots=True)
class Speed:
    """Medians over the repeats; `ratio` is the median of the ratios of neighbouring runs."""

    words: int
    repeats: int
    reading: float  # words a second
    parsing: float
    ratio: float


def speed(paths: Sequence[Path], repeats: int) -> Speed:
    """Reads a corpus and parses it with the bare pipeline, turn by turn, the model loaded, in one process on one core.

    Time is that of the processor, so that other programs on the machine do not count.
    The bare pipeline has the same components with the entity recogniser off, and gets the same blocks of text.
    """
    words = sum(len(path.read_text(encoding="utf-8").split()) for path in paths)
    _parse(paths[:2])
    _read(paths[:2])
    times = [(_read(paths), _parse(paths)) for _ in range(repeats)]
    reading, parsing = ([words / seconds for seconds in column] for column in zip(*times, strict=True))
    ratios = [parse / read for read, parse in times]
    return Speed(words, repeats, median(reading), median(parsing), median(ratios))


def _read(paths: Sequence[Path]) -> float:
    start = process_time()
    for path in paths:
        pipeline.read(path, document_date(path))
    return process_time() - start


def _parse(paths: Sequence[Path]) -> float:
    start = process_time()
    nlp = load()
    for path in paths:
        texts = [block.text for block in blocks(read_text(path, None))]
        for _ in nlp.pipe(texts, disable=["ner"], batch_size=8):
            pass
    return process_time() - start


@dataclass(frozen=True, slots=True)
class Memory:
    """Peak resident memory in MB: with everything loaded, after the corpus once, after it twice."""

    loaded: float
    once: float
    twice: float


def memory(paths: Sequence[Path]) -> Memory:
    """The peaks of a process of its own that reads the corpus twice."""
    command = [sys.executable, "-m", "benchmarks.speed", *map(str, paths)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Memory(*json.loads(output))


def _peaks(paths: Sequence[Path]) -> list[float]:
    _read(paths[:1])
    peaks = [_peak()]
    for _ in range(2):
        _read(paths)
        peaks.append(_peak())
    return peaks


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MEGABYTE


if __name__ == "__main__":
    print(json.dumps(_peaks([Path(argument) for argument in sys.argv[1:]])))  # noqa: T201 — a process of `memory`
