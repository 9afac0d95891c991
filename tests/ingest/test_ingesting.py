"""Texts that come and go in the home of an installed package: read, reasoned over, checked and published."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from csto_graph import ingest, pipeline, resources, sources
from csto_graph.ingest import Declared, Proposal
from csto_graph.model import Release
from csto_graph.namespaces import PREFIXES
from csto_graph.pipeline import parts, publishing
from csto_graph.release.files import write_all
from csto_graph.release.home import current, manifest_of, open_store
from csto_graph.sources import declared_sources, sources_held
from csto_graph.text.declaring import source_files
from csto_graph.text.sources import read_text
from tests.release.stores import contents

pytestmark = pytest.mark.slow
ONE = {
    "text.txt": b"Date: 10 January 2022\n\nArmenia is a member of the CSTO. Georgia is a member of the CIS. "
    b"The Collective Security Treaty entered into force in 1994.\n",
    "source.toml": b'title = "One"\n',
}
NEWS = "Date: 8 January 2022\n\nGeorgia left the CSTO in 1999. Armenia is a member of the CSTO. Russia could leave the CIS.\n"
PAGE = "<!DOCTYPE html><html><body><article><p>Armenia is a member of the CSTO &amp; Belarus joined the CSTO in 1993.</p></article></body></html>"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A package with one short text, and a home in which it was built."""
    folder = tmp_path_factory.mktemp("base")
    with pytest.MonkeyPatch.context() as patch:
        _install(folder, patch)
        write_all(folder / "package" / "one", ONE)
        pipeline.build(folder / "home")
        yield folder


@pytest.fixture
def home(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of that home; the package is never written."""
    shutil.copytree(base, tmp_path / "copy")
    _install(tmp_path / "copy", monkeypatch)
    yield tmp_path / "copy" / "home"
    assert contents(tmp_path / "copy" / "package" / "one") == ONE


def _install(folder: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(resources, "in_clone", lambda: False)
    patch.setattr(parts, "collections", tuple)  # with the cited facts a build takes three times as long
    for module in (sources, ingest.proposals):
        patch.setattr(module, "source_folders", lambda home: (folder / "package", home / "sources"))


def _add(home: Path, name: str, text: str, source_id: str) -> Proposal:
    file = home.parent / name
    file.write_text(text)
    with sources_held(home):
        proposal = ingest.propose_addition(home, file, source_id, Declared())
        assert not (home / "sources" / source_id).exists() or proposal.resumed
        ingest.accept(proposal, home)
    return proposal


def _lay(home: Path, name: str, text: str, source_id: str) -> None:
    """The files of a source alone, as a kill leaves them."""
    file = home.parent / name
    file.write_text(text)
    write_all(home / "sources" / source_id, source_files(replace(read_text(file), id=source_id)))


def _remove(home: Path, source_id: str) -> Proposal:
    with sources_held(home):
        proposal = ingest.propose_removal(home, source_id)
        ingest.accept(proposal, home)
    return proposal


def _released(home: Path) -> Release:
    release = current(home)
    assert release
    return release


def _ask(home: Path, query: str) -> list[tuple[str, ...]]:
    solutions = open_store(_released(home)).query(query, prefixes=PREFIXES)
    assert isinstance(solutions, ox.QuerySolutions)
    return sorted(tuple(str(term) for term in solution) for solution in solutions)


ARMENIA = """SELECT ?document ?exact WHERE { GRAPH ?evidence {
  ?statement rdf:subject id:state\\/armenia ; rdf:predicate cst:memberOf ; rdf:object id:organisation\\/csto ; cst:evidence ?place .
  ?place oa:hasSource ?document ; oa:hasSelector/oa:exact ?exact } }"""
LABELS = "SELECT ?label WHERE { id:state\\/armenia rdfs:label ?label }"


def test_what_two_texts_name_is_one_node_with_both_evidences(home: Path) -> None:
    """One thing with one name and one triple; a statement in each text, at its own words. Taken away, one of them is left."""
    before = _released(home)
    proposal = _add(home, "news.txt", NEWS, "news")
    assert dict(proposal.account.statements) == {
        ("memberOf", "asserted"): 1, ("withdrewFrom", "asserted"): 1, ("withdrewFrom", "hypothetical"): 1,
    }  # fmt: skip
    assert [("Armenia memberOf" in each.reading, each.others) for each in proposal.account.repeated] == [(True, ("one",))]
    assert [document.rpartition("/")[2] for document, _ in _ask(home, ARMENIA)] == ["news>", "one>"]
    assert len(_ask(home, LABELS)) == 1
    assert not pipeline.build(home).new  # it reads what was ingested
    removed = _remove(home, "news")
    assert removed.account == proposal.account
    assert [document.rpartition("/")[2] for document, _ in _ask(home, ARMENIA)] == ["one>"]
    assert _released(home) == before and not (home / "sources" / "news").exists()


def test_it_does_not_matter_what_was_added_first(home: Path) -> None:
    """Of two texts the first goes first: what the second says stays, and with it gone too the graph is the old one."""
    before = _released(home)
    _add(home, "page.html", PAGE, "page")
    assert (home / "sources" / "page" / "original.html").read_text() == PAGE
    assert _add(home, "news.txt", NEWS, "news").account.repeated[0].others == ("one", "page")
    _remove(home, "page")
    assert [source["id"] for source in manifest_of(_released(home))["sources"]] == ["news", "one"]
    assert [document.rpartition("/")[2] for document, _ in _ask(home, ARMENIA)] == ["news>", "one>"]
    _remove(home, "news")
    assert _released(home) == before


def test_what_contradicts_another_source_is_told(home: Path) -> None:
    """Two days of an event that happens once: who says the other, and which is followed; taken away, the dispute is gone."""
    before = _released(home)
    proposal = _add(home, "late.txt", "The Collective Security Treaty entered into force in 1996.\n", "late")
    (found,) = proposal.account.contradictions
    assert found.others == ("one",)
    assert found.kind == "date" and "1996" in found.message and found.verdict == "kept, as the other"
    _remove(home, "late")
    assert _released(home) == before


def test_an_interrupted_addition_goes_on(home: Path) -> None:
    """The files are in their place and the release is the old one: the same command publishes them."""
    _lay(home, "news.txt", NEWS, "news")
    assert _add(home, "news.txt", NEWS, "news").resumed
    assert {source.id for source in declared_sources(home)} == {"one", "news"} and len(_ask(home, ARMENIA)) == 2


def test_an_interrupted_removal_goes_on(home: Path) -> None:
    """The files are away and the release still has them: the same command takes them out."""
    before = _released(home).content
    _add(home, "news.txt", NEWS, "news")
    shutil.rmtree(home / "sources" / "news")
    proposal = _remove(home, "news")
    assert proposal.resumed and proposal.account.statements.total() == 3
    assert _released(home).content == before


def test_what_a_publication_fails_with_leaves_the_files(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No release, no source; and a source that was to go is still there."""
    _lay(home, "news.txt", NEWS, "news")
    before = contents(home)

    def fail(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publishing, "publish_held", fail)
    with pytest.raises(Exception, match="No space left"):
        _add(home, "page.html", PAGE, "page")
    with pytest.raises(Exception, match="No space left"):
        _remove(home, "news")
    assert contents(home) == before
