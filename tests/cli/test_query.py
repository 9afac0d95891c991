"""`csto-graph query`: what a release answers, in every format, or one line that says why not."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from csto_graph.namespaces import CST, GRAPH, ID, RDF
from csto_graph.release.home import publish
from csto_graph.release.manifest import render_files
from tests.cli.calls import Call
from tests.release.stores import MEMBERS, flip_byte, iri, publish_members, quads, small_store

SELECT = "SELECT ?label { ?state cst:memberOf ?organisation ; rdfs:label ?label } ORDER BY ?label"
LABELS = [member.title() for member in MEMBERS]
CONSTRUCT = "CONSTRUCT WHERE { ?s ?p ?o }"


def test_a_table_is_the_default(call: Call, home: Path) -> None:
    """The prefixes of the project need no declaration, and a table has a header and a row per solution."""
    outcome = call("query", "-", "--home", home, stdin=SELECT)
    assert outcome.code == 0
    assert [line.strip() for line in outcome.stdout.splitlines()] == ["label", *LABELS]


def test_a_query_may_lie_in_a_file(call: Call, home: Path, tmp_path: Path) -> None:
    """FILE and stdin give the same answer."""
    path = tmp_path / "members.rq"
    path.write_text(SELECT)
    assert call("query", path, "--home", home) == call("query", "-", "--home", home, stdin=SELECT)


def test_solutions_in_the_formats_of_sparql(call: Call, home: Path) -> None:
    """JSON, XML, CSV and TSV parse and hold the same labels."""

    def answer(result_format: str) -> str:
        return call("query", "-", "--home", home, "--format", result_format, stdin=SELECT).stdout

    bindings = json.loads(answer("json"))["results"]["bindings"]
    literals = ElementTree.fromstring(answer("xml")).iter("{http://www.w3.org/2005/sparql-results#}literal")
    assert [row["label"]["value"] for row in bindings] == LABELS
    assert [literal.text for literal in literals] == LABELS
    assert [row["label"] for row in csv.DictReader(io.StringIO(answer("csv")))] == LABELS
    assert answer("tsv").splitlines() == ["?label", *(f'"{label}"@en' for label in LABELS)]


def test_graphs_are_counted_one_by_one(call: Call, home: Path) -> None:
    """As the standard has it and the service answers, where the engine alone leaves the graph open."""
    outside = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
    inside = "SELECT ?g ?n { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } } ORDER BY ?g"
    counted = call("query", "-", "--home", home, "--format", "csv", stdin=inside)
    assert counted.code == 0
    assert counted.stdout == call("query", "-", "--home", home, "--format", "csv", stdin=outside).stdout
    assert "https://w3id.org/csto-graph/graph/source/one," in counted.stdout


def test_a_variable_that_has_no_value_yet_is_noted(call: Call, home: Path) -> None:
    """Beside the answer, as over HTTP."""
    outcome = call("query", "-", "--home", home, stdin="SELECT * { GRAPH ?g { ?s ?p ?o FILTER(?g = ?s) } }")
    assert outcome.code == 0
    assert "has no value yet" in outcome.stderr


@pytest.mark.parametrize(("pattern", "answer"), [("?s cst:memberOf ?o", "true"), ("?s cst:borders ?o", "false")])
def test_a_yes_or_no(call: Call, home: Path, pattern: str, answer: str) -> None:
    """ASK prints a word, or the boolean of the format."""
    ask = f"ASK {{ {pattern} }}"
    assert call("query", "-", "--home", home, stdin=ask).stdout == f"{answer}\n"
    assert json.loads(call("query", "-", "--home", home, "--format", "json", stdin=ask).stdout)["boolean"] is (answer == "true")


@pytest.mark.parametrize(
    ("result_format", "syntax"),
    [("turtle", RdfFormat.TURTLE), ("ntriples", RdfFormat.N_TRIPLES), ("rdfxml", RdfFormat.RDF_XML), ("jsonld", RdfFormat.JSON_LD)],
)
def test_graphs_in_the_syntaxes_of_rdf(call: Call, home: Path, result_format: str, syntax: RdfFormat) -> None:
    """CONSTRUCT prints the triples, whatever the syntax."""
    outcome = call("query", "-", "--home", home, "--format", result_format, stdin=CONSTRUCT)
    assert {quad.triple for quad in parse(outcome.stdout, format=syntax)} == {quad.triple for quad in quads()}


def test_turtle_is_the_default_for_graphs(call: Call, home: Path) -> None:
    """Without --format, CONSTRUCT prints Turtle."""
    with_format = call("query", "-", "--home", home, "--format", "turtle", stdin=CONSTRUCT)
    assert call("query", "-", "--home", home, stdin=CONSTRUCT) == with_format


def test_the_home_comes_from_the_environment(call: Call, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """CSTO_GRAPH_HOME stands in for --home."""
    monkeypatch.setenv("CSTO_GRAPH_HOME", str(home))
    assert call("query", "-", stdin=SELECT).code == 0


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT ?x { ?x foo:bar ?y }", "line 1, column 16: The prefix “foo:” is not declared. Begin the query with PREFIX foo: <…>"),
        ("SELECT ?x { id:state/armenia ?p ?x }", "a slash is written with a backslash"),
        ("PREFIX x: <http://example.org/> INSERT DATA { x:a a x:B }", "read-only"),
        ("SELECT ?x { ?x cst:memberOf ?y", "line 1, column 31 (at its end)"),
        ("SELECT ?x\nWHERE { ?x cst:memberOf }", "line 2"),
        ("DELETE WHERE { ?s ?p ?o }", "read-only"),
        ("", "holds no query"),
        ("# nothing but a comment", "holds no query"),
    ],
)
def test_a_query_that_does_not_parse(call: Call, home: Path, query: str, words: str) -> None:
    """Exit 1 and the place in words that help, not the engine's list of tokens."""
    assert call("query", "-", "--home", home, stdin=query).refuses(1, words)


