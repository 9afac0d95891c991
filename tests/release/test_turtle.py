"""One graph as Turtle: bytes that depend on the triples and on nothing else."""

from __future__ import annotations

import random
from urllib.parse import unquote

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from csto_graph.errors import RefusedData
from csto_graph.namespaces import CST, GRAPH, ID, PREFIXES, RDF, XSD
from csto_graph.release.turtle import file_name, graph_names, prefixes_of, sorted_triples, trig, turtle
from tests.release.stores import iri, quads


def test_the_order_of_the_triples_does_not_matter() -> None:
    """Shuffled triples give the same bytes."""
    triples = [quad.triple for quad in quads()]
    shuffled = random.Random(7).sample(triples, len(triples))
    assert turtle(triples) == turtle(shuffled)


def test_what_is_written_is_what_was_given() -> None:
    """Parsed again, the Turtle holds the same triples."""
    triples = {quad.triple for quad in quads()}
    assert {quad.triple for quad in parse(turtle(triples), format=RdfFormat.TURTLE)} == triples


def test_trig_keeps_the_graphs() -> None:
    """Parsed again, the TriG holds the same quads, whatever their order was."""
    given = list(quads())
    assert trig(given) == trig(reversed(given))
    assert set(parse(trig(given), format=RdfFormat.TRIG)) == set(given)


def test_the_text_has_unix_lines_and_one_final_newline() -> None:
    """No carriage return, no empty last line."""
    text = turtle(quad.triple for quad in quads()).decode()
    assert "\r" not in text and text.endswith(".\n") and not text.endswith("\n\n")


def test_the_type_comes_first() -> None:
    """A reader sees what a thing is before what is said of it."""
    triples = sorted_triples((quad.triple for quad in quads()), "default")
    assert triples[0].predicate.value == str(RDF.type)


def test_only_prefixes_in_use_are_declared() -> None:
    """Each declared prefix occurs below its declaration, and they stand in alphabetical order."""
    lines = turtle(quad.triple for quad in quads()).decode().splitlines()
    declared = [line.split()[1] for line in lines if line.startswith("@prefix")]
    body = "\n".join(lines[len(declared) :])
    assert declared == sorted(declared) == ["cst:", "organisation:", "rdfs:", "state:"]
    assert all(prefix in body for prefix in declared)


def test_literals_that_turtle_abbreviates_need_no_prefix() -> None:
    """An integer and a string do not declare xsd; a year does."""
    short = Triple(iri(ID, "state/armenia"), iri(CST, "number"), Literal(3))
    year = Triple(iri(ID, "state/armenia"), iri(CST, "from"), Literal("1994", datatype=iri(XSD, "gYear")))
    assert "xsd" not in prefixes_of([short])
    assert "xsd" in prefixes_of([year])


def test_kinds_of_things_take_no_prefix_of_ours() -> None:
    """No kind of thing is called like a prefix that every file may declare."""
    kinds = {"state", "organisation", "treaty", "provision", "place", "person", "group", "force", "event", "circumstance",
             "document", "passage", "statement", "claim", "membership", "participation", "contribution", "tenure",
             "evidence", "selector"}  # fmt: skip
    assert not kinds & set(PREFIXES)


def test_nothing_is_written_as_nothing() -> None:
    """An empty graph is an empty file."""
    assert turtle([]) == b""


@pytest.mark.parametrize(
    "triple",
    [
        Triple(BlankNode("b"), iri(CST, "memberOf"), iri(ID, "organisation/csto")),
        Triple(iri(ID, "state/armenia"), iri(CST, "memberOf"), BlankNode("b")),
    ],
)
def test_a_blank_node_is_refused(triple: Triple) -> None:
    """A blank node has no name that two builds share, so nothing with one is written."""
    with pytest.raises(RefusedData, match="blank node"):
        sorted_triples([triple], "default")


@pytest.mark.parametrize(
    ("graph", "name"), [("evidence/csto-2022-01-10", "evidence/csto-2022-01-10.ttl"), ("reference", "reference.ttl")]
)
def test_a_graph_lies_where_its_iri_says(graph: str, name: str) -> None:
    """The file of a graph has the path of its IRI below `graph/`."""
    assert file_name(iri(GRAPH, graph)) == name


@pytest.mark.parametrize("graph", ["http://example.org/g", f"{GRAPH}../../etc/passwd", f"{GRAPH}", f"{GRAPH}a//b"])
def test_the_file_of_a_graph_from_elsewhere_stays_in_the_folder(graph: str) -> None:
    """An IRI that is not of our form is escaped whole, so that it names one file and no other folder."""
    name = file_name(NamedNode(graph))
    assert name.startswith("elsewhere/") and name.count("/") == 1
    assert unquote(name) == f"elsewhere/{graph}.ttl"


def test_graphs_without_triples_are_left_out() -> None:
    """A graph that was emptied is not a file of the release."""
    store = Store()
    store.add(Quad(iri(ID, "state/armenia"), iri(CST, "memberOf"), iri(ID, "organisation/csto")))
    store.add_graph(iri(GRAPH, "source/empty"))
    assert graph_names(store) == (DefaultGraph(),)
