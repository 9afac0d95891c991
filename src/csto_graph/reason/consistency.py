"""Whether ontology and assertions can be true together: HermiT's answer, through owlready2.

HermiT refuses `xsd:date` and `xsd:gYear` in data, so it is given types and object properties only; dates are the shapes' affair.
owlready2 reads Turtle as an empty ontology without a word, so it is given N-Triples and its counts are held against ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import owlready2  # type: ignore[import-untyped]  # ships no type information
import pyoxigraph as ox

from csto_graph.errors import RefusedData
from csto_graph.model import Finding
from csto_graph.namespaces import ONTOLOGY_IRI, OWL, RDF
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

    @property
    def acceptable(self) -> bool:
        """Consistent, and every class can have members."""
        return self.consistent and not self.unsatisfiable


def check_consistency(ontology: Path, asserted: Iterable[ox.Triple], inferred: Iterable[ox.Triple]) -> ConsistencyResult:
    """HermiT's judgement on the ontology with the types and object properties among the assertions.

    The clash rules judge all of them, those with a date or a text too, together with what `materialise` inferred.
    Without Java only they judge, and `skipped` says so and how to get one.
    Raises `RefusedData` if the ontology is not read whole, or if HermiT cannot read it.
    """
    schema = frozenset(read_turtle(ontology))
    triples = tuple(asserted)
    found = clashes(ontology, triples, inferred)
    java = find_java()
    if java is None:
        return ConsistencyResult(not found, skipped=f"HermiT did not run: no Java was found. {REMEDY}", clashes=found)
    world = _load(ontology, schema, _object_assertions(schema, triples))
    consistent = _run_hermit(ontology, world, java)
    unsatisfiable = _unsatisfiable(world) if consistent else ()
    return ConsistencyResult(consistent and not found, unsatisfiable=unsatisfiable, clashes=found)


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
