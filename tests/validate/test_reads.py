"""Which triples a shape looks at."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from csto_graph import resources
from csto_graph.namespaces import CST, OA, RDF, RDFS
from csto_graph.validate import reads

HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"""


def read(shapes: Path) -> set[str] | None:
    """Each way with its predicate at the end, by local names."""
    found = reads(shapes)
    return found if found is None else {"/".join(map(local, (*way, p))) for p, ways in found.items() for way in ways}


def local(term: ox.NamedNode) -> str:
    return term.value.removeprefix("https://example.org/").removeprefix(str(RDF))


@pytest.mark.parametrize(
    ("shape", "ways"),
    [
        ("ex:s a sh:NodeShape ; sh:nodeKind sh:IRI ; sh:targetClass ex:C .", "type"),
        ("ex:s a sh:NodeShape ; sh:class ex:C ; sh:targetSubjectsOf ex:t .", "type t"),
        ("ex:s a sh:NodeShape ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .", "type p"),
        ("ex:s a sh:NodeShape ; sh:property [ sh:path ex:p ; sh:class ex:C ] .", "type p p/type"),
        ("ex:s a sh:NodeShape ; sh:property [ sh:path ex:p ; sh:or ( [ sh:class ex:C ] [ sh:datatype ex:d ] ) ] .", "type p p/type"),
        ("ex:s a sh:NodeShape ; sh:not [ sh:path ex:p ; sh:lessThan ex:q, ex:r ] .", "type p q r"),
        ("ex:s a sh:PropertyShape ; sh:path ( ex:p ex:q ) ; sh:class ex:C .", "type p p/q p/q/type"),
        ("ex:s a sh:PropertyShape ; sh:path ex:p ; sh:node ex:t . ex:t sh:property [ sh:path ex:q ; sh:equals ex:r ] .", "type p p/q p/r"),
        ("ex:s a sh:PropertyShape ; sh:path [ sh:inversePath ex:p ] ; sh:minCount 1 .", None),
        ("ex:s a sh:PropertyShape ; sh:path [ sh:zeroOrMorePath ex:p ] ; sh:minCount 1 .", None),
        ("ex:s a sh:PropertyShape ; sh:path [ sh:alternativePath ( ex:p ex:q ) ] ; sh:minCount 1 .", None),
        ("ex:s a sh:NodeShape ; sh:sparql [ sh:select 'SELECT $this {}' ] .", None),
        ("ex:s a sh:NodeShape ; sh:targetObjectsOf ex:p .", None),
        ("ex:s a sh:NodeShape ; sh:closed true .", None),
        ("ex:s a sh:PropertyShape ; sh:path ex:p ; sh:node ex:s .", None),
    ],
)  # fmt: skip
def test_ways(tmp_path: Path, shape: str, ways: str | None) -> None:
    """Paths step by step, classes by the type at their end; what looks backwards, repeats or asks has none."""
    file = tmp_path / "shape.ttl"
    file.write_text(HEAD + shape)
    assert read(file) == (ways if ways is None else set(ways.split()))


def test_our_shapes_say_what_they_read() -> None:
    """If they do not any more, every change has everything validated."""
    found = reads(resources.root() / "ontology" / "shapes")
    assert found is not None
    assert found[ox.NamedNode(str(RDFS.label))] == {()} and ox.NamedNode(str(RDFS.comment)) not in found
    assert found[ox.NamedNode(str(OA.end))] == {()} and (ox.NamedNode(str(CST.memberOf)),) in found[ox.NamedNode(str(RDF.type))]
