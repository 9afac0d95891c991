"""An answer written in the syntax that was asked for, the same bytes each time."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import islice
from typing import IO, Any, Final

import pyoxigraph
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
)

from csto_graph.backend.engine import Answer
from csto_graph.namespaces import PREFIXES, XSD
from csto_graph.turtle import with_sorted_prefixes

_SOLUTIONS: Final = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
_GRAPHS: Final = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "n3": RdfFormat.N3,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}


def write(answer: Answer, syntax: str, most: int, out: IO[bytes]) -> bool:
    """Writes the answer; whether `rows` or `sample` left something out."""
    if isinstance(answer, QueryTriples):
        return _write_graph(answer, syntax, most, out)
    if syntax == "rows":
        return _write_rows(answer, most, out)
    answer.serialize(out, format=_SOLUTIONS[syntax])
    return False


def rdf_document(triples: Iterable[Triple], syntax: RdfFormat, prefixes: dict[str, str]) -> bytes:
    """The triples in the order they come."""
    return with_sorted_prefixes(pyoxigraph.serialize(triples, format=syntax, prefixes=prefixes) or b"")


def _write_graph(answer: QueryTriples, syntax: str, most: int, out: IO[bytes]) -> bool:
    if syntax != "sample":
        pyoxigraph.serialize(answer, out, format=_GRAPHS[syntax], prefixes=PREFIXES)
        return False
    triples = list(islice(answer, most + 1))
    out.write(f"{len(triples[:most])}\n".encode())
    pyoxigraph.serialize(triples[:most], out, format=RdfFormat.TURTLE, prefixes=_used(triples))
    return len(triples) > most


def _write_rows(answer: QuerySolutions | QueryBoolean, most: int, out: IO[bytes]) -> bool:
    if isinstance(answer, QueryBoolean):
        out.write(json.dumps({"head": {}, "boolean": bool(answer)}).encode())
        return False
    names = [variable.value for variable in answer.variables]
    rows = [dict(_bound(names, solution)) for solution in islice(answer, most + 1)]
    out.write(json.dumps({"head": {"vars": names}, "results": {"bindings": rows[:most]}}).encode())
    return len(rows) > most


def _bound(names: list[str], solution: Iterable[Any]) -> Iterable[tuple[str, dict[str, Any]]]:
    for name, term in zip(names, solution, strict=True):
        if term is not None:
            yield name, _term(term)


def _term(term: NamedNode | BlankNode | Literal | Triple) -> dict[str, Any]:
    """A term as SPARQL 1.1 Query Results JSON has it (section 3.2.2)."""
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Literal):
        return {"type": "literal", "value": term.value} | _kind(term)
    return {"type": "triple", "value": str(term)}


def _kind(term: Literal) -> dict[str, str]:
    if term.language:
        return {"xml:lang": term.language}
    return {} if term.datatype.value == str(XSD.string) else {"datatype": term.datatype.value}


def _used(triples: list[Triple]) -> dict[str, str]:
    """Only the prefixes that shorten something: a page of five triples needs no list of twenty."""
    iris = {term.value for triple in triples for term in triple if isinstance(term, NamedNode)}
    iris |= {term.datatype.value for triple in triples if isinstance(term := triple.object, Literal)}
    return {prefix: namespace for prefix, namespace in PREFIXES.items() if any(iri.startswith(namespace) for iri in iris)}
