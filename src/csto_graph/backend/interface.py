"""What the service asks of whatever holds the graph: the embedded store today, any SPARQL 1.1 server tomorrow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Protocol, Self

from csto_graph.model import Release, Report, Standing

Limit = Literal["seconds", "memory", "answer"]

# How an answer can be written. `rows` are SPARQL 1.1 Query Results JSON cut after `most` solutions, `sample` is Turtle cut
# after as many triples: for pages, which show no more.
SOLUTION_SYNTAXES: Final = ("json", "xml", "csv", "tsv", "rows")
GRAPH_SYNTAXES: Final = ("turtle", "ntriples", "nquads", "trig", "n3", "jsonld", "rdfxml", "sample")


@dataclass(frozen=True, slots=True)
class Query:
    """A query operation (SPARQL 1.1 Protocol, section 2.1): the query and the dataset the request names, if it does."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What one answer may take."""

    seconds: float = 30.0  # from the request to the last byte of the answer, the wait for a free reader included
    memory: int = 2 * 2**30  # bytes resident in the process that answers
    answer: int = 256 * 2**20  # bytes of the answer
    most: int = 1_000  # solutions or triples of `rows` and `sample`
    services: tuple[str, ...] = ()  # endpoints that SERVICE may name, as `sparql.federation.endpoint` writes them
    networks: tuple[str, ...] = ()  # that the names of these endpoints may stand for, though they are not public


@dataclass(frozen=True, slots=True)
class Load:
    """What answers at this moment."""

    busy: int  # with a query
    idle: int  # ready for one
    started: int  # since the beginning


class Exceeded(Exception):
    """The answer would have taken more than a limit allows: which one, how much it allows, and the seconds that had passed."""

    def __init__(self, limit: Limit, allowed: float, elapsed: float) -> None:
        super().__init__(limit, allowed, elapsed)
        self.limit = limit
        self.allowed = allowed
        self.elapsed = elapsed


