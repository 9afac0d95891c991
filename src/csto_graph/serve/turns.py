"""Whose turn it is: how many queries a client and all of them may have at once, and for how long one may keep the readers."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil
from typing import Final

from flask import request

from csto_graph.serve.problems import Problem
from csto_graph.serve.settings import Settings

_PARTS: Final = 30  # of the window: what falls out of it goes part by part
_SOON: Final = 1  # seconds until a query of the client's own may have ended


def client() -> str:
    """The address that asks; the half of an IPv6 address that one subscriber has, as the other half is theirs to vary."""
    return _subscriber(request.remote_addr or "unknown")


@lru_cache(maxsize=1024)
def _subscriber(named: str) -> str:
    try:
        address = ipaddress.ip_address(named.partition("%")[0])
    except ValueError:
        return named
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


@dataclass(slots=True)
class Turns:
    """Counts the queries at work, and the seconds of each client within the window."""

    settings: Settings
    clock: Callable[[], float] = time.monotonic
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _at_work: Counter[str] = field(default_factory=Counter)
    _seconds: dict[str, dict[int, float]] = field(default_factory=dict)  # client → part of time → seconds
    _swept: int = 0

    @contextmanager
    def taken(self, client: str) -> Iterator[Callable[[float], None]]:
        """Lets one query of the client in; what is given is told the seconds it kept a reader."""
        with self._lock:
            self._require_room(client)
            self._require_seconds(client)
            self._at_work[client] += 1
        try:
            yield lambda seconds: self._charge(client, seconds)
        finally:
            with self._lock:
                self._at_work -= Counter({client: 1})  # nothing is kept of clients without a query

    def _require_room(self, client: str) -> None:
        settings = self.settings
        if self._at_work[client] >= settings.client_at_once:
            detail = f"You have {settings.client_at_once} queries under way already, which is the most for one client."
            raise _later(429, detail, _SOON, limit="queries at once", allowed=settings.client_at_once)
        if self._at_work.total() >= settings.at_once:
            detail = f"{settings.at_once} queries of all clients are under way or wait, which is the most."
            raise _later(503, detail, 5, limit="queries at once of all clients", allowed=settings.at_once)

    def _require_seconds(self, client: str) -> None:
        allowed, window = self.settings.client_seconds, self.settings.window
        self._sweep()
        parts = self._seconds.get(client, {})
        used = sum(parts.values())
        if used < allowed:
            return
        detail = f"Your queries took {used:.0f} seconds within the last {window:g}; a client has {allowed:g}."
        raise _later(429, detail, self._wait(parts, used), limit="query seconds", allowed=allowed)

    def _wait(self, parts: dict[int, float], used: float) -> int:
        """Seconds until enough has fallen out of the window."""
        for part in sorted(parts):
            used -= parts[part]
            if used < self.settings.client_seconds:
                break
        return max(1, ceil((part + _PARTS + 1) * self.settings.window / _PARTS - self.clock()))

    def _charge(self, client: str, seconds: float) -> None:
        with self._lock:
            parts = self._seconds.setdefault(client, {})
            parts[self._now()] = parts.get(self._now(), 0.0) + seconds

    def _now(self) -> int:
        return int(self.clock() * _PARTS / self.settings.window)

    def _sweep(self) -> None:
        """Forgets what has fallen out of the window, of all clients, once in each part of time."""
        now = self._now()
        if now == self._swept:
            return
        self._swept = now
        for client, parts in list(self._seconds.items()):
            kept = {part: seconds for part, seconds in parts.items() if part >= now - _PARTS}
            self._seconds[client] = kept
            if not kept:
                del self._seconds[client]


@contextmanager
def charged(charge: Callable[[float], None]) -> Iterator[None]:
    """Charges the seconds that the block takes, whatever comes of it."""
    begun = time.monotonic()
    try:
        yield
    finally:
        charge(time.monotonic() - begun)


def _later(status: int, detail: str, seconds: int, *, limit: str, allowed: float) -> Problem:
    plural = "" if seconds == 1 else "s"
    again = f"Ask again in {seconds} second{plural}."
    return Problem(status, f"{detail} {again}", fields={"Retry-After": str(seconds)}, limit=limit, allowed=allowed)
