"""`/api/<name>`: the answer to a stored question, with its parameters, in parts where that is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

from flask import Blueprint, Response, g, request

from csto_graph.backend.interface import Query
from csto_graph.model import Release
from csto_graph.serve.answering import allow, answered
from csto_graph.serve.api.objects import OBJECTS, as_objects
from csto_graph.serve.api.parts import MOST, PARAMETERS, Part, asked_part
from csto_graph.serve.asking import asked_query
from csto_graph.serve.catalogue import served
from csto_graph.serve.editions import asked_release
from csto_graph.serve.negotiation import GRAPHS, PAGE, SOLUTIONS, Syntax, negotiated
from csto_graph.serve.pages import Shown, answer_page
from csto_graph.serve.parameters import parameters
from csto_graph.serve.problems import Problem
from csto_graph.serve.questions import BESIDE, Question
from csto_graph.serve.results import write_as
from csto_graph.serve.solutions import Row, solutions
from csto_graph.sparql.forms import gives_graph
from csto_graph.sparql.paging import counted, is_ordered, part
from csto_graph.sparql.spelling import nearest

blueprint = Blueprint("api", __name__)
_CUT: Final = frozenset({OBJECTS, PAGE})  # syntaxes that hold no more than one part


@blueprint.get("/api/<name>")
def call(name: str) -> Response:
    """The answer as `/sparql` gives it; what is wrong with a parameter is a problem 400 that names it."""
    question = _named(name)
    given = _given(question)
    allow(given.get("timeout"))
    query = asked_query(question, {key: value for key, value in given.items() if key not in taken(question)})
    g.query = query
    syntax = negotiated(offered(question), given.get("format"))
    asked = asked_part(given, always=syntax in _CUT) if is_ordered(question.query) else None
    if asked is None:
        return write_as(syntax, Query(query), partial(_page, question, query, None))
    return _in_parts(question, query, syntax, asked)


def offered(question: Question) -> tuple[Syntax, ...]:
    """The syntaxes of an answer, that of those who do not mind first."""
    if gives_graph(question.query):
        return GRAPHS
    return (OBJECTS, *SOLUTIONS) if is_ordered(question.query) else SOLUTIONS


def taken(question: Question) -> tuple[str, ...]:
    """The parameters that a call takes beside those of the question."""
    return (*BESIDE, *PARAMETERS) if is_ordered(question.query) else BESIDE


def _in_parts(question: Question, query: str, syntax: Syntax, asked: tuple[int, int]) -> Response:
    wanted = part(query, *asked)
    found = Part(*asked, _total(query, wanted, asked))
    made = partial(_objects, wanted, found) if syntax is OBJECTS else partial(_page, question, wanted, found)
    response = write_as(syntax, Query(wanted), made)
    response.headers["X-Total-Count"] = str(found.total)
    response.headers["Link"] = ", ".join(f'<{address}>; rel="{relation}"' for relation, address in found.neighbours())
    return response


def _total(query: str, wanted: str, asked: tuple[int, int]) -> int:
    """The number of all solutions: of a part that is not full it is known, else they are counted."""
    limit, offset = asked
    here = len(_solutions(asked_release(), wanted))
    if here < limit and (here or not offset):
        return offset + here
    with answered(asked_release(), Query(counted(query)), "json") as answer:
        return int(solutions(answer)[0]["total"]["value"])


def _solutions(release: Release, query: str) -> list[Row]:
    with answered(release, Query(query), "rows", MOST) as answer:
        return solutions(answer)


def _objects(query: str, found: Part, release: Release) -> bytes:
    return as_objects(_solutions(release, query), found)


def _page(question: Question, query: str, found: Part | None, release: Release) -> bytes:
    values = {each.name: request.args.get(each.name, each.default) for each in question.parameters}
    shown = Shown(question, values, found.offset, found.total, dict(found.neighbours())) if found else None
    return answer_page(release, Query(query), graph=gives_graph(query), shown=shown).encode()


def _named(name: str) -> Question:
    known = {each.name: each for each in served().questions}
    if name not in known:
        meant = nearest(name, known)
        hint = f"The nearest is {meant}." if meant else "/api/ lists those that there are."
        raise Problem(404, f"There is no question {name}. {hint}")
    return known[name]


def _given(question: Question) -> Mapping[str, str]:
    """Each parameter once, and none that the question does not take."""
    given = parameters()
    known = [*(each.name for each in question.parameters), *taken(question)]
    names = [name for name, _ in given]
    for name in names:
        if name not in known:
            raise Problem(400, f"{question.name} has no parameter {name!r}. It takes {', '.join(known)}.")
        if names.count(name) > 1:
            raise Problem(400, f"{name} is given more than once. Give it one value.")
    return dict(given)
