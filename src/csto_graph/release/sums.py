"""Checksums of what is written, while it is written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any, Protocol


class Sink(Protocol):
    """Whatever takes bytes: a file, a pipe, a checksum."""

    def write(self, data: bytes, /) -> object:
        """Takes the next bytes."""


@dataclass(slots=True)
class Summed:
    """Passes bytes on, if there is where to, and knows their SHA-256 and their number."""

    out: Sink | None = None
    length: int = 0
    _hash: Any = field(default_factory=hashlib.sha256)

    @property
    def sha256(self) -> str:
        """Of what was written so far, in hexadecimal."""
        return str(self._hash.hexdigest())

    def write(self, data: bytes) -> int:
        """Takes the next bytes."""
        self._hash.update(data)
        self.length += len(data)
        if self.out is not None:
            self.out.write(data)
        return len(data)

    def flush(self) -> None:
        """Nothing: whoever gave `out` flushes it."""


def sum_line(sha256: str, name: str) -> str:
    """A line that `sha256sum --check` reads: the checksum, two spaces, the file's name."""
    return f"{sha256}  {name}\n"
