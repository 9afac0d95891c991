"""Links as they are checked: each with its file and line, and the data set it leads to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from csto_graph.model import Mapping
from csto_graph.namespaces import OWL, SKOS
from csto_graph.sssom import NO_TERM_FOUND, read_mappings
from csto_graph.targets import Target

Kind = Literal["syntax", "conflict", "label", "type", "moved", "merged", "deleted", "unanswered"]

SAME: Final = frozenset({str(OWL.sameAs), str(SKOS.exactMatch)})  # the two ends are one thing


@dataclass(frozen=True, slots=True)
class Link:
    """A link that was decided; `target` is None where no data set is declared that it could lead to."""

    place: str  # file:line
    mapping: Mapping
    target: Target | None


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a link and what to do; `unanswered` says that it could not be found out."""

    link: Link
    kind: Kind
    problem: str
    remedy: str

    @property
    def broken(self) -> bool:
        """Whether something is known to be wrong."""
        return self.kind != "unanswered"


def read_links(paths: Iterable[Path], targets: tuple[Target, ...]) -> tuple[Link, ...]:
    """The links of some SSSOM files, in their order; pairs that were rejected and things that were not found are none.

    What a later file says of a pair counts, as it does for a build. Raises `RefusedData` naming the line of what is no mapping.
    """
    decided: dict[tuple[str, str], list[Link]] = {}
    for path in paths:
        found = read_mappings(path)
        said: dict[tuple[str, str], list[Link]] = defaultdict(list)
        for place, mapping in zip(found.places, found.mappings, strict=True):
            said[mapping.subject, mapping.object].append(Link(place, mapping, _target(path, mapping, targets)))
        decided = {pair: links for pair, links in decided.items() if pair not in said} | said
    return tuple(link for links in decided.values() for link in links if _holds(link.mapping))


def _holds(mapping: Mapping) -> bool:
    return not mapping.negated and mapping.object != NO_TERM_FOUND


def _target(path: Path, mapping: Mapping, targets: tuple[Target, ...]) -> Target | None:
    """By what the row or its file says, else by the IRI."""
    said = {mapping.object_source, path.name.removesuffix(".sssom.tsv")}
    named = next((target for target in targets if {target.iri, target.name} & said), None)
    return named or next((target for target in targets if mapping.object.startswith(target.namespace)), None)
