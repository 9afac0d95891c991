"""What a release holds, counted by the queries that its `void.ttl` was counted with."""

from __future__ import annotations

from collections.abc import Iterator

from csto_graph import resources
from csto_graph.model import Release
from csto_graph.serve.rows import rows
from csto_graph.targets import Target, load_targets
from csto_graph.void.counting import Contents, counted


def contents(release: Release) -> Contents:
    """The figures of a release. Each query is one of the client's turns, and its answer is kept like any other."""

    def ask(query: str) -> Iterator[dict[str, str]]:
        for row in rows(release, query):
            yield {name: term["value"] for name, term in row.items()}

    return counted(ask)


def targets() -> tuple[Target, ...]:
    """The datasets that links may lead to."""
    return load_targets(resources.root() / "data" / "mappings")
