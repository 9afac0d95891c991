"""Refused queries, as a person is told of them."""

from __future__ import annotations

import pytest

from csto_graph.sparql.diagnosis import place, syntax_error

CASES = [
    ("", (1, 1), "The query ends too early. Expected PREFIX, BASE, SELECT, ASK, CONSTRUCT or DESCRIBE."),
    ("SELEC * {}", (1, 1), "“SELEC” cannot stand here. Expected PREFIX, BASE, SELECT, ASK, CONSTRUCT or DESCRIBE."),
    (
        "SELECT * WHERE { ?s ?p }",
        (1, 24),
        "“}” cannot stand here. Expected a variable, an IRI or a prefixed name, a literal, “(” or “[”.",
    ),
    ("SELECT * {\n  ?s ?p ?o .\n  zzz\n}", (3, 3), "“zzz” cannot stand here."),
    ("SELECT * { # {\r\n ?s ?p ?o", (2, 10), "The query ends too early. Expected “{”, “}”"),
    ("SELECT * { ?s foo:p ?o }", (1, 15), "The prefix “foo:” is not declared. Begin the query with PREFIX foo: <…>."),
    ("PREFIX e: <http://e/>\nASK { ?s e:p un:x }", (2, 14), "The prefix “un:” is not declared."),
    ("SELECT * { ?s <http://a b> ?o }", (1, 15), "The IRI that begins here holds a space or another character"),
    ("SELECT * { ?s <x:%zz> ?o }", (1, 15), "<x:%zz> is not an IRI that can be read."),
    ("SELECT ?x { ?s ?p ?o } GROUP BY ?s", (1, 35), "The SELECT contains a variable that is unbound."),
    ("SELECT * { BIND(1 AS ?s) BIND(2 AS ?s) }", (1, 36), "?s has a value already: BIND must name a new variable."),
    ("ASK { ?s cst:memberOf ?o FILTER ?o = 1 }", (1, 33), "“?o” cannot stand here. Expected an IRI or a prefixed name or “(”."),
    ("SELECT * {} LIMIT x", (1, 19), "“x” cannot stand here. Expected a number."),
    ("ASK {} ASK {}", (1, 8), "“ASK” cannot stand here. Expected VALUES, GROUP, HAVING, ORDER, LIMIT or OFFSET."),
    ("DESCRIBE id:state/armenia", (1, 18), "In a prefixed name a slash is written with a backslash: id:state\\/…"),
    ("SELECT (COUNT(?s) ?n) {}", (1, 19), "“?n” cannot stand here."),
]


@pytest.mark.parametrize(("query", "where", "said"), CASES, ids=[case[0][:24] for case in CASES])
def test_a_mistake_is_placed_and_explained(query: str, where: tuple[int, int], said: str) -> None:
    """The position is that of the terminal that is wrong, and the words are those of the query language."""
    error = syntax_error(query)
    assert error is not None
    assert error.detail.startswith(said)
    assert tuple(place(query, error.token).values()) == where


@pytest.mark.parametrize(
    "query", ["ASK {}", "SELECT * { ?s cst:memberOf <id/organisation/csto> }", "SELECT (<x:f>(1) AS ?y) {}", "# only\nASK { }"]
)
def test_a_query_has_no_syntax_error(query: str) -> None:
    """Prefixes and the base of the graph are declared; an unknown function is no matter of syntax."""
    assert syntax_error(query) is None


def test_a_long_broken_query_is_placed_without_guessing() -> None:
    """Where trying would take long the place is named and nothing is promised of what could stand there."""
    query = "ASK { FILTER(1 IN (" + "1," * 3_000 + "}"
    error = syntax_error(query)
    assert error is not None
    assert error.detail == "“}” cannot stand here."
    assert place(query, error.token) == {"line": 1, "column": len(query)}
