"""A stored question asked with values of one's own: the way to the query that has them."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, request, url_for

from csto_graph.errors import WrongCall
from csto_graph.serve.catalogue import served
from csto_graph.serve.problems import Problem
from csto_graph.sparql.stored import bound

blueprint = Blueprint("asking", __name__)
_ANSWERED: Final = {"format", "release", "timeout"}  # what /sparql takes beside a query


@blueprint.get("/questions/<name>")
def ask(name: str) -> Response:
    """303 to the answer. A parameter that is not given, or empty, keeps its default; 400 says what a wrong one takes."""
    question = next((each for each in served().questions if each.name == name), None)
    if question is None:
        raise Problem(404, f"There is no question {name}. The start page lists those that there are.")
    twice = sorted(key for key, given in request.args.lists() if len(given) > 1)
    if twice:
        raise Problem(400, f"{twice[0]} is given more than once. Give it one value.")
    values = {key: value for key, value in request.args.items() if value and key not in _ANSWERED}
    try:
        query = bound(question.query, values, name)
    except WrongCall as wrong:
        raise Problem(400, f"{wrong.place}: {wrong.problem}. {wrong.remedy}.") from None
    beside: dict[str, Any] = {key: value for key, value in request.args.items() if key in _ANSWERED}
    return Response(status=303, headers={"Location": url_for("protocol.sparql", query=query, **beside)})
