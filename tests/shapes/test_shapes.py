"""Each file of `ontology/shapes` against the Turtle file of the same name beside this one.

A file is a test case of the W3C SHACL test suite (vocabulary `sht:`): data, passing and failing, and the report it must give.
All shapes are applied, and the results of those of the file under test are compared, every one.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from csto_graph import resources
from csto_graph.namespaces import RDF, SH
from csto_graph.validate import validate_shapes
from csto_graph.validate.conversion import rdflib_graph

ONTOLOGY = resources.root() / "ontology" / "csto.ttl"
SHAPES = resources.root() / "ontology" / "shapes"
CASES = sorted(Path(__file__).parent.glob("*.ttl"))

Result = tuple[str, str | None, str]  # focus node, result path, shape


def _triples(path: Path) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=path.as_uri())]


def _path(graph: Graph, path: Node | None) -> str | None:
    if path is None:
        return None
    return "/".join(map(str, Collection(graph, path))) if (path, RDF.first, None) in graph else str(path)


def _expected(graph: Graph) -> Counter[Result]:
    return Counter(
        (
            str(graph.value(result, SH.focusNode)),
            _path(graph, graph.value(result, SH.resultPath)),
            str(graph.value(result, SH.sourceShape)),
        )
        for result in graph.subjects(RDF.type, SH.ValidationResult)
    )


def _shapes_of(name: str) -> Graph:
    return rdflib_graph(_triples(SHAPES / name))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_report(case: Path) -> None:
    """The shapes of a class give exactly the results that its test case lists, and nothing for what must pass."""
    triples = _triples(case)
    own = {str(shape) for shape in _shapes_of(case.name).subjects() if isinstance(shape, URIRef)}
    report = validate_shapes(triples, SHAPES, ONTOLOGY)
    found = Counter((f.focus_node, f.result_path, f.check) for f in report.findings if f.check in own)
    assert found == _expected(rdflib_graph(triples))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_every_shape_can_fail(case: Path) -> None:
    """Each shape that has a message is seen to fail in its test case: a check that cannot fail is none."""
    shapes = _shapes_of(case.name)
    used = set(shapes.objects(None, SH.node))  # a shape that others use reports under their name
    can_fail = {str(shape) for shape in shapes.subjects(SH.message, None) if shape not in used}
    assert can_fail == {shape for _, _, shape in _expected(rdflib_graph(_triples(case)))}


@pytest.mark.parametrize("shapes", sorted(SHAPES.glob("*.ttl")), ids=lambda path: path.stem)
def test_every_property_shape_has_a_message(shapes: Path) -> None:
    """Every property shape says in English what to do."""
    graph = _shapes_of(shapes.name)
    for shape in graph.subjects(RDF.type, SH.PropertyShape):
        message = graph.value(shape, SH.message)
        assert message is not None and getattr(message, "language", None) == "en", shape


def test_every_shapes_file_has_a_case() -> None:
    """There is one test case for each file of shapes, and no other."""
    assert {path.name for path in CASES} == {path.name for path in SHAPES.glob("*.ttl")}
