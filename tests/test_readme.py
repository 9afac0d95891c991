"""What the README shows is what a reader gets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from csto_graph import pipeline, resources
from csto_graph.cli import csto_graph

README = resources.root() / "README.md"
pytestmark = pytest.mark.skipif(not README.is_file(), reason="the README lies in the clone")


def _blocks() -> list[str]:
    return re.findall(r"```(?:text)?\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)


def test_the_sample_question_has_the_answer_that_is_printed(
    built: pipeline.BuildResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command of the README, run on a fresh build, prints the README's answer."""
    monkeypatch.setenv("COLUMNS", "100")
    command, answer = next((a, b) for a, b in zip(_blocks(), _blocks()[1:], strict=False) if "csto-graph query" in a)
    arguments = command.split()[1:]
    home = str(built.release.folder.parents[1])
    monkeypatch.chdir(resources.root())
    result = CliRunner().invoke(csto_graph, [*arguments, "--home", home])
    assert result.exit_code == 0
    assert [line.rstrip() for line in result.stdout.splitlines()] == answer.splitlines()


def test_every_folder_that_is_named_is_there() -> None:
    """The table of folders names what exists."""
    named = re.findall(r"^\| `([a-z_/]+/)` \|", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert named
    assert [name for name in named if not (Path(resources.root()) / name).is_dir()] == []
