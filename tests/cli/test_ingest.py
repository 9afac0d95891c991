"""`csto-graph ingest`: a source comes or goes after it was shown what changes; refusals name place and remedy."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from csto_graph import resources
from csto_graph.ingest import proposals
from csto_graph.release.files import refuse_read_only
from tests.cli.calls import Call, Project
from tests.conftest import ARTICLE
from tests.release.stores import contents, shared_folder, unprivileged

PACKAGED = resources.root() / "data" / "sources"
TEXT = "Date: 8 January 2022\n\nArmenia is a member of the CSTO. Georgia left the CSTO in 1999.\n"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """A text that no source has."""
    path = tmp_path / "news.txt"
    path.write_text(TEXT)
    return path


@pytest.fixture
def built_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home as the wheel has it, which nothing may be built in: whatever is refused is refused before."""

    def build(*arguments: object) -> None:
        raise AssertionError("it went on to build")

    monkeypatch.setattr(resources, "in_clone", lambda: False)
    monkeypatch.setattr(proposals.pipeline, "assemble", build)
    return tmp_path / "home"


WRONG = [
    (("--home", "h"), "names no text and no source to remove"),
    (("news.txt",), "--source-id news"),
    (("My News (2).txt",), "--source-id my-news-2"),
    (("news.txt", "--source-id", "news", "--yes", "--dry-run"), "contradicts --yes"),
    (("news.txt", "--remove", "news"), "nothing but the id"),
    (("--remove", "news", "--title", "News"), "nothing but the id"),
    (("news.txt", "--source-id", "news", "--title", " "), "Leave the option out"),
    (("news.txt", "--source-id", "news", "--date", "2022-02-30"), "YYYY-MM-DD"),
    (("--remove", "nosuch"), ARTICLE),
    (("--remove", "../home"), "for example home"),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG, ids=[words for _, words in WRONG])
@pytest.mark.usefixtures("text")
def test_a_wrong_call(call: Call, built_home: Path, arguments: tuple[str, ...], words: str) -> None:
    """Exit 2 and a line that says what to write instead."""
    assert call("ingest", "--home", built_home, *arguments).refuses(2, words)


@pytest.mark.parametrize("bad", ["../escape", "..", ".", "/etc", "a/b", "a\\b", "News", "a b", "", "-", "c:", "news\n", "x" * 99, "é"])
def test_an_id_that_is_no_name_of_a_folder(call: Call, built_home: Path, text: Path, bad: str) -> None:
    """Nothing is written anywhere, and an id that would do is offered."""
    before = {*text.parent.rglob("*")}
    assert call("ingest", text, "--source-id", bad, "--yes", "--home", built_home).refuses(2, "is no id for a source", "for example")
    assert {path.name for path in {*text.parent.rglob("*")} - before} <= {"home", "releases", ".lock", ".sources.lock"}


def test_an_id_that_is_taken(call: Call, built_home: Path, text: Path) -> None:
    """Where the other one lies, and the way out."""
    outcome = call("ingest", text, "--source-id", ARTICLE, "--yes", "--home", built_home)
    assert outcome.refuses(2, "is taken by", PACKAGED / ARTICLE, "Choose another one")


