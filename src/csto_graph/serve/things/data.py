"""`/data/…`: the description of a thing as RDF."""

from __future__ import annotations

from math import ceil

from flask import Blueprint, Response, g, request
from werkzeug.urls import iri_to_uri

from csto_graph.backend.interface import Query
from csto_graph.namespaces import GRAPH, VOID
from csto_graph.serve.addresses import leads, origin
from csto_graph.serve.answering import allow
from csto_graph.serve.editions import asked_release
from csto_graph.serve.negotiation import PAGE, negotiated
from csto_graph.serve.ontology.answering import write_compacted
from csto_graph.serve.ontology.compacting import wants_compacted
from csto_graph.serve.problems import Problem
from csto_graph.serve.results import write_answer
from csto_graph.serve.things.dereferencing import address, alternates
from csto_graph.serve.things.known import Known, known
from csto_graph.serve.things.missing import not_there, withdrawn
from csto_graph.serve.things.naming import DATA, LONGEST, iri_of, parted, spellings, suffix_of
from csto_graph.sparql.describing import MOST, description
from csto_graph.void.counting import DATASET

blueprint = Blueprint("data", __name__)


@blueprint.get("/data/<path:name>")
def show_data(name: str) -> Response:
    """The description in the syntax of the suffix, of `format=` or of Accept.

    Here a suffix is one first, as every address that leads here has one: the data of a thing `a.ttl` are at `a.ttl.ttl`.
    """
    stem, suffixed = parted(name)
    thing = described(stem if suffixed else name, name)
    if suffixed is PAGE:
        return _elsewhere(address(thing.iri, PAGE))
    syntax = (suffixed if thing.iri in spellings(iri_of(stem)) else None) or negotiated(DATA, request.args.get("format"))
    if thing.iri.startswith(str(GRAPH)):
        return _elsewhere(address(thing.iri, syntax))
    allow(request.args.get("timeout"))
    page = asked_page(thing)
    query = Query(description(thing.iri, page))
    short = write_compacted(query) if syntax.name == "jsonld" and wants_compacted() else None
    response = short or write_answer(query, syntax.name)
    if suffixed is None:
        response.headers["Content-Location"] = address(thing.iri, syntax)
    response.headers["Link"] = ", ".join([*links(thing.iri), *pages(thing, page, leads("data", thing.iri, suffix_of(syntax)))])
    g.notes = tuple(said(thing, page))  # in place of those on the query, which is ours
    return response


def described(*names: str) -> Known:
    """The first of these things that is there. Raises a problem 404 or 410."""
    iris = tuple(iri for name in names if len(name) <= LONGEST for iri in spellings(iri_of(name)))
    thing = known(asked_release(), iris)
    if thing is None:
        not_there(iris, names[-1])
    if thing.withdrawn:
        raise withdrawn(thing)
    return thing


def asked_page(thing: Known) -> int:
    """The page that `page=` names. Raises a problem 400 or 404."""
    named, last = request.args.get("page", "1"), max(1, ceil(thing.pointing / MOST))
    if not named.isascii() or not named.isdecimal() or len(named) > 9 or int(named) < 1:
        raise Problem(400, "page= takes the number of a page, such as page=2.")
    if int(named) > last:
        raise Problem(404, f"The last page on <{thing.iri}> is {last}.")
    return int(named)


def said(thing: Known, page: int) -> list[str]:
    """A sentence for whoever gets a part of what points at a thing; none who gets it all."""
    last = ceil(thing.pointing / MOST)
    told = f"{thing.pointing:,} things point at it. This is page {page} of {last}, with at most {MOST:,} of them."
    return [told] if last > 1 else []


def links(iri: str) -> list[str]:
    """What is described (RFC 6892), the same in other syntaxes, and the dataset that it is of (VoID guide, section 4.2)."""
    return [f'<{iri_to_uri(iri)}>; rel="describes"', *alternates(iri), f'<{DATASET}>; rel="{VOID.inDataset}"']


def pages(thing: Known, page: int, path: str) -> list[str]:
    """Links to the page before and the page after."""
    last = ceil(thing.pointing / MOST)
    near = {"prev": page - 1, "next": page + 1}
    release = f"&release={request.args['release']}" if "release" in request.args else ""
    return [f'<{origin()}{path}?page={at}{release}>; rel="{rel}"' for rel, at in near.items() if 1 <= at <= last]


def _elsewhere(location: str) -> Response:
    return Response(status=303, headers={"Location": location})
