"""What follows, found by brute force: the rules of OWL 2 RL written out once more, so that ours are held against others."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from csto_graph.namespaces import OWL, RDF, RDFS
from csto_graph.reason.explanation import Explanation

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Pair = tuple[Term, Term]

TYPE, SUBCLASS, SUBPROPERTY, DOMAIN, RANGE, INVERSE, CHAIN, FIRST, REST = (
    str(term)
    for term in (
        RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf, OWL.propertyChainAxiom,
        RDF.first, RDF.rest,
    )
)  # fmt: skip


class Axioms:
    """The axioms of an ontology, looked up by what a rule asks of them."""

    def __init__(self, schema: list[ox.Triple]) -> None:
        self._schema = [(t.subject, t.predicate.value, t.object) for t in schema]
        self.chains = [(s, *self._list(o)) for s, p, o in self._schema if p == CHAIN]
        self.inverses = [(s, o) for s, p, o in self._schema if p == INVERSE and isinstance(s, ox.NamedNode)]

    def pairs(self, predicate: str) -> list[Pair]:
        return [(s, o) for s, p, o in self._schema if p == predicate]

    def of_type(self, kind: str) -> list[Term]:
        return [s for s, p, o in self._schema if p == TYPE and str(getattr(o, "value", "")) == str(OWL[kind])]

    def _one(self, subject: Term, predicate: str) -> Term:
        return next(o for s, p, o in self._schema if s == subject and p == predicate)

    def _list(self, node: Term) -> tuple[tuple[Term, bool], tuple[Term, bool]]:
        first, second = self._one(node, FIRST), self._one(self._one(node, REST), FIRST)
        return self._link(first), self._link(second)

    def _link(self, link: Term) -> tuple[Term, bool]:
        return (self._one(link, INVERSE), True) if isinstance(link, ox.BlankNode) else (link, False)


def closure(axioms: Axioms, asserted: set[ox.Triple]) -> set[ox.Triple]:
    """Everything that follows, the asserted triples among it."""
    known = set(asserted)
    while new := {triple for _, _, triple in one_step(axioms, known)} - known:
        known |= new
    return known


def is_sound(axioms: Axioms, explanation: Explanation) -> bool:
    """Whether every step of an explanation is a use of the rule it names, from its premises and no others."""
    if explanation.rule is None:
        return True
    premises = {premise.triple for premise in explanation.premises}
    step = (explanation.rule, frozenset(premises), explanation.triple)
    return step in set(one_step(axioms, premises)) and all(is_sound(axioms, each) for each in explanation.premises)


def one_step(axioms: Axioms, known: set[ox.Triple]) -> Iterator[tuple[str, frozenset[ox.Triple], ox.Triple]]:
    """Every use of a rule: its name, its premises, its conclusion."""
    for rule, premises, (subject, predicate, object_) in _conclusions(axioms, known):
        if isinstance(subject, ox.NamedNode):
            yield rule, frozenset(premises), ox.Triple(subject, predicate, object_)


def _conclusions(axioms: Axioms, known: set[ox.Triple]) -> Iterator[tuple[str, tuple[ox.Triple, ...], tuple[Term, Term, Term]]]:
    symmetric, transitive = axioms.of_type("SymmetricProperty"), axioms.of_type("TransitiveProperty")
    sub, wider, domains, ranges = (axioms.pairs(each) for each in (SUBCLASS, SUBPROPERTY, DOMAIN, RANGE))
    kind = ox.NamedNode(TYPE)
    for triple in known:
        x, p, y = triple.subject, triple.predicate, triple.object
        yield from (("cax-sco", (triple,), (x, kind, above)) for below, above in sub if p == kind and y == below)
        yield from (("prp-dom", (triple,), (x, kind, class_)) for property_, class_ in domains if p == property_)
        yield from (("prp-rng", (triple,), (y, kind, class_)) for property_, class_ in ranges if p == property_)
        yield from (("prp-spo1", (triple,), (x, above, y)) for below, above in wider if p == below)
        yield from (("prp-inv1", (triple,), (y, other, x)) for one, other in axioms.inverses if p == one)
        yield from (("prp-inv2", (triple,), (y, one, x)) for one, other in axioms.inverses if p == other)
        yield from (("prp-symp", (triple,), (y, p, x)) for property_ in symmetric if p == property_)
        for other in known:
            if p == other.predicate and p in transitive and y == other.subject:
                yield "prp-trp", (triple, other), (x, p, other.object)
            for property_, (first, turned), (second, _) in axioms.chains:
                start, middle = (y, x) if turned else (x, y)
                if p == first and other.predicate == second and other.subject == middle:
                    yield "prp-spo2", (triple, other), (start, property_, other.object)
