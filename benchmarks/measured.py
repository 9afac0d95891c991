"""The texts that the extraction is measured on, each read once, whatever is asked of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmarks.gold import Judged, judged, read_texts
from benchmarks.own import halves
from benchmarks.scorer import Scorer
from csto_graph.pipeline import SourceRead

SHARED = Path(__file__).resolve().parents[2] / "shared"
Folder = dict[str, SourceRead]


class Measured:
    """The texts, each read once, whatever is asked of them."""

    def __init__(self, shared: Path, own: Path) -> None:
        self.scorer = Scorer(shared)
        corpus = shared / "corpus" / "milestones"
        self.corpus = sorted(corpus.glob("*.txt"))
        self.folders = {name: shared / "gold" / name for name in ("dev", "seed")} | dict(halves(corpus, own))
        self._read: dict[str, Folder] = {}

    def texts(self, name: str) -> Folder:
        """The texts of a folder of gold, read."""
        if name not in self._read:
            self._read[name] = read_texts(self.folders[name])
        return self._read[name]

    @cached_property
    def milestones(self) -> Folder:
        """The corpus that has no gold, read."""
        return read_texts(self.corpus[0].parent)

    @cached_property
    def judgements(self) -> list[Judged]:
        """Every statement of the gold that rules may be judged by: never of what is held out."""
        seen = [name for name in ("dev", "seed", "tuning") if name in self.folders]
        return [j for name in seen for j in judged(self.folders[name], self.texts(name), self.scorer)]

    def score(self, name: str) -> dict[str, Any]:
        """What the scorer says of a folder of gold."""
        return self.scorer.score(self.folders[name], {stem: read.statements for stem, read in self.texts(name).items()})

    def everything(self) -> Iterator[SourceRead]:
        """All texts that may be looked at."""
        for folder in (self.texts("dev"), self.texts("seed"), self.milestones):
            yield from folder.values()
