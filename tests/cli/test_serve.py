"""`csto-graph serve`: from the command line to an answer over HTTP."""

from __future__ import annotations

import json
import re
import signal
import socket
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.calls import Project
from tests.release.stores import MEMBERS, publish_members

TOKEN = "0123456789abcdef"
ASK = urllib.parse.urlencode({"query": "SELECT ?s { ?s cst:memberOf ?o }"})


@contextmanager
def served(project: Project, *options: object) -> Iterator[tuple[str, list[str]]]:
    """A server on a free port: its address, and the lines it printed until it was ready."""
    with project.process("serve", "--port", 0, *options) as process:
        assert process.stderr
        lines: list[str] = []
        for line in process.stderr:
            lines.append(line)
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                yield found[0], lines
                break
        else:
            pytest.fail(f"no address was printed: {lines}")
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=30)
    assert stdout == ""
    assert "Traceback" not in stderr


def members(address: str) -> int:
    """How many members the endpoint knows."""
    request = urllib.request.Request(f"{address}/sparql?{ASK}", headers={"Accept": "application/sparql-results+json"})
    with urllib.request.urlopen(request, timeout=30) as response:
        return len(json.load(response)["results"]["bindings"])


@pytest.mark.slow
def test_a_release_is_served(project: Project) -> None:
    """The address is printed on stderr, the endpoint answers, and Ctrl-C ends it quietly."""
    publish_members(project.home)
    with served(project) as (address, _):
        assert members(address) == len(MEMBERS)


@pytest.mark.slow
def test_the_last_good_release_is_served(project: Project) -> None:
    """With the current release corrupted, the one before is served, and stderr says so."""
    publish_members(project.home)
    publish_members(project.home, MEMBERS[:1])
    (project.home / "releases" / "2" / "manifest.json").write_text("{")
    with served(project) as (address, lines):
        assert members(address) == len(MEMBERS)
    assert "reading release 1, the last good one" in "".join(lines)


@pytest.mark.slow
def test_a_port_in_use_is_said(project: Project) -> None:
    """Exit 2, the port and the remedy."""
    publish_members(project.home)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert project.run("serve", "--port", port).refuses(2, port)


def test_no_port_at_all(project: Project) -> None:
    """A number that is no port is a wrong call."""
    assert project.run("serve", "--port", 99999).refuses(2, "99999")


@pytest.mark.slow
def test_a_corrupted_release_alone_is_not_served(project: Project) -> None:
    """With no good release there is nothing to serve: exit 1, the file and the remedy."""
    publish_members(project.home)
    (project.home / "releases" / "1" / "manifest.json").write_text("{")
    assert project.run("serve", "--port", 0).refuses(1, project.home / "releases" / "1" / "manifest.json", "csto-graph build")


def updated(address: str, update: str, token: str) -> tuple[int, dict[str, object]]:
    """The status and the body of an update."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/sparql-update"}
    request = urllib.request.Request(f"{address}/update", update.encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


@pytest.mark.slow
def test_a_blank_store_takes_everything(project: Project, tmp_path: Path) -> None:
    """With a token even the default graph, blank nodes as they are; nothing is left of it and no home is touched."""
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    with served(project, "--empty", "--token-file", tmp_path / "token") as (address, lines):
        assert "a blank store" in lines[-1]
        assert updated(address, "INSERT DATA { [] a [] }", TOKEN) == (200, {"release": 2, "added": 1, "removed": 0, "skolemised": 0})
        assert updated(address, "DROP ALL", "wrong" * 5)[0] == 401
    assert not (project.home / "current").exists()


@pytest.mark.slow
def test_a_release_is_changed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a token in the environment: a note is taken, a state without a label is not, the default graph is the build's."""
    publish_members(project.home)
    monkeypatch.setenv("CSTO_GRAPH_TOKEN", TOKEN)
    with served(project) as (address, _):
        assert updated(address, "INSERT DATA { GRAPH graph:notes { <x:s> <x:p> 1 } }", TOKEN)[0] == 200
        status, problem = updated(address, "INSERT DATA { GRAPH graph:notes { <x:s> a cst:State } }", TOKEN)
        assert (status, "label" in str(problem["detail"])) == (422, True)
        assert updated(address, "CLEAR DEFAULT", TOKEN)[0] == 403
    assert project.run("releases", "list").stdout.count("whole") == 2


@pytest.mark.parametrize("token", ["short", "with a space in the middle", "ünïcödé-ünïcödé-ünïcödé", ""])
def test_a_token_that_is_none_is_refused(project: Project, tmp_path: Path, token: str) -> None:
    """Exit 2, before anything is served."""
    (tmp_path / "token").write_text(token)
    assert project.run("serve", "--token-file", tmp_path / "token").refuses(2, tmp_path / "token", "openssl rand")
    assert project.run("serve", "--token-file", tmp_path / "none").refuses(2, tmp_path / "none", "Check the path")
