"""What speaks against a change: the same as against a build that held it."""

from __future__ import annotations

import os

import pyoxigraph as ox
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from csto_graph import graph, resources
from csto_graph.changes import check_change
from csto_graph.graph import blank
from csto_graph.model import Finding, Report
from csto_graph.namespaces import PREFIXES
from csto_graph.reason import clashes, materialise, telling_predicates
from csto_graph.reason.rules import CLASH_RULES
from csto_graph.release.difference import difference
from csto_graph.release.graphs import user_graphs
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
    store.extend(ox.Quad(*t, ox.NamedNode(f"{PREFIXES['graph']}ontology")) for t in map(parts, blank.named(read_turtle(ONTOLOGY / "csto.ttl"))))
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
    ("INSERT DATA { GRAPH graph:a { <organisation/csto> cst:memberCount 'six' } }", "dt-not-type"),
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
    assert {finding for finding in report.findings if finding.check not in CLASH_RULES} == violations


def everything_wrong(store: ox.Store) -> set[Finding]:
    """What a check of everything finds, by the same stages and no way around them."""
    whole = validate_shapes(graph.described_triples(store), ONTOLOGY / "shapes", ONTOLOGY / "csto.ttl")
    names: list[ox.NamedNode | ox.DefaultGraph] = [ox.DefaultGraph(), *user_graphs(store)]
    asserted = {quad.triple for name in names for quad in store.quads_for_pattern(None, None, None, name)}
    found = (*whole.findings, *clashes(ONTOLOGY / "csto.ttl", asserted, materialise(ONTOLOGY / "csto.ttl", asserted)))
    return {finding for finding in found if finding.severity == "Violation"}


THINGS = ["<state/armenia>", "<state/belarus>", "<state/x>", "<state/y>", "<organisation/csto>", "<treaty/t>", "<document/one>", "cst:State"]
CLASSES = ["cst:State", "cst:MilitaryAlliance", "cst:Treaty", "cst:Person", "cst:Membership", "cst:Event", "ex:Kind", "prov:Agent"]
LINKS = ["cst:memberOf", "cst:hasMember", "cst:partyTo", "cst:alliedWith", "cst:locatedIn", "cst:contains", "cst:hasPart", "cst:after"]
SITUATED = ["cst:member", "cst:organisation", "cst:holder", "org:memberOf", "rdf:predicate", "rdf:subject", "cst:status", "rdfs:seeAlso"]
VALUES = ["'X'@en", "'Y'@en", "' X'@en", "'X'", "'2001-01-01'^^xsd:date", "'1999-01-01'^^xsd:date", "'2001'^^xsd:gYear", "7"]
VALUED = ["rdfs:label", "rdfs:comment", "cst:signedOn", "cst:fromEarliest", "cst:fromLatest", "cst:foundedOn", "cst:reviewed"]
RULING = [
    "ex:Kind rdfs:subClassOf cst:State", "ex:Kind rdfs:subClassOf cst:Treaty", "<state/x> owl:sameAs <treaty/t>",
    "ex:p rdfs:range cst:Treaty", "cst:alliedWith a owl:FunctionalProperty", "cst:status owl:inverseOf cst:memberOf",
]  # fmt: skip
things = st.sampled_from(THINGS)
plain = st.one_of(
    st.tuples(things, st.just("a"), st.sampled_from(CLASSES)),
    st.tuples(things, st.sampled_from([*LINKS, *SITUATED, "ex:p"]), things),
    st.tuples(things, st.sampled_from(VALUED), st.sampled_from(VALUES)),
).map(" ".join)
named = things.flatmap(lambda thing: st.sampled_from(CLASSES).map(lambda kind: f"{thing} a {kind} ; rdfs:label 'X'@en"))
said = st.lists(st.one_of(plain, plain, named, st.sampled_from(RULING)), min_size=1, max_size=4)
MINE = ["graph:a", "<x:b>", "graph:notes\\/anna"]
HELD = [
    "<organisation/o> a cst:MilitaryAlliance", "<organisation/o> rdfs:label 'O'@en", "<state/armenia> cst:memberOf <organisation/o>",
    "<treaty/t> a cst:Treaty", "<treaty/t> rdfs:label 'T'@en", "<state/belarus> cst:partyTo <treaty/t>", "<state/y> rdfs:label 'Y'@en",
    "<state/y> a ex:Kind", "ex:Kind rdfs:subClassOf cst:State", "<organisation/csto> cst:hasMember <state/y>",
]  # fmt: skip
gone = st.tuples(st.just("DELETE"), st.just("graph:a"), st.lists(st.sampled_from(HELD), min_size=1, max_size=3))
change = st.one_of(gone, st.tuples(st.sampled_from(["INSERT", "INSERT", "DELETE"]), st.sampled_from(MINE), said))
changes = st.tuples(st.sets(st.sampled_from(HELD)), st.lists(change, min_size=1, max_size=4))


