"""What holds for every command: one line, no traceback, the exit codes of the design."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from csto_graph import __version__
from csto_graph.cli import main
from tests.cli.calls import Call, Project
from tests.release.stores import publish_members

COMMANDS = ("extract", "build", "serve", "query", "export", "validate", "releases")


def test_the_version(call: Call) -> None:
    """--version prints it."""
    assert call("--version").stdout == f"csto-graph, version {__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(call: Call, command: str) -> None:
    """--help prints to stdout and ends with 0."""
    outcome = call(command, "--help")
    assert outcome.code == 0
    assert command in outcome.stdout


def test_no_command_prints_the_help(call: Call) -> None:
    """Exit 2, every command listed on stderr."""
    outcome = call()
    assert (outcome.code, outcome.stdout) == (2, "")
    assert all(f"\n  {command} " in outcome.stderr for command in COMMANDS)


def test_an_unknown_command(call: Call) -> None:
    """Exit 2 and the word."""
    assert call("frobnicate").refuses(2, "frobnicate")


def test_an_unknown_option(call: Call) -> None:
    """Exit 2 and the option."""
    assert call("build", "--frob").refuses(2, "--frob", "csto-graph build --help")


@pytest.fixture
def fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours that nobody foresaw."""

    def fail(home: Path) -> None:
        raise ZeroDivisionError("in\ntwo lines")

    monkeypatch.setattr("csto_graph.cli.released.current", fail)


@pytest.mark.usefixtures("fault")
def test_an_unexpected_error_is_one_line(call: Call) -> None:
    """Exit 1, its kind and the way to the traceback, which is not shown."""
    outcome = call("export")
    assert (outcome.code, outcome.stdout, outcome.stderr.count("\n")) == (1, "", 1)
    assert "unexpected ZeroDivisionError: in two lines" in outcome.stderr
    assert "--debug" in outcome.stderr


@pytest.mark.usefixtures("fault")
def test_debug_shows_the_traceback() -> None:
    """With --debug the error itself comes through."""
    with pytest.raises(ZeroDivisionError):
        main(["--debug", "export"])


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_closed_pipe_is_quiet(project: Project, unbuffered: str) -> None:
    """A reader that has seen enough, such as head, is no error."""
    publish_members(project.home, tuple(f"state-{n}" for n in range(5000)))
    with project.process("export", unbuffered=unbuffered) as process:
        assert process.stdout and process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 0


def test_an_interrupt_is_quiet(project: Project) -> None:
    """Ctrl-C during a build ends it with 130 and without a word, and publishes nothing."""
    with project.process("build") as process:
        while not (project.home / ".lock").exists():  # the home is prepared: the build has begun
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=30)
    assert (stdout, stderr.strip()) == ("", "")  # click ends the line on which the terminal shows ^C
    assert process.returncode == 130
    assert not (project.home / "current").exists()


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_stdout_is_said(project: Project, unbuffered: str) -> None:
    """Output that cannot be written is exit 2, not a silent half."""
    publish_members(project.home)
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    with full.open("w") as file:
        process = project.process("export", stdout=file, unbuffered=unbuffered)
        _, stderr = process.communicate(timeout=30)
    assert process.returncode == 2
    assert stderr == "csto-graph: stdout: No space left on device. Free some space where the output goes.\n"
