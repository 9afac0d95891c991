"""The ontology of a release, read by way of the back-end and remembered as long as the service runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal, cast

from flask import current_app
from pyoxigraph import RdfFormat, Triple, parse

from csto_graph.backend.interface import Query
from csto_graph.model import Release
from csto_graph.namespaces import CST, GRAPH, ONTOLOGY_IRI, OWL, RDF, RDFS
from csto_graph.serve.catalogue import served
from csto_graph.serve.ontology.index import Index
from csto_graph.serve.ontology.unfolding import unfolded
from csto_graph.serve.problems import Problem

Kind = Literal["class", "object property", "datatype property", "individual", "datatype"]

KINDS: Final[dict[Kind, str]] = {
    "class": str(OWL.Class),
    "object property": str(OWL.ObjectProperty),
    "datatype property": str(OWL.DatatypeProperty),
    "individual": str(OWL.NamedIndividual),
    "datatype": str(RDFS.Datatype),
}
_WHOLE: Final = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{GRAPH}ontology> {{ ?s ?p ?o }} }}"
_VERSION: Final = f"SELECT ?iri {{ GRAPH <{GRAPH}ontology> {{ <{ONTOLOGY_IRI}> <{OWL.versionIRI}> ?iri }} }} ORDER BY ?iri"
_EXTENSION: Final = "csto-graph ontology"
_MOST: Final = 4  # ontologies that are remembered whole
_MOST_VERSIONS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The ontology as a release has it."""

    release: Release
    triples: tuple[Triple, ...]
    index: Index
    version: str  # its version IRI; empty where none is stated

    def terms(self, kind: Kind) -> list[str]:
        """The IRIs of its own terms of a kind, by name regardless of case."""
        found = (iri for iri in self.index.typed(KINDS[kind]) if iri.startswith(str(CST)))
        return sorted(found, key=lambda iri: (iri.lower(), iri))

    def of_individuals(self, property_: str) -> bool:
        """Whether the values of a property are individuals of the ontology, as those of `cst:status` are."""
        individuals = set(self.index.typed(KINDS["individual"]))
        ranges = (set(self.index.subjects(str(RDF.type), each)) for each in self.index.nodes(property_, str(RDFS.range)))
        return any(members and members <= individuals for members in ranges)


@dataclass(slots=True)
class Shelf:
    """What was read of the releases, by number and content, and the documents that were made of it, by their entity tags."""

    read: dict[tuple[int, str], Vocabulary] = field(default_factory=dict)
    versions: dict[tuple[int, str], str] = field(default_factory=dict)  # version IRI, or empty
    made: dict[str, bytes] = field(default_factory=dict)


def shelf() -> Shelf:
    """That of the app which answers the current request."""
    return cast(Shelf, current_app.extensions.setdefault(_EXTENSION, Shelf()))


def vocabulary(release: Release) -> Vocabulary:
    """The ontology of a release. Raises a problem 404 where it has none, as in a store that began blank."""
    read, key = shelf().read, (release.number, release.content)
    if key not in read:
        while len(read) >= _MOST:
            read.pop(next(iter(read)), None)
        read[key] = _read(release)
    found = read[key]
    if not found.triples:
        raise Problem(404, f"Release {release.number} has no ontology.")
    return found


def _read(release: Release) -> Vocabulary:
    with served().backend.answer(release, Query(_WHOLE), "ntriples", served().settings.limits) as answer:
        stored = sorted((quad.triple for quad in parse(answer.read(), format=RdfFormat.N_TRIPLES)), key=_order)
    triples = tuple(unfolded(stored))
    index = Index(triples)
    version = next(iter(index.nodes(ONTOLOGY_IRI, str(OWL.versionIRI))), "")
    return Vocabulary(release, triples, index, version)


def _order(triple: Triple) -> tuple[int, str, bool, str, str]:
    """The header first, then our terms, then those borrowed; of each its types first."""
    subject = str(triple.subject)
    place = 0 if subject == f"<{ONTOLOGY_IRI}>" else 1 if subject.startswith(f"<{CST}") else 2
    return place, subject, not triple.predicate.value.endswith("#type"), str(triple.predicate), str(triple.object)


def versions() -> dict[str, Release]:
    """Each version IRI that a kept release states, with the newest one that states it; the newest first."""
    told: dict[str, Release] = {}
    for release in reversed(served().backend.releases()):
        told.setdefault(_version(release), release)
    told.pop("", None)
    return told


def _version(release: Release) -> str:
    known, key = shelf().versions, (release.number, release.content)
    if key not in known:
        while len(known) >= _MOST_VERSIONS:
            known.pop(next(iter(known)), None)
        with served().backend.answer(release, Query(_VERSION), "csv", served().settings.limits) as answer:
            known[key] = next(iter(answer.read().decode().split()[1:]), "")
    return known[key]
