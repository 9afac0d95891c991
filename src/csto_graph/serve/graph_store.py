"""SPARQL 1.1 Graph Store HTTP Protocol: graphs by their own address under /graphs, or by ?graph= and ?default."""

from __future__ import annotations

from typing import Final, Literal
from uuid import uuid4

from flask import Blueprint, Response, request
from pyoxigraph import NamedNode, RdfFormat
from werkzeug.datastructures import FileStorage

from csto_graph.backend.interface import Changed, Document, GraphWrite, Query
from csto_graph.serve.answering import allow
from csto_graph.serve.catalogue import served
from csto_graph.serve.changes import made, told
from csto_graph.serve.description import describe_service
from csto_graph.serve.editions import asked_release
from csto_graph.serve.entities import require_short_entities
from csto_graph.serve.parameters import UPDATE, require_utf8, sent_text
from csto_graph.serve.permission import require_token
from csto_graph.serve.problems import Problem
from csto_graph.serve.results import write_answer

blueprint = Blueprint("graph_store", __name__)

_WHOLE: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_FORMATS: Final = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")


@blueprint.get("/graphs/")
@blueprint.get("/graphs")
@blueprint.get("/graphs/<path:name>")
def show_graph(name: str | None = None) -> Response:
    """A graph (section 5.2); without the name of one, the description of the service, which names them all."""
    if name is None and not {"graph", "default"} & request.args.keys():
        return describe_service(request.args.get("format"))
    graph, release = _graph(name), asked_release()
    if graph is not None and graph not in served().contents(release).graphs:
        raise Problem(404, f"There is no graph {graph} in release {release.number}.")
    allow(request.args.get("timeout"))
    return write_answer(Query(_WHOLE, () if graph is None else (graph,)), request.args.get("format"))


@blueprint.put("/graphs/")
@blueprint.put("/graphs")
@blueprint.put("/graphs/<path:name>")
def replace_graph(name: str | None = None) -> Response:
    """The graph holds what was sent, and nothing else (section 5.3)."""
    require_token()
    return _written(_graph(name), "replace")


@blueprint.post("/graphs/")
@blueprint.post("/graphs")
@blueprint.post("/graphs/<path:name>")
def merge_into_graph(name: str | None = None) -> Response:
    """The graph holds what was sent, too (section 5.5); without a name a new graph gets one."""
    require_token()
    if name is None and not {"graph", "default"} & request.args.keys():
        return _written(f"{request.base_url.rstrip('/')}/{uuid4().hex}", "merge")
    return _written(_graph(name), "merge")


@blueprint.delete("/graphs/")
@blueprint.delete("/graphs")
@blueprint.delete("/graphs/<path:name>")
def drop_graph(name: str | None = None) -> Response:
    """The graph is gone (section 5.4)."""
    require_token()
    return told(made(GraphWrite(_graph(name), "drop")), status=204)


@blueprint.patch("/graphs/")
@blueprint.patch("/graphs")
@blueprint.patch("/graphs/<path:name>")
def patch_graph(name: str | None = None) -> Response:
    """The graph after an update that sees it alone (section 5.7)."""
    require_token()
    if request.mimetype != UPDATE:
        raise Problem(415, f"A patch is an update, sent as {UPDATE}.")
    return _answer(made(GraphWrite(_graph(name), "patch", patch=sent_text())))


def _written(graph: str | None, way: Literal["replace", "merge"]) -> Response:
    base = request.base_url if graph is None else graph
    changed = made(GraphWrite(graph, way, tuple(_documents(base))))
    response = _answer(changed)
    if graph in changed.created:
        response.headers["Location"] = _address(graph)
    return response


def _answer(changed: Changed) -> Response:
    """201 where the graph is new, 200 where there is something to tell, else 204 (section 5.3)."""
    return told(changed, status=201 if changed.created else 200 if changed.skolemised else 204)


def _address(graph: str) -> str:
    """Where the graph is found here: its IRI, if that is an address of ours."""
    here = request.root_url + "graphs/"
    return graph if graph.startswith(here) else f"{request.root_url}graphs?graph={graph}"


def _graph(name: str | None) -> str | None:
    """The graph that the request is about; None is the default graph. Raises a problem 400 where that is not clear."""
    if name is not None:
        return request.base_url
    named, default = request.args.getlist("graph"), "default" in request.args
    if len(named) + default != 1:
        raise Problem(400, "Name one graph: ?graph= with its IRI, or ?default.")
    if default:
        return None
    try:
        return NamedNode(named[0]).value
    except ValueError as error:
        raise Problem(400, f"?graph= takes an absolute IRI, which “{named[0]}” is not.") from error


def _documents(base: str) -> list[Document]:
    """What was sent: one document, or one for each part of a form."""
    if request.mimetype == "multipart/form-data":
        parts = [part for _, part in request.files.items(multi=True)]
        if not parts:
            raise Problem(400, "The form has no part that is a file.")
        return [_part(part, base) for part in parts]
    content = request.get_data()
    if not content and not request.mimetype:
        return []
    require_utf8("A graph", request.mimetype_params)
    return [_document(content, request.mimetype, base)]


def _part(part: FileStorage, base: str) -> Document:
    require_utf8("A graph", part.mimetype_params)
    return _document(part.read(), part.mimetype, base)


def _document(content: bytes, media_type: str, base: str) -> Document:
    if RdfFormat.from_media_type(_media_type(media_type)) == RdfFormat.RDF_XML:
        require_short_entities(content)
    return Document(content, media_type, base)


def _media_type(media_type: str) -> str:
    if RdfFormat.from_media_type(media_type) is None:
        sent = media_type or "a body without Content-Type"
        raise Problem(415, f"A graph is sent as one of {', '.join(_FORMATS)}, not as {sent}.", offered=list(_FORMATS))
    return media_type
