"""Whether ontology and assertions can be true together: HermiT's answer, through owlready2.

HermiT refuses `xsd:date` and `xsd:gYear` in data, so it is given types and object properties only; dates are the shapes' affair.
owlready2 reads Turtle as an empty ontology without a word, so it is given N-Triples and its counts are held against ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from pathlib import Path

import owlready2  # type: ignore[import-untyped]  # ships no type information
import pyoxigraph as ox

from csto_graph.errors import RefusedData
from csto_graph.model import Finding
from csto_graph.namespaces import ONTOLOGY_IRI, OWL, RDF, curie
from csto_graph.reason.clashes import clashes
from csto_graph.reason.java import REMEDY, find_java
from csto_graph.reason.turtle import declared, n_triples
from csto_graph.turtle import read_turtle


@dataclass(frozen=True, slots=True)
class ConsistencyResult:
    """What the reasoner says. `skipped` gives the reason why HermiT did not run; the clash rules run always."""

    consistent: bool
    skipped: str | None = None
    unsatisfiable: tuple[str, ...] = ()  # classes that nothing can be of
    clashes: tuple[Finding, ...] = ()  # which individuals contradict the ontology, and by which triples
    missed: tuple[tuple[str, str], ...] = ()  # a class or a thing, and a class that HermiT puts it under and no rule does

    @property
    def acceptable(self) -> bool:
        """Consistent, and every class can have members."""
        return self.consistent and not self.unsatisfiable

    @property
    def faults(self) -> tuple[str, ...]:
        """What makes it unacceptable, for people."""
        unexplained = "HermiT finds a contradiction, and no rule of ours says which: take back what was changed last, bit by bit"
        said = tuple(finding.message for finding in self.clashes) or (() if self.consistent else (unexplained,))
        return (*said, *(f"{curie(iri)} can have no members" for iri in self.unsatisfiable))

    @property
    def notes(self) -> tuple[str, ...]:
        """What could not be checked, and what HermiT finds beyond the rules."""
        found = (f"HermiT puts {curie(each)} under {curie(above)}, which no rule of ours does" for each, above in self.missed)
        return (*([self.skipped] if self.skipped else []), *found)


def check_consistency(ontology: Path, asserted: Iterable[ox.Triple], inferred: Iterable[ox.Triple]) -> ConsistencyResult:
    """HermiT's judgement on the ontology with the types and object properties among the assertions.

    The clash rules judge all of them, those with a date or a text too, together with what `materialise` inferred.
    HermiT classifies the ontology and the things; what it finds and `inferred` lacks is in `missed`.
    Without Java only they judge, and `skipped` says so and how to get one.
    Raises `RefusedData` if the ontology is not read whole, or if HermiT cannot read it.
    """
    schema = frozenset(read_turtle(ontology))
    triples, follows = tuple(asserted), tuple(inferred)
    found = clashes(ontology, triples, follows)
    java = find_java()
    if java is None:
        return ConsistencyResult(not found, skipped=f"HermiT did not run: no Java was found. {REMEDY}", clashes=found)
    stated = tuple(_object_assertions(schema, triples))
    things = {term.value for t in stated for term in (t.subject, t.object) if isinstance(term, ox.NamedNode)}
    world = _load(ontology, schema, stated)
    told = _classified(world, ())
    if not _run_hermit(ontology, world, java):
        return ConsistencyResult(False, clashes=found)
    known = told | set(_types((*triples, *follows)))
    unsatisfiable = _unsatisfiable(world)
    missed = tuple(sorted((each, above) for each, above in _classified(world, things) - known if each not in unsatisfiable))
    return ConsistencyResult(not found, unsatisfiable=unsatisfiable, clashes=found, missed=missed)


def _object_assertions(schema: frozenset[ox.Triple], asserted: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    classes, properties = declared(schema, str(OWL.Class)), declared(schema, str(OWL.ObjectProperty))
    for triple in asserted:
        predicate, object_ = triple.predicate.value, triple.object
        if not isinstance(object_, ox.NamedNode):
            continue
        if predicate in properties or (predicate == str(RDF.type) and object_.value in classes):
            yield triple


def _load(path: Path, schema: frozenset[ox.Triple], assertions: Iterable[ox.Triple]) -> owlready2.World:
    world = owlready2.World()
    world.get_ontology(ONTOLOGY_IRI).load(fileobj=BytesIO(n_triples({*schema, *assertions})))
    loaded = {
        OWL.Class: len(list(world.classes())),
        OWL.ObjectProperty: len(list(world.object_properties())),
        OWL.DatatypeProperty: len(list(world.data_properties())),
    }
    for type_, count in loaded.items():
        expected = len(declared(schema, str(type_)))
        if count != expected:
            problem = f"declares {expected} terms of type {type_} and owlready2 loaded {count}"
            raise RefusedData(path, problem, "Declare each term once, with an IRI")
    return world


def _run_hermit(path: Path, world: owlready2.World, java: Path) -> bool:
    try:
        with _java(java):
            owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return False
    except owlready2.OwlReadyJavaError as error:
        complaint = next((line.strip() for line in str(error).splitlines() if "Exception" in line), "no reason given")
        raise RefusedData(path, f"HermiT cannot read it ({complaint})", "Keep to OWL 2 DL and its datatypes") from None
    return True


def _classified(world: owlready2.World, things: Iterable[str]) -> set[tuple[str, str]]:
    """Each class with the classes above it, each of the things with the classes it is of; named classes alone."""
    known = ((iri, world[iri]) for iri in things)  # `individuals` lists none but those that are declared
    below = chain(
        ((class_.iri, class_) for class_ in world.classes()),
        ((iri, class_) for iri, thing in known if isinstance(thing, owlready2.Thing) for class_ in thing.is_a),
    )
    pairs = {(iri, each) for iri, class_ in below if isinstance(class_, owlready2.ThingClass) for each in class_.ancestors()}
    return {(iri, each.iri) for iri, each in pairs if each not in (owlready2.Thing, owlready2.Nothing)}


def _types(triples: Iterable[ox.Triple]) -> Iterator[tuple[str, str]]:
    for triple in triples:
        if triple.predicate.value == str(RDF.type) and isinstance(triple.object, ox.NamedNode):
            yield str(triple.subject).strip("<>"), triple.object.value


def _unsatisfiable(world: owlready2.World) -> tuple[str, ...]:
    # owl:Nothing is among them, as it should be.
    return tuple(sorted(class_.iri for class_ in world.inconsistent_classes() if class_ is not owlready2.Nothing))


@contextmanager
def _java(java: Path) -> Iterator[None]:
    # owlready2 keeps the path of Java in its module: put back what was there.
    before = owlready2.JAVA_EXE
    owlready2.JAVA_EXE = str(java)
    try:
        yield
    finally:
        owlready2.JAVA_EXE = before
