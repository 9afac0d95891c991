"""`csto-graph export`: what a release holds, as files."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from csto_graph.namespaces import CST, ID, RDF
from tests.cli.calls import Call, Project
from tests.release.stores import contents, iri, quads, small_disk

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


@pytest.mark.parametrize("arguments", [(), ("--format", "jsonld"), ("default",), ("default", "--format", "rdfxml")])
def test_two_processes_write_the_same_bytes(home: Path, arguments: tuple[str, ...]) -> None:
    """Under two hash seeds: whatever order the serialiser has its prefixes in."""
    command = [sys.executable, "-m", "csto_graph.cli", "export", "--home", str(home), *arguments]
    seeds = (subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True) for seed in "12")
    one, two = (done.stdout for done in seeds)
    assert one == two != b""


def test_the_file_of_a_release_is_what_export_prints(call: Call, home: Path) -> None:
    """The graph as the manifest of the release has it, to the byte."""
    manifest = json.loads((home / "releases" / "1" / "manifest.json").read_bytes())
    for entry in manifest["files"].values():
        if "graph" in entry:
            printed = call("export", entry["graph"], "--home", home).stdout.encode()
            assert hashlib.sha256(printed).hexdigest() == entry["sha256"]


def test_one_thing(call: Call, home: Path) -> None:
    """Its triples and what points at it, by its label, its local name or its IRI, and only that."""
    written = call("export", "--thing", "Armenia", "--home", home)
    assert written == call("export", "--thing", "state/armenia", "--home", home)
    triples = {quad.triple for quad in parse(written.stdout, format=RdfFormat.TURTLE)}
    assert triples == {triple for triple in TRIPLES if triple.subject == iri(ID, "state/armenia")}


def test_an_unknown_thing(call: Call, home: Path) -> None:
    """Exit 2 with the nearest label."""
    assert call("export", "--thing", "Armenai", "--home", home).refuses(2, "Armenai", "Armenia")


def test_the_result_of_a_construct(call: Call, home: Path) -> None:
    """Sorted, each triple once, though the engine gives it twice; a parameter has the value that is set."""
    query = """#+ summary: Members
#+ parameters:
#+   state: rdfs:Resource, the member
CONSTRUCT { ?state a cst:Actor } WHERE { VALUES ?state { <THING> } { ?state ?p ?o } UNION { ?state ?p ?o } }"""
    query = query.replace("<THING>", f"<{ID}state/armenia>")
    outcome = call("export", "--query", "-", "--set", "state=state/belarus", "--format", "ntriples", "--home", home, stdin=query)
    assert outcome.stdout == f"<{ID}state/belarus> <{RDF.type}> <{CST}Actor> .\n"


def test_a_construct_with_blank_nodes(call: Call, home: Path) -> None:
    """They have no name that stays: exit 1 and nothing on stdout."""
    query = "CONSTRUCT { [] a ?class } WHERE { ?x a ?class }"
    assert call("export", "--query", "-", "--home", home, stdin=query).refuses(1, "blank node", "IRI")


@pytest.mark.parametrize("query", ["SELECT * { ?s ?p ?o }", "ASK {}"])
def test_a_query_that_gives_no_triples(call: Call, home: Path, query: str) -> None:
    """Exit 2, and where such queries are answered."""
    assert call("export", "--query", "-", "--home", home, stdin=query).refuses(2, "no triples", "csto-graph query")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("default", "--thing", "Armenia"), "two things at once"),
        (("default", "--set", "a=b"), "no query"),
        (("--thing", "Armenia", "--format", "trig"), "all graphs"),
        (("--checksums",), "--out"),
        (("--checksums", "--out", "/dev/null"), "--out"),
        (("--query", "nowhere.rq"), "cannot be read"),
        (("--format", "hdt"), "hdt"),
        (("--table", "wars"), "members"),
        (("--table", "members", "--format", "turtle"), "csv"),
        (("default", "--format", "csv"), "is for tables"),
        (("--format", "parquet"), "parquet"),
    ],
)
def test_calls_that_ask_for_nothing_there_is(call: Call, home: Path, arguments: tuple[str, ...], words: str) -> None:
    """Exit 2 and one line."""
    assert call("export", *arguments, "--home", home).refuses(2, words)


def test_a_table(call: Call, home: Path) -> None:
    """Its header at least; nothing else where the release has nothing of it."""
    assert call("export", "--table", "members", "--home", home).stdout.startswith("membership,member,member_label,")


def test_a_table_in_parquet(call: Call, project: Project, home: Path, tmp_path: Path) -> None:
    """Into a file and into a pipe, which cannot be gone back in, the same."""
    out = tmp_path / "members.parquet"
    assert call("export", "--table", "members", "--format", "parquet", "--checksums", "--out", out, "--home", home).code == 0
    with project.process("export", "--table", "members", "--format", "parquet", "--home", home) as process:
        assert process.stdout is not None
        assert process.stdout.buffer.read() == out.read_bytes()  # type: ignore[attr-defined]  # of a text stream
    assert out.read_bytes()[:4] == b"PAR1"


def test_gzip_and_checksums(call: Call, home: Path, tmp_path: Path) -> None:
    """Compressed without a time or a name; the checksum is that of the file, in the form that sha256sum reads."""
    out = tmp_path / "out" / "one two.ttl.gz"
    out.parent.mkdir()
    assert call("export", "default", "--gzip", "--checksums", "--out", out, "--home", home).code == 0
    written = contents(out.parent)
    assert gzip.decompress(written[out.name]) == call("export", "default", "--home", home).stdout.encode()
    assert written[out.name][3:8] == bytes(5)  # no flags and no time (RFC 1952, section 2.3)
    assert written[f"{out.name}.sha256"].decode() == f"{hashlib.sha256(written[out.name]).hexdigest()}  {out.name}\n"


def test_a_reader_who_leaves(project: Project, home: Path) -> None:
    """Closing the pipe early is no error."""
    with project.process("export", "--format", "nquads", "--home", home) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert (process.wait(), process.stderr.read()) == (0, "")


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
