"""`/examples`: the stored queries as RDF, in the form in which sib-swiss/sparql-examples publishes its own.

An example is a `sh:SPARQLExecutable` (SHACL, W3C Recommendation of 20 July 2017) whose text runs as it is; `schema:target` is the
endpoint that answers it. They stand at an address of their own: RFC 8615 keeps `/.well-known/` for registered names, and in the
store they would make a new release of content that is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from flask import Blueprint, Response, render_template
from pyoxigraph import Literal, NamedNode, Triple

from csto_graph.headers import header
from csto_graph.namespaces import BASE, DCTERMS, PREFIXES, RDF, RDFS, SCHEMA, SH, XSD
from csto_graph.serve.about.document import document
from csto_graph.serve.addresses import root
from csto_graph.serve.catalogue import served
from csto_graph.serve.problems import Problem
from csto_graph.serve.questions import Question
from csto_graph.sparql.forms import form
from csto_graph.void.counting import DATASET
from csto_graph.void.describing import triple

blueprint = Blueprint("examples", __name__)

EXAMPLES: Final = f"{BASE}examples"
SPEX: Final = "https://purl.expasy.org/sparql-examples/ontology#"
_SHACL: Final = str(SH)
# The property of the text and the class, by the form of the query; SHACL 1.0 has none for DESCRIBE, so sib-swiss has its own.
_FORMS: Final = {
    "SELECT": (f"{_SHACL}select", f"{_SHACL}SPARQLSelectExecutable"),
    "ASK": (f"{_SHACL}ask", f"{_SHACL}SPARQLAskExecutable"),
    "CONSTRUCT": (f"{_SHACL}construct", f"{_SHACL}SPARQLConstructExecutable"),
    "DESCRIBE": (f"{SPEX}describe", f"{SPEX}SPARQLDescribeExecutable"),
}
_HEADER: Final = re.compile(r"\A(?:#\+[^\n]*\n|\s*\n)*")
_TERM: Final = re.compile(r"\bcst:(\w+)")


@blueprint.get("/examples")
def show_examples() -> Response:
    """Every example as RDF, or as a page of links that run them."""
    return _document(served().questions)


@blueprint.get("/examples/<name>")
def show_example(name: str) -> Response:
    """One example. 404 where there is none of this name."""
    question = next((each for each in served().questions if each.name == name), None)
    if question is None:
        raise Problem(404, f"There is no example {name}. /examples lists those that there are.")
    return _document((question,))


def text_of(question: Question) -> str:
    """The query without its header, which is told as properties."""
    return _HEADER.sub("", question.query)


def example_triples(questions: Iterable[Question], endpoint: str) -> Iterator[Triple]:
    """Examples and the prefixes they share."""
    for question in questions:
        yield from _example(question, endpoint)
    for prefix, namespace in PREFIXES.items():
        declaration = f"{EXAMPLES}#prefix/{prefix}"
        yield triple(f"{EXAMPLES}#prefixes", SH.declare, NamedNode(declaration))
        yield triple(declaration, SH.prefix, Literal(prefix))
        yield triple(declaration, SH.namespace, Literal(namespace, datatype=NamedNode(str(XSD.anyURI))))


def _example(question: Question, endpoint: str) -> Iterator[Triple]:
    example, (property_, class_) = f"{EXAMPLES}/{question.name}", _FORMS[form(question.query)]
    yield triple(example, RDF.type, NamedNode(f"{_SHACL}SPARQLExecutable"))
    yield triple(example, RDF.type, NamedNode(class_))
    yield triple(example, RDFS.comment, question.summary)
    if described := header(question.query, "description"):
        yield triple(example, DCTERMS.description, described)
    yield triple(example, SH.prefixes, NamedNode(f"{EXAMPLES}#prefixes"))
    yield triple(example, property_, Literal(text_of(question)))
    for term in sorted(set(_TERM.findall(text_of(question)))):
        yield triple(example, SCHEMA.keywords, Literal(term))
    yield triple(example, SCHEMA.target, NamedNode(endpoint))
    yield triple(example, DCTERMS.subject, NamedNode(DATASET))


def _document(questions: tuple[Question, ...]) -> Response:
    response = document(
        lambda: example_triples(questions, f"{root()}/sparql"),
        lambda: render_template("examples.html", questions=questions, text_of=text_of),
        {**PREFIXES, "sh": _SHACL, "spex": SPEX},
    )
    response.headers["Cache-Control"] = "no-cache"
    return response
