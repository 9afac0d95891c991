"""What `csto-graph serve` allows, as options: each names a field of `serve.settings.Settings` and has a variable beside it."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from typing import Any, Final

import click

from csto_graph.sparql.federation import endpoint

_BASE: Final = re.compile(r"(?:https?://(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?)?(?:/[\w.~-]+)*/?", re.ASCII)
_UNITS: Final = {"": 1, "B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "KIB": 2**10, "MIB": 2**20, "GIB": 2**30}
_SECONDS: Final = click.FloatRange(min=0, min_open=True)
_COUNT: Final = click.IntRange(min=1)


class Size(click.ParamType[int]):
    """Bytes, with or without a unit: 500000, 3MB, 2GiB."""

    name = "size"

    def __init__(self, least: int = 1) -> None:
        self._least = least

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number of bytes."""
        found = re.fullmatch(r"([0-9]{1,15}) ?([A-Z]*)", str(value).strip().upper())
        unit = _UNITS.get(found[2], 0) if found else 0
        bytes_ = int(found[1]) * unit if found else 0
        if not unit or bytes_ < self._least:
            self.fail(f"{value!r} is not a size. Write it as 500000, 3MB or 2GiB.", param, ctx)
        return bytes_


class Endpoint(click.ParamType[str]):
    """The address of a SPARQL endpoint, in the form in which it is compared with those that queries name."""

    name = "url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """An address of http or https."""
        known = endpoint(str(value))
        if known is None:
            self.fail(f"{value!r} is not the address of an endpoint. Write it as https://query.example.org/sparql.", param, ctx)
        return known


class Network(click.ParamType[str]):
    """Addresses, as 10.1.2.0/24 or 10.1.2.3."""

    name = "network"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The network in CIDR notation."""
        try:
            return str(ipaddress.ip_network(str(value)))
        except ValueError:
            self.fail(f"{value!r} is no network. Write it as 10.1.2.0/24 or 10.1.2.3.", param, ctx)


class Base(click.ParamType[str]):
    """The public address of the service, without a slash at its end: https://example.org/graph, or /graph alone."""

    name = "url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """An address of http or https, or a path, without a query or a fragment."""
        text = str(value)
        if not text or not _BASE.fullmatch(text) or "/../" in f"{text}/" or "/./" in f"{text}/":
            self.fail(f"{value!r} is no address of a service. Write it as https://example.org/graph, or /graph.", param, ctx)
        return text.rstrip("/")


# Option, field, type, default, help. The defaults are those of the record.
_OPTIONS: Final[tuple[tuple[str, str, click.ParamType[Any], object, str], ...]] = (
    ("--timeout", "seconds", _SECONDS, 30, "Seconds that an answer may take."),
    ("--max-timeout", "most_seconds", _SECONDS, 60, "Seconds that a request may ask for with timeout=."),
    ("--max-query", "query", Size(), "1MB", "The longest query."),
    ("--max-body", "body", Size(), "3MB", "The longest request."),
    ("--max-batch", "batch", _COUNT, 1000, "Names that one request may ask to be matched."),
    ("--max-change", "change", Size(), "64MiB", "The longest request that changes something."),
    ("--max-answer", "answer", Size(), "256MiB", "The longest answer."),
    ("--max-memory", "memory", Size(), "2GiB", "What a process that answers may hold in memory."),
    ("--max-cache", "cache", Size(least=0), "64MiB", "What is kept in memory of answers; 0 keeps none."),
    ("--max-at-once", "at_once", _COUNT, 64, "Queries of all clients that are answered or wait."),
    ("--max-client-at-once", "client_at_once", _COUNT, 16, "Of these, the queries of one client."),
    ("--max-client-seconds", "client_seconds", _SECONDS, 600, "Seconds of one client's queries within the window."),
    ("--max-wrong-tokens", "wrong_tokens", _COUNT, 20, "Wrong tokens that one client may send within the window."),
    ("--window", "window", _SECONDS, 300, "The window, in seconds."),
    ("--base", "base", Base(), None, "The public address, such as https://example.org/graph; else what each request says."),
    ("--behind-proxy", "proxies", click.IntRange(0, 10), 0, "How many proxies stand before the service and tell its clients."),
)


_SEVERAL: Final[tuple[tuple[str, str, click.ParamType[str], str], ...]] = (
    ("--allow-network", "networks", Network(), "What the name of an allowed endpoint may stand for, though it is not public."),
    ("--allow-service", "services", Endpoint(), "An endpoint that SERVICE may name; may be repeated. Without any it is refused."),
)


def limit_options(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the options to a command, which is given the fields by name."""
    for option, field, kind, default, help_ in reversed(_OPTIONS):
        variable = f"CSTO_GRAPH_{option[2:].upper().replace('-', '_')}"
        command = click.option(
            option, field, type=kind, default=default, envvar=variable, show_default=True, show_envvar=True, help=help_
        )(command)
    for option, field, kind, help_ in _SEVERAL:
        variable = f"CSTO_GRAPH_{option[2:].upper().replace('-', '_')}"
        command = click.option(option, field, type=kind, multiple=True, envvar=variable, show_envvar=True, help=help_)(command)
    return command
