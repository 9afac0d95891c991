"""A thing in a few lines, to be shown inside a client's page; and what the features of a candidate mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Response, g, render_template, request

from csto_graph.backend.interface import Query
from csto_graph.likeness import REASONS
from csto_graph.model import Release
from csto_graph.serve.addresses import here
from csto_graph.serve.answering import answered
from csto_graph.serve.problems import Problem
from csto_graph.serve.reconcile.asked import shown
from csto_graph.serve.reconcile.index import Entity, How, Index
from csto_graph.serve.reconcile.writing import validated_text
from csto_graph.serve.solutions import solutions

FRAMED: Final = "csto_graph.framed"  # in the environment of a request whose answer may stand in a frame
_MOST_FACTS: Final = 8
_MOST_NAMES: Final = 6
_MOST_READ: Final = 1_000  # triples of the thing
_FACTS: Final = "SELECT ?property ?value {{ <{iri}> ?property ?value }} ORDER BY ?property ?value"


@dataclass(frozen=True, slots=True)
class Line:
    """A fact as a reader sees it."""

    property: str
    value: str


def required(index: Index) -> Entity:
    """The thing of `id=`. Raises a problem 400 without it and 404 where there is none."""
    given = request.args.get("id")
    if not given:
        raise Problem(400, "id= names the thing.")
    entity = index.entity(given)
    if entity is None:
        raise Problem(404, f"There is nothing with the identifier {shown(given)} in this release.")
    return entity


def previewed(release: Release, index: Index) -> Response:
    """HTML that may stand in anybody's frame, as clients show it so. It has no form and no session, and so nothing that a
    click inside a foreign page could do for its reader; every other page stays shut.
    """
    entity = required(index)
    others = [name for name, how in entity.names[1:] if how is not How.HIDDEN]
    page = render_template(
        "reconcile/preview.html",
        entity=entity,
        kinds=index.kinds(entity),
        others=others[:_MOST_NAMES],
        more=max(0, len(others) - _MOST_NAMES),
        facts=_lines(release, index, entity),
        address=here(entity.iri),
    )
    g.framed = request.environ[FRAMED] = True
    return validated_text(page, "text/html")


def explained() -> Response:
    """HTML: the features by their ids."""
    features = {f"name_{name}": f"{says[0].upper()}{says[1:]}." for name, says in REASONS.items()}
    return validated_text(render_template("reconcile/features.html", features=features), "text/html")


def _lines(release: Release, index: Index, entity: Entity) -> list[Line]:
    with answered(release, Query(_FACTS.format(iri=entity.iri)), "rows", _MOST_READ) as answer:
        found = solutions(answer)
    lines = []
    for row in found:
        term, value = index.properties.get(row["property"]["value"]), row["value"]["value"]
        if term and term.range.rpartition("#")[2] != "boolean":
            named = index.entities.get(value)
            lines.append(Line(term.name, named.label if named else value))
    return lines[:_MOST_FACTS]
