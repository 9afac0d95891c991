"""What the service allows, in one record: every figure of it is named in the problem that refuses more."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from csto_graph.backend.interface import Limits
from csto_graph.errors import WrongCall


@dataclass(frozen=True, slots=True)
class Settings:
    """The limits of a service, and whom it trusts."""

    seconds: float = 30.0  # an answer may take, where the request does not say
    most_seconds: float = 60.0  # a request may allow with timeout=
    query: int = 1_000_000  # bytes of a query in UTF-8
    batch: int = 1_000  # names that one request may ask to be matched, or things to be extended
    body: int = 3_000_000  # bytes of a request that asks: percent-encoding may treble a query
    answer: int = 256 * 2**20  # bytes of an answer
    memory: int = 2 * 2**30  # bytes resident in a process that answers
    cache: int = 64 * 2**20  # bytes of answers kept in memory; 0 keeps none
    at_once: int = 64  # queries that are answered or wait for their turn, of all clients
    client_at_once: int = 16  # of these, the queries of one client
    client_seconds: float = 600.0  # of one client's queries at work, within `window`
    window: float = 300.0  # seconds
    services: tuple[str, ...] = ()  # endpoints that SERVICE may name; without any it is refused
    networks: tuple[str, ...] = ()  # that the names of these endpoints may stand for, though they are not public
    change: int = 64 * 2**20  # bytes of a request that changes something
    token: str | None = field(default=None, repr=False)  # that whoever changes something has to send; None: nobody may
    wrong_tokens: int = 20  # that a client may send within `window`; then none of its tokens is looked at
    base: str | None = None  # the public address of the service, or its path alone; None: as the request says
    proxies: int = 0  # in front of the service, each of which tells whom it asks for (X-Forwarded-For)

    def __post_init__(self) -> None:
        if self.seconds > self.most_seconds:
            problem = f"is more than the {self.most_seconds:g} seconds that a request may ask for"
            raise WrongCall(f"a deadline of {self.seconds:g} seconds", problem, "Lower it or raise the maximum")

    @property
    def limits(self) -> Limits:
        """What one answer may take."""
        own = Limits(seconds=self.seconds, memory=self.memory, answer=self.answer)
        return replace(own, services=self.services, networks=self.networks)