@settings(max_examples=int(os.environ.get("CSTO_GRAPH_EXAMPLES", "20")), deadline=None)
@given(changes)
def test_no_less_is_found_than_in_everything(changes: tuple[set[str], list[tuple[str, str, list[str]]]]) -> None:
    """Change after change, of what conformed before: each has the very findings that a check of everything has."""
    before, (held, steps) = base(), changes
    for verb, name, triples in [("INSERT", "graph:a", sorted(held)), *steps]:
        after = ox.Store()
        after.extend(before)
        update = f"{verb} DATA {{ GRAPH {name} {{ {' . '.join(triples)} }} }}"
        after.update(update, base_iri=PREFIXES["id"], prefixes={**PREFIXES, "ex": "http://example.org/"})
        report = check_change(after, difference(before, after))
        event(f"conforms: {report.conforms}")
        assert set(report.findings) == everything_wrong(after)
        if report.conforms:
            before = after


AFAR = [
    # what the release holds, what is added, what is found where
    ("<state/y> a ex:Kind", "ex:Kind rdfs:subClassOf cst:State", "thing-label", "state/y"),
    ("ex:Kind rdfs:subClassOf cst:State", "<state/z> a ex:Kind", "thing-label", "state/z"),
    ("<state/x> owl:sameAs <x/z>", "<x/z> a cst:Treaty", "cax-dw", "state/x"),
    ("ex:p rdfs:range cst:Treaty . <x/z> ex:p <x/y>", "<x/y> a cst:State ; rdfs:label 'Y'@en", "cax-dw", "x/y"),
    ("", "<x/z> cst:hasForce <state/x>", "cax-dw", "state/x"),
    ("<x/z> cst:hasForce <x/y>", "<x/y> a cst:State ; rdfs:label 'Y'@en", "cax-dw", "x/y"),
    ("<x/y> cst:hasForce <x/z>", "<x/z> cst:headquartersOf <x/y> . <x/z> a cst:Treaty ; rdfs:label 'Z'@en", "cax-dw", "x/z"),
]  # fmt: skip


@pytest.mark.parametrize(("held", "added", "check", "node"), AFAR)
def test_what_the_release_held_counts(held: str, added: str, check: str, node: str) -> None:
    """A triple that comes may contradict, or tell the shapes of, what was said long ago or elsewhere."""
    before = inserted(base(), held)
    assert check_change(before, difference(base(), before)).conforms
    after = inserted(before, added)
    report = check_change(after, difference(before, after))
    assert any(check in each.check and each.focus_node == PREFIXES["id"] + node for each in report.findings), report.findings
    assert set(report.findings) == everything_wrong(after)


def inserted(before: ox.Store, triples: str) -> ox.Store:
    after = ox.Store()
    after.extend(before)
    prefixes = {**PREFIXES, "ex": "http://example.org/"}
    after.update(f"INSERT DATA {{ GRAPH graph:a {{ {triples} }} }}", base_iri=PREFIXES["id"], prefixes=prefixes)
    return after


def test_what_the_shapes_do_not_read_is_not_validated(monkeypatch: pytest.MonkeyPatch) -> None:
    """A remark on a thing to which others lead, and what another graph says already: nothing to validate, nothing to reason."""
    for name in ("validate_shapes", "materialise"):
        monkeypatch.setattr(f"csto_graph.changes.{name}", None)
    assert checked("INSERT DATA { GRAPH graph:a { <organisation/csto> rdfs:comment 'large' } }")[0].conforms
    monkeypatch.undo()
    monkeypatch.setattr("csto_graph.changes.validate_shapes", None)
    assert checked("INSERT DATA { GRAPH graph:a { <organisation/csto> a cst:MilitaryAlliance } }")[0].conforms


@pytest.mark.parametrize("axiom", [
    "<x:p> a owl:FunctionalProperty", "<x:a> owl:sameAs <x:b>", "<x:p> rdfs:subPropertyOf rdf:type",
    "cst:borders owl:propertyChainAxiom ( cst:holder cst:borders )",  # it would make a tenure a location
    "cst:borders owl:propertyChainAxiom ( cst:borders cst:locatedIn [ owl:inverseOf cst:holder ] )",
])  # fmt: skip
def test_other_axioms_are_not_local(axiom: str) -> None:
    """And those of the ontology are: with one that is not, every change would have everything reasoned over."""
    ontology = read_turtle(ONTOLOGY / "csto.ttl")
    found = telling_predicates(ontology)
    assert found is not None and ox.NamedNode(f"{PREFIXES['cst']}memberOf") in found
    parsed = ox.parse(prefixed(f"{axiom} .").encode(), format=ox.RdfFormat.TURTLE)
    assert telling_predicates([*ontology, *(quad.triple for quad in parsed)]) is None


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