@pytest.mark.parametrize("word", ["'foo:bar'", "<http://example.org/foo:bar>", '"a\\"b foo:bar"'])
def test_a_colon_in_a_literal_is_no_prefix(call: Call, home: Path, word: str) -> None:
    """What looks like a prefix within quotes or angle brackets is not blamed."""
    outcome = call("query", "-", "--home", home, stdin=f"SELECT ?x {{ ?x rdfs:label {word}")
    assert outcome.refuses(1, "at its end")


@pytest.mark.parametrize(("query", "result_format"), [(SELECT, "turtle"), (CONSTRUCT, "csv"), ("ASK {}", "jsonld")])
def test_a_format_that_does_not_fit_the_query(call: Call, home: Path, query: str, result_format: str) -> None:
    """Exit 2 and the formats that do."""
    assert call("query", "-", "--home", home, "--format", result_format, stdin=query).refuses(2, result_format, "Use ")


def test_a_missing_query_file(call: Call, home: Path, tmp_path: Path) -> None:
    """Exit 2 and the path."""
    assert call("query", tmp_path / "none.rq", "--home", home).refuses(2, tmp_path / "none.rq")


def test_a_query_that_is_not_utf_8(call: Call, home: Path, tmp_path: Path) -> None:
    """Exit 1 and the path."""
    path = tmp_path / "latin.rq"
    path.write_bytes("ASK { ?s ?p 'é' }".encode("latin-1"))
    assert call("query", path, "--home", home).refuses(1, path, "UTF-8")


def test_an_empty_home(call: Call, tmp_path: Path) -> None:
    """Exit 2 and the command that fills it."""
    assert call("query", "-", "--home", tmp_path / "none", stdin=SELECT).refuses(2, tmp_path / "none", "csto-graph build")


def test_a_corrupted_release_without_another(call: Call, home: Path) -> None:
    """Exit 1, the file and the remedy."""
    for path in (home / "releases" / "1" / "store").glob("*.sst"):
        flip_byte(path)
    assert call("query", "-", "--home", home, stdin=SELECT).refuses(1, home / "releases" / "1", "Run csto-graph build")


