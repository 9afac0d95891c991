"""Triples are sorted outside memory, and nothing about that is seen in what is written."""

from __future__ import annotations

from io import BytesIO
from random import Random

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from csto_graph.errors import RefusedData, WrongCall
from csto_graph.namespaces import CST, ID, PREFIXES, RDF, XSD
from csto_graph.release import sorting, syntaxes
from csto_graph.release.sorting import Sorter, blocks
from csto_graph.release.syntaxes import DATASET_FORMATS, GRAPH_FORMATS, write_graph, write_graphs, write_triples
from csto_graph.release.turtle import graph_names, prefixes_of, sorted_triples, turtle
from tests.release.stores import iri, small_disk

_ODD = (
    'a\\ "quoted" \n\r\t line\x00\x01\x7f\x85\u2028 > <http://x/y> .',
    f"> <{RDF.type}> ",
    "> _:b .",
    "_:b",
    f"^^<{XSD.gYear}>",
    "",
    "ж😀",
)
_TERMS = (
    *(Literal(text) for text in _ODD[2:]),
    *(Literal(text, language="en") for text in _ODD[2:]),
    *(Literal(text, datatype=iri(XSD, "gYear")) for text in ("1994", "1994Z")),
    Literal(_ODD[0]),
    Literal(6),
    Literal("x", language="en-gb"),
    iri(ID, "treaty/one"),
    iri(ID, "treaty/one/two"),
    NamedNode(PREFIXES["wd"] + "Q1"),
    NamedNode("urn:x"),
)


def _triples(number: int = 60) -> list[Triple]:
    random = Random(3)
    subjects = [iri(ID, f"state/{name}") for name in ("a", "a/b", "ab", "a-b")] + [iri(ID, "state/"), iri(ID, "lone"), NamedNode("http://x/y")]
    predicates = [NamedNode(str(RDF.type)), iri(CST, "memberOf"), iri(CST, "member"), NamedNode("http://a/first")]
    return [Triple(random.choice(subjects), random.choice(predicates), random.choice(_TERMS)) for _ in range(number)]


def _store(triples: list[Triple]) -> Store:
    store = Store()
    for graph in (DefaultGraph(), NamedNode("http://g/1"), NamedNode("http://g/0")):
        store.extend(Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)
    return store


@pytest.mark.parametrize("run", [1, 300, 2**20])
def test_runs_make_no_difference(monkeypatch: pytest.MonkeyPatch, run: int) -> None:
    """Of any size and however many levels they are merged on, the lines are those of a sort in memory, each once."""
    monkeypatch.setattr(sorting, "FAN", 3)
    triples = _triples(400)
    with Sorter("here", run) as sorter:
        for triple in triples:
            sorter.write((serialize([triple], format=RdfFormat.N_TRIPLES) or b"")[:-3])
            sorter.write(b" .\n")
        found = b"".join(block for _, block in blocks(sorter.lines()))
    assert [quad.triple for quad in parse(found, format=RdfFormat.N_TRIPLES)] == sorted_triples(set(triples), "here")


def test_a_graph_is_the_turtle_that_memory_gives() -> None:
    """The two ways to write Turtle give the same bytes, prefixes included."""
    triples = _triples()
    out = BytesIO()
    assert write_graph(_store(triples), DefaultGraph(), "turtle", out) == len(set(triples))
    assert out.getvalue() == turtle(triples)


@pytest.mark.parametrize("number", [1, 5, 60])
def test_prefixes_in_use_are_those_of_the_terms(number: int) -> None:
    """What stands within a literal declares nothing, and neither does the datatype of a number."""
    for start in range(20):
        triples = _triples()[start : start + number]
        out = BytesIO()
        write_triples(triples, "here", "turtle", out)
        declared = {line.split()[1][:-1] for line in out.getvalue().decode().splitlines() if line.startswith("@prefix")}
        assert declared == set(prefixes_of(triples))


@pytest.mark.parametrize("syntax", ["turtle", "ntriples", "jsonld", "rdfxml"])
def test_triples_come_back_from_each_syntax(syntax: str) -> None:
    """Each once, and in any order they came the same bytes."""
    triples = [each for each in _triples() if not (isinstance(each.object, Literal) and "\x00" in each.object.value)]
    outs = BytesIO(), BytesIO()
    write_triples(triples, "here", syntax, outs[0])
    write_triples(reversed(triples * 2), "here", syntax, outs[1])
    assert outs[0].getvalue() == outs[1].getvalue()
    assert {quad.triple for quad in parse(outs[0].getvalue(), format=GRAPH_FORMATS[syntax])} == set(triples)


@pytest.mark.parametrize("syntax", ["trig", "nquads", "jsonld"])
def test_graphs_come_back_from_each_syntax(syntax: str) -> None:
    """The default graph first, then the named ones by their IRIs."""
    store, out = _store(_triples()), BytesIO()
    count = write_graphs(store, graph_names(store), syntax, out)
    quads = list(parse(out.getvalue(), format=DATASET_FORMATS[syntax]))
    assert set(quads) == set(store) and len(quads) == count
    assert list(dict.fromkeys(quad.graph_name for quad in quads)) == list(graph_names(store))


@pytest.mark.parametrize("run", [2**10, 2**20])
def test_a_full_disk_for_what_is_put_aside_is_named(monkeypatch: pytest.MonkeyPatch, run: int) -> None:
    """Of the runs and of what is laid aside sorted; nothing is written."""
    store, out = Store(), BytesIO()
    store.extend(Quad(iri(ID, f"state/{number}"), iri(CST, "memberCount"), Literal(number)) for number in range(2_000))
    monkeypatch.setattr(syntaxes, "RUN", 1)
    monkeypatch.setattr(Sorter.__init__, "__defaults__", (run,))
    with small_disk(100) as disk:
        monkeypatch.setattr("tempfile.tempdir", str(disk))
        with pytest.raises(WrongCall, match="No space left"):
            write_graph(store, DefaultGraph(), "turtle", out)
    assert out.getvalue() == b""


@pytest.mark.parametrize("triple", ["_:b <http://x/p> <http://x/o> .", "<http://x/s> <http://x/p> _:b ."])
def test_a_blank_node_is_refused_before_anything_is_written(triple: str) -> None:
    """With the triple that holds it, and with the graph."""
    store, out = Store(), BytesIO()
    store.load(triple.encode(), format=RdfFormat.N_TRIPLES)
    with pytest.raises(RefusedData, match=r"graph/default: holds a blank node \(.*http://x/p.*_?:?"):
        write_graph(store, DefaultGraph(), "turtle", out)
    assert out.getvalue() == b""


@pytest.mark.parametrize(
    ("predicate", "value", "words"),
    [("http://x/p", "a\x01", "cannot hold a character"), ("http://x/p", "a\uffff", "cannot hold a character"), ("http://x/1", "a", "no name for the predicate <http://x/1>")],
)
def test_what_xml_cannot_hold_is_refused(predicate: str, value: str, words: str) -> None:
    """RDF/XML that no parser would read is not written; an escaped backslash before u0001 is text like any other."""
    out = BytesIO()
    with pytest.raises(RefusedData, match=words):
        write_triples([Triple(iri(ID, "x"), NamedNode(predicate), Literal(value))], "here", "rdfxml", out)
    assert out.getvalue() == b""
    write_triples([Triple(iri(ID, "x"), NamedNode("http://x/p"), Literal("\\u0001"))], "here", "rdfxml", out)
