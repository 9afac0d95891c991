"""Where a contradiction that a change brings in can be, and when nobody can say.

Under axioms of the kinds in `_LOCAL` the classes of a thing follow from its own triples, each for itself: its types, the domains
of the predicates it is subject of and the ranges of those it is object of, with what is above them. A triple that follows from
another by prp-spo1, prp-inv or prp-symp names the same two things. One that follows by prp-trp from x p y and y p z gives x no
class that x p y does not give it, and z none that y p z does not; whether that holds of a chain (prp-spo2) is tried for each.
So a new triple gives classes to its subject and its object alone, a new clash (cax-dw) is at one of the two, and their own
triples show it; a literal of the wrong datatype (dt-not-type) is shown by its own. (OWL 2 Profiles, section 4.3, has the rules.)
That ends with any other axiom: that two things are the same, that a property is functional, that a class is made of others.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Final

import pyoxigraph as ox

from csto_graph.namespaces import ID, OWL, RDF, RDFS
from csto_graph.reason.chains import CHAIN, links
from csto_graph.reason.materialise import plainly_entailed
from csto_graph.reason.rules import ONTOLOGY, dataset

TYPE: Final = ox.NamedNode(str(RDF.type))


def _nodes(*terms: object) -> frozenset[ox.NamedNode]:
    return frozenset(ox.NamedNode(str(term)) for term in terms)


_TELLING: Final = _nodes(RDFS.domain, RDFS.range, RDFS.subPropertyOf, OWL.inverseOf)
_LOCAL: Final = _TELLING | _nodes(
    RDFS.subClassOf, OWL.equivalentClass, OWL.disjointWith, OWL.propertyChainAxiom, OWL.versionIRI, OWL.versionInfo
)  # fmt: skip
_KINDS: Final = _nodes(
    OWL.Ontology, OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.SymmetricProperty,
    OWL.TransitiveProperty, RDFS.Datatype,
)  # fmt: skip
# What a rule can look for, as the predicate of a triple or as the class of its subject.
RULING: Final = (
    _nodes(*dir(OWL), RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, RDFS.Datatype, RDFS.Class, RDF.Property)
    - _nodes(OWL.NamedIndividual, OWL.versionInfo)  # they say nothing
)


def telling_predicates(ontology: Iterable[ox.Triple]) -> frozenset[ox.NamedNode] | None:
    """The predicates whose triples give a class to their subject or their object, types apart.

    None where the ontology has an axiom under which classes do not follow thing by thing.
    """
    schema, found = tuple(ontology), set[ox.NamedNode]()
    if not all(map(_is_local, schema)) or not _chains_are_local(schema):
        return None
    for triple in schema:
        if triple.predicate in _TELLING:
            found |= {term for term in (triple.subject, triple.object) if isinstance(term, ox.NamedNode)}
    return frozenset(found)


def _is_local(triple: ox.Triple) -> bool:
    if triple.predicate == TYPE and triple.object in RULING:
        return triple.object in _KINDS and triple.subject not in RULING | {TYPE}
    if triple.predicate in RULING:
        return triple.predicate in _LOCAL and not {triple.subject, triple.object} & (RULING | {TYPE})
    return True


def _chains_are_local(schema: tuple[ox.Triple, ...]) -> bool:
    """Whether no chain gives a class to its two ends that its links do not give them."""
    store = dataset(schema, ())
    links_, conclusions = set[ox.Triple](), set[ox.Triple]()
    for number, quad in enumerate(store.quads_for_pattern(None, CHAIN, None, ONTOLOGY)):
        assert isinstance(quad.subject, ox.NamedNode)
        chain = links(store, quad.object)
        things = [ox.NamedNode(f"{ID}chain/{number}-{place}") for place in range(len(chain) + 1)]
        links_.update(link.triple(*ends) for link, ends in zip(chain, pairwise(things), strict=True))
        conclusions.add(ox.Triple(things[0], quad.subject, things[-1]))
    return _types(schema, conclusions) <= _types(schema, links_)


def _types(schema: tuple[ox.Triple, ...], triples: set[ox.Triple]) -> set[ox.Triple]:
    return {triple for triple in plainly_entailed(schema, triples) if triple.predicate == TYPE}
