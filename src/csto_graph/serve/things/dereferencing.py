"""`/id/…` and the other addresses that IRIs of ours have here: 303 to a page or to data."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, request

from csto_graph.namespaces import BASE, GENID, GRAPH, ID
from csto_graph.serve.addresses import leads, origin, root
from csto_graph.serve.editions import asked_release, names_release
from csto_graph.serve.negotiation import PAGE, Syntax, negotiated
from csto_graph.serve.things.known import Known, known
from csto_graph.serve.things.missing import not_there, withdrawn
from csto_graph.serve.things.naming import DATA, LONGEST, OFFERED, parted, spellings, suffix_of

blueprint = Blueprint("dereferencing", __name__)


@blueprint.get("/id/<path:name>")
def lead_to_thing(name: str) -> Response:
    """303 to what is told of a thing."""
    return _led(str(ID), name)


@blueprint.get("/graph/<path:name>")
def lead_to_graph(name: str) -> Response:
    """303 to the page of a named graph, or to its triples."""
    return _led(str(GRAPH), name)


@blueprint.get("/.well-known/genid/<path:name>")
def lead_to_node(name: str) -> Response:
    """303 to what is told of a node that has no name but this (RDF 1.1 Concepts, section 3.5)."""
    return _led(GENID, name)


def found(namespace: str, name: str) -> tuple[Known, Syntax | None]:
    """The thing at a path, and the syntax that its suffix asks for: a name that ends like a suffix is a name first.

    Raises a problem 404 or 410.
    """
    stem, suffixed = parted(name)
    whole, without = (tuple(spellings(f"{namespace}{each}")) if len(each) <= LONGEST else () for each in (name, stem))
    thing = known(asked_release(), (*whole, *without))
    if thing is None:
        not_there((*whole, *without), f"{namespace}{name}".removeprefix(str(ID)).removeprefix(BASE))
    if thing.withdrawn:
        raise withdrawn(thing)
    return thing, None if thing.iri in whole else suffixed


def alternates(iri: str) -> Iterator[str]:
    """Links to the page and the data of a thing, each with its media type (RFC 8288)."""
    for syntax in OFFERED:
        yield f'<{address(iri, syntax)}>; rel="alternate"; type="{syntax.media_type}"'


def address(iri: str, syntax: Syntax) -> str:
    """Where a thing is told of in a syntax; of a graph the data are its triples, as the Graph Store Protocol gives them."""
    if syntax is PAGE:
        return f"{origin()}{leads('page', iri)}{_query()}"
    if iri.startswith(str(GRAPH)):
        return f"{root()}/graphs?{urlencode({'graph': iri, 'format': syntax.name})}{_query('&')}"
    return f"{origin()}{leads('data', iri, suffix_of(syntax))}{_query()}"


def _led(namespace: str, name: str) -> Response:
    thing, suffixed = found(namespace, name)
    syntax = suffixed or negotiated(OFFERED, request.args.get("format"))
    location = address(thing.iri, syntax)
    response = Response(f"See {location}\n", status=303, mimetype="text/plain")
    response.headers["Location"] = location
    response.headers["Cache-Control"] = "no-cache"
    described = f'<{address(thing.iri, DATA[0])}>; rel="describedby"; type="{DATA[0].media_type}"'
    response.headers["Link"] = ", ".join([described, *alternates(thing.iri)])
    return response


def _query(mark: str = "?") -> str:
    return f"{mark}release={quote(request.args['release'])}" if names_release() else ""
