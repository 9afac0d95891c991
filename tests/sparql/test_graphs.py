"""GRAPH with a variable, held against what the standard says: the pattern in each graph by itself, then the graph's name."""

from __future__ import annotations

import random

import pytest
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store

from csto_graph.backend.engine import Engine
from csto_graph.backend.interface import Query
from csto_graph.namespaces import BASE
from csto_graph.resources import root
from csto_graph.sparql.graphs import conforming, named_in, refuse_astray
from csto_graph.sparql.refusal import Refusal
from csto_graph.sparql.tokens import tokens

DATA = b"""<x:g1> { <x:a> <x:p> 1 . <x:b> <x:p> 2 } <x:g2> { <x:a> <x:p> 1 } <x:g3> { <x:c> <x:q> <x:g1> }
<x:d> <x:p> 9 , 8 ."""
NAMED = ("x:empty", "x:g1", "x:g2", "x:g3")
Row = dict[str, str]


@pytest.fixture(scope="module")
def engine() -> Engine:
    store = Store()
    store.load(DATA, format=RdfFormat.TRIG)
    store.add_graph(NamedNode("x:empty"))
    return Engine(store, frozenset(NAMED))


def rows(answer: object) -> list[Row]:
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    return [{name: str(row[name]) for name in names if row[name] is not None} for row in answer]


def in_order(found: list[Row]) -> list[list[tuple[str, str]]]:
    return sorted(sorted(row.items()) for row in found)


def by_definition(engine: Engine, pattern: str) -> list[Row]:
    """The union over the graphs of what the pattern finds in each as the default graph, joined to its name."""
    found = []
    for iri in NAMED:
        alone = engine.ask(Query(f"SELECT * {{ {pattern} }}", (iri,), NAMED))
        found += [row | {"g": f"<{iri}>"} for row in rows(alone) if row.get("g", f"<{iri}>") == f"<{iri}>"]
    return found


PATTERNS = [
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s",
    "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING (COUNT(*) > 1)",
    "SELECT ?g (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?g",
    "SELECT (SAMPLE(?g) AS ?n) { ?s ?p ?o }",
    "SELECT DISTINCT ?p { ?s ?p ?o }",
    "SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 1",
    "SELECT ?s { ?s ?p ?o } ORDER BY ?s OFFSET 1",
    "{ SELECT ?s { ?s <x:p> 1 } } ?s <x:p> ?o",
    "{ SELECT * { ?s <x:p> ?o } }",
    "?s <x:p> ?o { SELECT (MAX(?v) AS ?m) { ?w <x:p> ?v } }",
    "VALUES ?s { <x:a> <x:b> }",
    "VALUES ?g { <x:g1> <x:none> }",
    "VALUES (?s ?o) { (<x:a> 1) (UNDEF 2) } OPTIONAL { ?s <x:p> ?o }",
    "VALUES ?s { <x:a> } ?s <x:p> ?o",
    "VALUES ?s { <x:a> } FILTER EXISTS { ?s <x:p> ?o }",
    "{ ?s <x:p> 1 } UNION { VALUES ?s { <x:z> } }",
    "?s <x:p> ?o MINUS { ?x <x:p> 2 }",
    "?s <x:p> ?o MINUS { ?s <x:p> 2 }",
    "?s <x:p> ?o MINUS { VALUES ?z { 1 } }",
    "?s <x:p> ?o MINUS { ?x <x:q> ?g }",
    "?s <x:p> ?o OPTIONAL { ?s <x:p> ?z MINUS { ?x <x:p> 2 } }",
    "?s <x:p> ?o FILTER(?g = <x:g1>)",
    "?s <x:p> ?o FILTER(!BOUND($g))",
    "?s ?p ?o BIND(?g AS ?x)",
    "?s ?p ?o OPTIONAL { ?s <x:q> ?g }",
    "?s ?p ?g",
    "?s <x:p> ?o FILTER NOT EXISTS { ?t <x:q> ?g }",
    "GRAPH ?h { ?s <x:p> ?o }",
    "GRAPH ?h { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } }",
    "GRAPH <x:g2> { ?s <x:p> ?o } FILTER EXISTS { ?c <x:q> ?d }",
    "GRAPH <x:none> { VALUES ?s { 1 } }",
    "_:b <x:p> ?o MINUS { _:c <x:p> 2 }",
    "[] <x:p> ?o . BIND(?o + 1 AS ?n)",
    "OPTIONAL { ?s <x:p> 2 }",
    "",
]  # fmt: skip


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_is_evaluated_in_each_graph_by_itself(engine: Engine, pattern: str) -> None:
    """As the definition of Graph(var, P) has it, whatever the pattern."""
    assert in_order(rows(engine.ask(Query(f"SELECT * {{ GRAPH ?g {{ {pattern} }} }}")))) == in_order(by_definition(engine, pattern))


