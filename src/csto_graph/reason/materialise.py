"""The triples that follow by the OWL 2 RL rules (OWL 2 Profiles, section 4.3), without those that say nothing.

`reasonable` does the rules, save those of property chains, which it lacks: prp-spo2 is ours. A clash it passes in silence: see
`clashes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pyoxigraph as ox
import reasonable  # type: ignore[import-untyped]  # a compiled module without type information
from rdflib import Literal, URIRef
from rdflib.term import Node

from csto_graph.namespaces import OWL, RDF, RDFS, XSD
from csto_graph.reason.rules import dataset, uses
from csto_graph.reason.turtle import n_triples
from csto_graph.turtle import read_turtle

# Everything is one of these: to say so is true and tells nobody anything.
_EMPTY_TYPES: Final = frozenset({OWL.Thing, OWL.NamedIndividual, RDFS.Resource, RDFS.Literal})
_VOCABULARIES: Final = (str(OWL), str(RDF), str(RDFS), str(XSD))


def materialise(ontology: Path, asserted: Iterable[ox.Triple]) -> list[ox.Triple]:
    """The triples about things that ontology and asserted triples entail and that were not asserted, sorted.

    Left out: what follows about the terms of the ontology themselves, typing as `owl:Thing` and the like,
    a thing being the same as itself, and whatever speaks of a blank node.
    """
    schema, stated = read_turtle(ontology), set(asserted)
    found: set[ox.Triple] = set()
    while True:  # what a chain gives may be a premise of any other rule, and the other way about
        found |= plainly_entailed(schema, [*stated, *found])
        chained = _chained(schema, stated | found) - stated - found
        if not chained:
            return sorted(found, key=str)
        found |= chained


def plainly_entailed(schema: Sequence[ox.Triple], triples: Iterable[ox.Triple]) -> set[ox.Triple]:
    """What follows about things without the property chains, all that `reasonable` finds."""
    terms = {str(triple.subject.value) for triple in schema if isinstance(triple.subject, ox.NamedNode)}
    return {_triple(*triple) for triple in _entailed(n_triples([*schema, *triples])) if _says_something(triple, terms)}


def _chained(schema: Sequence[ox.Triple], triples: Iterable[ox.Triple]) -> set[ox.Triple]:
    """What the property chains give in one step (rule prp-spo2)."""
    named = {term for axiom in schema for term in (axiom.subject, axiom.object)}  # nothing else can be a link
    links = (triple for triple in triples if triple.predicate in named and isinstance(triple.object, ox.NamedNode))
    return {_conclusion(use.bound) for use in uses(dataset(schema, links), "prp-spo2")}


def _conclusion(bound: ox.QuerySolution) -> ox.Triple:
    subject, predicate, object_ = (bound[name] for name in ("subject", "predicate", "object"))
    assert isinstance(subject, ox.NamedNode) and isinstance(predicate, ox.NamedNode) and isinstance(object_, ox.NamedNode)
    return ox.Triple(subject, predicate, object_)


def _entailed(document: bytes) -> set[tuple[Node, Node, Node]]:
    # A file is how the reasoner takes triples without a detour through an rdflib graph; N-Triples is Turtle.
    with TemporaryDirectory() as folder:
        path = Path(folder, "asserted.ttl")
        path.write_bytes(document)
        reasoner = reasonable.PyReasoner()
        reasoner.load_file(str(path))
    # Both sides come from the reasoner, because it rewrites literals: compared with ours, its own would look new.
    base = {tuple(triple) for triple in reasoner.get_base_triples()}
    return {tuple(triple) for triple in reasoner.reason()} - base


def _says_something(triple: tuple[Node, Node, Node], terms: set[str]) -> bool:
    subject, predicate, object_ = triple
    if not isinstance(subject, URIRef) or not isinstance(predicate, URIRef) or not isinstance(object_, URIRef | Literal):
        return False
    if str(subject) in terms or str(subject).startswith(_VOCABULARIES):
        return False
    if predicate == RDF.type:
        return object_ not in _EMPTY_TYPES
    return not (predicate == OWL.sameAs and subject == object_)


def _triple(subject: Node, predicate: Node, object_: Node) -> ox.Triple:
    return ox.Triple(ox.NamedNode(str(subject)), ox.NamedNode(str(predicate)), _term(object_))


def _term(node: Node) -> ox.NamedNode | ox.Literal:
    if not isinstance(node, Literal):
        return ox.NamedNode(str(node))
    if node.language:
        return ox.Literal(str(node), language=node.language)
    return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype or XSD.string)))
