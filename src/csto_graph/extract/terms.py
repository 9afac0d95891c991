"""What the ontology says of argument types: subclasses, domains and ranges, by local name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from csto_graph.namespaces import CST, RDFS
from csto_graph.turtle import read_turtle


class Terms:
    """Classes and properties of the ontology, as far as frames need them."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        parents: dict[str, set[str]] = defaultdict(set)
        self._domain: dict[str, str] = {}
        self._range: dict[str, str] = {}
        for triple in triples:
            subject, predicate, object_ = (getattr(term, "value", "") for term in triple)
            name = _local(subject)
            if predicate == str(RDFS.subClassOf) and _local(object_):
                parents[name].add(_local(object_))
            elif predicate == str(RDFS.domain):
                self._domain[name] = _local(object_)
            elif predicate == str(RDFS.range):
                self._range[name] = _local(object_) or object_.rpartition("#")[2]
        self._ancestors = {name: _closure(name, parents) for name in {*parents, *(p for ps in parents.values() for p in ps)}}

    def is_a(self, type_: str, wanted: str) -> bool:
        """Whether class `type_` is `wanted` or under it."""
        return type_ == wanted or wanted in self._ancestors.get(type_, ())

    def domain(self, predicate: str) -> str:
        """The class a predicate's subject must have."""
        return self._domain.get(predicate, "")

    def range(self, predicate: str) -> str:
        """The class a predicate's object must have, or the local name of its datatype (`date`, `string`, `integer`)."""
        return self._range.get(predicate, "")


def load_terms(path: Path) -> Terms:
    """Reads `ontology/csto.ttl`. Raises `RefusedData` naming the line of a syntax error."""
    return Terms(read_turtle(path))


def _local(iri: str) -> str:
    return iri.removeprefix(str(CST)) if iri.startswith(str(CST)) else ""


def _closure(name: str, parents: Mapping[str, set[str]]) -> frozenset[str]:
    seen: set[str] = set()
    open_ = list(parents.get(name, ()))
    while open_:
        parent = open_.pop()
        if parent not in seen:
            seen.add(parent)
            open_.extend(parents.get(parent, ()))
    return frozenset(seen)
