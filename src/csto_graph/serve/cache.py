"""Answers that were given before, kept in memory by release, query and syntax: the oldest unused go first.

The same question asked by many at once is answered once: the others wait for the first of them.
"""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from csto_graph.backend.interface import Answer, Exceeded, Query
from csto_graph.model import Release
from csto_graph.sparql.refusal import Refusal

_SHARE: Final = 16  # no answer takes more of the cache than this part of it
_BESIDE: Final = 1_000  # bytes that an entry or a reply takes beside its text
_MOST_REPLIES: Final = 8  # of one answer: to ask the same in ever other words must not drive out the others

Asked: TypeAlias = tuple[str, ...]  # a request
Key: TypeAlias = tuple[int, str, Query, str, int]  # release, its content, query, syntax, the most solutions of a page


class Remembered(io.BytesIO):
    """An answer from the cache (see `interface.Answer`)."""

    seconds = 0.0  # nobody was at work on it

    def __init__(self, kept: Kept) -> None:
        super().__init__(kept.content)
        self.length = len(kept.content)
        self.more = kept.more
        self.notes = kept.notes


@dataclass(slots=True, eq=False)
class Kept:
    """A whole answer, and the same compressed once somebody asked for that."""

    content: bytes
    more: bool
    notes: tuple[str, ...] = ()
    packed: bytes | None = None
    replies: list[Asked] = field(default_factory=list)  # to which requests it was the answer
    size: int = 0  # bytes, with all that belongs to it: its query, the compressed answer, the replies

    def opened(self) -> Remembered:
        """To be read as an answer."""
        return Remembered(self)


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole response that holds a kept answer, and what the journal writes of it."""

    key: Key
    kept: Kept
    release: Release
    headers: list[tuple[str, str]]
    body: bytes  # the kept content or the same compressed
    form: str | None
    route: str | None


@dataclass(frozen=True, slots=True)
class Counts:
    """What the cache did since the start, and what it holds."""

    hits: int  # answers found
    shared: int  # answers waited for while another request asked the same
    misses: int  # answers looked for in vain
    entries: int
    bytes: int
    most_bytes: int


@dataclass(slots=True, eq=False)
class _Flight:
    """A question that is being answered. No outcome: whoever asked first failed for reasons of its own."""

    done: threading.Event = field(default_factory=threading.Event)
    outcome: Kept | Refusal | Exceeded | None = None
    too_large: bool = False


class Cache:
    """At most that many bytes; 0 keeps nothing. Safe to use from several threads."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._replies: dict[Asked, Reply] = {}
        self._flights: dict[tuple[Key, float], _Flight] = {}
        self._lock = threading.Lock()
        self._releases: frozenset[int] = frozenset()
        self._hits = self._shared = self._misses = self._bytes = 0

    def counts(self) -> Counts:
        """At one instant."""
        with self._lock:
            return Counts(self._hits, self._shared, self._misses, len(self._kept), self._bytes, self._most)

    def find(self, key: Key) -> Kept | None:
        """What is kept, which counts as a hit; to find nothing counts for nothing."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                self._hits += 1
            return kept

    def fetch(self, key: Key, seconds: float, make: Callable[[], Answer]) -> Kept | Answer:
        """What is kept, else what `make` gives, which is kept unless it is too large for that.

        `seconds` is the deadline: who allows less does not wait for who allows more. A refusal and a limit that was passed are
        those of all who wait; what else `make` raises is raised to the first alone.
        """
        while self._most:
            with self._lock:
                if (kept := self._kept.get(key)) is not None:
                    self._kept.move_to_end(key)
                    self._hits += 1
                    return kept
                flight = self._flights.get((key, seconds))
                if flight is None:
                    self._misses += 1
                    mine = self._flights[key, seconds] = _Flight()
            if flight is None:
                return self._led(mine, key, seconds, make)
            flight.done.wait()
            if flight.too_large:
                break
            if flight.outcome is not None:
                return self._joined(flight.outcome)
        return make()

    def pack(self, key: Key, kept: Kept, packed: bytes) -> None:
        """Keeps the compressed answer beside the other."""
        with self._lock:
            if kept.packed is None and self._kept.get(key) is kept:
                kept.packed = packed
                self._grow(kept, len(packed))

    def reply(self, asked: Asked) -> Reply | None:
        """The response that the same request got, which counts as a hit."""
        with self._lock:
            reply = self._replies.get(asked)
            if reply is not None:
                self._kept.move_to_end(reply.key)
                self._hits += 1
            return reply

    def remember(self, asked: Asked, reply: Reply) -> None:
        """Keeps a response as long as the answer in it; of one answer not many."""
        with self._lock:
            kept = reply.kept
            if self._kept.get(reply.key) is not kept:
                return
            if asked not in self._replies:
                if len(kept.replies) >= _MOST_REPLIES:
                    return
                kept.replies.append(asked)
                self._grow(kept, sum(map(len, asked)) + sum(len(name) + len(value) for name, value in reply.headers) + _BESIDE)
            self._replies[asked] = reply

    def keep_only(self, releases: Collection[int]) -> None:
        """Forgets the answers of all other releases."""
        numbers = frozenset(releases)
        with self._lock:
            if numbers == self._releases:
                return
            self._releases = numbers
            for key in [key for key in self._kept if key[0] not in numbers]:
                self._forget(key)

    def _joined(self, outcome: Kept | Refusal | Exceeded) -> Kept:
        if isinstance(outcome, Refusal):
            raise Refusal(outcome.detail, line=outcome.line, column=outcome.column)
        if isinstance(outcome, Exceeded):
            raise Exceeded(outcome.limit, outcome.allowed, outcome.elapsed)
        with self._lock:
            self._shared += 1
        return outcome

    def _led(self, flight: _Flight, key: Key, seconds: float, make: Callable[[], Answer]) -> Kept | Answer:
        try:
            answer = make()
            if _size(key, answer.length) * _SHARE > self._most:
                flight.too_large = True
                return answer
            with answer:
                flight.outcome = kept = Kept(answer.read(), answer.more, tuple(answer.notes))
            self._keep(key, kept)
            return kept
        except (Refusal, Exceeded) as error:
            flight.outcome = error
            raise
        finally:
            with self._lock:
                del self._flights[key, seconds]
            flight.done.set()

    def _keep(self, key: Key, kept: Kept) -> None:
        with self._lock:
            self._forget(key)
            self._kept[key] = kept
            self._grow(kept, _size(key, len(kept.content)))

    def _grow(self, kept: Kept, size: int) -> None:
        kept.size += size
        self._bytes += size
        while self._bytes > self._most:
            self._forget(next(iter(self._kept)))

    def _forget(self, key: Key) -> None:
        kept = self._kept.pop(key, None)
        if kept is not None:
            self._bytes -= kept.size
            for asked in kept.replies:
                self._replies.pop(asked, None)


def _size(key: Key, length: int) -> int:
    query = key[2]
    return length + len(query.text) + sum(map(len, (*query.default_graphs, *query.named_graphs))) + _BESIDE
