"""How far a shape looks."""

from __future__ import annotations

from pathlib import Path

import pytest

from csto_graph import resources
from csto_graph.validate import reach

HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"""


@pytest.mark.parametrize(
    ("shape", "steps"),
    [
        ("ex:s a sh:NodeShape ; sh:nodeKind sh:IRI .", 0),
        ("ex:s a sh:NodeShape ; sh:class ex:C .", 0),
        ("ex:s a sh:NodeShape ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .", 0),
        ("ex:s a sh:NodeShape ; sh:property [ sh:path ex:p ; sh:class ex:C ] .", 1),
        ("ex:s a sh:NodeShape ; sh:property [ sh:path ex:p ; sh:or ( [ sh:class ex:C ] [ sh:datatype ex:d ] ) ] .", 1),
        ("ex:s a sh:PropertyShape ; sh:path ( ex:p ex:q ) ; sh:minCount 1 .", 1),
        ("ex:s a sh:PropertyShape ; sh:path ( ex:p ex:q ) ; sh:class ex:C .", 2),
        ("ex:s a sh:PropertyShape ; sh:path ex:p ; sh:node ex:t . ex:t a sh:NodeShape ; sh:property [ sh:path ex:q ; sh:class ex:C ] .", 2),
        ("ex:s a sh:PropertyShape ; sh:path [ sh:inversePath ex:p ] ; sh:minCount 1 .", None),
        ("ex:s a sh:PropertyShape ; sh:path [ sh:zeroOrMorePath ex:p ] ; sh:minCount 1 .", None),
        ("ex:s a sh:NodeShape ; sh:sparql [ sh:select 'SELECT $this {}' ] .", None),
        ("ex:s a sh:NodeShape ; sh:targetObjectsOf ex:p .", None),
        ("ex:s a sh:PropertyShape ; sh:path ex:p ; sh:node ex:s .", None),
    ],
)  # fmt: skip
def test_steps(tmp_path: Path, shape: str, steps: int | None) -> None:
    """Paths count their steps, a class one more; what looks backwards, repeats or asks has no number."""
    file = tmp_path / "shape.ttl"
    file.write_text(HEAD + shape)
    assert reach(file) == steps


def test_our_shapes_look_one_step_far() -> None:
    """If this grows, a change has more to validate; if it becomes None, everything."""
    assert reach(resources.root() / "ontology" / "shapes") == 1
