"""Which of our classes the words for a type stand for: `data/reference/class-words.tsv`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from csto_graph.errors import RefusedData
from csto_graph.likeness import folded
from csto_graph.tsv import rows

_HEADER: Final = ("class", "words")


def load_words(path: Path) -> Mapping[str, str]:
    """Folded words → the local name of a class. Raises `RefusedData` naming the line where two classes have the same words."""
    found: dict[str, str] = {}
    for row in rows(path, _HEADER):
        for words in row.several("words"):
            if found.setdefault(folded(words), row.cells["class"]) != row.cells["class"]:
                raise RefusedData(row.place, f"{words!r} is a {found[folded(words)]} already", "Keep it with one class")
    return found


def classes(types: Iterable[str], words: Mapping[str, str], given: Mapping[str, str]) -> set[str]:
    """The classes of ours that types stand for: those `given` by their IRIs, else by the words for them."""
    found = (given.get(each) or words.get(folded(_words(each))) for each in types)
    return {each for each in found if each is not None}


def _words(type_: str) -> str:
    """`…/SovereignState` → `Sovereign State`; words stay what they are."""
    if "://" not in type_:
        return type_
    last = re.split(r"[/#:]", type_.rstrip("/#"))[-1]
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[_-]", " ", last)
