"""What passes between the service and the writer's process: an order one way, frames the other, and one word back.

Frames as in `job`, and further: `P` a change that is ready to be published, `C` a change that was made, `N` one that was not
because of what it touches or leaves, `U` one that cannot be made now. After `P` the writer waits for `GO`.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from csto_graph.backend.interface import (
    Change,
    Changed,
    Document,
    Forbidden,
    GraphWrite,
    Precondition,
    Rejected,
    UnknownGraph,
    Unmet,
    Update,
)
from csto_graph.model import Finding, Release, Report

READY: Final = b"P"
CHANGED: Final = b"C"
DECLINED: Final = b"N"
BUSY: Final = b"U"
GO: Final = b"G"

Declined = Forbidden | Rejected | UnknownGraph | Unmet


def encode(change: Change) -> bytes:
    """JSON, as nothing that comes out of a pipe should be able to run."""
    record = asdict(change)
    for document in record.get("documents", ()):
        document["content"] = b64encode(document["content"]).decode()
    return json.dumps(record).encode()


def decode(content: bytes) -> Change:
    """The change that was encoded."""
    record = json.loads(content)
    only_if = _precondition(record["only_if"])
    if "text" in record:
        return Update(record["text"], tuple(record["using_graphs"]), tuple(record["using_named_graphs"]), only_if)
    documents = tuple(Document(b64decode(d["content"]), d["media_type"], d["base"]) for d in record["documents"])
    return GraphWrite(record["graph"], record["way"], documents, record["patch"], only_if)


def _precondition(record: dict[str, Any]) -> Precondition:
    match, none_match = (None if record[name] is None else tuple(record[name]) for name in ("match", "none_match"))
    return Precondition(match, none_match, record["unmodified_since"])


def changed_record(changed: Changed) -> dict[str, Any]:
    """A result as plain values."""
    return asdict(changed) | {"release": asdict(changed.release) | {"folder": str(changed.release.folder)}}


def changed_from(record: dict[str, Any]) -> Changed:
    """The result again."""
    kept = record["release"]
    release = Release(kept["number"], Path(kept["folder"]), kept["content"], kept["published"])
    return Changed(release, record["added"], record["removed"], record["skolemised"], tuple(record["created"]))


def declined_record(error: Declined) -> dict[str, Any]:
    """Why a change was not made, as plain values."""
    if isinstance(error, Forbidden):
        return {"forbidden": error.graphs}
    if isinstance(error, Rejected):
        return {"findings": [asdict(finding) for finding in error.report.findings], "checked": error.report.checked}
    return {"unmet": error.number} if isinstance(error, Unmet) else {"unknown": str(error)}


def declined_from(record: dict[str, Any]) -> Declined:
    """The reason again."""
    if "forbidden" in record:
        return Forbidden(tuple(record["forbidden"]))
    if "findings" in record:
        return Rejected(Report(tuple(Finding(**finding) for finding in record["findings"]), record["checked"]))
    return Unmet(record["unmet"]) if "unmet" in record else UnknownGraph(record["unknown"])
