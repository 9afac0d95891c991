"""`link check` names what is wrong with its line, measures it, and says by its exit code whether a link is broken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from csto_graph.release.home import publish
from csto_graph.release.manifest import render_files
from csto_graph.resources import root
from tests.cli.calls import Call
from tests.link.checking.written_links import FIRST, write_links
from tests.link.external.lying import Endpoints, serving

DQV = "http://www.w3.org/ns/dqv#"
WELL = "id:state/armenia skos:exactMatch wd:Q399"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose release is the default graph that is committed."""
    store, folder = ox.Store(), tmp_path_factory.mktemp("home")
    store.load(path=root() / "data" / "release" / "default.ttl", format=ox.RdfFormat.TURTLE)
    publish(folder, store, render_files(store, {})[0])
    return folder


@pytest.fixture(scope="module")
def wikidata() -> Iterator[Endpoints]:
    """One item is there, one is gone, one moved, one was merged, one lies, one hangs."""
    with serving() as found:
        found.give("/entity/Q399", b"<html>", "text/html")
        found.give("/entity/Q184", b"", "text/html", 410)
        found.redirect("/entity/Q232", 301, "/elsewhere/Q232.html")
        found.redirect("/entity/Q813", 303, "/wiki/Special:EntityData/Q8130.ttl")
        found.give("/entity/Q159", b"<html>", "text/turtle")
        found.hang("/entity/Q863")
        yield found


def _measured(path: Path) -> dict[str, int]:
    """Metric → number, of the measurements on the links to Wikidata."""
    store = ox.Store()
    store.load(path=path, format=ox.RdfFormat.TURTLE)
    query = f"""SELECT ?metric ?value {{
      ?m a <{DQV}QualityMeasurement> ; <{DQV}value> ?value ; <{DQV}isMeasurementOf> ?of ; dcterms:date "2026-02-01"^^xsd:date ;
        <{DQV}computedOn> <https://w3id.org/csto-graph/graph/links/wikidata> .
      ?of a <{DQV}Metric> ; <{DQV}inDimension> ?dimension ; skos:definition ?definition .
      BIND (STRAFTER(STR(?of), "/quality/") AS ?metric) }}"""
    prefixes = {"dcterms": "http://purl.org/dc/terms/", "skos": "http://www.w3.org/2004/02/skos/core#", "xsd": "http://www.w3.org/2001/XMLSchema#"}
    solutions = store.query(query, prefixes=prefixes)
    assert isinstance(solutions, ox.QuerySolutions)
    return {one["metric"].value: int(one["value"].value) for one in solutions}


def test_the_links_of_the_project_hold(call: Call, home: Path) -> None:
    """As far as they can be checked without asking anybody; those of a clone are checked where none are named."""
    found = call("link", "check", "--home", home)
    assert (found.code, found.stdout) == (0, "")
    assert "0 broken" in found.stderr


def test_what_is_wrong_online_is_named(
    call: Call, home: Path, wikidata: Endpoints, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is broken with its line on stdout, what lies with its address on stderr; all is measured."""
    rows = [f"id:state/s{item} skos:exactMatch wd:{item}" for item in ("Q184", "Q232", "Q813", "Q159")]
    links, out = write_links(tmp_path / "x.sssom.tsv", WELL, *rows), tmp_path / "quality.ttl"
    monkeypatch.setenv("COLUMNS", "500")  # a line for each
    at = f"wikidata={wikidata.address}/entity/"
    options = ("--online", "--at", at, "--pause", "0", "--date", "2026-02-01", "--out", out, "--home", home)
    found = call("link", "check", "--sssom", links, *options)
    assert found.code == 1
    told = [line.split()[:2] for line in found.stdout.splitlines()[1:]]
    assert told == [[f"{links}:{FIRST + number}", kind] for number, kind in ((1, "deleted"), (2, "moved"), (3, "merged"))]
    assert "Q813 is now http://www.wikidata.org/entity/Q8130. Link to that one" in found.stdout
    assert f"{links}:{FIRST + 4}: {wikidata.address}/entity/Q159 says that it answers with text/turtle, and does not" in found.stderr
    assert "5 links checked: 3 broken, 1 not found out" in found.stderr
    expected = {"links-checked": 5, "wrong-syntax": 0, "conflicts": 0, "links-visited": 5, "moved": 1, "merged": 1, "deleted": 1, "unanswered": 1}
    assert _measured(out) == expected


def test_what_was_not_found_out_is_not_broken(call: Call, home: Path, wikidata: Endpoints, tmp_path: Path) -> None:
    """Exit 0; who was silent is named, and the sum says so."""
    links = write_links(tmp_path / "x.sssom.tsv", "id:state/tajikistan skos:exactMatch wd:Q863")
    at = f"wikidata={wikidata.address}/entity/"
    found = call("link", "check", "--sssom", links, "--online", "--at", at, "--timeout", "0.3", "--pause", "0", "--home", home)
    assert (found.code, found.stdout) == (0, "")
    assert f"{links}:{FIRST}: {wikidata.address}/entity/Q863 did not answer within 0.3 s" in found.stderr
    assert "0 broken, 1 not found out" in found.stderr


def test_an_extract_is_compared(call: Call, home: Path, tmp_path: Path) -> None:
    """The name there is another's, and the class too; twice the same bytes."""
    extract, links = tmp_path / "x.csv", write_links(tmp_path / "x.sssom.tsv", WELL, "id:state/belarus skos:exactMatch wd:Q184")
    rows = "iri,label,types\nhttp://www.wikidata.org/entity/Q399,Somebody,human\nhttp://www.wikidata.org/entity/Q184,Belarus,country\n"
    extract.write_text(rows, encoding="utf-8")
    arguments = ("link", "check", "--sssom", links, "--extract", extract, "--date", "2026-02-01", "--home", home, "--out")
    found = call(*arguments, tmp_path / "one.ttl")
    told = " ".join(found.stdout.split())
    assert found.code == 1 and "label" in told and "Somebody" in told and "type" in told
    call(*arguments, tmp_path / "two.ttl")
    assert (tmp_path / "one.ttl").read_bytes() == (tmp_path / "two.ttl").read_bytes()
    measured = _measured(tmp_path / "one.ttl")
    assert (measured["links-compared"], measured["label-disagreements"], measured["type-disagreements"]) == (2, 1, 1)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--out", "x.ttl"), "the measurements have no date"),
        (("--at", "wikidata=http://127.0.0.1:1/"), "nobody is asked"),
        (("--online", "--at", "wikidat=http://127.0.0.1:1/"), "Perhaps wikidata is meant"),
        (("--online", "--at", "wikidata"), "Write TARGET=http://"),
        (("--date", "tomorrow"), "is not a day of the calendar"),
        (("--extract", "nowhere.csv"), "there is no such file"),
    ],
)
def test_a_wrong_call_is_refused(call: Call, home: Path, tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    """Exit 2, and nobody was asked."""
    links = write_links(tmp_path / "x.sssom.tsv", WELL)
    assert call("link", "check", "--sssom", links, *options, "--home", home).refuses(2, said)


def test_a_file_that_is_none_is_refused_by_line(call: Call, home: Path, tmp_path: Path) -> None:
    """Exit 1; nothing is written."""
    links = write_links(tmp_path / "x.sssom.tsv", "id:state/armenia skos:exactMatch nowhere:Q399")
    found = call("link", "check", "--sssom", links, "--date", "2026-02-01", "--out", tmp_path / "out.ttl", "--home", home)
    assert found.refuses(1, f"{links}:{FIRST}", "nowhere") and not (tmp_path / "out.ttl").exists()
