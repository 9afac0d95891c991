"""What can be matched in one release: things by their names and identifiers, the types, and the properties they have.

Held in memory, as the likeness of names is nothing that SPARQL can say. Nothing in here changes once it is built, except that
names of the things of a type are gathered when they are first asked for.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final, Literal

from csto_graph.likeness import Names
from csto_graph.namespaces import CST, ID, PREFIXES

_MOST_SELECTED: Final = 400_000  # names of all selections by types that are kept, some 100 MB


class How(IntEnum):
    """How a name is its thing's, the surest first. A hidden label may be another's too."""

    LABEL = 0
    ALTERNATIVE = 1
    HIDDEN = 2


@dataclass(frozen=True, slots=True)
class Term:
    """A type or a property: what it is called, in English first, and what it is under or takes."""

    iri: str
    names: tuple[str, ...]
    broader: tuple[str, ...] = ()  # of a type: its direct superclasses
    range: str = ""  # of a property: the class of its values
    sort: Literal["type", "property", "code", "links"] = "type"

    @property
    def name(self) -> str:
        """What it is called."""
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing: its label, all its names with how they are its own, and every type it has."""

    iri: str
    names: tuple[tuple[str, How], ...]  # the label first
    types: frozenset[str]

    @property
    def label(self) -> str:
        """What it is called."""
        return self.names[0][0]


@dataclass(frozen=True, slots=True)
class Index:
    """The things of a release. `identifiers` leads from codes and IRIs to things; `used` from a type to how often its
    things have a property."""

    entities: Mapping[str, Entity]
    types: Mapping[str, Term]
    properties: Mapping[str, Term]
    identifiers: Mapping[str, tuple[str, ...]]
    used: Mapping[str, Mapping[str, int]]
    owners: Mapping[str, tuple[tuple[str, How], ...]]  # name → whose it is
    all_names: Names
    _selections: dict[frozenset[str], Names] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def names(self, types: frozenset[str] = frozenset()) -> Names:
        """The names of the things that have one of these types; of all without any."""
        if not types:
            return self.all_names
        with self._lock:
            found = self._selections.get(types)
            if found is None:
                chosen = (each for each in self.entities.values() if types & each.types)
                found = self.all_names.among(name for each in chosen for name, _ in each.names)
                while self._selections and len(found) + sum(map(len, self._selections.values())) > _MOST_SELECTED:
                    self._selections.pop(next(iter(self._selections)))
                self._selections[types] = found
            return found

    def entity(self, named: str) -> Entity | None:
        """The thing of an IRI, `id:state/armenia` or `state/armenia`."""
        return next((self.entities[iri] for iri in _spellings(named) if iri in self.entities), None)

    def type(self, named: str) -> Term | None:
        """The type of an IRI, `cst:State` or `State`."""
        return next((self.types[iri] for iri in _spellings(named) if iri in self.types), None)

    def property(self, named: str) -> Term | None:
        """The property of an IRI, `cst:memberOf` or `memberOf`."""
        return next((self.properties[iri] for iri in _spellings(named) if iri in self.properties), None)

    def kinds(self, entity: Entity) -> list[Term]:
        """The types of a thing that say most of it: none of them is above another."""
        known = [self.types[iri] for iri in sorted(entity.types) if iri in self.types]
        above = {iri for term in known for iri in self._above(term)}
        return [term for term in known if term.iri not in above]

    def _above(self, term: Term) -> set[str]:
        found: set[str] = set()
        waiting = list(term.broader)
        while waiting:
            iri = waiting.pop()
            if iri not in found:
                found.add(iri)
                waiting += self.types[iri].broader if iri in self.types else ()
        return found


def last(iri: str) -> str:
    """What an IRI ends with: `Q399`, also where a slash follows."""
    return iri.rstrip("/").rpartition("/")[2]


def owners_of(entities: Iterable[Entity]) -> dict[str, tuple[tuple[str, How], ...]]:
    """Each name with the things that have it."""
    found: dict[str, list[tuple[str, How]]] = {}
    for entity in entities:
        for name, how in entity.names:
            found.setdefault(name, []).append((entity.iri, how))
    return {name: tuple(whose) for name, whose in found.items()}


def _spellings(named: str) -> Iterator[str]:
    yield named
    prefix, colon, rest = named.partition(":")
    if colon and prefix in PREFIXES:
        yield f"{PREFIXES[prefix]}{rest}"
    yield f"{ID}{named}"
    yield f"{CST}{named}"
