"""Whether a change may be made to the release that is current: RFC 9110, section 13.1, looked at where nobody else can write."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from csto_graph.backend.interface import Change, GraphWrite, Unmet
from csto_graph.model import Release
from csto_graph.release.drafts import Draft
from csto_graph.release.history import history
from csto_graph.release.turtle import GraphName


def require_met(change: Change, draft: Draft, graph: GraphName | None) -> None:
    """Raises `Unmet`, or lets the change pass; `graph` is the one it is sent to, None where it is an update.

    What could not be done anyhow, such as dropping a graph that is not there, passes (section 13.2.1).
    """
    exists = graph is None or draft.before.contains_named_graph(graph)
    if not exists and isinstance(change, GraphWrite) and change.way in {"drop", "patch"}:
        return
    asked, release = change.only_if, draft.release
    if asked.match is not None:
        met = _names(asked.match, release, exists=exists)
    else:
        met = asked.unmodified_since is None or history(draft.home)[-1].since <= datetime.fromisoformat(asked.unmodified_since)
    if not met or (asked.none_match is not None and _names(asked.none_match, release, exists=exists)):
        raise Unmet(release.number)


def _names(tags: Iterable[str], release: Release, *, exists: bool) -> bool:
    """Whether one of the tags is the number of the release, or was the tag of an answer from it; `*` is any graph there is."""
    return any(exists if tag == "*" else tag == str(release.number) or tag.startswith(f"{release.tag}-") for tag in tags)
