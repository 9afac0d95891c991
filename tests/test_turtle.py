"""A Turtle file is read whole, or refused by name."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from csto_graph.errors import RefusedData
from csto_graph.turtle import read_turtle


def test_blank_nodes_of_two_files_stay_two(tmp_path: Path) -> None:
    """A label counts within its file only (RDF 1.1 Turtle, section 2.6)."""
    for name in ("one", "two"):
        (tmp_path / name).write_text("_:x <http://example.org/p> 1 .")
    ((one,), (two,)) = (read_turtle(tmp_path / name) for name in ("one", "two"))
    assert isinstance(one.subject, ox.BlankNode) and one.subject != two.subject


def test_a_syntax_error_is_named_with_its_line(tmp_path: Path) -> None:
    """The file and the line."""
    path = tmp_path / "broken.ttl"
    path.write_text("<http://example.org/a> a <http://example.org/B> .\n<http://example.org/a> a ;\n")
    with pytest.raises(RefusedData, match=r"broken\.ttl: is not Turtle .*line 2"):
        read_turtle(path)


@pytest.mark.parametrize("name", ["none.ttl", "folder"])
def test_what_cannot_be_read_is_named_with_the_reason(tmp_path: Path, name: str) -> None:
    """A missing file and a folder: what the system says of them, never an empty reason."""
    (tmp_path / "folder").mkdir()
    with pytest.raises(RefusedData, match=rf"{name}: cannot be read \(.*directory.*\)"):
        read_turtle(tmp_path / name)
