"""`csto-graph explain` as a person meets it: over the release, and over a small one with every kind of support."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from csto_graph import graph, pipeline, resources
from csto_graph.graph.dataset import lay_default
from csto_graph.namespaces import ID, PREFIXES
from csto_graph.reason import materialise
from csto_graph.release.home import publish
from csto_graph.release.manifest import render_files
from csto_graph.turtle import read_turtle
from tests.cli.calls import Call

ONTOLOGY = resources.root() / "ontology" / "csto.ttl"
SMALL = """
@base <https://w3id.org/csto-graph/id/> .
graph:reference {
  <state/armenia> a cst:State ; rdfs:label "Armenia"@en ; skos:altLabel "Hayastan"@en .
  <state/georgia> a cst:State ; rdfs:label "Georgia"@en . <place/georgia> a cst:Region ; rdfs:label "Georgia"@en .
  <organisation/csto> a cst:MilitaryAlliance ; rdfs:label "CSTO"@en .
}
graph:source\\/one {
  <state/armenia> cst:memberOf <organisation/csto> . <organisation/csto> cst:memberCount 6 ; cst:foundedOn "1999"^^xsd:gYear .
  <membership/m> a cst:Membership ; rdfs:label "m"@en ; cst:member <state/armenia> ; cst:organisation <organisation/csto> .
  <group/one.allies> a cst:Group ; rdfs:label "allies"@en .
}
graph:evidence\\/one {
  <document/one> a cst:Document ; rdfs:label "the text One"@en .
  <statement/s> a cst:Statement ; rdfs:label "Armenia memberOf CSTO"@en ; rdf:subject <state/armenia> ; rdf:predicate cst:memberOf ;
    rdf:object <organisation/csto> ; cst:status cst:Asserted ; cst:evidence <evidence/e> .
  <membership/m> prov:wasDerivedFrom <statement/s> .
  <evidence/e> oa:hasSource <document/one> ; oa:hasSelector <selector/p>, <selector/q> .
  <selector/p> oa:start 4 ; oa:end 21 . <selector/q> oa:exact "Armenia, a member" .
  <statement/p> a cst:Statement ; rdfs:label "Armenia withdrewFrom CSTO"@en ; rdf:subject <state/armenia> ;
    rdf:predicate cst:withdrewFrom ; rdf:object <organisation/csto> ; cst:status cst:Planned ; cst:evidence <evidence/e> .
  <statement/g> a cst:Statement ; rdfs:label "allies alliedWith Armenia"@en ; rdf:subject <group/one.allies> ;
    rdf:predicate cst:alliedWith ; rdf:object <state/armenia> ; cst:status cst:Asserted ; cst:evidence <evidence/e> .
  <statement/f> a cst:Statement ; rdfs:label "CSTO foundedOn 1999"@en ; rdf:subject <organisation/csto> ;
    rdf:predicate cst:foundedOn ; rdf:object "1999"^^xsd:gYear ; cst:status cst:Asserted ; cst:evidence <evidence/e> .
}
graph:curated\\/history { <state/armenia> cst:memberOf <organisation/csto> . }
graph:evidence\\/history {
  <document/h.treaty> a cst:Document ; rdfs:label "Text of the treaty"@en ; schema:url "https://example.org/t"^^xsd:anyURI .
  <statement/c> a cst:Statement ; rdfs:label "Armenia memberOf CSTO"@en ; rdf:subject <state/armenia> ; rdf:predicate cst:memberOf ;
    rdf:object <organisation/csto> ; cst:status cst:Asserted ; cst:sureness cst:SurenessA ; dcterms:identifier "1.4" ;
    dcterms:source <document/h.treaty> .
}
graph:disagreements { <disagreement/d> cst:setsAside <statement/f> ; cst:because "An official page is followed." . }
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a release whose triples are supported in every way there is."""
    home = tmp_path_factory.mktemp("small") / "home"
    store = graph.named_dataset((), read_turtle(ONTOLOGY))
    prefixes = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
    store.load((prefixes + SMALL).encode(), format=ox.RdfFormat.TRIG)
    organisation, founded = (ox.NamedNode(f"{base}{name}") for base, name in ((ID, "organisation/csto"), (PREFIXES["cst"], "foundedOn")))
    year = ox.Literal("1999", datatype=ox.NamedNode(f"{PREFIXES['xsd']}gYear"))
    lay_default(store, {ox.Triple(organisation, founded, year)})
    graph.add_inferred(store, materialise(ONTOLOGY, graph.default_triples(store)))
    publish(home, store, render_files(store, {})[0])
    return home


def test_who_asserts_it(call: Call, small: Path) -> None:
    """The words of a text with their offsets, and the citations of a fact with its sureness, each under its graph."""
    outcome = call("explain", "--home", small, "Armenia", "memberOf", "CSTO")
    assert (outcome.code, outcome.stderr) == (0, "")
    assert outcome.stdout == (
        "id:state/armenia cst:memberOf id:organisation/csto\n"
        "  asserted in graph:curated/history\n"
        "    row 1.4, sureness A: Text of the treaty, https://example.org/t\n"
        "  asserted in graph:source/one\n"
        "    “Armenia, a member” (characters 4 to 21 of the text One)\n"
    )


def test_by_which_rule_it_follows(call: Call, small: Path) -> None:
    """Rule, axiom and premises, down to the reference data; other ways are counted, and shown with --all."""
    outcome = call("explain", "--home", small, "state/armenia", "a", "Actor")
    assert outcome.stdout == (
        "id:state/armenia a cst:Actor\n"
        "  follows by cax-sco, cst:State rdfs:subClassOf cst:Actor, from\n"
        "    id:state/armenia a cst:State\n"
        "      stands in graph:reference\n"
        "3 other ways lead to it (--all).\n"
    )
    every = call("explain", "--home", small, "state/armenia", "a", "Actor", "--all").stdout
    assert [line.split(",")[0].split()[-1] for line in every.splitlines() if line.startswith("  follows")] == [
        "cax-sco", "prp-dom", "prp-rng", "prp-rng",
    ]  # fmt: skip
    assert "other way" not in every


def test_the_words_behind_a_situation(call: Call, small: Path) -> None:
    """What describes a situation stands on the statement that gives the node."""
    stdout = call("explain", "--home", small, "membership/m", "member", "Armenia").stdout
    assert "by the statement “Armenia memberOf CSTO”, which gives the node:\n    “Armenia, a member”" in stdout


def test_the_words_behind_a_thing_that_a_text_brought_up(call: Call, small: Path) -> None:
    """What describes a thing stands on the statements that speak of it."""
    stdout = call("explain", "--home", small, "allies", "a", "Group").stdout
    assert "by the statement “allies alliedWith Armenia”, which speaks of it:\n    “Armenia, a member”" in stdout


def test_json_says_the_same(call: Call, small: Path) -> None:
    """A tree of rules, axioms and premises that ends in what is asserted, with words and citations as values."""
    found = json.loads(call("explain", "--home", small, "CSTO", "hasMember", "Armenia", "--format", "json").stdout)
    (tree,) = found["explanations"]
    assert (tree["rule"], tree["axiom"]["text"]) == ("prp-inv2", "cst:hasMember owl:inverseOf cst:memberOf")
    (premise,) = tree["premises"]
    curated, source = premise["asserted"]
    assert curated["grounds"][0]["sureness"] == "A" and curated["grounds"][0]["citations"][0]["address"] == "https://example.org/t"
    assert source["grounds"][0]["words"] == [{"document": "the text One", "exact": "Armenia, a member", "start": 4, "end": 21}]


@pytest.mark.parametrize(
    ("subject", "predicate", "object_"),
    [
        ("Armenia", "member of", "CSTO"),
        ("hayastan", "memberOf", "csto"),
        ("state/armenia", "cst:memberOf", "id:organisation/csto"),
        ("<https://w3id.org/csto-graph/id/state/armenia>", "https://w3id.org/csto-graph/ontology#memberOf", "organisation/csto"),
        ("CSTO", "memberCount", "6"),
        ("CSTO", "memberCount", '"6"^^xsd:integer'),
        ("CSTO", "rdfs:label", '"CSTO"@en'),
        ("Armenia", "skos:altLabel", "Hayastan"),
    ],
)
def test_a_term_is_written_in_any_of_its_ways(call: Call, small: Path, subject: str, predicate: str, object_: str) -> None:
    """IRI, CURIE, local name, label, other name, literal and bare value."""
    outcome = call("explain", "--home", small, subject, predicate, object_)
    assert (outcome.code, outcome.stderr) == (0, "") and outcome.stdout


@pytest.mark.parametrize(
    ("subject", "predicate", "object_", "message"),
    [
        ("Armena", "memberOf", "CSTO", "Armena: does not name a thing. The nearest name is Armenia (id:state/armenia)."),
        ("Armenia", "memberof", "CSTO", "memberof: does not name a property. The nearest name is memberOf (cst:memberOf)."),
        ("Georgia", "a", "State", "Georgia: names more than one. Say which: id:place/georgia, id:state/georgia."),
        ("Armenia", "memberOf", '"CSTO', '"CSTO: is not a literal.'),
        ("http://a b", "memberOf", "CSTO", "http://a b: is not an IRI."),
        ("quagga", "memberOf", "CSTO", "quagga: does not name a thing. Write an IRI"),
    ],
)
def test_a_term_that_names_nothing_is_a_wrong_call(
    call: Call, small: Path, subject: str, predicate: str, object_: str, message: str
) -> None:
    """Exit 2, and the nearest name, or the names of all that it may mean."""
    outcome = call("explain", "--home", small, subject, predicate, object_)
    assert (outcome.code, outcome.stdout) == (2, "") and message in outcome.stderr


def test_a_triple_that_is_not_there(call: Call, small: Path) -> None:
    """Exit 1; a plan is told as a plan, and what is there about the same two things comes nearest."""
    outcome = call("explain", "--home", small, "Armenia", "withdrewFrom", "CSTO")
    assert (outcome.code, outcome.stdout) == (1, "")
    lines = outcome.stderr.splitlines()
    assert lines[0] == "csto-graph: id:state/armenia cst:withdrewFrom id:organisation/csto is not in the default graph."
    assert lines[1] == "csto-graph: a statement says it as planned: “Armenia, a member” (characters 4 to 21 of the text One)."
    assert lines[2] == "csto-graph: nearest: id:state/armenia cst:memberOf id:organisation/csto"


def test_what_is_set_aside_says_why(call: Call, small: Path) -> None:
    """A statement that the default graph does not follow is named, with the reason of the policy."""
    outcome = call("explain", "--home", small, "CSTO", "foundedOn", '"1999"^^xsd:gYear')
    assert outcome.code == 1
    assert "a statement asserts it and is set aside (An official page is followed): “Armenia, a member”" in outcome.stderr


def test_the_objects_that_it_has_come_nearest(call: Call, small: Path) -> None:
    """Of another value the values that are there are told, of another thing the things."""
    assert 'nearest: id:organisation/csto cst:memberCount "6"^^xsd:integer' in call(
        "explain", "--home", small, "CSTO", "memberCount", "7"
    ).stderr
    assert "nearest: id:state/armenia cst:memberOf id:organisation/csto" in call(
        "explain", "--home", small, "state/georgia", "memberOf", "CSTO"
    ).stderr


def test_without_a_release(call: Call, tmp_path: Path) -> None:
    """A home that holds nothing is a wrong call that names the remedy."""
    outcome = call("explain", "--home", tmp_path / "none", "Armenia", "memberOf", "CSTO")
    assert outcome.code == 2 and "csto-graph build" in outcome.stderr


@pytest.mark.slow
def test_every_asserted_triple_of_the_release_says_whence(store: ox.Store) -> None:
    """Behind each stands the reference data, or a statement of the source with its words or its citations."""
    from csto_graph.reason.grounds import supports
    from csto_graph.reason.rules import DEFAULT, INFERRED

    inferred = {quad.triple for quad in store.quads_for_pattern(None, None, None, INFERRED)}
    for quad in store.quads_for_pattern(None, None, None, DEFAULT):
        if quad.triple in inferred:
            continue
        found = supports(store, quad.triple)
        assert found, quad
        for support in found:
            assert support.graph.endswith("/reference") or support.grounds, quad
            assert all(ground.words or (ground.citations and ground.sureness) for ground in support.grounds), quad


@pytest.mark.slow
def test_the_page_on_reasoning_shows_what_is_printed(call: Call, built: pipeline.BuildResult) -> None:
    """The example of docs/reasoning.md is the answer of the release."""
    page = (resources.root() / "docs" / "reasoning.md").read_text(encoding="utf-8")
    command, answer = re.findall(r"```(?:text)?\n(.*?)```", page, re.DOTALL)
    home = built.release.folder.parents[1]
    assert call(*command.split()[1:], "--home", home).stdout == answer


@pytest.mark.slow
def test_over_the_release(call: Call, built: pipeline.BuildResult) -> None:
    """The sentence of the article is found behind what follows from it."""
    home = built.release.folder.parents[1]
    outcome = call("explain", "--home", home, "CSTO", "hasMember", "Armenia")
    assert outcome.code == 0 and "follows by prp-inv2" in outcome.stdout
    assert "“it has six members: Armenia” (characters 1064 to 1091" in outcome.stdout
