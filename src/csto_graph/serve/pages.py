"""An answer as a page: solutions as a table, a graph as Turtle, every IRI short and leading on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from flask import g, render_template, request, url_for

from csto_graph.backend.interface import Answer, Query
from csto_graph.model import Release
from csto_graph.namespaces import BASE, XSD, curie
from csto_graph.serve.addresses import here, leads, origin, shown
from csto_graph.serve.answering import answered
from csto_graph.serve.catalogue import served
from csto_graph.serve.editions import names_release
from csto_graph.serve.negotiation import GRAPHS, PAGE, SOLUTIONS, Syntax
from csto_graph.serve.questions import Question
from csto_graph.sparql.stored import values_of

MOST_SHOWN: Final = 1_000  # solutions or triples on one page
_NOTHING: Final[dict[str, object]] = {"truth": None, "variables": None, "rows": (), "turtle": "", "more": False}
_PAGE_LANGUAGE: Final = "en"
# As plain text: an rdflib term equals no string.
_NUMBERS: Final = frozenset(map(str, (XSD.integer, XSD.decimal, XSD.double)))
_PLAIN: Final = _NUMBERS | {"", str(XSD.boolean)}

Term = Mapping[str, str]  # SPARQL 1.1 Query Results JSON, section 3.2.2


@dataclass(frozen=True, slots=True)
class Cell:
    """A term as a page shows it; `href` is where it leads, `note` what a reader must be told of it besides:
    a datatype, or a language that is not the page's."""

    text: str
    iri: str = ""
    href: str = ""
    note: str = ""
    number: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A part of the answer to a stored question: with which values it was asked, where it stands, what leads to the others."""

    question: Question
    values: Mapping[str, str]
    offset: int
    total: int
    neighbours: Mapping[str, str]  # relation → address


def answer_page(release: Release, query: Query, *, graph: bool, shown: Shown | None = None) -> str:
    """HTML with the query in its form, the answer under it and the same answer in every other syntax as links."""
    with answered(release, query, "sample" if graph else "rows", MOST_SHOWN) as answer:
        found = _graph(answer) if graph else _table(answer, shown)
    return render_template("answer.html", **_NOTHING | found, **_around(query, GRAPHS if graph else SOLUTIONS, shown))


def _around(query: Query, offered: tuple[Syntax, ...], shown: Shown | None) -> dict[str, object]:
    """What every answer is shown with: the question, the query and the way to the other syntaxes."""
    text = "\n".join(query.text.splitlines())  # a form sends its lines with CR LF
    asked = (shown.question, shown.values) if shown else _asked(text)
    call = _call(*asked) if asked else None
    dataset: dict[str, Any] = {"default-graph-uri": query.default_graphs, "named-graph-uri": query.named_graphs}
    way = {"endpoint": "protocol.sparql", "query": text, "release": request.args.getlist("release"), **dataset}
    names = [syntax.name for syntax in offered if syntax is not PAGE]
    return {
        "query": text,
        "asked": asked,
        "call": url_for(**call) if call else "",
        "neighbours": shown.neighbours if shown else {},
        "formats": [(name, url_for(**(call if shown and call else way), format=name)) for name in names],
        "most": MOST_SHOWN,
        "notes": g.get("notes", ()),
    }


def _call(question: Question, values: Mapping[str, str]) -> dict[str, Any]:
    """The way to the question as a call of the interface for programs; what is as the question has it need not be said."""
    given = {each.name: values[each.name] for each in question.parameters if values[each.name] != each.default}
    return {"endpoint": "api.call", "name": question.name, "release": request.args.getlist("release"), **given}


def _asked(text: str) -> tuple[Question, Mapping[str, str]] | None:
    """The stored question that a query is, and the values it was asked with."""
    found = ((each, values_of(each.query, text)) for each in served().questions)
    return next(((question, values) for question, values in found if values is not None), None)


def cell(term: Term | None) -> Cell:
    """The term for a reader; an unbound variable is an empty cell."""
    if term is None:
        return Cell("")
    if term["type"] == "uri":
        return Cell(curie(term["value"]), iri=term["value"], href=leads_to(term["value"]))
    return _literal(term) if term["type"] == "literal" else Cell(term["value"])


def _literal(term: Term) -> Cell:
    text, datatype, language = term["value"], term.get("datatype", ""), term.get("xml:lang", "")
    if language:
        return Cell(text, note="" if language == _PAGE_LANGUAGE else language, language=language)
    return Cell(text, note="" if datatype in _PLAIN else curie(datatype).removeprefix("xsd:"), number=datatype in _NUMBERS)


def leads_to(iri: str) -> str:
    """The page of a thing of ours, the place of a term among all; another's at its own address, if that is one of the web."""
    if shown(iri):
        return leads("page", iri) + (f"?release={quote(request.args['release'])}" if names_release() else "")
    if iri.startswith(BASE):
        return here(iri).removeprefix(origin())
    return outside(iri)


def outside(iri: str) -> str:
    """The address, where it is one of the web that a page may link to; else nothing."""
    return iri if iri.startswith(("http://", "https://")) else ""


def _table(answer: Answer, shown: Shown | None) -> dict[str, object]:
    result = json.loads(answer.read())
    if "boolean" in result:
        return {"truth": result["boolean"], "heading": "Answer"}
    variables = result["head"]["vars"]
    rows = [[cell(row.get(variable)) for variable in variables] for row in result["results"]["bindings"]]
    heading = _placed(len(rows), shown) if shown else _counted(len(rows), "solution", more=answer.more)
    return {"variables": variables, "rows": rows, "more": answer.more, "heading": heading}


def _graph(answer: Answer) -> dict[str, object]:
    count, _, turtle = answer.read().decode().partition("\n")
    return {"turtle": turtle, "more": answer.more, "heading": _counted(int(count), "triple", more=answer.more)}


def _placed(count: int, shown: Shown) -> str:
    """`Solutions 3 to 5 of 8`, where they are not all."""
    if count == shown.total:
        return _counted(count, "solution", more=False)
    here = f"{shown.offset + 1:,} to {shown.offset + count:,}" if count else "None"
    return f"{'Solutions ' if count else ''}{here} of {shown.total:,}{'' if count else ' solutions'}"


def _counted(count: int, noun: str, *, more: bool) -> str:
    """`1 triple`, `2 triples`; beyond what is shown nobody has counted."""
    number = f"More than {MOST_SHOWN:,}" if more else f"{count:,}"
    return f"{number} {noun}{'' if count == 1 else 's'}"
