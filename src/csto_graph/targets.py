"""The data sets that we link to: `data/mappings/targets.tsv`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from csto_graph.errors import RefusedData
from csto_graph.namespaces import BASE, GRAPH
from csto_graph.tsv import Row, rows

TARGET_TABLE: Final = "targets.tsv"
TARGET_HEADER: Final = ("name", "title", "prefix", "namespace", "pattern", "homepage", "licence")
_NAME = re.compile(r"[a-z]+(-[a-z]+)*")
_ADDRESS = re.compile(r"https?://[^\s/]+/\S*")


@dataclass(frozen=True, slots=True)
class Target:
    """A data set: how its IRIs look, where it is at home, and under which terms it is published."""

    name: str  # of its file, `<name>.sssom.tsv`, and its graph, `graph/links/<name>`
    title: str
    prefix: str  # what its namespace is shortened to
    namespace: str
    pattern: str  # what follows the namespace, as a regular expression
    homepage: str
    licence: str  # an address

    @property
    def iri(self) -> str:
        """What stands for the data set: the `object_source` of its links, the `void:objectsTarget` of its linkset."""
        return f"{BASE}dataset/{self.name}"

    @property
    def graph(self) -> str:
        """The IRI of the graph that holds the links."""
        return f"{GRAPH}links/{self.name}"

    def holds(self, iri: str) -> bool:
        """Whether an IRI is spelled as those of this data set are."""
        return iri.startswith(self.namespace) and re.fullmatch(self.pattern, iri.removeprefix(self.namespace)) is not None


def load_targets(folder: Path) -> tuple[Target, ...]:
    """The targets of `folder/targets.tsv`, by name. Raises `RefusedData` naming the line of what cannot be meant."""
    found: dict[str, Target] = {}
    for row in rows(folder / TARGET_TABLE, TARGET_HEADER):
        target = Target(**row.cells)
        _refuse(row, target, found.values())
        found[target.name] = target
    return tuple(found[name] for name in sorted(found))


def _refuse(row: Row, target: Target, earlier: Iterable[Target]) -> None:
    if not _NAME.fullmatch(target.name) or not _NAME.fullmatch(target.prefix):
        problem = f"{target.name!r} or {target.prefix!r} is no name"
        raise RefusedData(row.place, problem, "Write lower-case words joined by hyphens")
    if not all(_ADDRESS.fullmatch(each) for each in (target.namespace, target.homepage, target.licence)):
        problem = f"namespace, homepage or licence of {target.name} is no address"
        raise RefusedData(row.place, problem, "Write all three from http:// or https://")
    try:
        re.compile(target.pattern)
    except re.error as error:
        raise RefusedData(row.place, f"{target.pattern!r} is no regular expression ({error})", "Correct it") from None
    if any({other.name, other.prefix, other.namespace} & {target.name, target.prefix, target.namespace} for other in earlier):
        raise RefusedData(row.place, f"{target.name} has name, prefix or namespace of another target", "Keep one of the two")