def test_a_corrupted_release_gives_way_to_the_last_good_one(call: Call, home: Path) -> None:
    """The answer comes from the release before, and stderr says both what is broken and what was read."""
    publish_members(home, MEMBERS[:1])
    (home / "releases" / "2" / "manifest.json").write_text("{")
    outcome = call("query", "-", "--home", home, "--format", "csv", stdin=SELECT)
    assert outcome.stdout.split() == ["label", *LABELS]
    assert str(home / "releases" / "2" / "manifest.json") in outcome.stderr
    assert "reading release 1, the last good one" in outcome.stderr


def test_an_unknown_term_is_noted_beside_the_answer(call: Call, tmp_path: Path) -> None:
    """On stderr, with the nearest term of the release's ontology; the answer is what it is."""
    store = small_store()
    store.add(Quad(iri(CST, "memberOf"), iri(CST, "x"), iri(CST, "x"), iri(GRAPH, "ontology")))
    publish(tmp_path, store, render_files(store, {})[0])
    outcome = call("query", "-", "--home", tmp_path, stdin="ASK { ?s cst:memberOff ?o }")
    assert (outcome.code, outcome.stdout.strip()) == (0, "false")
    assert outcome.stderr.strip() == "csto-graph: cst:memberOff is not a term of the ontology. Did you mean cst:memberOf?"


STORED = """#+ parameters:
#+   state: cst:State, which one
SELECT ?label { VALUES ?state { <https://w3id.org/csto-graph/id/state/armenia> } ?state cst:memberOf ?organisation ; rdfs:label ?label }
"""


@pytest.mark.parametrize(("setting", "label"), [((), "Armenia"), (("--set", f"state=state/{MEMBERS[1]}"), MEMBERS[1].title())])
def test_a_stored_query_is_asked_with_other_values(call: Call, home: Path, setting: tuple[str, ...], label: str) -> None:
    """A value takes the place of the default."""
    assert call("query", "-", "--home", home, "--format", "csv", *setting, stdin=STORED).stdout.split() == ["label", label]


def test_a_parameter_may_take_anything_that_the_release_knows(call: Call, tmp_path: Path) -> None:
    """Of the class rdfs:Resource, which no thing is said to be of, in any graph; what nobody knows is refused all the same."""
    stored = STORED.replace("cst:State", "rdfs:Resource")
    store = small_store()
    store.add(Quad(iri(ID, "document/notes"), iri(RDF, "type"), iri(CST, "Document"), iri(GRAPH, "evidence/notes")))
    publish(tmp_path, store, render_files(store, {})[0])
    for thing in (f"state/{MEMBERS[1]}", "document/notes"):
        assert call("query", "-", "--home", tmp_path, "--set", f"state={thing}", stdin=stored).code == 0
    assert call("query", "-", "--home", tmp_path, "--set", "state=state/nowhere", stdin=stored).refuses(2, "of this release")


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("state=organisation/csto", "id:organisation/csto is no cst:State"),
        ("state=state/nowhere", "such as state/armenia"),
        ("state=x y", "a thing of class cst:State"),
        ("day=2012-07-01", "It has state"),
        ("day", "NAME=VALUE"),
    ],
)
def test_a_wrong_value_is_refused(call: Call, home: Path, setting: str, said: str) -> None:
    """Exit 2 and what the parameter takes, also where a thing is of another class than the one asked for."""
    assert call("query", "-", "--home", home, "--set", setting, stdin=STORED).refuses(2, said)


def test_a_parameter_has_one_value(call: Call, home: Path) -> None:
    """A second one is refused rather than preferred."""
    twice = ("--set", "state=state/armenia", "--set", "state=state/belarus")
    assert call("query", "-", "--home", home, *twice, stdin=STORED).refuses(2, "--set state=state/belarus", "a second value")