def test_an_id_of_cited_facts(call: Call, text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A curated collection has its statements in a graph of the same name."""
    shutil.copytree(PACKAGED, tmp_path / "root" / "data" / "sources")
    (tmp_path / "root" / "data" / "curated" / "history").mkdir(parents=True)
    monkeypatch.setattr(resources, "root", lambda: tmp_path / "root")
    outcome = call("ingest", text, "--source-id", "history", "--yes", "--home", tmp_path / "home")
    assert outcome.refuses(2, "is taken by", tmp_path / "root" / "data" / "curated" / "history", "Choose another one")


def test_the_same_text_twice(call: Call, built_home: Path, tmp_path: Path) -> None:
    """Under another id it would double every statement."""
    twin = tmp_path / "twin.txt"
    shutil.copy(PACKAGED / ARTICLE / "text.txt", twin)
    assert call("ingest", twin, "--source-id", "twin", "--yes", "--home", built_home).refuses(2, twin, "already", ARTICLE)


@pytest.mark.parametrize(("content", "words"), [(b"", "is empty"), (b"PK\0\0", "binary"), (b"<html><script>x</script></html>", "main text")])
def test_a_file_that_is_no_text(call: Call, built_home: Path, tmp_path: Path, content: bytes, words: str) -> None:
    """As `extract` refuses it."""
    path = tmp_path / "bad.html"
    path.write_bytes(content)
    assert call("ingest", path, "--source-id", "bad", "--yes", "--home", built_home).refuses(1, path, words)


def test_what_belongs_to_the_package_stays(call: Call, built_home: Path) -> None:
    """What pip installed is not ours to delete."""
    assert call("ingest", "--remove", ARTICLE, "--yes", "--home", built_home).refuses(2, PACKAGED / ARTICLE, "installed package")


def test_a_folder_that_may_not_be_written() -> None:
    """It is said before anything is read."""
    with shared_folder(0o555) as home, unprivileged(), pytest.raises(Exception, match=r"sources/news: cannot be written.*Make it"):
        refuse_read_only(home / "sources" / "news")


@pytest.mark.slow
def test_nobody_is_there_to_answer(project: Project, text: Path) -> None:
    """What would change is shown; without a yes nothing is changed, and --dry-run is content with that."""
    before = contents(project.folder / "data")
    outcome = project.run("ingest", text, "--source-id", "news")
    assert outcome.code == 2 and "nothing was changed" in outcome.stderr and "--yes" in outcome.stderr
    dry = project.run("ingest", text, "--source-id", "news", "--dry-run")
    assert dry.code == 0 and dry.stdout == outcome.stdout
    for words in ("memberOf", "asserted", "withdrewFrom", "Armenia memberOf Collective Security", ARTICLE, "evidence/news", "shapes checked"):
        assert words in " ".join(dry.stdout.split()), words
    assert contents(project.folder / "data") == before | {".sources.lock": b""}
    assert not (project.home / "current").exists()


@pytest.mark.slow
def test_a_source_comes_and_goes_in_a_clone(project: Project, text: Path) -> None:
    """Its files in data/sources, its graphs in data/release; taken away again, every byte of data is as it was."""
    assert project.run("build").code == 0
    before, first = contents(project.folder / "data"), (project.home / "current").read_text()
    added = project.run("ingest", text, "--source-id", "news", "--publisher", "TASS", "--yes")
    assert added.code == 0 and "2 (new)" in added.stdout
    after = contents(project.folder / "data")
    assert after["sources/news/text.txt"] == TEXT.encode() and b'publisher = "TASS"' in after["sources/news/source.toml"]
    assert {name for name in after if name not in before} == {
        "sources/news/text.txt", "sources/news/source.toml", "release/source/news.ttl", "release/evidence/news.ttl",
    }  # fmt: skip
    assert "news" in {source["id"] for source in json.loads(after["release/manifest.json"])["sources"]}
    removed = project.run("ingest", "--remove", "news", "--yes")
    assert removed.code == 0 and "statements go" in removed.stdout and "the content is the same" in removed.stdout
    assert contents(project.folder / "data") == before
    assert (project.home / "current").read_text() == first


DATED = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix cst: <https://w3id.org/csto-graph/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<https://example.org/dated> a sh:NodeShape ; sh:targetClass cst:Document ; sh:property <https://example.org/date> .
<https://example.org/date> a sh:PropertyShape ; sh:path dcterms:date ; sh:minCount 1 ; sh:message "Every text has a date here."@en .
"""


@pytest.mark.slow
def test_what_the_shapes_refuse_is_not_added(project: Project, tmp_path: Path) -> None:
    """The findings, then the verdict; no file is written, whatever was answered."""
    (project.folder / "ontology" / "shapes" / "dated.ttl").write_text(DATED)
    undated = tmp_path / "undated.txt"
    undated.write_text("Armenia is a member of the CSTO.\n")
    before = contents(project.folder / "data")
    outcome = project.run("ingest", undated, "--source-id", "undated", "--yes")
    assert outcome.code == 1 and "Armenia memberOf" in outcome.stdout
    assert "Every text has a date here." in outcome.stderr and "has no date" in outcome.stderr
    assert outcome.stderr.splitlines()[-1].endswith("leave the text out.")
    assert contents(project.folder / "data") == before | {".sources.lock": b""}
    assert not (project.home / "current").exists()
