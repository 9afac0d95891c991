"""An answer as a page: solutions as a table, a graph as Turtle, every IRI short and leading on."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Final

from flask import render_template, url_for
from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Triple

from csto_graph.namespaces import BASE, PREFIXES, XSD, curie
from csto_graph.serve.catalogue import served
from csto_graph.serve.documents import rdf_document
from csto_graph.serve.engine import Answer, Query
from csto_graph.serve.negotiation import GRAPHS, PAGE, SOLUTIONS

MOST_SHOWN: Final = 1_000  # solutions or triples on one page
_ABOUT: Final = """SELECT ?graph ?property ?value WHERE {{
  {{ <{iri}> ?property ?value }} UNION {{ GRAPH ?graph {{ <{iri}> ?property ?value }} }}
}} ORDER BY ?graph ?property ?value"""
_NOTHING: Final[dict[str, object]] = {"truth": None, "variables": None, "rows": (), "turtle": "", "more": False}
_PAGE_LANGUAGE: Final = "en"
# As plain text: an rdflib term equals no string.
_NUMBERS: Final = frozenset(map(str, (XSD.integer, XSD.decimal, XSD.double)))
_PLAIN: Final = _NUMBERS | frozenset(map(str, (XSD.string, XSD.boolean)))

Term = NamedNode | BlankNode | Literal | Triple


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


def answer_page(answer: Answer, query: Query) -> str:
    """HTML with the query in its form, the answer under it and the same answer in every other syntax as links."""
    if isinstance(answer, QueryBoolean):
        shown: dict[str, object] = {"truth": bool(answer), "heading": "Answer"}
    else:
        shown = _table(answer) if isinstance(answer, QuerySolutions) else _graph(answer)
    return render_template("answer.html", **_NOTHING | shown, **_around(answer, query))


def _around(answer: Answer, query: Query) -> dict[str, object]:
    """What every answer is shown with: the question, the query and the way to the other syntaxes."""
    offered = GRAPHS if isinstance(answer, QueryTriples) else SOLUTIONS
    text = "\n".join(query.text.splitlines())  # a form sends its lines with CR LF
    return {
        "query": text,
        "question": next((each.summary for each in served().questions if each.query.split() == text.split()), ""),
        "dataset": {"default-graph-uri": query.default_graphs, "named-graph-uri": query.named_graphs},
        "formats": [syntax.name for syntax in offered if syntax is not PAGE],
        "most": MOST_SHOWN,
    }


def cell(term: Term | None) -> Cell:
    """The term for a reader; an unbound variable is an empty cell."""
    if isinstance(term, NamedNode):
        return Cell(curie(term.value), iri=term.value, href=_leads_to(term.value))
    if isinstance(term, Literal):
        return _literal(term)
    return Cell("" if term is None else str(term))


def _literal(term: Literal) -> Cell:
    datatype = term.datatype.value
    if term.language:
        return Cell(term.value, note="" if term.language == _PAGE_LANGUAGE else term.language, language=term.language)
    return Cell(term.value, note="" if datatype in _PLAIN else curie(datatype).removeprefix("xsd:"), number=datatype in _NUMBERS)


def _leads_to(iri: str) -> str:
    """What this service knows of a thing of ours; another's thing at its own address, if that is one of the web."""
    if iri.startswith(BASE):
        return url_for("protocol.sparql", query=_ABOUT.format(iri=iri))
    return iri if iri.startswith(("http://", "https://")) else ""


def _table(answer: QuerySolutions) -> dict[str, object]:
    rows = [[cell(term) for term in solution] for solution in islice(answer, MOST_SHOWN + 1)]
    return {
        "variables": [variable.value for variable in answer.variables],
        "rows": rows[:MOST_SHOWN],
        "more": len(rows) > MOST_SHOWN,
        "heading": _counted(len(rows), "solution"),
    }


def _graph(answer: QueryTriples) -> dict[str, object]:
    triples = list(islice(answer, MOST_SHOWN + 1))
    written = rdf_document(triples[:MOST_SHOWN], RdfFormat.TURTLE, _used(triples))
    return {"turtle": written.decode(), "more": len(triples) > MOST_SHOWN, "heading": _counted(len(triples), "triple")}


def _counted(count: int, noun: str) -> str:
    """`1 triple`, `2 triples`; beyond what is shown nobody has counted."""
    number = f"More than {MOST_SHOWN:,}" if count > MOST_SHOWN else f"{count:,}"
    return f"{number} {noun}{'' if count == 1 else 's'}"


def _used(triples: list[Triple]) -> dict[str, str]:
    """Only the prefixes that shorten something: a page of five triples needs no list of twenty."""
    iris = {term.value for triple in triples for term in triple if isinstance(term, NamedNode)}
    iris |= {term.datatype.value for triple in triples if isinstance(term := triple.object, Literal)}
    return {prefix: namespace for prefix, namespace in PREFIXES.items() if any(iri.startswith(namespace) for iri in iris)}
