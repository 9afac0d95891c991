"""A description as pages read it: by subject, by object, with a label for everything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from csto_graph.namespaces import RDF, RDFS, XSD, curie
from csto_graph.serve.pages import Cell, cell, leads_to

Term = ox.NamedNode | ox.Literal
_LABEL: Final = str(RDFS.label)
_OBVIOUS: Final = frozenset(str(XSD[name]) for name in ("string", "date", "gYear", "gYearMonth", "anyURI"))
_LANGUAGES: Final = ("en", "")  # of labels, the first that there is


class Told:
    """The triples of one description about one thing."""

    def __init__(self, iri: str, triples: Iterable[ox.Triple]) -> None:
        self.iri = iri
        self._about: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        self._to: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._named: dict[str, Cell] = {}
        for triple in sorted(triples, key=str):
            subject, property_, value = triple.subject, triple.predicate.value, triple.object
            if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
                self._about[subject.value][property_].append(value)
                if isinstance(value, ox.NamedNode):
                    self._to[value.value].append((subject.value, property_))

    def subjects(self) -> tuple[str, ...]:
        """Everything that something is told of."""
        return tuple(self._about)

    def about(self, iri: str) -> Mapping[str, list[Term]]:
        """Property → values."""
        return self._about.get(iri, {})

    def values(self, iri: str, property_: object) -> list[str]:
        """The values of one property, as IRIs or as characters."""
        return [value.value for value in self.about(iri).get(str(property_), ())]

    def first(self, iri: str, property_: object) -> str:
        """The first of them; empty without any."""
        return next(iter(self.values(iri, property_)), "")

    def number(self, iri: str, property_: object) -> int:
        """A count or an offset; -1 where none is told, as whoever may write may write anything."""
        text = self.first(iri, property_)
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else -1

    def pointing(self, iri: str) -> list[tuple[str, str]]:
        """Subject and property of each triple whose object it is."""
        return self._to.get(iri, [])

    def is_a(self, iri: str, class_: object) -> bool:
        """Whether it is told to be one."""
        return str(class_) in self.values(iri, RDF.type)

    def label(self, iri: str) -> str:
        """In English, else in no language, else in any; without a label the IRI in short."""
        labels = [value for value in self.about(iri).get(_LABEL, ()) if isinstance(value, ox.Literal)]
        known = {value.language or "": value.value for value in reversed(labels)}
        return next((known[each] for each in _LANGUAGES if each in known), next(iter(known.values()), curie(iri)))

    def named(self, iri: str) -> Cell:
        """A thing by its label, leading to its page."""
        found = self._named.get(iri)
        if found is None:
            found = self._named[iri] = Cell(self.label(iri), iri=iri, href=leads_to(iri))
        return found

    def shown(self, value: Term) -> Cell:
        """A value: a thing by its label, a literal by its characters."""
        if isinstance(value, ox.NamedNode):
            return self.named(value.value)
        return self.literal({"value": value.value, "datatype": value.datatype.value, "xml:lang": value.language or ""})

    @staticmethod
    def literal(value: Mapping[str, str]) -> Cell:
        """Its characters; of the datatypes only those are named that nobody sees."""
        datatype = value.get("datatype", "")
        return cell({**value, "type": "literal", "datatype": "" if datatype in _OBVIOUS else datatype})

    @cached_property
    def title(self) -> str:
        """What the page is called."""
        return self.label(self.iri)
