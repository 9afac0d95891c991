"""`csto-graph build` and `csto-graph validate`: a release with its summary, or a refusal that leaves everything as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from csto_graph.release.home import current, verify
from tests.cli.calls import Call, Project
from tests.release.stores import contents, publish_members, shared_folder, small_disk, unprivileged

SOURCE = "data/sources/csto-2022-01-10"


@pytest.mark.slow
def test_a_build_publishes_and_sums_up(project: Project) -> None:
    """Sources, statements by status, triples per graph, checks, time per stage; then the same content, no new number."""
    outcome = project.run("build")
    assert outcome.code == 0, outcome
    for words in ("release", "1 (new)", "sources", "asserted", "negated", "default", "shapes checked", "time", "extract"):
        assert words in outcome.stdout
    assert max(map(len, outcome.stdout.splitlines())) <= 80
    again = project.run("build")
    assert "1 (the content is the same)" in again.stdout


def break_turtle(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\ncst:broken a ;\n", encoding="utf-8")


def break_toml(path: Path) -> None:
    path.write_text("title = \n")


def break_utf_8(path: Path) -> None:
    path.write_bytes(b"Armenia \xff joined.\n")


def lose(path: Path) -> None:
    path.unlink()


BREAKAGES: tuple[tuple[str, Callable[[Path], None]], ...] = (
    ("ontology/csto.ttl", break_turtle),
    ("ontology/csto.ttl", lose),
    ("ontology/lexicon.ttl", break_turtle),
    ("ontology/lexicon.ttl", lose),
    ("ontology/shapes/membership.ttl", break_turtle),
    ("data/reference/states.tsv", break_utf_8),
    ("data/reference/states.tsv", lose),
    (f"{SOURCE}/source.toml", break_toml),
    (f"{SOURCE}/source.toml", lose),
    (f"{SOURCE}/text.txt", break_utf_8),
)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "breakage"), BREAKAGES, ids=lambda part: getattr(part, "__name__", part))
def test_a_broken_file_is_named(project: Project, name: str, breakage: Callable[[Path], None]) -> None:
    """A file of the project that cannot be read: its name, the remedy, no traceback; the old release stays and answers."""
    publish_members(project.home)
    before = contents(project.home)
    breakage(project.folder / name)
    outcome = project.run("build")
    assert outcome.code in (1, 2)
    assert outcome.refuses(outcome.code, project.folder / name)
    assert contents(project.home) == before
    assert not (project.folder / "data" / "release").exists()


@pytest.mark.slow
def test_a_failed_check_is_reported(project: Project) -> None:
    """An expected count that is not met: exit 1, the findings one a line, then the verdict; nothing is published."""
    declaration = project.folder / SOURCE / "source.toml"
    text = declaration.read_text(encoding="utf-8").partition("[expected]")[0]
    declaration.write_text(f"{text}\n[expected]\nmemberOf = [999]\n", encoding="utf-8")
    outcome = project.run("build")
    findings, verdict = outcome.stderr.splitlines()[:-1], outcome.stderr.splitlines()[-1]
    assert (outcome.code, outcome.stdout) == (1, "")
    assert any("memberOf" in finding for finding in findings)
    assert verdict.startswith("csto-graph: ") and "Traceback" not in outcome.stderr
    assert current(project.home) is None
    assert not (project.folder / "data" / "release").exists()


@pytest.mark.slow
def test_a_full_home_keeps_the_last_release(project: Project) -> None:
    """No space for the release: exit 2, one line, and the last one still verifies."""
    with small_disk(500) as disk:
        old = publish_members(disk)
        before = contents(disk)
        assert project.run("build", "--home", disk).refuses(2, disk, "No space left", "Free some space")
        assert contents(disk) == before
        assert current(disk) == old
        verify(old)
    assert not (project.folder / "data" / "release").exists()


def test_a_read_only_home_is_refused_at_once(call: Call) -> None:
    """Exit 2, the folder and the remedy, before any work."""
    with shared_folder(0o555) as home, unprivileged():
        assert call("build", "--home", home).refuses(2, home, "Make it writable")


def test_a_file_for_a_home_is_refused_at_once(call: Call, tmp_path: Path) -> None:
    """Exit 2 and what lies in the way."""
    (tmp_path / "home").write_text("mine")
    assert call("build", "--home", tmp_path / "home").refuses(2, tmp_path / "home", "A file lies")
    assert (tmp_path / "home").read_text() == "mine"


GOOD = """
@prefix cst: <https://w3id.org/csto-graph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix id: <https://w3id.org/csto-graph/id/> .
id:state\\/armenia a cst:State ; rdfs:label "Armenia"@en .
"""


def test_data_that_conforms(call: Call, tmp_path: Path) -> None:
    """Exit 0; stderr says how many shapes were checked."""
    path = tmp_path / "good.ttl"
    path.write_text(GOOD)
    outcome = call("validate", path)
    assert (outcome.code, outcome.stdout) == (0, "")
    assert f"{path}: conforms" in outcome.stderr


def test_data_that_does_not_conform(call: Call, tmp_path: Path) -> None:
    """Exit 1; stdout lists the node and what is wrong with it."""
    path = tmp_path / "unnamed.ttl"
    path.write_text(GOOD.replace(' ; rdfs:label "Armenia"@en', ""))
    outcome = call("validate", path)
    assert outcome.code == 1
    assert "id:state/armenia" in outcome.stdout
    assert f"{path}: does not conform" in outcome.stderr


def test_data_that_is_not_turtle(call: Call, tmp_path: Path) -> None:
    """Exit 1, the file and the line."""
    path = tmp_path / "broken.ttl"
    path.write_text(GOOD + "id:broken a ;")
    assert call("validate", path).refuses(1, path, "line")


def test_data_that_is_missing(call: Call, tmp_path: Path) -> None:
    """A path that leads nowhere is a wrong call, and named."""
    assert call("validate", tmp_path / "none.ttl").refuses(2, tmp_path / "none.ttl", "there is no such file")
