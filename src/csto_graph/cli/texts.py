"""The texts that were read, written where a person can hold the evidence against them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from csto_graph.errors import WrongCall

if TYPE_CHECKING:
    from csto_graph.pipeline import SourceRead

_REMEDY = "Name a folder that can be written"


def write_texts(readings: Iterable[SourceRead], folder: Path, files: Sequence[Path]) -> Iterator[SourceRead]:
    """The readings, each after its text was written to `folder/<name of the file>.txt`.

    Raises `WrongCall` where the folder cannot be made or written, or where two files have one name.
    """
    twice = [name for name, count in Counter(path.name for path in files).items() if count > 1]
    if twice:
        raise WrongCall(folder / f"{twice[0]}.txt", "two texts would be written here", "Read files of one name one by one")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongCall(folder, f"cannot be made ({error.strerror})", _REMEDY) from None
    return _written(readings, folder)


def _written(readings: Iterable[SourceRead], folder: Path) -> Iterator[SourceRead]:
    for reading in readings:
        path = folder / f"{reading.source.path.name}.txt"
        try:
            path.write_bytes(reading.source.text.encode())
        except OSError as error:
            raise WrongCall(path, f"cannot be written ({error.strerror})", _REMEDY) from None
        yield reading
