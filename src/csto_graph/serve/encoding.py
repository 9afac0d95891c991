"""Answers compressed for who asks for that (RFC 9110, section 12.5.3)."""

from __future__ import annotations

import gzip
import zlib
from functools import lru_cache
from tempfile import SpooledTemporaryFile
from typing import Final

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from csto_graph.backend.interface import Answer

LEAST: Final = 1_000  # bytes; what is shorter gains nothing
_LEVEL: Final = 5
_PIECE: Final = 2**18  # bytes
_IN_MEMORY: Final = 2**20  # bytes


@lru_cache(maxsize=256)  # clients are of few kinds
def wants_gzip(accepted: str | None) -> bool:
    """Whether Accept-Encoding names gzip, itself or by `*`, and prefers nothing to it."""
    if not accepted:
        return False
    encodings = parse_accept_header(accepted, Accept)
    named = {name.lower(): quality for name, quality in encodings}
    others = named.get("*", 0.0)
    wanted = named.get("gzip", others)
    return wanted > 0 and wanted >= named.get("identity", 0.0)


def packed(content: bytes) -> bytes:
    """In the format of RFC 1952, the same bytes each time."""
    return gzip.compress(content, _LEVEL, mtime=0)


class Packed:
    """A long answer compressed as a whole before the first byte leaves, so that its length can be told."""

    def __init__(self, answer: Answer) -> None:
        self._file: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # `close` closes it
        with answer:
            deflating = zlib.compressobj(_LEVEL, wbits=31)
            while piece := answer.read(_PIECE):
                self._file.write(deflating.compress(piece))
            self._file.write(deflating.flush())
        self.length = self._file.tell()
        self._file.seek(0)

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        return self._file.read(size)

    def close(self) -> None:
        """Lets go of the file."""
        self._file.close()
