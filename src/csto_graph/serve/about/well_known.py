"""`/.well-known/void` (RFC 8615; VoID note, section 7.2): the description of the dataset, and what its IRIs lead to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request
from pyoxigraph import Triple

from csto_graph.namespaces import BASE, PREFIXES, curie
from csto_graph.serve.about.catalog import catalog_triples, graph_address
from csto_graph.serve.about.contents import contents, targets
from csto_graph.serve.about.document import document
from csto_graph.serve.about.services import services
from csto_graph.serve.addresses import root
from csto_graph.serve.catalogue import Edition, served
from csto_graph.serve.editions import asked_edition, numbered
from csto_graph.serve.problems import Problem
from csto_graph.void.counting import Contents
from csto_graph.void.describing import DESCRIPTION, LICENCE, RIGHTS, dataset_triples
from csto_graph.void.graphs import title_and_description

blueprint = Blueprint("about", __name__)

_PREFIXES: Final = {**PREFIXES, "spdx": "http://spdx.org/rdf/terms#"}


@blueprint.get("/.well-known/void")
def describe() -> Response:
    """The description as RDF or as a page; `release=N` gives that of a release."""
    edition = asked_edition()
    found = contents(edition.release)
    return document(lambda: _triples(edition, found), lambda: _page(edition, found), _PREFIXES, edition.since)


@blueprint.get("/dataset")
def lead_to_dataset() -> Response:
    """303 to the description: a dataset is no document."""
    return _led({key: value for key, value in request.args.items() if key in ("format", "release")})


@blueprint.get("/dataset/<name>")
def lead_to_target(name: str) -> Response:
    """303 to the description, which says what another dataset is that ours links to."""
    if name not in {target.name for target in targets()}:
        raise Problem(404, f"{BASE}dataset/{name} is none of the datasets that this one links to.")
    return lead_to_dataset()


@blueprint.get("/graph/default")
def lead_to_default_graph() -> Response:
    """303 to the triples of the graph that has no name: descriptions speak of it under this one."""
    asked = {key: value for key, value in request.args.items() if key in ("format", "release")}
    return _seeing(f"{root()}/graphs?default{'&' if asked else ''}{urlencode(asked)}")


@blueprint.get("/release/<int:number>")
def lead_to_release(number: int) -> Response:
    """303 to the description of a release: a version of the dataset is no document either. 404 or 410 where it is not kept."""
    edition = numbered(str(number))
    asked = {"format": request.args["format"]} if "format" in request.args else {}
    return _led({**asked, "release": str(edition.release.number)})


def _triples(edition: Edition, found: Contents) -> Iterator[Triple]:
    yield from dataset_triples(found, targets())
    yield from catalog_triples(edition, found)


def _page(edition: Edition, found: Contents) -> str:
    known = {target.name: target for target in targets()}
    names = {**found.titles, **{name: target.title for name, target in known.items()}}
    told = {graph: title_and_description(graph, names) for graph in found.graphs}
    return render_template(
        "about.html",
        edition=edition,
        contents=found,
        graphs=told,
        address=graph_address,
        services=services(),
        releases=served().backend.releases(),
        description=DESCRIPTION,
        rights=RIGHTS,
        licence=LICENCE,
        curie=curie,
    )


def _led(query: dict[str, str]) -> Response:
    return _seeing(f"{root()}/.well-known/void{'?' if query else ''}{urlencode(query)}")


def _seeing(location: str) -> Response:
    response = Response(f"See {location}\n", status=303, mimetype="text/plain", headers={"Location": location})
    response.headers["Cache-Control"] = "no-cache"
    return response
