"""`/page/…`: a thing for people, readable without scripts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from flask import Blueprint, Response, request

from csto_graph import __version__
from csto_graph.namespaces import GRAPH
from csto_graph.serve.addresses import leads, origin, root
from csto_graph.serve.answering import allow
from csto_graph.serve.conditions import listed, unchanged, validated
from csto_graph.serve.editions import asked_edition, asked_release
from csto_graph.serve.encoding import LEAST, packed, wants_gzip
from csto_graph.serve.things.data import asked_page, described, links, pages
from csto_graph.serve.things.known import Known
from csto_graph.serve.things.view import graph_page, thing_page

blueprint = Blueprint("page", __name__)


@blueprint.get("/page/<path:name>")
def show_page(name: str) -> Response:
    """HTML with ETag; 304 where the client has it already."""
    thing = described(name)
    page = asked_page(thing)
    allow(request.args.get("timeout"))
    response = _once(lambda: _made(thing, page), name, page)
    canonical = f'<{origin()}{leads("page", thing.iri)}>; rel="canonical"'
    response.headers["Link"] = ", ".join([*links(thing.iri), canonical, *pages(thing, page, leads("page", thing.iri))])
    return response


def _made(thing: Known, page: int) -> str:
    if thing.iri.startswith(str(GRAPH)):
        return graph_page(asked_release(), thing.iri)
    return thing_page(asked_release(), thing, page)


def _once(make: Callable[[], str], *asked: object) -> Response:
    """The page, or 304 before it is made: the same release gives the same page, as long as this is the same program."""
    edition = asked_edition()
    told = (edition.release.content, root(), request.args.get("release"), asked, __version__)
    digest = hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()
    gzip = wants_gzip(request.environ.get("HTTP_ACCEPT_ENCODING"))
    tag = f"{edition.release.tag}-{digest[:16]}{'-gzip' if gzip else ''}"
    if known := listed([tag]):
        return unchanged(validated(Response(), known, edition.since))
    content = make().encode()
    response = Response(content, mimetype="text/html")
    if gzip and len(content) >= LEAST:
        response = Response(packed(content), mimetype="text/html")
        response.headers["Content-Encoding"] = "gzip"
    return validated(response, tag, edition.since)
