"""`csto-graph export`: what a release holds, as files."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from tests.cli.calls import Call
from tests.release.stores import contents, quads, small_disk

TRIPLES = {quad.triple for quad in quads()}


@pytest.mark.parametrize("graph", ["default", "source/one", "https://w3id.org/csto-graph/graph/source/one"])
def test_a_graph_by_its_name_or_its_iri(call: Call, home: Path, graph: str) -> None:
    """Turtle is the default, and holds that graph alone."""
    outcome = call("export", graph, "--home", home)
    assert (outcome.code, outcome.stderr) == (0, "")
    assert {quad.triple for quad in parse(outcome.stdout, format=RdfFormat.TURTLE)} == TRIPLES


@pytest.mark.parametrize(
    ("result_format", "syntax"), [("ntriples", RdfFormat.N_TRIPLES), ("rdfxml", RdfFormat.RDF_XML), ("jsonld", RdfFormat.JSON_LD)]
)
def test_a_graph_in_another_syntax(call: Call, home: Path, result_format: str, syntax: RdfFormat) -> None:
    """The same triples in each syntax."""
    outcome = call("export", "default", "--format", result_format, "--home", home)
    assert {quad.triple for quad in parse(outcome.stdout, format=syntax)} == TRIPLES


@pytest.mark.parametrize(
    ("arguments", "syntax"),
    [((), RdfFormat.TRIG), (("--format", "nquads"), RdfFormat.N_QUADS), (("--format", "jsonld"), RdfFormat.JSON_LD)],
)
def test_all_graphs(call: Call, home: Path, arguments: tuple[str, ...], syntax: RdfFormat) -> None:
    """Without GRAPH every quad is exported, TriG by default."""
    outcome = call("export", *arguments, "--home", home)
    assert set(parse(outcome.stdout, format=syntax)) == set(quads())


def test_the_file_of_a_release_is_what_export_prints(call: Call, home: Path) -> None:
    """Two exports are the same bytes."""
    assert call("export", "--home", home) == call("export", "--home", home)


def test_out_replaces_a_file(call: Call, home: Path, tmp_path: Path) -> None:
    """--out writes what would have been printed, over what was there."""
    out = tmp_path / "folder" / "graph.ttl"
    out.parent.mkdir()
    out.write_text("old")
    assert call("export", "default", "--out", out, "--home", home).stdout == ""
    assert contents(out.parent) == {"graph.ttl": call("export", "default", "--home", home).stdout.encode()}


def test_an_unknown_graph(call: Call, home: Path) -> None:
    """Exit 2 and the graphs there are."""
    assert call("export", "nato", "--home", home).refuses(2, "nato", "default, source/one")


def test_a_syntax_for_one_graph_needs_its_name(call: Call, home: Path) -> None:
    """Turtle cannot hold several graphs: exit 2 rather than a silent choice."""
    assert call("export", "--format", "turtle", "--home", home).refuses(2, "one graph", "default, source/one")


def test_a_syntax_for_all_graphs_takes_no_name(call: Call, home: Path) -> None:
    """N-Quads of one graph is a wrong call."""
    assert call("export", "default", "--format", "nquads", "--home", home).refuses(2, "all graphs")


def test_a_folder_that_is_not_there(call: Call, home: Path, tmp_path: Path) -> None:
    """Exit 2 and the path of --out."""
    out = tmp_path / "nowhere" / "graph.ttl"
    assert call("export", "default", "--out", out, "--home", home).refuses(2, out)


def test_a_full_disk_keeps_the_old_file(call: Call, home: Path) -> None:
    """No space for the new file: exit 2, and the old one is untouched."""
    with small_disk(4) as disk:
        out = disk / "graph.ttl"
        out.write_text("old")
        assert call("export", "--out", out, "--home", home).refuses(2, "No space left")
        assert contents(disk) == {"graph.ttl": b"old"}