def test_patterns_made_up_by_chance(engine: Engine) -> None:
    """The same for what nobody thought of."""
    chance = random.Random(6)
    parts = ["?s <x:p> ?o .", "?s ?p ?z .", "OPTIONAL { ?s <x:p> 2 }", "VALUES ?s { <x:a> <x:c> }", "MINUS { ?x <x:p> 2 }",
             "MINUS { ?s <x:p> 2 }", "{ SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s }", "{ SELECT (COUNT(*) AS ?m) { ?a ?b ?c } }",
             "{ VALUES ?o { 1 2 } } UNION { ?s <x:q> ?o }", "FILTER(?g = <x:g1> || ?o = 1)", "{ ?s <x:q> ?g }",
             "GRAPH ?h { ?s <x:p> ?o }"]  # fmt: skip
    for _ in range(300):
        pattern = " ".join(chance.choice(parts) for _ in range(chance.randint(1, 3)))
        asked = in_order(rows(engine.ask(Query(f"SELECT * {{ GRAPH ?g {{ {pattern} }} }}"))))
        assert asked == in_order(by_definition(engine, pattern)), pattern


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("SELECT * { VALUES ?g { <x:g1> <x:none> } GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }", 1),
        ("SELECT ?n { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }", 4),
        ("SELECT * FROM NAMED <x:g2> { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }", 1),
        ("SELECT * FROM <x:g2> { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }", 0),
        ("SELECT * FROM <x:g2> { GRAPH <x:g2> { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }", 0),
        ("SELECT * { GRAPH <x:none> { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }", 0),
        ("SELECT * { GRAPH <x:g3> { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }", 1),
        ("PREFIX x: <x:> SELECT * { GRAPH x:none { VALUES ?v { 1 } } }", 0),
        ("PREFIX x: <x:> SELECT * { GRAPH x:g1 { VALUES ?v { 1 } } } # GRAPH ?g { SELECT", 1),
        ("SELECT * { ?s <x:p> ?o OPTIONAL { GRAPH ?g { VALUES ?o { 9 } } } }", 5),
        ("SELECT * { ?s <x:p> ?o FILTER EXISTS { GRAPH ?g { VALUES ?o { 9 } } } }", 1),
    ],
)
def test_around_it(engine: Engine, query: str, count: int) -> None:
    """The dataset counts, and what stands before and after it stays what it is."""
    assert len(rows(engine.ask(Query(query)))) == count


def test_the_dataset_of_the_request(engine: Engine) -> None:
    """It replaces that of the query."""
    text = "SELECT * FROM NAMED <x:g2> { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }"
    assert sorted(row["g"] for row in rows(engine.ask(Query(text, (), ("x:g3", "x:g1"))))) == ["<x:g1>", "<x:g3>"]
    assert rows(engine.ask(Query(text, ("x:g1",)))) == []
    assert len(rows(engine.ask(Query(text)))) == 1


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
        "SELECT * { VALUES ?s { <x:a> } GRAPH ?g { ?s ?p ?o FILTER(?o > 1) } FILTER(?g != <x:g1>) }",
        "SELECT * { GRAPH ?g { VALUES (?s ?p) { (<x:a> <x:p>) } ?s ?p ?o } }",
        "SELECT * { GRAPH ?g { ?s a ?t . OPTIONAL { ?s <x:p> ?o } { ?s ?q 1 } UNION { ?s ?q 2 } FILTER NOT EXISTS { ?s <x:q> 1 } } }",
        "SELECT * { { SELECT ?s { ?s ?p ?o } LIMIT 1 } MINUS { ?s ?p 2 } GRAPH ?g { ?s ?p ?o } }",
        "SELECT * { GRAPH <x:g1> { ?s ?p ?o MINUS { ?a ?b 1 } { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } } }",
        "SELECT * { SERVICE <http://x/> { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } } }",
        "SELECT * { SERVICE SILENT <http://x/> { GRAPH ?g { VALUES ?o { 1 } } } }",
        'SELECT * { ?s ?p "GRAPH ?g { SELECT" }',
        "SELECT * { GRAPH ?g { ?s ?p ?g } }",
    ],
)
def test_ordinary_queries_stay_as_they_are(query: str) -> None:
    """To the letter, and without a note."""
    assert conforming(query, list(tokens(query)), NAMED) == (query, ())


