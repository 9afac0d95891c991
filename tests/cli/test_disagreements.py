"""`csto-graph disagreements`: what a person reads, and what programs get."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from csto_graph import pipeline, resources
from csto_graph.cli import main
from csto_graph.validate.disagreements import settled
from tests.cli.calls import Call


@pytest.fixture(scope="module")
def built_home(built: pipeline.BuildResult) -> Path:
    """The home of a build of everything."""
    return built.release.folder.parents[1]


@pytest.fixture
def told(built_home: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What a person reads."""
    assert main(["disagreements", "--home", str(built_home)]) == 0
    return capsys.readouterr().out


def test_a_person_reads_words_citations_and_the_reason(told: str) -> None:
    """Of the force that a text has in another year than the cited pages."""
    (case,) = (case for case in told.split("\n\n") if "20000 strong" in case)
    followed, _, aside = case.partition("  set aside")
    assert "2009-02-04 [A]" in followed
    assert "“CSTO raised 20,000 elite personnel”" in aside
    assert "the text “The Collective Security Treaty Organisation (CSTO)” of 2022-01-10" in aside
    assert "because  An official page" in case


def test_what_stays_on_both_sides_is_not_called_followed(told: str) -> None:
    """A dispute among equally good sources."""
    (case,) = (case for case in told.split("\n\n") if case.startswith("start: Georgia memberOf"))
    assert "one side, which stays" in case
    assert "set aside" not in case
    assert "1993-09-09" in case
    assert "1993-12-09" in case


def test_the_line_that_says_how_to_turn_it_turns_it(told: str, store: ox.Store, tmp_path: Path) -> None:
    """Written into the policy as it is printed."""
    (case,) = (case for case in told.split("\n\n") if "20000 strong" in case)
    iri, statement = re.findall(r'"(https://[^"]*)"', case.rpartition("to turn")[2])
    choice = f'[[choice]]\ndisagreement = "{iri}"\nfollows = "{statement}"\nauthor = "A"\ndate = 2026-11-28\nbecause = "B"\n'
    policy = tmp_path / "policy.toml"
    policy.write_text((resources.root() / "data" / "policy.toml").read_text(encoding="utf-8") + choice, encoding="utf-8")
    verdicts, unused = settled(store, resources.root() / "queries" / "disagreements", policy)
    (turned,) = (verdict for verdict in verdicts if verdict.disagreement.iri == iri)
    assert turned.follows == (statement,)
    assert turned.because == "B (chosen by A, 2026-11-28)"
    assert unused == ()


def test_programs_get_the_same_as_json_and_as_csv(built_home: Path, call: Call) -> None:
    """Every statement once on its side, with words or sources."""
    cases: list[dict[str, Any]] = json.loads(call("disagreements", "--home", built_home, "--format", "json").stdout)
    lines = list(csv.DictReader(io.StringIO(call("disagreements", "--home", built_home, "--format", "csv").stdout)))
    said = [(case["iri"], one["iri"], side["followed"]) for case in cases for side in case["sides"] for one in side["statements"]]
    assert said
    assert [(line["disagreement"], line["statement"], line["followed"] == "true") for line in lines] == said
    assert all(one["sources"] for case in cases for side in case["sides"] for one in side["statements"])
    assert all(bool(line["words"]) != bool(line["sureness"]) for line in lines)


def test_where_nothing_differs_nothing_is_printed(home: Path, call: Call) -> None:
    """The count stands on stderr."""
    outcome = call("disagreements", "--home", home)
    assert (outcome.code, outcome.stdout) == (0, "")
    assert "0 disagreements" in outcome.stderr


def test_without_a_release_the_call_is_refused(tmp_path: Path, call: Call) -> None:
    """With the remedy."""
    assert call("disagreements", "--home", tmp_path / "none").refuses(2, "build")
