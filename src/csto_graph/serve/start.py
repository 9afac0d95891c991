"""The start page: what this is, what is in it, and the questions it answers."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, render_template

from csto_graph.namespaces import PREFIXES
from csto_graph.serve.catalogue import served
from csto_graph.serve.editions import asked_release

blueprint = Blueprint("start", __name__)

_FIRST_QUERY: Final = """SELECT ?state ?label WHERE {
  ?state a cst:State ; rdfs:label ?label .
} ORDER BY ?label LIMIT 20"""


@blueprint.get("/")
def show_start() -> Response:
    """HTML, readable without scripts."""
    catalogue = served()
    contents = catalogue.contents(asked_release())
    page = render_template("start.html", catalogue=catalogue, contents=contents, query=_FIRST_QUERY, prefixes=PREFIXES)
    return Response(page, mimetype="text/html")