QUERIES = sorted((root() / "queries").rglob("*.rq"))


@pytest.mark.parametrize("path", QUERIES, ids=[path.name for path in QUERIES])
def test_our_own_queries_stay_as_they_are(path: object) -> None:
    """None of them asks what the engine gets wrong."""
    query = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]  # a path
    terminals = list(tokens(query))
    assert conforming(query, terminals, named_in(terminals, frozenset(NAMED))) == (query, ())


def test_a_note_says_where_the_filter_belongs(engine: Engine) -> None:
    """Once for each variable; MINUS in EXISTS has its own."""
    notes = engine.notes(Query("SELECT * { GRAPH ?g { ?s ?p ?o FILTER(?g = ?s || ?g = ?o) } }"))
    assert len(notes) == 1 and "Inside GRAPH ?g { ... }" in notes[0]
    assert engine.notes(Query("SELECT * { GRAPH ?g { SELECT ?g (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?g } }")) == ()
    assert "FILTER NOT EXISTS" in engine.notes(Query("SELECT * { ?s ?p ?o FILTER EXISTS { ?s ?p ?q MINUS { ?x ?p 2 } } }"))[0]
    assert engine.notes(Query("SELECT * { ?s ?p ?o FILTER EXISTS { ?s ?p ?q } MINUS { ?x ?p 2 } }")) == ()


def test_too_many_graphs_are_told() -> None:
    """A Refusal with another way to ask, and no query of megabytes."""
    query = "SELECT * { GRAPH ?g { SELECT (COUNT(*) AS ?n) { GRAPH ?h { SELECT ?s { ?s ?p ?o } } } } }"
    with pytest.raises(Refusal, match="GROUP BY"):
        conforming(query, list(tokens(query)), [f"x:{number}" for number in range(1_000)])


@pytest.mark.parametrize(
    "query",
    ["SELECT * { GRAPH ?g { MINUS { ?s ?p ?o } }", "SELECT * { GRAPH ?g { SELECT", "SELECT * { GRAPH ?g { MINUS { ?s ?p } } }",
     "SELECT * { GRAPH ?g { VALUES ?s { 1 }", "ASK { GRAPH ?g { VALUES", "ASK { GRAPH ?g {", "ASK { GRAPH ?g", "ASK { GRAPH"],
)  # fmt: skip
def test_what_is_no_query_stays_none(engine: Engine, query: str) -> None:
    """It is refused with its place in what was sent."""
    with pytest.raises(Refusal) as caught:
        engine.ask(Query(query))
    assert caught.value.line == 1


@pytest.mark.parametrize(
    "update",
    [
        "INSERT { ?g <x:n> ?n } WHERE { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }",
        "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o MINUS { ?x ?p 2 } } }",
        "INSERT { GRAPH ?g { ?s <x:p> 1 } } WHERE { GRAPH ?g { VALUES ?s { 1 } } }",
        "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o FILTER(?g != <x:g1>) } }",
    ],
)
def test_an_update_is_refused_where_a_query_is_written_out(update: str) -> None:
    """It would delete or insert what the standard does not say."""
    with pytest.raises(Refusal, match=r"GRAPH .g may not stand around"):
        refuse_astray(update, list(tokens(update)))


@pytest.mark.parametrize(
    "update",
    [
        "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
        "INSERT DATA { GRAPH <x:g> { <x:g> <x:p> 1 } }",
        "DELETE { GRAPH ?g { ?g ?p ?o } } INSERT { GRAPH ?g { ?g ?p [ <x:p> ?g ] } } WHERE { GRAPH ?g { ?g ?p ?o } FILTER(?g != <x:g1>) }",
        "INSERT { GRAPH <x:g> { ?s ?p ?o } } WHERE { GRAPH <x:g> { SELECT * { ?s ?p ?o } } }",
    ],
)
def test_other_updates_pass(update: str) -> None:
    """Templates are no patterns."""
    refuse_astray(update, list(tokens(update)))
    Store().update(update, base_iri=BASE)
