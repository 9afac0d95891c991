"""Triples by subject and by object, for pages that look each node up many times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from csto_graph.namespaces import OWL, RDF

Node = str  # an IRI, or _: and the label of a blank node


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """A literal: without a language the language is empty, without another datatype it is that of strings."""

    value: str
    language: str
    datatype: str


class Index:
    """The triples of one document. What comes of a look-up is sorted, so that pages are the same each time."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._forward: defaultdict[tuple[Node, Node], set[Node | Text]] = defaultdict(set)
        self._back: defaultdict[tuple[Node, Node], set[Node]] = defaultdict(set)
        for triple in triples:
            subject, predicate, object_ = _key(triple.subject), triple.predicate.value, _key(triple.object)
            assert isinstance(subject, str)
            self._forward[subject, predicate].add(object_)
            if isinstance(object_, str):
                self._back[predicate, object_].add(subject)
        self._predicates: defaultdict[Node, set[Node]] = defaultdict(set)
        for subject, predicate in self._forward:
            self._predicates[subject].add(predicate)

    def nodes(self, subject: Node, predicate: str) -> list[Node]:
        """The objects that are no literals."""
        return sorted(value for value in self._forward.get((subject, str(predicate)), ()) if isinstance(value, str))

    def texts(self, subject: Node, predicate: str) -> list[Text]:
        """The objects that are literals, English ones first."""
        found = (value for value in self._forward.get((subject, str(predicate)), ()) if isinstance(value, Text))
        return sorted(found, key=lambda text: (text.language != "en", text.language, text.value))

    def text(self, subject: Node, predicate: str) -> str:
        """The first of them; empty where there is none."""
        return next((text.value for text in self.texts(subject, predicate)), "")

    def subjects(self, predicate: str, object_: Node) -> list[Node]:
        """Whatever has this node as an object."""
        return sorted(self._back.get((str(predicate), object_), ()))

    def typed(self, *types: str) -> list[Node]:
        """The nodes of any of these types that have an IRI."""
        found = {node for type_ in types for node in self.subjects(str(RDF.type), str(type_))}
        return sorted(node for node in found if not node.startswith("_:"))

    def predicates(self, subject: Node) -> list[Node]:
        """What is said of a node."""
        return sorted(self._predicates.get(subject, ()))

    def members(self, node: Node) -> Iterator[Node]:
        """The members of a list."""
        seen = {str(RDF.nil)}  # a list that somebody wrote may lead back into itself
        while node not in seen:
            seen.add(node)
            yield from self.nodes(node, str(RDF.first))[:1]
            node = next(iter(self.nodes(node, str(RDF.rest))), str(RDF.nil))

    def inverted(self, node: Node) -> Node | None:
        """The property of which a blank node is the inverse."""
        return next(iter(self.nodes(node, str(OWL.inverseOf))), None) if node.startswith("_:") else None


def _key(term: NamedNode | BlankNode | Literal | Triple) -> Node | Text:
    if isinstance(term, Literal):
        return Text(term.value, term.language or "", term.datatype.value)
    return term.value if isinstance(term, NamedNode) else str(term)
