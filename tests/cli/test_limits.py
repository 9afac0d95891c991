"""The limits of the service as options."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from csto_graph.cli.limits import _OPTIONS, _SEVERAL, Base, Size, limit_options
from csto_graph.errors import WrongCall
from csto_graph.resources import root
from csto_graph.serve.settings import Settings


def settings(*arguments: str, environment: dict[str, str] | None = None) -> Settings:
    """What the options come to."""
    found: list[Settings] = []

    @click.command()
    @limit_options
    def command(**limits: object) -> None:
        found.append(Settings(**limits))  # type: ignore[arg-type]  # the options' types are those of the fields

    result = CliRunner().invoke(command, arguments, env=environment, standalone_mode=False)
    if result.exception:
        raise result.exception
    return found[0]


def test_the_defaults_are_those_of_the_record() -> None:
    """What the help says is what holds."""
    assert settings() == Settings()


def test_each_limit_has_an_option_and_a_variable() -> None:
    """The option comes before the variable."""
    assert settings("--max-answer", "1 GB", "--behind-proxy", "1") == Settings(answer=10**9, proxies=1)
    assert settings(environment={"CSTO_GRAPH_MAX_QUERY": "2MiB"}).query == 2 * 2**20
    assert settings("--timeout", "5", environment={"CSTO_GRAPH_TIMEOUT": "7"}).seconds == 5


def test_endpoints_may_be_several() -> None:
    """In the form in which they are compared; what is no endpoint or no network is refused."""
    found = settings("--allow-service", "HTTPS://A.example:443", "--allow-service", "http://b.example/q", "--allow-network", "10.0.0.1")
    assert (found.services, found.networks) == (("https://a.example/", "http://b.example/q"), ("10.0.0.1/32",))
    assert settings(environment={"CSTO_GRAPH_ALLOW_SERVICE": "http://a.example http://b.example/"}).services[1] == "http://b.example/"
    for option, value in (("--allow-service", "file:///etc/passwd"), ("--allow-service", "a.example"), ("--allow-network", "10.0.0.1/8")):
        with pytest.raises(click.BadParameter, match="Write it as"):
            settings(option, value)


@pytest.mark.parametrize(
    ("given", "base"),
    [
        ("https://graph.example.org/", "https://graph.example.org"),
        ("http://127.0.0.1:8000/graph/", "http://127.0.0.1:8000/graph"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("/graph/", "/graph"),
        ("/", ""),
    ],
)
def test_a_public_address_is_taken_without_its_last_slash(given: str, base: str) -> None:
    """So that paths can be written after it; a path alone will do."""
    assert settings("--base", given).base == base


@pytest.mark.parametrize(
    "wrong", ["", "graph", "//example.org", "ftp://a.example/", "https://", "https://a.example/?q", "/a#b", "/a/../b", "/a b", "/\r\nX: y"]
)
def test_what_is_no_public_address_is_refused(wrong: str) -> None:
    """It would stand in header fields and in every link."""
    with pytest.raises(click.BadParameter, match="Write it as"):
        Base().convert(wrong, None, None)


@pytest.mark.parametrize("size", ["", "0", "-1", "1.5MB", "3 PB", "MB", "１２"])
def test_what_is_no_size_is_refused(size: str) -> None:
    """The refusal shows how one is written."""
    with pytest.raises(click.BadParameter, match="Write it as"):
        Size().convert(size, None, None)


def test_a_deadline_beyond_the_maximum_is_refused() -> None:
    """It could never be told to a client."""
    with pytest.raises(WrongCall, match="maximum"):
        settings("--timeout", "90")


def test_the_page_names_every_option() -> None:
    """With the default that holds."""
    page = (root() / "docs" / "limits.md").read_text(encoding="utf-8")
    for option, _, _, default, _ in _OPTIONS:
        assert f"| `{option}` | {'none' if default is None else default} |" in page
    assert all(f"| `{option}` | none |" in page for option, *_ in _SEVERAL)
