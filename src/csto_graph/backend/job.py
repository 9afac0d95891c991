"""What passes between the service and a reader process: a job one way, frames the other.

A frame is one letter and its content: `W` a whole answer of which there is nothing to tell, else `D` bytes of it and `E` its
end (JSON); `R` a refusal (JSON),
`X` a limit of the reader's own that was passed (JSON), `F` another endpoint that did not answer (JSON),
`B` a store that cannot be opened (JSON).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final, Self

from csto_graph.backend.interface import Limits, Query

WHOLE: Final = b"W"
DATA: Final = b"D"
END: Final = b"E"
REFUSED: Final = b"R"
EXCEEDED: Final = b"X"
FAILED: Final = b"F"
BROKEN: Final = b"B"
LARGEST_FRAME: Final = 65_536  # bytes


@dataclass(frozen=True, slots=True)
class Job:
    """A query to be put to the store in a folder, and how the answer is wanted."""

    store: str
    query: Query
    syntax: str
    limits: Limits

    def encode(self) -> bytes:
        """JSON, as nothing that comes out of a pipe should be able to run."""
        record = _fields(self) | {"query": _fields(self.query), "limits": _fields(self.limits)}
        return json.dumps(record).encode()

    @classmethod
    def decode(cls, content: bytes) -> Self:
        """The job that was encoded."""
        record = json.loads(content)
        asked = record["query"]
        limits: dict[str, Any] = record["limits"]
        limits |= {name: tuple(limits[name]) for name in ("services", "networks")}
        query = Query(asked["text"], tuple(asked["default_graphs"]), tuple(asked["named_graphs"]))
        return cls(record["store"], query, record["syntax"], Limits(**limits))


def _fields(record: Job | Query | Limits) -> dict[str, Any]:
    """Of the record itself: `dataclasses.asdict` copies to the ground, which takes as long as a look-up."""
    return {name: getattr(record, name) for name in record.__slots__}


def frame(kind: bytes, record: dict[str, Any]) -> bytes:
    """A frame with a JSON object."""
    return kind + json.dumps(record).encode()
