"""What the description of a thing holds, and what it leaves out."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

from csto_graph.namespaces import ID
from csto_graph.sparql.describing import description, pointing_count

GRAPHS = """
@prefix cst: <https://w3id.org/csto-graph/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@base <https://w3id.org/csto-graph/id/> .

<state/a> a cst:State ; rdfs:label "A" ; cst:memberOf <organisation/o> .
<organisation/o> rdfs:label "O" ; rdfs:comment "told on its own page" .
<membership/1> a cst:Membership , cst:Situation ; cst:member <state/a> ; cst:from "1994" ; prov:wasDerivedFrom <statement/1> .
<x:g/links> { <state/a> <x:same> <http://elsewhere.example/a> }
<x:g/ontology> { cst:memberOf rdfs:label "member of" . cst:State rdfs:label "state" . cst:joined rdfs:label "never mentioned" }
<x:g/evidence> {
  <statement/1> a cst:Statement ; rdf:subject <state/a> ; rdf:predicate cst:memberOf ; cst:evidence <evidence/1> ; dcterms:source <document/d> ; cst:statedIn <passage/1> .
  <passage/1> cst:text "They say: A belongs to O." ; cst:start 0 ; dcterms:isPartOf <x:not-told-here> .
  <evidence/1> oa:hasSource <document/d> ; oa:hasSelector <selector/1> .
  <selector/1> oa:exact "A belongs to O" .
  <document/d> rdfs:label "D" ; schema:url "http://d.example" ; dcterms:publisher "not told here" .
  <statement/2> a cst:Statement ; rdf:subject <organisation/o> ; cst:evidence <evidence/2> .
}
<x:g/disagreements> { <disagreement/1> cst:disagrees <statement/1> , <statement/2> ; rdfs:label "who is right" ; cst:because "not told here" }
"""


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(GRAPHS.encode(), format=ox.RdfFormat.TRIG)
    return store


def told(store: ox.Store, name: str, **how: int) -> set[str]:
    """The triples of a description, each with short names."""
    found = [*store.query(description(f"{ID}{name}", **how))]  # type: ignore[misc]
    assert len(found) == len(set(found))
    return {str(each).replace(str(ID), "").replace("https://w3id.org/csto-graph/ontology#", "cst:") for each in found}


def words(triples: set[str]) -> str:
    return "\n".join(sorted(triples))


@pytest.mark.parametrize(
    "part",
    [
        "<state/a> <cst:memberOf> <organisation/o>",  # of the default graph
        "<state/a> <x:same> <http://elsewhere.example/a>",  # of a named graph
        '<membership/1> <cst:from> "1994"',  # a situation that points at it, whole
        "<statement/1> <cst:evidence> <evidence/1>",
        "<evidence/1> <http://www.w3.org/ns/oa#hasSource> <document/d>",
        '<selector/1> <http://www.w3.org/ns/oa#exact> "A belongs to O"',
        '<passage/1> <cst:text> "They say: A belongs to O."',
        '<document/d> <https://schema.org/url> "http://d.example"',
        "<disagreement/1> <cst:disagrees> <statement/1>",
        '<organisation/o> <http://www.w3.org/2000/01/rdf-schema#label> "O"',
        '<cst:memberOf> <http://www.w3.org/2000/01/rdf-schema#label> "member of"',
        '<cst:State> <http://www.w3.org/2000/01/rdf-schema#label> "state"',
        '<document/d> <http://www.w3.org/2000/01/rdf-schema#label> "D"',
        '<disagreement/1> <http://www.w3.org/2000/01/rdf-schema#label> "who is right"',
    ],
)
def test_it_holds(store: ox.Store, part: str) -> None:
    """Triples of all graphs, statements with their evidence, and labels."""
    assert part in told(store, "state/a"), words(told(store, "state/a"))


@pytest.mark.parametrize("other", ["told on its own page", "not told here", "not-told-here", "never mentioned", "<statement/2>", "<evidence/2>"])
def test_it_leaves_out_what_is_about_others(store: ox.Store, other: str) -> None:
    """Of what is mentioned no more than the label."""
    assert other not in words(told(store, "state/a"))


def test_what_rests_on_statements_has_them(store: ox.Store) -> None:
    """A disagreement its sides, a situation and a claim what they were derived from, each with evidence."""
    assert '<selector/1> <http://www.w3.org/ns/oa#exact> "A belongs to O"' in told(store, "disagreement/1")
    assert '<selector/1> <http://www.w3.org/ns/oa#exact> "A belongs to O"' in told(store, "membership/1")


def test_evidence_leads_to_its_statement(store: ox.Store) -> None:
    """The way back from the words to what they state."""
    assert "<statement/1> <cst:evidence> <evidence/1>" in told(store, "evidence/1")
    assert "<statement/1> <cst:evidence> <evidence/1>" in told(store, "document/d")


def test_nothing_is_said_of_what_is_not_there(store: ox.Store) -> None:
    """Not even an empty description of it."""
    assert told(store, "state/b") == set()


def test_the_pages_hold_everything(store: ox.Store) -> None:
    """Each has the thing's own triples; together they are the whole, and after the last one nothing points at it."""
    whole, own = told(store, "state/a"), "<state/a> <cst:memberOf> <organisation/o>"
    pages = [told(store, "state/a", page=number, most=1) for number in (1, 2, 3)]
    assert set.union(*pages) == whole and all(own in page for page in pages)
    assert "<membership/1>" in words(pages[0]) and "<statement/1> <cst:evidence>" not in words(pages[0])
    assert "<membership/1>" not in words(pages[2]) and "<statement/1>" not in words(pages[2])
    (count,) = store.query(pointing_count(f"{ID}state/a"))  # type: ignore[misc]
    assert count["count"].value == "2"  # type: ignore[index, union-attr]


def test_it_is_asked_in_steps_that_an_index_answers() -> None:
    """A path that may be empty makes the engine walk the whole store for each thing: 37 s where 8 are enough, at 50,000 statements."""
    assert not re.search(r"[?*]/|[*]|[a-z][?]", description(f"{ID}state/a").partition("WHERE")[2])


@pytest.mark.parametrize("wrong", ["state/a", "x:a> } #", "", "x: y"])
def test_what_is_no_iri_is_refused(wrong: str) -> None:
    """It never reaches a query."""
    with pytest.raises(ValueError):
        description(wrong)
