"""A stored question asked with values of one's own: the way to the query that has them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, request, url_for

from csto_graph.backend.interface import Query
from csto_graph.errors import WrongCall
from csto_graph.serve.answering import answered
from csto_graph.serve.catalogue import served
from csto_graph.serve.editions import asked_release
from csto_graph.serve.problems import Problem
from csto_graph.serve.questions import BESIDE, Question
from csto_graph.sparql.stored import bound, require_classes

blueprint = Blueprint("asking", __name__)


@blueprint.get("/questions/<name>")
def ask(name: str) -> Response:
    """303 to the answer. A parameter that is not given, or empty, keeps its default; 400 says what a wrong one takes."""
    question = next((each for each in served().questions if each.name == name), None)
    if question is None:
        raise Problem(404, f"There is no question {name}. The start page lists those that there are.")
    twice = sorted(key for key, given in request.args.lists() if len(given) > 1)
    if twice:
        raise Problem(400, f"{twice[0]} is given more than once. Give it one value.")
    query = asked_query(question, {key: value for key, value in request.args.items() if value and key not in BESIDE})
    beside: dict[str, Any] = {key: value for key, value in request.args.items() if key in BESIDE}
    return Response(status=303, headers={"Location": url_for("protocol.sparql", query=query, **beside)})


def asked_query(question: Question, values: Mapping[str, str]) -> str:
    """The query with these values in the place of its defaults.

    Raises a problem 400 that names the parameter and what it takes: for one that the question has not, for a value of another
    kind, and for a thing that the release asked does not know or has in another class.
    """
    try:
        query = bound(question.query, values, question.name)
        require_classes(question.query, values, _holds)
    except WrongCall as wrong:
        raise Problem(400, f"{wrong.place}: {wrong.problem}. {wrong.remedy}.") from None
    return query


def _holds(query: str) -> bool:
    with answered(asked_release(), Query(query), "json") as answer:
        return bool(json.loads(answer.read())["boolean"])
