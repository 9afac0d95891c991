"""Gold of our own → a folder that the scorer reads: passages cut from the corpus, facts with the sentence they stand in.

    python -m tests.gold.materialise [tuning|held-out] OUT

The repository holds offsets and facts only; the texts stay in `shared/corpus/milestones` beside the clone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GOLD = Path(__file__).resolve().parent
CORPUS = GOLD.parents[2] / "shared" / "corpus" / "milestones"
HALVES = ("tuning", "held-out")
ALIASES = "_aliases.json"


class GoldError(Exception):
    """Gold that does not fit its corpus file."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a corpus file and its facts; offsets are code points of the whole file, the end exclusive."""

    stem: str
    text: str  # of the whole file
    start: int
    end: int
    sidecar: dict[str, Any]
    facts: tuple[dict[str, Any], ...]

    @property
    def words(self) -> str:
        """What the passage says."""
        return self.text[self.start : self.end]

    def sentence(self, fact: dict[str, Any]) -> str:
        """The sentence that states a fact; refused where its offsets leave the passage."""
        start, end = fact["start"], fact["end"]
        if not self.start <= start < end <= self.end:
            raise GoldError(f"{self.stem}: fact {fact['id']} at {start}-{end} is outside the passage {self.start}-{self.end}")
        return self.text[start:end]


def passages(half: str, corpus: Path = CORPUS, gold: Path = GOLD) -> Iterator[Passage]:
    """The passages of a half ("tuning" or "held-out"), in the order of their names."""
    if half not in HALVES:
        raise GoldError(f"no half is called {half!r}: there are {' and '.join(HALVES)}")
    for path in sorted((gold / half).glob("[!_]*.json")):
        yield _passage(path, corpus)


def aliases(half: str, gold: Path = GOLD) -> dict[str, list[str]]:
    """Other names of what the facts of a half name: those of both halves, and its own."""
    found: dict[str, set[str]] = {}
    for path in (gold / ALIASES, gold / half / ALIASES):
        for name, others in json.loads(path.read_text("utf-8")).items() if path.exists() else ():
            found.setdefault(name, set()).update(others)
    return {name: sorted(others) for name, others in sorted(found.items())}


def materialise(half: str, out: Path, corpus: Path = CORPUS, gold: Path = GOLD) -> int:
    """Write a half as `NN-slug.txt`, `.json`, `.gold.jsonl` and `_aliases.json` into `out`: how many passages these are.

    Refused where `out` is not empty: the scorer would count what is left of an earlier run.
    """
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        raise GoldError(f"{out} is not empty: give a new folder")
    (out / ALIASES).write_text(_json(aliases(half, gold), indent=1), "utf-8")
    count = 0
    for count, passage in enumerate(passages(half, corpus, gold), start=1):
        name = f"{count:02}-{passage.stem.split('__')[-1]}"
        facts = [_with_sentence(fact, passage.sentence(fact)) for fact in passage.facts]
        (out / f"{name}.txt").write_text(passage.words, "utf-8", newline="")
        (out / f"{name}.json").write_text(_json(passage.sidecar, indent=1), "utf-8")
        (out / f"{name}.gold.jsonl").write_text("".join(_json(fact) for fact in facts), "utf-8")
    return count


def _passage(path: Path, corpus: Path) -> Passage:
    sidecar = json.loads(path.read_text("utf-8"))
    stored = (corpus / sidecar["file"]).read_bytes()
    if (seen := hashlib.sha256(stored).hexdigest()) != sidecar["sha256"]:
        raise GoldError(f"{sidecar['file']} is not the file the gold was written for: sha256 {seen}, wanted {sidecar['sha256']}")
    text = stored.decode("utf-8")
    if not 0 <= sidecar["start"] < sidecar["end"] <= len(text):
        raise GoldError(
            f"{path.stem}: the passage {sidecar['start']}-{sidecar['end']} is outside the file of {len(text)} code points"
        )
    lines = path.with_suffix(".gold.jsonl").read_text("utf-8").splitlines()
    return Passage(path.stem, text, sidecar["start"], sidecar["end"], sidecar, tuple(json.loads(line) for line in lines if line))


def _with_sentence(fact: dict[str, Any], sentence: str) -> dict[str, Any]:
    rest = {key: value for key, value in fact.items() if key not in {"id", "start", "end"}}
    return {"id": fact["id"], "sentence": sentence, **rest}


def _json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent) + "\n"


def main() -> int:
    """Write the half that was asked for; 1 where gold and corpus do not fit."""
    parser = argparse.ArgumentParser(prog="python -m tests.gold.materialise", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("half", nargs="?", choices=HALVES, default="tuning")
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    try:
        count = materialise(args.half, args.out)
    except (GoldError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{count} passages in {args.out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
