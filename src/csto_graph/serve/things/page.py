"""`/page/…`: a thing for people, readable without scripts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from flask import Blueprint, Response, request

from csto_graph import __version__
from csto_graph.backend.interface import Query
from csto_graph.namespaces import GRAPH
from csto_graph.serve.addresses import leads, origin, root
from csto_graph.serve.answering import allow
from csto_graph.serve.cache import Kept
from csto_graph.serve.catalogue import served
from csto_graph.serve.conditions import listed, unchanged, validated
from csto_graph.serve.editions import asked_edition, asked_release
from csto_graph.serve.encoding import wants_gzip
from csto_graph.serve.journal import entry
from csto_graph.serve.negotiation import PAGE
from csto_graph.serve.results import GZIP, sent_whole
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
    """The page, made once for a release, or 304: the same release gives the same page, as long as this is the same program."""
    edition = asked_edition()
    told = repr((edition.release.content, root(), request.args.get("release"), asked, __version__))
    tag = f"{edition.release.tag}-{hashlib.sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
    known = listed([f"{tag}{GZIP}", tag] if wants_gzip(request.environ.get("HTTP_ACCEPT_ENCODING")) else [tag])
    if known:
        return unchanged(validated(Response(), known, edition.since))
    entry().release = edition.release.number
    key = (edition.release.number, edition.release.content, Query(told), PAGE.name, 0)
    seconds = served().settings.seconds
    found = served().cache.fetch(key, seconds, lambda: Kept(make().encode(), more=False).opened())
    response = sent_whole(found, PAGE, key) if isinstance(found, Kept) else sent_whole(Kept(found.read(), more=False), PAGE)
    return validated(response, f"{tag}{GZIP}" if "Content-Encoding" in response.headers else tag, edition.since)
