"""The description of a dataset as triples without blank nodes: the dataset, its graphs, their partitions, the linksets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from csto_graph.namespaces import CST, DCAT, DCTERMS, FOAF, GRAPH, ID, PREFIXES, RDF, VOID, XSD, curie
from csto_graph.targets import Target
from csto_graph.void.counting import DATASET, Contents, Figures, Links
from csto_graph.void.graphs import title_and_description

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
RIGHTS: Final = "The words of a source, quoted in passages, claims and evidence, stay under the terms of their publisher."
TITLE: Final = "csto-graph"
DESCRIPTION: Final = (
    "A knowledge graph on collective security, read from texts and put together from cited facts: states, organisations, "
    "treaties, armed forces and events, who belonged to what and when, and for each statement the words or citations it rests on."
)
_PATTERN: Final = "^" + str(ID).replace(".", "\\.") + ".+"
_TURTLE: Final = "http://www.w3.org/ns/formats/Turtle"


def dataset_triples(contents: Contents, targets: Iterable[Target]) -> Iterator[Triple]:
    """What holds of the dataset wherever it is served: no address of a service is in it. `targets` are what links may lead to."""
    linked = {target.graph: target for target in targets if target.graph in contents.graphs}
    names = {**contents.titles, **{target.name: target.title for target in linked.values()}}
    yield from _general(contents)
    yield from _structure(DATASET, "", contents.whole)
    for namespace in _vocabularies(contents.whole):
        yield triple(DATASET, VOID.vocabulary, NamedNode(namespace))
    for iri in contents.examples:
        yield triple(DATASET, VOID.exampleResource, NamedNode(iri))
    yield from _coverage(contents)
    for graph, figures in contents.graphs.items():
        yield from _graph(graph, figures, names)
    for links in contents.links:
        yield from _linkset(links)
    for target in linked.values():
        yield from _target(target)


def triple(subject: str, predicate: str, object_: NamedNode | Literal | str | int) -> Triple:
    """A triple; text is English, a number an xsd:integer."""
    if isinstance(object_, str):
        object_ = Literal(object_, language="en")
    elif isinstance(object_, int):
        object_ = Literal(str(object_), datatype=NamedNode(str(XSD.integer)))
    return Triple(NamedNode(subject), NamedNode(str(predicate)), object_)


def _general(contents: Contents) -> Iterator[Triple]:
    for type_ in (VOID.Dataset, DCAT.Dataset):
        yield triple(DATASET, RDF.type, NamedNode(str(type_)))
    yield triple(DATASET, DCTERMS.title, TITLE)
    yield triple(DATASET, DCTERMS.description, DESCRIPTION)
    yield triple(DATASET, DCTERMS.license, NamedNode(LICENCE))
    yield triple(DATASET, DCTERMS.rights, RIGHTS)
    for source in sorted(contents.titles):
        yield triple(DATASET, DCTERMS.source, NamedNode(f"{ID}document/{source}"))
    for keyword in contents.keywords:
        yield triple(DATASET, DCAT.keyword, keyword)
    for place, name in enumerate(contents.creators, start=1):
        creator = f"{DATASET}#creator/{place}"
        yield triple(DATASET, DCTERMS.creator, NamedNode(creator))
        yield triple(creator, RDF.type, NamedNode(str(FOAF.Agent)))
        yield triple(creator, FOAF.name, Literal(name))
    yield triple(DATASET, VOID.uriSpace, Literal(str(ID)))
    yield triple(DATASET, VOID.uriRegexPattern, Literal(_PATTERN))
    yield triple(DATASET, VOID.feature, NamedNode(_TURTLE))


def _graph(graph: str, figures: Figures, titles: Mapping[str, str]) -> Iterator[Triple]:
    title, description = title_and_description(graph, titles)
    yield triple(DATASET, VOID.subset, NamedNode(graph))
    yield triple(graph, RDF.type, NamedNode(str(VOID.Dataset)))
    yield triple(graph, DCTERMS.title, title)
    yield triple(graph, DCTERMS.description, description)
    yield from _structure(graph, _short(graph), figures)


def _structure(dataset: str, name: str, figures: Figures) -> Iterator[Triple]:
    counts = {
        VOID.triples: figures.triples,
        VOID.entities: figures.entities,
        VOID.distinctSubjects: figures.subjects,
        VOID.distinctObjects: figures.objects,
        VOID.classes: len(figures.classes),
        VOID.properties: len(figures.properties),
    }
    yield from (triple(dataset, predicate, count) for predicate, count in counts.items())
    for class_, count in figures.classes.items():
        part = _part(name, "class", class_)
        yield triple(dataset, VOID.classPartition, NamedNode(part))
        yield triple(part, VOID["class"], NamedNode(class_))
        yield triple(part, VOID.entities, count)
    for property_, count in figures.properties.items():
        part = _part(name, "property", property_)
        yield triple(dataset, VOID.propertyPartition, NamedNode(part))
        yield triple(part, VOID.property, NamedNode(property_))
        yield triple(part, VOID.triples, count)


def _linkset(links: Links) -> Iterator[Triple]:
    """The links of one predicate are a linkset, as a linkset has no second predicate (guide, section 2.3)."""
    linkset = NamedNode(_part(_short(links.graph), "property", links.predicate))
    yield triple(links.graph, VOID.subset, linkset)
    yield triple(linkset.value, RDF.type, NamedNode(str(VOID.Linkset)))
    yield triple(linkset.value, VOID.subjectsTarget, NamedNode(DATASET))
    yield triple(linkset.value, VOID.objectsTarget, NamedNode(f"{DATASET}/{links.graph.removeprefix(f'{GRAPH}links/')}"))
    yield triple(linkset.value, VOID.linkPredicate, NamedNode(links.predicate))
    yield triple(linkset.value, VOID.exampleResource, NamedNode(links.example))


def _target(target: Target) -> Iterator[Triple]:
    """A dataset of others, known by its homepage: datasets that have one homepage are one (guide, section 5.3)."""
    yield triple(target.iri, RDF.type, NamedNode(str(VOID.Dataset)))
    yield triple(target.iri, DCTERMS.title, target.title)
    yield triple(target.iri, FOAF.homepage, NamedNode(target.homepage))
    yield triple(target.iri, DCTERMS.license, NamedNode(target.licence))
    yield triple(target.iri, VOID.uriSpace, Literal(target.namespace))


def _coverage(contents: Contents) -> Iterator[Triple]:
    """When and where what is described took place."""
    for place in contents.places:
        yield triple(DATASET, DCTERMS.spatial, NamedNode(place))
    if contents.earliest and contents.latest:
        period, date = f"{DATASET}#period", NamedNode(str(XSD.date))
        yield triple(DATASET, DCTERMS.temporal, NamedNode(period))
        yield triple(period, RDF.type, NamedNode(str(DCTERMS.PeriodOfTime)))
        yield triple(period, DCAT.startDate, Literal(contents.earliest, datatype=date))
        yield triple(period, DCAT.endDate, Literal(contents.latest, datatype=date))


def _vocabularies(figures: Figures) -> list[str]:
    """The namespaces of the classes and properties in use, of those we have a prefix for."""
    terms = [*figures.classes, *figures.properties]
    used = {namespace for namespace in PREFIXES.values() if any(term.startswith(namespace) for term in terms)}
    return sorted(used | {str(CST)})


def _short(graph: str) -> str:
    return quote(graph.removeprefix(str(GRAPH)), safe="/:" if graph.startswith(str(GRAPH)) else "") + "/"


def _part(name: str, kind: str, term: str) -> str:
    """`dataset#source/one/class/cst:State`; a term that has no prefix is escaped."""
    short = curie(term)
    return f"{DATASET}#{name}{kind}/{short if short != term else quote(term, safe='')}"
