"""Whether two answers say the same, as the suites mean it.

Solutions are compared as graphs, so that blank nodes may have any name and a solution counts as often as it is there.
Numbers and truths are compared by their value, as the store keeps nothing else of them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    parse,
    parse_query_results,
)

RS: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_FORMATS: Final = {
    "srx": QueryResultsFormat.XML,
    "srj": QueryResultsFormat.JSON,
    "tsv": QueryResultsFormat.TSV,
}
_VALUES: Final[dict[str, Callable[[str], str]]] = {
    "integer": lambda text: str(int(text)),
    "decimal": lambda text: f"{Decimal(text).normalize():f}",
    "double": lambda text: repr(float(text)),
    "float": lambda text: repr(float(text)),
    "boolean": lambda text: {"0": "false", "1": "true"}.get(text, text),
}

Solution = dict[str, Any]
Answer = bool | list[Solution]


def same_solutions(one: Answer, other: Answer, *, ordered: bool) -> bool:
    """Whether two answers to SELECT or ASK are the same, as a sequence or as a multiset."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return same_graphs(_as_graph(one, ordered=ordered), _as_graph(other, ordered=ordered))


def same_graphs(one: Iterable[Quad], other: Iterable[Quad]) -> bool:
    """Whether two graphs or datasets are isomorphic."""
    return _canonical(one) == _canonical(other)


def same_table(one: bytes, other: bytes, *, ordered: bool) -> bool:
    """Whether two CSV answers have the same columns, in any order as those of SELECT *, and the same rows.

    CSV does not tell a blank node from a text (SPARQL 1.1 Query Results CSV and TSV Formats, section 3): what begins with
    `_:` counts as one.
    """
    tables = [list(csv.DictReader(io.StringIO(each.decode(), newline=""), strict=True)) for each in (one, other)]
    texts = ([{name: _cell(text) for name, text in row.items()} for row in table] for table in tables)
    return same_solutions(*texts, ordered=ordered)


def solutions(content: bytes, suffix: str) -> Answer:
    """What an answer in XML, JSON or TSV says."""
    results = parse_query_results(content, format=_FORMATS[suffix])
    if isinstance(results, QueryBoolean):
        return bool(results)
    names = [variable.value for variable in results.variables]
    return [{name: term for name, term in zip(names, solution, strict=True) if term is not None} for solution in results]


def quads(content: bytes, suffix: str, base: str) -> list[Quad]:
    """What an RDF document says."""
    return list(parse(content, format=RdfFormat.from_extension(suffix), base_iri=base))


def result_set(graph: list[Quad]) -> list[Solution] | None:
    """The solutions that a graph describes with the result set vocabulary; None where it does not."""
    if not any(quad.object == NamedNode(f"{RS}ResultSet") for quad in graph):
        return None
    rows = [quad.object for quad in graph if quad.predicate.value == f"{RS}solution"]
    return [dict(_bindings(graph, row)) for row in rows]


def _bindings(graph: list[Quad], row: Any) -> Iterator[tuple[str, Any]]:
    for binding in _objects(graph, row, "binding"):
        yield _objects(graph, binding, "variable")[0].value, _objects(graph, binding, "value")[0]


def _objects(graph: list[Quad], subject: Any, name: str) -> list[Any]:
    return [quad.object for quad in graph if quad.subject == subject and quad.predicate.value == f"{RS}{name}"]


def _cell(text: str) -> Any:
    return BlankNode(text.removeprefix("_:")) if text.startswith("_:") else Literal(text)


def _as_graph(rows: list[Solution], *, ordered: bool) -> Iterator[Quad]:
    for index, solution in enumerate(rows):
        row = BlankNode()
        yield Quad(row, NamedNode(f"{RS}index"), Literal(index if ordered else 0))
        for name, term in solution.items():
            yield Quad(row, NamedNode(f"{RS}{name}"), term)


def _canonical(quads_: Iterable[Quad]) -> set[Quad]:
    dataset = Dataset(Quad(q.subject, q.predicate, _by_value(q.object), q.graph_name) for q in quads_)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


def _by_value(term: Any) -> Any:
    kind = term.datatype.value.removeprefix(XSD) if isinstance(term, Literal) else ""
    try:
        return Literal(_VALUES[kind](term.value), datatype=term.datatype) if kind in _VALUES else term
    except (ArithmeticError, ValueError):
        return term  # ill-typed, and nothing but its characters
