"""Nothing leaves the machine, nothing that is no file is replaced, and a refusal stays one."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

from csto_graph import pipeline
from csto_graph.cli import csto_graph, main
from csto_graph.errors import RefusedData


def _home(built: pipeline.BuildResult) -> str:
    return str(built.release.folder.parents[1])


@pytest.mark.parametrize("query", ["SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "ASK { serVice SILENT <http://x/> {} }"])
def test_a_query_sends_no_request(built: pipeline.BuildResult, query: str) -> None:
    """SERVICE is refused on the command line too, before the engine sees it."""
    result = CliRunner().invoke(csto_graph, ["query", "-", "--home", _home(built)], input=query)
    assert isinstance(result.exception, RefusedData)
    assert "SERVICE" in str(result.exception)


def test_the_word_in_a_text_is_no_request(built: pipeline.BuildResult) -> None:
    """A literal may speak of a service."""
    query = 'ASK { ?s ?p "SERVICE <http://x/> {}" }'
    result = CliRunner().invoke(csto_graph, ["query", "-", "--home", _home(built)], input=query)
    assert result.stdout.strip() == "false"


def test_export_writes_into_a_pipe_and_leaves_it_one(built: pipeline.BuildResult, tmp_path: Path) -> None:
    """A named pipe gets the content and is still a pipe afterwards."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    assert main(["export", "reference", "--out", str(pipe), "--home", _home(built)]) == 0
    reader.join(timeout=20)
    assert read[0].startswith(b"@prefix")
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_export_follows_a_link(built: pipeline.BuildResult, tmp_path: Path) -> None:
    """A symbolic link stays a link; its target gets the content."""
    target, link = tmp_path / "target.ttl", tmp_path / "link.ttl"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    assert main(["export", "reference", "--out", str(link), "--home", _home(built)]) == 0
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("@prefix")
