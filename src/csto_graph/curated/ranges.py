"""What the ontology says may stand at either end of a statement, so that a table that says otherwise is refused by its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from csto_graph.namespaces import CST, RDFS
from csto_graph.turtle import read_turtle


@dataclass(frozen=True, slots=True)
class Ranges:
    """By local name: the classes above each class, and the domain and range of each property."""

    above: dict[str, set[str]]
    domains: dict[str, str]
    ranges: dict[str, str]

    def is_class(self, name: str) -> bool:
        """Whether something can be of that class."""
        return name in self.above

    def is_a(self, type_: str, wanted: str) -> bool:
        """Whether the class is the wanted one or under it."""
        return wanted in self._upwards(type_)

    def _upwards(self, name: str) -> Iterator[str]:
        yield name
        for parent in self.above.get(name, ()):
            yield from self._upwards(parent)


def load_ranges(ontology: Path) -> Ranges:
    """Reads `ontology/csto.ttl`. Raises `RefusedData` naming the line of a syntax error."""
    found = Ranges({}, {}, {})
    for triple in read_turtle(ontology):
        subject, predicate, object_ = (getattr(term, "value", "") for term in triple)
        name, other = subject.removeprefix(CST), object_.removeprefix(CST).rpartition("#")[2]
        if triple.object == _CLASS:
            found.above.setdefault(name, set())
        elif predicate == str(RDFS.subClassOf):
            found.above.setdefault(name, set()).add(other)
        elif predicate == str(RDFS.domain):
            found.domains[name] = other
        elif predicate == str(RDFS.range):
            found.ranges[name] = other
    return found


_CLASS = ox.NamedNode("http://www.w3.org/2002/07/owl#Class")
