"""What speaks against a change: the same as against a build that held it."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from csto_graph import graph, resources
from csto_graph.changes import check_change
from csto_graph.model import Report
from csto_graph.namespaces import PREFIXES
from csto_graph.release.difference import difference
from csto_graph.turtle import read_turtle
from csto_graph.validate import validate_shapes

ONTOLOGY = resources.root() / "ontology"
BASE = """
@base <https://w3id.org/csto-graph/id/> .
<state/armenia> a cst:State ; rdfs:label "Armenia"@en ; cst:memberOf <organisation/csto> .
<state/belarus> a cst:State ; rdfs:label "Belarus"@en .
<organisation/csto> a cst:MilitaryAlliance ; rdfs:label "CSTO"@en .
graph:notes\\/anna { <state/x> a cst:State ; rdfs:label "X"@en . <state/belarus> cst:memberOf <organisation/csto> . }
graph:evidence\\/one { <document/one> a cst:Document ; dcterms:title "One"@en ; rdfs:label "One"@en . }
"""


def prefixed(trig: str) -> str:
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items()) + trig


def base() -> ox.Store:
    store = ox.Store()
    store.load(prefixed(BASE).encode(), format=ox.RdfFormat.TRIG)
    store.extend(ox.Quad(*t, ox.NamedNode(f"{PREFIXES['graph']}ontology")) for t in map(parts, read_turtle(ONTOLOGY / "csto.ttl")))
    return store


def parts(triple: ox.Triple) -> tuple[ox.NamedNode | ox.BlankNode, ox.NamedNode, ox.NamedNode | ox.BlankNode | ox.Literal]:
    return triple.subject, triple.predicate, triple.object  # type: ignore[return-value]  # no triple terms


def checked(update: str) -> tuple[Report, ox.Store]:
    """The report on an update of the base, and the store after it."""
    before, after = base(), base()
    after.update(update, base_iri=PREFIXES["id"], prefixes=PREFIXES)
    return check_change(after, difference(before, after)), after


GOOD = [
    "INSERT DATA { GRAPH graph:a { <state/armenia> cst:memberOf <organisation/csto> } }",
    'INSERT DATA { GRAPH graph:a { <state/y> a cst:State ; rdfs:label "Y"@en ; cst:memberOf <organisation/csto> } }',
    "INSERT DATA { GRAPH <x:g> { <x:s> <x:p> <x:o>, 1, 'text' } }",
    "DELETE WHERE { GRAPH graph:notes\\/anna { <state/belarus> ?p ?o } }",
    "DROP GRAPH graph:notes\\/anna",
    "CREATE GRAPH <x:empty>",
]
BAD = [
    ("INSERT DATA { GRAPH graph:a { <state/y> a cst:State } }", "thing-label"),
    ("INSERT DATA { GRAPH graph:a { <state/armenia> cst:memberOf <state/y> } }", "actor-member-of"),
    ("DELETE DATA { GRAPH graph:notes\\/anna { <state/x> rdfs:label 'X'@en } }", "thing-label"),
    ("INSERT DATA { GRAPH graph:a { <treaty/t> a cst:Treaty ; rdfs:label 'T'@en ; cst:signedOn '1992-02-32'^^xsd:date } }", "treaty-signed"),
    ("INSERT DATA { GRAPH graph:a { <organisation/csto> a cst:State } }", "cax-dw"),
    ("INSERT DATA { GRAPH graph:a { <state/belarus> a cst:Treaty } }", "cax-dw"),
]  # fmt: skip


@pytest.mark.parametrize("update", GOOD)
def test_what_conforms_may_be_published(update: str) -> None:
    """Nothing speaks against it."""
    assert checked(update)[0].findings == ()


@pytest.mark.parametrize(("update", "check"), BAD)
def test_what_does_not_conform_is_found(update: str, check: str) -> None:
    """The finding names the shape or the rule, and a message for who wrote it."""
    report, _ = checked(update)
    assert not report.conforms
    assert any(check in finding.check for finding in report.findings), report.findings
    assert all(finding.message for finding in report.findings)


@pytest.mark.parametrize("update", [*GOOD, *(update for update, _ in BAD)])
def test_the_touched_nodes_show_all_that_the_whole_shows(update: str) -> None:
    """Validating what was touched finds exactly what validating everything finds."""
    report, after = checked(update)
    whole = validate_shapes(graph.described_triples(after), ONTOLOGY / "shapes", ONTOLOGY / "csto.ttl")
    violations = {finding for finding in whole.findings if finding.severity == "Violation"}
    assert {finding for finding in report.findings if finding.check != "cax-dw"} == violations


def test_a_node_that_stands_behind_is_found() -> None:
    """Taking a thing its type breaks the triples that lead to it."""
    store = base()
    store.update("INSERT DATA { GRAPH graph:a { <organisation/o> a cst:MilitaryAlliance ; rdfs:label 'O'@en . "
                 "<state/x> cst:memberOf <organisation/o> } }", base_iri=PREFIXES["id"], prefixes=PREFIXES)  # fmt: skip
    after = ox.Store()
    after.extend(store)
    after.update("DELETE DATA { GRAPH graph:a { <organisation/o> a cst:MilitaryAlliance } }", base_iri=PREFIXES["id"], prefixes=PREFIXES)
    report = check_change(after, difference(store, after))
    assert {finding.focus_node for finding in report.findings} == {f"{PREFIXES['id']}state/x"}
