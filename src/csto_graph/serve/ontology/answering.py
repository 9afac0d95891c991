"""The answer to a CONSTRUCT or DESCRIBE as compacted JSON-LD."""

from __future__ import annotations

from typing import Final

from flask import Response
from pyoxigraph import RdfFormat, Triple, parse

from csto_graph.backend.interface import Query
from csto_graph.namespaces import BASE
from csto_graph.serve.addresses import here
from csto_graph.serve.answering import answered
from csto_graph.serve.editions import asked_edition
from csto_graph.serve.negotiation import GRAPHS
from csto_graph.serve.ontology.compacting import COMPACTED, NotCompactable, compacted
from csto_graph.serve.ontology.context import context
from csto_graph.serve.ontology.sending import send
from csto_graph.serve.ontology.vocabulary import vocabulary
from csto_graph.serve.problems import Problem

_JSONLD: Final = next(syntax for syntax in GRAPHS if syntax.name == "jsonld")
_LONGEST: Final = 2**22  # bytes of N-Triples; a longer answer is not held in memory for the sake of short names


def write_compacted(query: Query) -> Response | None:
    """The answer; None where it has no compacted form: it is too long, a name would become another, there is no ontology."""
    edition = asked_edition()
    try:
        names = context(vocabulary(edition.release))
        response = send(
            lambda: compacted(_triples(query), names, here(f"{BASE}context.jsonld")),
            _JSONLD, "compacted", query.text, edition.release.content, here(BASE),
            tag=edition.release.tag, since=edition.since, remember=False,
        )  # fmt: skip
    except (NotCompactable, Problem) as problem:
        if isinstance(problem, Problem) and problem.code != 404:
            raise
        return None
    if response.status_code == 200:
        response.content_type = f'{_JSONLD.media_type}; profile="{COMPACTED}"'
    return response


def _triples(query: Query) -> list[Triple]:
    with answered(asked_edition().release, query, "ntriples") as answer:
        if answer.length > _LONGEST:
            raise NotCompactable(answer.length)
        return list(dict.fromkeys(quad.triple for quad in parse(answer.read(), format=RdfFormat.N_TRIPLES)))
