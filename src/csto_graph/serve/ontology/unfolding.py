"""The blank nodes of an ontology, for which a release has IRIs (RDF 1.1 Concepts, section 3.5), blank again.

In OWL 2 the lists of property chains and the inverses in them are blank nodes, each used once (OWL 2 Mapping to RDF Graphs).
Where a release has one IRI for two of which the same is said, each gets a node of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Triple

from csto_graph.namespaces import GENID

_MOST: Final = 10_000  # nodes; beyond, and where nodes lead back to themselves, IRIs stay as they are
_DEEPEST: Final = 100  # nodes of which each leads to the next, such as those of a list


def unfolded(triples: Iterable[Triple]) -> Iterator[Triple]:
    """The triples in their order, those of a blank node after the one that leads to it."""
    outgoing: defaultdict[str, list[Triple]] = defaultdict(list)
    named: list[Triple] = []
    for triple in triples:
        (outgoing[_iri(triple.subject)] if _stands_for_blank(triple.subject) else named).append(triple)
    numbers, reached = count(), set[str]()

    def from_(subject: NamedNode | BlankNode, triple: Triple, way: tuple[str, ...]) -> Iterator[Triple]:
        node = triple.object
        if not _stands_for_blank(node) or _iri(node) in way or len(way) >= _DEEPEST or (number := next(numbers)) >= _MOST:
            yield Triple(subject, triple.predicate, node)
            return
        blank, iri = BlankNode(f"b{number}"), _iri(node)
        reached.add(iri)
        yield Triple(subject, triple.predicate, blank)
        for inner in outgoing.get(iri, ()):
            yield from from_(blank, inner, (*way, iri))

    for triple in named:
        assert isinstance(triple.subject, NamedNode | BlankNode)
        yield from from_(triple.subject, triple, ())
    yield from (triple for iri, said in outgoing.items() if iri not in reached for triple in said)


def _stands_for_blank(term: object) -> bool:
    return isinstance(term, NamedNode) and term.value.startswith(GENID)


def _iri(term: object) -> str:
    assert isinstance(term, NamedNode)
    return term.value
