"""Texts that come and go in the home of an installed package: read, reasoned over, checked and published."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from csto_graph import ingest, pipeline, resources, sources
from csto_graph.ingest import Declared, Proposal
from csto_graph.model import Release
from csto_graph.namespaces import PREFIXES
from csto_graph.release.files import adding_folder
from csto_graph.release.home import current, manifest_of, open_store
from csto_graph.sources import declared_sources, sources_held
from csto_graph.text.declaring import source_files
from tests.release.stores import contents

pytestmark = pytest.mark.slow
PACKAGED = "Date: 10 January 2022\n\nArmenia is a member of the CSTO. Georgia is a member of the CIS.\n"
NEWS = "Date: 8 January 2022\n\nGeorgia left the CSTO in 1999. Armenia is a member of the CSTO. Russia could leave the CIS.\n"
PAGE = "<!DOCTYPE html><html><body><article><p>Armenia is a member of the CSTO &amp; Belarus joined the CSTO in 1993.</p></article></body></html>"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home whose package has one short text."""
    packaged, home = tmp_path / "package" / "sources", tmp_path / "home"
    (packaged / "one").mkdir(parents=True)
    (packaged / "one" / "text.txt").write_text(PACKAGED)
    (packaged / "one" / "source.toml").write_text('title = "One"\n')
    monkeypatch.setattr(resources, "in_clone", lambda: False)
    for module in (sources, ingest.proposals):
        monkeypatch.setattr(module, "source_folders", lambda at: (packaged, at / "sources"))
    pipeline.build(home)
    yield home
    assert contents(packaged) == {"one/text.txt": PACKAGED.encode(), "one/source.toml": b'title = "One"\n'}


def _add(home: Path, name: str, text: str, source_id: str) -> Proposal:
    file = home.parent / name
    file.write_text(text)
    with sources_held(home):
        proposal = ingest.propose_addition(home, file, source_id, Declared())
        assert not (home / "sources" / source_id).exists() or proposal.resumed
        ingest.accept(proposal, home)
    return proposal


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
    assert [("Armenia memberOf" in each.reading, each.others) for each in proposal.account.repeated] == [(True, ("csto-history", "one"))]
    assert [document.rpartition("/")[2] for document, _ in _ask(home, ARMENIA)] == ["news>", "one>"]
    assert len(_ask(home, LABELS)) == 1
    removed = _remove(home, "news")
    assert removed.account == proposal.account
    assert [document.rpartition("/")[2] for document, _ in _ask(home, ARMENIA)] == ["one>"]
    assert _released(home) == before and not (home / "sources" / "news").exists()


def test_it_does_not_matter_what_was_added_first(home: Path) -> None:
    """Two texts, the first taken away again: the graph is that of the second alone, and that one keeps its page."""
    alone = _add(home, "page.html", PAGE, "page").made
    content = _released(home).content
    _add(home, "news.txt", NEWS, "news")
    both = _released(home).content
    _remove(home, "page")
    _add(home, "page.html", PAGE, "page")
    assert _released(home).content == both
    _remove(home, "news")
    assert _released(home).content == content and alone.found[-1].source.id == "page"
    assert (home / "sources" / "page" / "original.html").read_text() == PAGE
    assert [source["id"] for source in manifest_of(_released(home))["sources"]] == ["one", "page"]


def test_what_contradicts_another_source_is_told(home: Path) -> None:
    """Two days of an event that happens once: who says the other, and which is followed; taken away, the dispute is gone."""
    before = _released(home)
    proposal = _add(home, "late.txt", "The Collective Security Treaty entered into force in 1996.\n", "late")
    (found,) = (each for each in proposal.account.contradictions if "csto-history" in each.others)
    assert found.kind == "date" and "1996" in found.message and found.verdict == "set aside"
    _remove(home, "late")
    assert _released(home) == before


def test_a_build_reads_what_was_ingested(home: Path) -> None:
    """It finds nothing new, and a newer package would read the text again."""
    _add(home, "news.txt", NEWS, "news")
    assert not pipeline.build(home).new


def test_an_interrupted_addition_goes_on(home: Path) -> None:
    """The files are in their place and the release is the old one: the same command publishes them."""
    file = home.parent / "news.txt"
    file.write_text(NEWS)
    source = ingest.proposals._as_declared(file, "news", Declared())
    with adding_folder(home / "sources" / "news", source_files(source)):
        pass
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
    _add(home, "news.txt", NEWS, "news")
    before = contents(home)

    def fail(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pipeline, "publish_held", fail)
    with pytest.raises(Exception, match="No space left"):
        _add(home, "page.html", PAGE, "page")
    with pytest.raises(Exception, match="No space left"):
        _remove(home, "news")
    assert contents(home) == before