class Unavailable(Exception):
    """Nothing is wrong with the query, but it cannot be answered now; `retry_after` is in seconds."""

    def __init__(self, reason: str, retry_after: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after


class EndpointFailed(Exception):
    """Another endpoint, which the query names, did not answer: `reason` says in a sentence what it did."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnknownRelease(Exception):
    """No release that is kept has this number."""


class DroppedRelease(UnknownRelease):
    """A release had this number and is not kept any more."""


@dataclass(frozen=True, slots=True)
class Precondition:
    """What must hold of the current release for a change to be made (RFC 9110, section 13.1); None where nothing must.

    A tag is the number of a release or the entity tag of an answer from it; `*` is any release in which the graph is there.
    """

    match: tuple[str, ...] | None = None
    none_match: tuple[str, ...] | None = None
    unmodified_since: str | None = None  # an ISO 8601 instant; does not count beside `match`


ALWAYS: Final = Precondition()


@dataclass(frozen=True, slots=True)
class Update:
    """An update operation (SPARQL 1.1 Protocol, section 2.2): the update and the dataset the request names, if it does."""

    text: str
    using_graphs: tuple[str, ...] = ()
    using_named_graphs: tuple[str, ...] = ()
    only_if: Precondition = ALWAYS


@dataclass(frozen=True, slots=True)
class Document:
    """An RDF document as it was sent."""

    content: bytes
    media_type: str
    base: str  # IRI against which its relative IRIs are resolved


@dataclass(frozen=True, slots=True)
class GraphWrite:
    """An operation on one graph (SPARQL 1.1 Graph Store HTTP Protocol, section 5); `graph` None is the default graph."""

    graph: str | None
    way: Literal["replace", "merge", "drop", "patch"]  # PUT, POST, DELETE, PATCH
    documents: tuple[Document, ...] = ()
    patch: str = ""  # an update that sees this graph and no other
    only_if: Precondition = ALWAYS


Change = Update | GraphWrite


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change did: triples added and removed, blank nodes that were given an IRI, graphs that came to be."""

    release: Release  # the one that holds it; the one before where there was nothing to change
    added: int
    removed: int
    skolemised: int
    created: tuple[str, ...] = ()


class Rejected(Exception):
    """The change would leave a graph that must not be published."""

    def __init__(self, report: Report) -> None:
        super().__init__(report)
        self.report = report


class Forbidden(Exception):
    """The change touches graphs that every build makes: which ones, by IRI; `default` is the default graph."""

    def __init__(self, graphs: tuple[str, ...]) -> None:
        super().__init__(graphs)
        self.graphs = graphs


class Unmet(Exception):
    """The precondition of the change does not hold; the number of the release that is current."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class UnknownGraph(Exception):
    """There is no graph of this name to be taken away or patched."""


class NotWritable(Exception):
    """This back-end takes no changes."""


@dataclass(frozen=True, slots=True)
class Dump:
    """A file that a release can be had as: its name (`release-3/default.ttl.gz`), the graph it holds (`default` for the one
    without a name) or else the table, all graphs where it is neither; the media type of its content and, where it is
    compressed, of what is around it."""

    name: str
    graph: str | None
    media_type: str
    compressed: str | None = None
    table: str | None = None

    @property
    def whole(self) -> bool:
        """Whether it holds all graphs."""
        return self.graph is None and self.table is None


@dataclass(frozen=True, slots=True)
class DumpFile:
    """A dump that was made: where it lies, its bytes and their SHA-256 in hexadecimal."""

    path: Path
    length: int
    sha256: str


class UnknownDump(Exception):
    """No release can be had under this name."""


class NoDumps(Exception):
    """This back-end makes no dumps."""


class Answer(Protocol):
    """A whole answer: nothing of it is given before all of it is there, so what is read of it is never cut short."""

    @property
    def length(self) -> int:
        """Bytes."""

    @property
    def seconds(self) -> float:
        """How long something was at work on it, the wait for its turn left out."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences on the query for whoever asked it: a term that the ontology does not have, and the nearest one."""

    @property
    def more(self) -> bool:
        """Whether `rows` or `sample` left something out."""

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size`; empty at the end."""

    def close(self) -> None:
        """Lets go of what holds it."""

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...


class Backend(Protocol):
    """Releases and the answers they give. Safe to use from several threads."""

    def current(self) -> Release:
        """The release that is current now."""

    def releases(self) -> Sequence[Release]:
        """Every release that can be asked, by number."""

    def find(self, number: int) -> Release:
        """Raises `UnknownRelease`, or `DroppedRelease` where there was one."""

    def history(self) -> Sequence[Standing]:
        """Which release became current when, the oldest first; those that were dropped since then included."""

    def sizes(self, release: Release) -> Mapping[str, int]:
        """The triples of each graph by its IRI, those of the default graph under `default`; empty where nobody counted."""

    def answer(self, release: Release, query: Query, syntax: str, limits: Limits) -> Answer:
        """The whole answer in one of the syntaxes above, which must suit the query's form.

        Raises `Refusal` for what is wrong with the query, `Exceeded`, `Unavailable`, and `DroppedRelease`.
        """

    def dumps(self, release: Release) -> Sequence[Dump]:
        """The files that a release can be had as, the whole release first; none where the back-end makes none."""

    def made(self, release: Release, name: str) -> DumpFile | None:
        """One of them, if it was made already."""

    def dump(self, release: Release, name: str, limits: Limits) -> DumpFile:
        """One of them, made where it is not yet; the same release gives the same bytes.

        Raises `UnknownDump`, `NoDumps`, `DroppedRelease`, and `Unavailable` where it is not ready in time or has no room.
        """

    def load(self) -> Load:
        """How much of what answers is at work."""

    def change(self, change: Change, limits: Limits) -> Changed:
        """Makes a change the current release, or leaves everything as it is.

        Raises `Refusal` for what is wrong with it, `Forbidden`, `Rejected`, `UnknownGraph`, `Unmet`, `NotWritable`,
        `Exceeded` and `Unavailable`.
        """

    def close(self) -> None:
        """Ends whatever answers."""
