"""Which graphs an update can change."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from csto_graph.namespaces import BASE, PREFIXES
from csto_graph.release.difference import difference
from csto_graph.sparql.refusal import Refusal
from csto_graph.sparql.updates import admitted_update
from csto_graph.sparql.writes import written_graphs

GRAPHS = ("x:a", "x:b", "http://example.org/c", f"{BASE}graph/inferred")


def written(update: str) -> set[str] | None:
    found = written_graphs(update, BASE, PREFIXES)
    return found if found is None else {graph.value for graph in found}


@pytest.mark.parametrize(
    ("update", "graphs"),
    [
        ("INSERT DATA { GRAPH <x:a> { <x:s> <x:p> 1 } }", "x:a"),
        ("insert data { graph <x:a> { <x:s> <x:p> [ <x:q> '} GRAPH ?g {' ] } . graph <x:b> { } }", "x:a x:b"),
        ("DELETE DATA { GRAPH <x:a> { <x:s> <x:p> 1 } } ; DELETE WHERE { GRAPH <x:b> { ?s ?p ?o } } ;", "x:a x:b"),
        ("DELETE { GRAPH <x:a> { ?s ?p ?o } } INSERT { GRAPH <x:b> { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } ; <x:q> 1 }", "x:a x:b"),
        ("WITH <x:a> DELETE { ?s ?p ?o } INSERT { GRAPH <x:b> { ?s ?p ?o } } USING <x:c> WHERE { ?s ?p ?o }", "x:a x:b"),
        ("CREATE SILENT GRAPH <x:a> ; DROP GRAPH <x:b> ; CLEAR SILENT GRAPH <x:c>", "x:a x:b x:c"),
        ("COPY <x:a> TO GRAPH <x:b> ; MOVE SILENT GRAPH <x:c> TO <x:d>", "x:a x:b x:c x:d"),
        ("PREFIX e: <http://e/> PREFIX e: <http://f/> INSERT DATA { GRAPH e:g { e:s e:p 1 } }", "http://f/g"),
        ("BASE <http://e/a/b> INSERT DATA { GRAPH <../c> { <s> <p> 1 } GRAPH <?q> {} }", "http://e/c http://e/a/b?q"),
        ("INSERT DATA { GRAPH graph:notes\\/x { <s> <p> 1 } }", f"{BASE}graph/notes/x"),
        ("INSERT DATA { GRAPH <\\u0078:a> { <s> <p> 1 } }", "x:a"),
        ("PREFIX e: <x:>", ""),
        ("INSERT DATA {} ; ", ""),
        ("INSERT DATA { <x:s> <x:p> 1 }", None),
        ("INSERT DATA { GRAPH <x:a> { <x:s> <x:p> 1 } <x:s> <x:p> 1 }", None),
        ("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }", None),
        ("INSERT { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }", None),
        ("WITH <x:a> DELETE { ?s ?p ?o } INSERT { GRAPH ?o { ?s ?p ?o } } WHERE { ?s ?p ?o }", None),
        ("INSERT DATA { GRAPH <x:a> { <x:s> <x:p> 1 } } ; CLEAR ALL", None),
        ("DROP NAMED", None),
        ("COPY DEFAULT TO <x:a>", None),
        ("ADD <x:a> TO DEFAULT", None),
    ],
)  # fmt: skip
def test_the_graphs_of_an_update(update: str, graphs: str | None) -> None:
    """Those that it names where it writes; none is known where a variable or the default graph stands there."""
    assert written(update) == (graphs if graphs is None else set(graphs.split()))


names = st.sampled_from(["<x:a>", "x:b", "<c>", "<../c>", "graph:inferred", "<HTTP://example.org/c>", "<x:new>", "?g", "e:c"])
triples = st.sampled_from(["<x:s> <x:p> 1", "?s ?p ?o", "?s <x:p> [] ; <x:q> '}'", ""])
block = st.builds("GRAPH {} {{ {} }}".format, names, triples)
quads = st.lists(st.one_of(block, block, triples.filter(bool).map("{} .".format)), max_size=2).map(lambda parts: f"{{ {' '.join(parts)} }}")
where = st.sampled_from(["{ ?s ?p ?o }", "{ GRAPH ?g { ?s ?p ?o } }", "{ GRAPH <x:a> { ?s ?p ?o } BIND(x:b AS ?g) }"])
prologue = st.sampled_from(["", "", "BASE <http://example.org/d/>", "PREFIX e: <http://example.org/>", "PREFIX e: <x:> BASE <x:>"])
verbs = st.one_of(
    st.builds("{} DATA {}".format, st.sampled_from(["INSERT", "DELETE"]), quads),
    st.builds("DELETE WHERE {}".format, quads),
    st.builds("{}DELETE {} INSERT {} WHERE {}".format, st.one_of(st.just(""), names.map("WITH {} ".format)), quads, quads, where),
    st.builds("{} SILENT {}".format, st.sampled_from(["CREATE", "CLEAR", "DROP"]), names.map("GRAPH {}".format)),
    st.sampled_from(["CLEAR DEFAULT", "DROP NAMED", "CLEAR ALL"]),
    st.builds("{} SILENT {} TO {}".format, st.sampled_from(["ADD", "COPY", "MOVE"]), names, st.one_of(names, st.just("DEFAULT"))),
)
updates = st.builds("{} {}".format, prologue, st.lists(verbs, min_size=1, max_size=3).map(" ; ".join))


def store() -> Store:
    held = Store()
    for number, graph in enumerate([DefaultGraph(), *map(NamedNode, GRAPHS)]):
        held.extend(Quad(NamedNode(f"x:s{place}"), NamedNode("x:p"), Literal(number), graph) for place in range(2))
    return held


@settings(max_examples=int(os.environ.get("CSTO_GRAPH_EXAMPLES", "300")), deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(updates)
def test_no_other_graph_changes(update: str) -> None:
    """Whatever the engine takes: what it changed is among the graphs that were told."""
    after, before = store(), store()
    prefixes = {**PREFIXES, "x": "x:", "e": "x:"}
    try:
        text = admitted_update(update, frozenset(GRAPHS))
        after.update(text, base_iri=BASE, prefixes=prefixes)
    except (SyntaxError, Refusal, RuntimeError):
        assume(False)
    told = written_graphs(text, BASE, prefixes)
    event("any" if told is None else "some" if difference(before, after) else "none")
    assert told is None or set(difference(before, after)) <= told
