"""How often a client may send a token that is wrong: whoever guesses has to wait, whoever has the token elsewhere has not."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from typing import Final

from csto_graph.serve.problems import Problem
from csto_graph.serve.settings import Settings

_MOST_CLIENTS: Final = 10_000  # that are remembered; of more the one that failed last the longest ago is forgotten


@dataclass(slots=True)
class Attempts:
    """When each client sent a wrong token, within the window."""

    settings: Settings
    clock: Callable[[], float] = time.monotonic
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _failed: OrderedDict[str, deque[float]] = field(default_factory=OrderedDict)

    def require_patience(self, client: str) -> None:
        """Raises a problem 429 with Retry-After for a client that has used up its attempts.

        Its token is not looked at, right or wrong: else the limit would slow nobody down who guesses.
        """
        with self._lock:
            failed = self._within(client)
            if len(failed) >= self.settings.wrong_tokens:
                seconds = max(1, ceil(failed[0] + self.settings.window - self.clock()))
                raise _later(len(failed), self.settings.wrong_tokens, seconds)

    def note_failure(self, client: str) -> None:
        """Counts a token that was wrong."""
        with self._lock:
            failed = self._within(client)
            failed.append(self.clock())
            self._failed[client] = failed
            self._failed.move_to_end(client)
            if len(self._failed) > _MOST_CLIENTS:
                self._failed.popitem(last=False)

    def _within(self, client: str) -> deque[float]:
        """The failures of a client that the window still holds; nothing is kept of a client without any."""
        failed = self._failed.get(client, deque())
        while failed and failed[0] + self.settings.window <= self.clock():
            failed.popleft()
        if not failed:
            self._failed.pop(client, None)
        return failed


def _later(sent: int, allowed: int, seconds: int) -> Problem:
    detail = f"{sent} wrong tokens came from your address; no other is looked at before {seconds} seconds have passed."
    return Problem(429, detail, fields={"Retry-After": str(seconds)}, limit="wrong tokens", allowed=allowed)
