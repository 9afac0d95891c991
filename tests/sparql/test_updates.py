"""What an update may do, and the update as the engine gets it."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, Quad, Store

from csto_graph.namespaces import BASE
from csto_graph.sparql.refusal import Refusal
from csto_graph.sparql.updates import admitted_update

GRAPHS = frozenset({"x:g", "x:h"})


def store() -> Store:
    held = Store()
    for graph in GRAPHS:
        held.add(Quad(NamedNode(f"x:in-{graph[2:]}"), NamedNode("x:p"), NamedNode("x:o"), NamedNode(graph)))
    return held


def updated(text: str, using: tuple[str, ...] = (), named: tuple[str, ...] = ()) -> set[str]:
    """The subjects in the default graph after the update."""
    held = store()
    held.update(admitted_update(text, GRAPHS, using, named), base_iri=BASE)
    return {quad.subject.value for quad in held.quads_for_pattern(None, None, None, None) if "DEFAULT" in str(quad.graph_name)}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("update", "said"),
    [
        ("LOAD <http://127.0.0.1/x>", "fetches nothing"),
        ("load <file:///etc/passwd> INTO GRAPH <x:g>", "fetches nothing"),
        ("INSERT DATA { <x:a> <x:b> 1 } ; LOAD <http://127.0.0.1/x>", "fetches nothing"),
        ("PREFIX load: <x:> LOAD load:x", "fetches nothing"),
        ("INSERT { <x:a> <x:b> ?o } WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE is not offered"),
        ("INSERT { <x:a> <x:b> ?o } WHERE { { SELECT ?o { SERVICE SILENT ?x { ?s ?p ?o } } } }", "SERVICE is not offered"),
        ("INSERT { ?s ?p ?o } USING <x:other> WHERE { ?s ?p ?o }", "not in this release: <x:other>"),
        ("INSERT { ?s ?p ?o } USING NAMED <x:other> WHERE { ?s ?p ?o }", "not in this release: <x:other>"),
        ("SELECT * { ?s ?p ?o }", "/sparql"),
        ("PREFIX x: <x:> ASK {}", "/sparql"),
        ("INSERT DATA { <x:a> <x:b> 'open }", "not closed"),
        ("INSERT DATA { <x:a> <x:b> " + "[ <x:b> " * 101 + "1" + "]" * 101 + " }", "nests"),
        ("DELETE WHERE { " + "?s ?p ?o . " * 600 + "}", "brackets, operators and patterns"),
        ("INSERT {} WHERE { FILTER(" + "!" * 600 + "true) }", "brackets, operators and patterns"),
    ],
)
def test_what_is_refused(update: str, said: str) -> None:
    """Nothing is fetched, nothing foreign is named, nothing goes too deep."""
    with pytest.raises(Refusal, match=said):
        admitted_update(update, GRAPHS)


@pytest.mark.parametrize("where", ["<http://127.0.0.1:9/x>", "<file:///etc/passwd> INTO GRAPH <x:g>", "x:local INTO GRAPH x:g"])
def test_a_silent_load_fetches_nothing_in_silence(where: str) -> None:
    """As if the fetching had failed, which SILENT says to pass over; what stands around it is carried out."""
    text = f"PREFIX x: <x:> INSERT DATA {{ <x:a> <x:b> 1 }} ; LOAD SILENT {where} ; INSERT DATA {{ <x:b> <x:b> 1 }}"
    assert updated(text) == {"x:a", "x:b"}
    assert "LOAD" not in admitted_update(text, GRAPHS)


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <x:load> <x:service> 'LOAD <http://x> SERVICE' } # LOAD",
        "PREFIX load: <x:> INSERT DATA { load:a load:b load:load }",
        "INSERT DATA { " + " ".join(f"<x:a> <x:b> {n} ." for n in range(5_000)) + " }",
        "DELETE { " + "<x:a> <x:b> 1 . " * 2_000 + "} INSERT { " + "<x:a> <x:b> 1 . " * 2_000 + "} WHERE {}",
        "",
    ],
)
def test_what_is_let_through(update: str) -> None:
    """Words inside texts, names and IRIs, and much data."""
    store().update(admitted_update(update, GRAPHS), base_iri=BASE)


@pytest.mark.parametrize(
    ("update", "subjects"),
    [
        ("INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }", {"x:in-g"}),
        ("INSERT { ?s ?p ?o } WHERE { { SELECT * WHERE { ?s ?p ?o } } }", {"x:in-g"}),
        ("INSERT DATA { <x:where> <x:where> 'WHERE' } ; INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }", {"x:in-g", "x:where"}),
        ("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }", {"x:in-h"}),
        ("INSERT DATA { <x:in-g> <x:p> <x:o> } ; DELETE WHERE { ?s ?p ?o }", set()),
    ],
)
def test_the_dataset_of_the_request(update: str, subjects: set[str]) -> None:
    """It holds for every WHERE of an operation, that of DELETE WHERE too, and for no inner one."""
    assert updated(update, ("x:g",), ("x:h",)) == subjects


@pytest.mark.parametrize("clause", ["USING <x:g>", "USING NAMED <x:h>"])
def test_two_datasets_are_one_too_many(clause: str) -> None:
    """SPARQL 1.1 Protocol, section 2.2.3: neither is taken for the other."""
    with pytest.raises(Refusal, match="names a dataset"):
        admitted_update(f"INSERT {{}} {clause} WHERE {{}}", GRAPHS, ("x:g",))
    with pytest.raises(Refusal, match="names a dataset"):
        admitted_update("WITH <x:g> INSERT {} WHERE {}", GRAPHS, ("x:g",))
    with pytest.raises(Refusal, match="not in this release"):
        admitted_update("INSERT {} WHERE {}", GRAPHS, (), ("x:other",))
