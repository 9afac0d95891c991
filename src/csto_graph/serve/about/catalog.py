"""The dataset as it is served here, in DCAT 3 (W3C Recommendation, 22 August 2024): its versions, distributions and services."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final
from urllib.parse import quote

from flask import request
from pyoxigraph import Literal, NamedNode, Triple

from csto_graph.model import Release
from csto_graph.namespaces import BASE, DCAT, DCTERMS, FOAF, GRAPH, RDF, RDFS, VOID, XSD
from csto_graph.serve.about.services import Service, services
from csto_graph.serve.addresses import root
from csto_graph.serve.catalogue import Edition, published, served
from csto_graph.serve.dumps.distributions import address, distributions
from csto_graph.serve.negotiation import GRAPHS
from csto_graph.void.counting import DATASET, Contents
from csto_graph.void.describing import DESCRIPTION, LICENCE, RIGHTS, TITLE, triple

_DCAT: Final = str(DCAT)  # rdflib's DCAT is version 2, which lacks the terms of versions


def version_iri(number: int) -> str:
    """What stands for a release as a version of the dataset."""
    return f"{BASE}release/{number}"


def catalog_triples(edition: Edition, contents: Contents) -> Iterator[Triple]:
    """What holds of the dataset at this address: versions, services, where its triples are found."""
    here, described = f"{root()}/.well-known/void", edition.release
    offered = services()
    yield from _catalog(here, offered)
    yield from _dataset(edition)
    yield from version_triples(served().backend.releases() if edition.asked == "current" else [described], whole=True)
    for service in offered:
        yield from _service(service)
    yield from _access(here, described, offered)
    yield from _downloads(described)
    for graph in contents.graphs:
        yield triple(graph, VOID.dataDump, NamedNode(graph_address(graph)))


def graph_address(graph: str) -> str:
    """Where the triples of a graph are found, by the Graph Store Protocol."""
    name = "default" if graph == f"{BASE}graph/default" else f"graph={quote(graph, safe='')}"
    numbered = f"&release={quote(request.args['release'])}" if "release" in request.args else ""
    return f"{root()}/graphs?{name}{numbered}"


def numbers() -> set[int]:
    """Of every release that was current or is kept."""
    backend = served().backend
    return {each.number for each in backend.history()} | {each.number for each in backend.releases()}


def _catalog(here: str, offered: Iterable[Service]) -> Iterator[Triple]:
    """This document, as VoID has it and as DCAT has it."""
    for type_ in (VOID.DatasetDescription, DCAT.Catalog):
        yield triple(here, RDF.type, NamedNode(str(type_)))
    yield triple(here, DCTERMS.title, f"Description of {TITLE}")
    yield triple(here, DCTERMS.description, "What the dataset holds, its versions, and how it is had and asked here.")
    yield triple(here, DCTERMS.license, NamedNode(LICENCE))
    yield triple(here, FOAF.primaryTopic, NamedNode(DATASET))
    yield triple(here, DCAT.dataset, NamedNode(DATASET))
    for service in offered:
        yield triple(here, DCAT.service, NamedNode(service.address))


def _dataset(edition: Edition) -> Iterator[Triple]:
    release = edition.release
    yield triple(DATASET, DCAT.landingPage, NamedNode(f"{root()}/"))
    yield triple(DATASET, RDFS.seeAlso, NamedNode(f"{root()}/examples"))
    yield triple(DATASET, VOID.sparqlEndpoint, NamedNode(f"{root()}/sparql"))
    for first in served().backend.history()[:1]:
        yield triple(DATASET, DCTERMS.issued, _instant(first.since))
    yield triple(DATASET, DCTERMS.modified, _instant(published(release)))
    if edition.asked == "current":
        yield triple(DATASET, f"{_DCAT}hasCurrentVersion", NamedNode(version_iri(release.number)))
    for syntax in GRAPHS:
        if syntax.iri is not None:
            yield triple(DATASET, VOID.feature, NamedNode(syntax.iri))


def version_triples(releases: Iterable[Release], *, whole: bool) -> Iterator[Triple]:
    """Releases as datasets of their own (section 11.1) with their dumps; `whole`: those of all graphs only."""
    past = numbers()
    for release in releases:
        yield from _version(release, max((each for each in past if each < release.number), default=None))
        yield from distributions(release, version_iri(release.number), whole=whole)


def _version(release: Release, before: int | None) -> Iterator[Triple]:
    """A release as a dataset of its own (section 11.1), after the one `before` it, kept or not."""
    version = version_iri(release.number)
    yield triple(DATASET, f"{_DCAT}hasVersion", NamedNode(version))
    yield triple(version, RDF.type, NamedNode(str(DCAT.Dataset)))
    yield triple(version, DCTERMS.title, f"{TITLE}, release {release.number}")
    yield triple(version, DCTERMS.description, DESCRIPTION)
    yield triple(version, DCTERMS.license, NamedNode(LICENCE))
    yield triple(version, DCTERMS.rights, RIGHTS)
    yield triple(version, DCTERMS.issued, _instant(published(release)))
    yield triple(version, f"{_DCAT}version", Literal(str(release.number)))
    yield triple(version, f"{_DCAT}isVersionOf", NamedNode(DATASET))
    if before is not None:
        yield triple(version, f"{_DCAT}previousVersion", NamedNode(version_iri(before)))


def _service(service: Service) -> Iterator[Triple]:
    yield triple(service.address, RDF.type, NamedNode(str(DCAT.DataService)))
    yield triple(service.address, DCTERMS.title, service.title)
    yield triple(service.address, DCAT.endpointURL, NamedNode(service.address))
    yield triple(service.address, DCAT.endpointDescription, NamedNode(f"{root()}{service.described_at}"))
    yield triple(service.address, DCTERMS.conformsTo, NamedNode(service.conforms_to))
    yield triple(service.address, DCAT.servesDataset, NamedNode(DATASET))


def _access(here: str, release: Release, offered: Iterable[Service]) -> Iterator[Triple]:
    """The dataset as a service gives it: a distribution that is asked, not downloaded (section 6.8.7)."""
    for service in offered:
        distribution = f"{here}#{service.path.strip('/')}"
        for dataset in (DATASET, version_iri(release.number)):
            yield triple(dataset, DCAT.distribution, NamedNode(distribution))
        yield triple(distribution, RDF.type, NamedNode(str(DCAT.Distribution)))
        yield triple(distribution, DCTERMS.title, service.title)
        yield triple(distribution, DCTERMS.license, NamedNode(LICENCE))
        yield triple(distribution, DCAT.accessURL, NamedNode(service.address))
        yield triple(distribution, DCAT.accessService, NamedNode(service.address))


def _downloads(release: Release) -> Iterator[Triple]:
    """The files that the dataset, as this release has it, and each of its graphs can be had as."""
    for dump in served().backend.dumps(release):
        file = NamedNode(address(dump.name))
        if dump.whole:
            yield triple(DATASET, DCAT.distribution, file)
            yield triple(DATASET, VOID.dataDump, file)
        elif dump.graph:
            yield triple(dump.graph if ":" in dump.graph else f"{GRAPH}{dump.graph}", VOID.dataDump, file)


def _instant(moment: datetime) -> Literal:
    return Literal(moment.isoformat(), datatype=NamedNode(str(XSD.dateTime)))
