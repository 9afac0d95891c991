"""Which request is a query and which an update: SPARQL 1.1 Protocol, sections 2.1 and 2.2, each way of sending them."""

from __future__ import annotations

from flask import Blueprint, Response, g, request

from csto_graph.backend.interface import Query, Update
from csto_graph.serve.answering import allow, require_length
from csto_graph.serve.changes import made, told
from csto_graph.serve.description import describe_service
from csto_graph.serve.parameters import UPDATE, Parameters, parameters, values
from csto_graph.serve.permission import require_token
from csto_graph.serve.problems import Problem, prefers_page
from csto_graph.serve.results import write_answer
from csto_graph.serve.start import show_start

blueprint = Blueprint("protocol", __name__)


@blueprint.route("/sparql/", methods=["GET", "POST"])
@blueprint.route("/sparql", methods=["GET", "POST"])  # added first, so this is the address that pages name
def sparql() -> Response:
    """The answer to the query, or the description of the service where there is none. An update is taken here, too."""
    if request.mimetype == UPDATE and request.method == "POST":
        return update()
    given = parameters()
    if values(given, "update"):
        return _updated(given)
    query = _query(given)
    named = dict(given).get("format")
    if query is None:
        return show_start() if named == "html" or (named is None and prefers_page("text/turtle")) else describe_service(named)
    g.query = query.text
    require_length(query.text, 413 if request.method == "POST" else 414)
    allow(dict(given).get("timeout"))
    return write_answer(query, named)


@blueprint.post("/update/")
@blueprint.post("/update")
def update() -> Response:
    """What the update did, as JSON."""
    require_token()  # before the body, which may be long
    return _updated(parameters())


def _updated(given: Parameters) -> Response:
    if request.method != "POST":
        raise Problem(400, "A change is sent by POST, as GET changes nothing.")
    require_token()
    return told(made(_update(given)))


def _query(given: Parameters) -> Query | None:
    texts = values(given, "query")
    if len(texts) > 1:
        raise Problem(400, f"There are {len(texts)} queries in one request. Send one at a time.")
    default, named = (values(given, name) for name in ("default-graph-uri", "named-graph-uri"))
    if not texts or (not texts[0].strip() and request.method != "POST"):
        if request.method == "POST":
            raise Problem(400, "The form has no parameter query.")
        return None
    return Query(texts[0], default, named)


def _update(given: Parameters) -> Update:
    texts = values(given, "update")
    if len(texts) != 1 or values(given, "query"):
        raise Problem(400, "Send one update at a time, as the parameter update, and no query beside it.")
    return Update(texts[0], values(given, "using-graph-uri"), values(given, "using-named-graph-uri"))
