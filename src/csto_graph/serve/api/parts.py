"""Parts of an answer: `limit=` and `offset=`, and the links that lead from one part to the next (RFC 8288)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

from flask import request

from csto_graph.serve.addresses import root
from csto_graph.serve.editions import asked_release
from csto_graph.serve.problems import Problem

MOST: Final = 1_000  # solutions of one part
FARTHEST: Final = 10**9  # solutions that may be left out
PARAMETERS: Final = ("limit", "offset")


@dataclass(frozen=True, slots=True)
class Part:
    """At most `limit` solutions of `total`, the first `offset` left out."""

    limit: int
    offset: int
    total: int

    def neighbours(self) -> Iterator[tuple[str, str]]:
        """The relations `first`, `prev`, `next` and `last`, as far as there are such parts, each with its address."""
        yield "first", self._address(0)
        if self.offset:
            yield "prev", self._address(max(min(self.offset, self.total) - self.limit, 0))
        if self.offset + self.limit < self.total:
            yield "next", self._address(self.offset + self.limit)
        if self.total:
            yield "last", self._address((self.total - 1) // self.limit * self.limit)

    def _address(self, offset: int) -> str:
        """It names the release that was asked: the parts of an answer are those of one release."""
        kept = [(name, value) for name, value in request.args.items() if name not in (*PARAMETERS, "release")]
        asked = urlencode([*kept, ("limit", self.limit), ("offset", offset), ("release", asked_release().number)])
        return f"{root()}{quote(request.path)}?{asked}"


def asked_part(given: Mapping[str, str], *, always: bool) -> tuple[int, int] | None:
    """Limit and offset; None where neither is given, so that all is asked, unless there is `always` a limit."""
    if not always and not any(name in given for name in PARAMETERS):
        return None
    return _number(given, "limit", 1, MOST, MOST), _number(given, "offset", 0, FARTHEST, 0)


def _number(given: Mapping[str, str], name: str, least: int, most: int, default: int) -> int:
    value = given.get(name)
    if value is None:
        return default
    number = int(value) if value.isascii() and value.isdecimal() and len(value) <= len(str(FARTHEST)) else -1
    if not least <= number <= most:
        raise Problem(400, f"{name}: {value!r} is none. It takes a whole number from {least} to {most:,}.")
    return number
