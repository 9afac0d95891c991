"""The scorer, which lies outside the project: the same rules for everybody who is measured."""

from __future__ import annotations

import importlib.util
import json
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from csto_graph.lines import json_lines
from csto_graph.model import Statement


class Scorer:
    """`score_extraction.py` of a shared folder, loaded by path. Raises `FileNotFoundError` where it does not lie there."""

    def __init__(self, shared: Path) -> None:
        self.module = _loaded(shared / "tools" / "score_extraction.py")

    def score(self, gold: Path, statements: Mapping[str, Iterable[Statement]]) -> dict[str, Any]:
        """What the scorer says of the statements of each text (by the stem of its file) against a folder of gold."""
        with tempfile.TemporaryDirectory() as folder:
            for stem, read in statements.items():
                (Path(folder) / f"{stem}.jsonl").write_text("".join(f"{line}\n" for line in json_lines(read)), encoding="utf-8")
            return dict(self.module.score(gold, Path(folder)))

    def names(self, gold: Path) -> Any:
        """The aliases of a folder of gold."""
        return self.module.Names(json.loads((gold / "_aliases.json").read_text(encoding="utf-8")))


def _loaded(path: Path) -> ModuleType:
    if not path.is_file():
        raise FileNotFoundError(f"{path}: the scorer is not here; name the folder that holds tools/ and gold/ with --shared")
    spec = importlib.util.spec_from_file_location("score_extraction", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
