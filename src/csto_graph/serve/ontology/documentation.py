"""What the page tells of each term: definition, axioms, how English says it, what shapes ask of it, how much it is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Final

from csto_graph.namespaces import CST, DCTERMS, ONTOLOGY_IRI, OWL, RDF, RDFS, SCHEMA, SKOS, curie
from csto_graph.serve.ontology.index import Text
from csto_graph.serve.ontology.lexicon import Entry, in_words, lexicon
from csto_graph.serve.ontology.shapes import Constraint, shapes
from csto_graph.serve.ontology.uses import Uses
from csto_graph.serve.ontology.vocabulary import KINDS, Kind, Vocabulary
from csto_graph.serve.pages import leads_to

SECTIONS: Final[tuple[tuple[Kind, str, str], ...]] = (
    ("class", "classes", "Classes"),
    ("object property", "object-properties", "Object properties"),
    ("datatype property", "datatype-properties", "Datatype properties"),
    ("individual", "individuals", "Individuals"),
    ("datatype", "datatypes", "Datatypes"),
)
_MOST_BRANCHES, _DEEPEST = 2_000, 50  # of the tree of classes, which may double at every step
_TOP: Final = (str(OWL.Thing), str(RDFS.Resource))
_CHARACTERISTICS: Final = {
    str(OWL[f"{name}Property"]): name.lower()
    for name in ("Functional", "InverseFunctional", "Transitive", "Symmetric", "Asymmetric", "Reflexive", "Irreflexive")
}
# Heading, predicate, and whether the term is its object. Alignments are those above that are not our own.
_AXIOMS: Final = (
    ("Is a", str(RDF.type), False),
    ("Under", str(RDFS.subClassOf), False),
    ("Above", str(RDFS.subClassOf), True),
    ("Under", str(RDFS.subPropertyOf), False),
    ("Above", str(RDFS.subPropertyOf), True),
    ("Domain", str(RDFS.domain), False),
    ("Goes with", str(SCHEMA.domainIncludes), False),
    ("Range", str(RDFS.range), False),
    ("Leads to", str(SCHEMA.rangeIncludes), False),
    ("Same as", str(OWL.equivalentClass), False),
    ("Same as", str(OWL.equivalentProperty), False),
    ("Inverse of", str(OWL.inverseOf), False),
    ("Inverse of", str(OWL.inverseOf), True),
    ("Nothing is both this and", str(OWL.disjointWith), False),
    ("Nothing is both this and", str(OWL.disjointWith), True),
    ("Members", str(RDF.type), True),
    ("Domain of", str(RDFS.domain), True),
    ("Goes with", str(SCHEMA.domainIncludes), True),
    ("Range of", str(RDFS.range), True),
    ("See also", str(RDFS.seeAlso), False),
)
_ALIGNED: Final = {str(RDFS.subClassOf), str(RDFS.subPropertyOf)}


@dataclass(frozen=True, slots=True)
class Link:
    """A term as the page names it, and where it leads: on the page, to another one of ours, or to its own address."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A class of the tree with those under it."""

    link: Link
    under: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A term as the page tells of it."""

    iri: str
    name: str
    kind: str
    labels: tuple[Text, ...]
    definitions: tuple[Text, ...]
    axioms: tuple[tuple[str, tuple[Link, ...]], ...]
    chains: tuple[tuple[tuple[Link, bool], ...], ...]  # each property of a chain, and whether it is turned round
    characteristics: tuple[str, ...]
    entries: tuple[Entry, ...]
    constraints: tuple[Constraint, ...]
    uses: Uses


def sections(ontology: Vocabulary, counted: Mapping[str, Uses]) -> Iterator[tuple[str, str, list[Term]]]:
    """Anchor, heading and terms of each kind that has some."""
    for kind, anchor, heading in SECTIONS:
        terms = [_term(ontology, kind, iri, counted) for iri in ontology.terms(kind)]
        if terms:
            yield anchor, heading, terms


def header(ontology: Vocabulary) -> list[tuple[str, list[Text | Link]]]:
    """What the ontology says of itself, by property in words, save what stands at the head of the page."""
    index = ontology.index
    return [
        (in_words(predicate), [*index.texts(ONTOLOGY_IRI, predicate), *map(link, index.nodes(ONTOLOGY_IRI, predicate))])
        for predicate in index.predicates(ONTOLOGY_IRI)
        if predicate not in (str(RDF.type), str(DCTERMS.title), str(DCTERMS.description))
    ]


def tree(ontology: Vocabulary) -> tuple[Branch, ...]:
    """The classes as a tree; one that is under several stands under each of them, as long as that is not too much."""
    classes, numbers = set(ontology.terms("class")), count()
    return tuple(
        _branch(ontology, iri, (iri,), numbers)
        for iri in ontology.terms("class")
        if not classes & set(ontology.index.nodes(iri, str(RDFS.subClassOf)))
    )


def _branch(ontology: Vocabulary, iri: str, way: tuple[str, ...], numbers: Iterator[int]) -> Branch:
    if next(numbers) >= _MOST_BRANCHES or len(way) >= _DEEPEST:
        return Branch(link(iri), ())
    own = (each for each in ontology.index.subjects(str(RDFS.subClassOf), iri) if each.startswith(str(CST)) and each not in way)
    return Branch(link(iri), tuple(_branch(ontology, each, (*way, each), numbers) for each in own))


def link(iri: str) -> Link:
    """A term of ours leads to its place on this page, anything else to where it is found from here."""
    if iri.startswith(str(CST)):
        return Link(iri.removeprefix(str(CST)), f"#{iri.removeprefix(str(CST))}")
    return Link(curie(iri), leads_to(iri))


def _term(ontology: Vocabulary, kind: Kind, iri: str, counted: Mapping[str, Uses]) -> Term:
    index = ontology.index
    return Term(
        iri,
        iri.removeprefix(str(CST)),
        kind,
        tuple(index.texts(iri, str(RDFS.label))),
        tuple(index.texts(iri, str(SKOS.definition))),
        tuple(_axioms(ontology, iri)),
        tuple(_chain(ontology, each) for each in index.nodes(iri, str(OWL.propertyChainAxiom))),
        tuple(_CHARACTERISTICS[each] for each in index.nodes(iri, str(RDF.type)) if each in _CHARACTERISTICS),
        lexicon().of.get(iri, ()),
        shapes().of.get(iri, ()),
        counted.get(iri, Uses()),
    )


def _axioms(ontology: Vocabulary, iri: str) -> Iterator[tuple[str, tuple[Link, ...]]]:
    found: dict[str, dict[str, Link]] = {}
    for heading, predicate, turned in _AXIOMS:
        for each in ontology.index.subjects(predicate, iri) if turned else ontology.index.nodes(iri, predicate):
            if each.startswith("_:") or each in (*KINDS.values(), *_CHARACTERISTICS, *_TOP):
                continue
            aligned = predicate in _ALIGNED and not turned and not each.startswith(str(CST))
            found.setdefault("Aligned under" if aligned else heading, {})[each] = link(each)
    yield from ((heading, tuple(links.values())) for heading, links in found.items())


def _chain(ontology: Vocabulary, node: str) -> tuple[tuple[Link, bool], ...]:
    members = ((each, ontology.index.inverted(each)) for each in ontology.index.members(node))
    return tuple((link(inverse or each), inverse is not None) for each, inverse in members)
