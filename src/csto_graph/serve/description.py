"""What the endpoint says of itself: SPARQL 1.1 Service Description, in the RDF syntax the client asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flask import Response, request, url_for
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from csto_graph.backend.writing import rdf_document
from csto_graph.namespaces import RDF, RDFS, VOID, XSD
from csto_graph.serve.addresses import root
from csto_graph.serve.catalogue import Contents, served
from csto_graph.serve.editions import asked_release
from csto_graph.serve.negotiation import GRAPHS, PAGE, SOLUTIONS, chosen_syntax

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"


def describe_service(named: str | None) -> Response:
    """The description as RDF, without blank nodes."""
    offered = tuple(syntax for syntax in GRAPHS if syntax is not PAGE)
    syntax = chosen_syntax(offered, request.accept_mimetypes, named)
    endpoint = url_for("protocol.sparql", _external=True)
    triples = _description(endpoint, served().contents(asked_release()))
    written = RdfFormat.from_media_type(syntax.media_type) or RdfFormat.TURTLE
    body = rdf_document(triples, written, {"rdf": str(RDF), "rdfs": str(RDFS), "sd": _SD, "void": str(VOID), "xsd": str(XSD)})
    return Response(body, mimetype=syntax.media_type)


def _description(endpoint: str, contents: Contents) -> Iterator[Triple]:
    service, dataset, default = (NamedNode(endpoint + part) for part in ("", "#dataset", "#default-graph"))
    yield _triple(service, RDF.type, NamedNode(f"{_SD}Service"))
    yield _triple(service, f"{_SD}endpoint", service)
    for path in ("/.well-known/void", "/examples"):
        yield _triple(service, str(RDFS.seeAlso), NamedNode(f"{root()}{path}"))
    yield _triple(service, f"{_SD}supportedLanguage", NamedNode(f"{_SD}SPARQL11Query"))
    if served().settings.token:
        yield _triple(service, f"{_SD}supportedLanguage", NamedNode(f"{_SD}SPARQL11Update"))
    yield _triple(service, f"{_SD}feature", NamedNode(f"{_SD}EmptyGraphs"))
    for syntax in (*SOLUTIONS, *GRAPHS):
        if syntax.iri is not None:
            yield _triple(service, f"{_SD}resultFormat", NamedNode(syntax.iri))
    yield _triple(service, f"{_SD}defaultDataset", dataset)
    yield _triple(dataset, RDF.type, NamedNode(f"{_SD}Dataset"))
    yield _triple(dataset, f"{_SD}defaultGraph", default)
    yield _triple(default, RDF.type, NamedNode(f"{_SD}Graph"))
    for iri in contents.graphs:
        yield from _named_graph(dataset, iri, contents.counts.get(iri))


def _named_graph(dataset: NamedNode, iri: str, count: int | None) -> Iterator[Triple]:
    graph = NamedNode(f"{dataset.value}-{iri}")
    yield _triple(dataset, f"{_SD}namedGraph", graph)
    yield _triple(graph, RDF.type, NamedNode(f"{_SD}NamedGraph"))
    yield _triple(graph, f"{_SD}name", NamedNode(iri))
    if count is not None:
        yield _triple(graph, f"{_SD}graph", NamedNode(iri))
        yield _triple(NamedNode(iri), RDF.type, NamedNode(f"{_SD}Graph"))
        yield _triple(NamedNode(iri), VOID.triples, Literal(str(count), datatype=NamedNode(XSD.integer)))


def _triple(subject: NamedNode, predicate: str, object_: NamedNode | Literal) -> Triple:
    return Triple(subject, NamedNode(predicate), object_)
