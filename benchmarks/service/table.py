"""What was measured, as rows beside the figures that the service should reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.service.load import Seen

Key = tuple[str, str, int]  # server, question, clients
Row = tuple[str, ...]

HEADINGS = ("what", "clients", "constant", "csto-graph", "oxigraph", "rdflib-endpoint", "ratio", "target", "reached")


@dataclass(slots=True)
class Measured:
    """Everything that was seen; memory in bytes, the runaway's figures in seconds."""

    size: int
    seen: dict[Key, Seen] = field(default_factory=dict)
    memory: dict[str, int] = field(default_factory=dict)
    runaway: Runaway | None = None


@dataclass(frozen=True, slots=True)
class Runaway:
    """Eight normal clients without and with a query that would never end, and when that one was refused."""

    alone: Seen
    beside: Seen
    status: int
    deadline: float
    after: float


def rows(measured: Measured) -> Iterator[Row]:
    """One for each question and number of clients, one for the runaway, one for the memory."""
    asked = dict.fromkeys((question, clients) for server, question, clients in measured.seen if server != "constant")
    for question, clients in asked:
        yield from _question(measured, question, clients)
    if measured.runaway:
        yield from _runaway(measured.runaway)
    if measured.memory:
        told = {server: f"{bytes_ / 2**20:,.0f} MiB" for server, bytes_ in measured.memory.items()}
        yield ("memory at the end", "", *(told.get(server, "") for server in HEADINGS[2:6]), "", "", "")


def markdown(rows: Sequence[Row]) -> str:
    """A table of GitHub Flavored Markdown."""
    lines = ["| " + " | ".join(row) + " |" for row in (HEADINGS, *rows)]
    return "\n".join([lines[0], "|" + "---|" * len(HEADINGS), *lines[1:]]) + "\n"


def _question(measured: Measured, question: str, clients: int) -> Iterator[Row]:
    seen = {server: found for server in HEADINGS[2:6] if (found := _found(measured.seen, server, question, clients))}
    cells = tuple(_cell(seen.get(server)) for server in HEADINGS[2:6])
    verdicts = list(_verdicts(question, clients, measured.size, seen)) or [("", "", "")]
    for number, verdict in enumerate(verdicts):
        yield ((question, str(clients), *cells) if not number else ("", "", "", "", "", "")) + verdict


def _found(seen: Mapping[Key, Seen], server: str, question: str, clients: int) -> Seen | None:
    return seen.get((server, "" if server == "constant" else question, clients))


def _cell(seen: Seen | None) -> str:
    if seen is None:
        return ""
    others = "".join(f", {count} × {status}" for status, count in sorted(seen.others.items()))
    processor = f", {_ms(seen.processor)} ms of processor" if seen.processor else ""
    return f"{_ms(seen.p50)} / {_ms(seen.p99)} ms, {seen.rate:,.0f}/s{processor}{others}"


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.2f}" if seconds < 0.1 else f"{seconds * 1000:,.0f}"


def _verdicts(question: str, clients: int, size: int, seen: Mapping[str, Seen]) -> Iterator[Row]:
    mine, constant, native, rdflib = (seen.get(server) for server in ("csto-graph", "constant", "oxigraph", "rdflib-endpoint"))
    if mine is None:
        return
    look_up, repeated = question.startswith("point"), question.endswith("repeated")
    if look_up and clients == 8 and constant:
        yield _least("of the constant answer's rate", mine.rate / constant.rate, 0.9 if repeated else 0.5)
    if native and look_up:
        yield f"{mine.rate / native.rate:.2f} of oxigraph's rate", "", ""
    elif native and repeated:
        yield _least("times as fast as oxigraph", native.p50 / mine.p50, 5 if size >= 1_000_000 else None)
    elif native:
        asked = size >= 1_000_000 and not question.startswith("CSV")
        yield _most("of oxigraph's median", mine.p50 / native.p50, 1.1 if asked else None)
    if rdflib:
        yield _least("times rdflib-endpoint's rate", mine.rate / rdflib.rate, 10 if look_up else None)


def _runaway(runaway: Runaway) -> Iterator[Row]:
    ratio = runaway.beside.p99 / runaway.alone.p99
    cells = ("", f"{_cell(runaway.alone)}; beside it {_cell(runaway.beside)}", "", "")
    yield ("look-ups beside a runaway", "8", *cells, *_most("of the p99 without it", ratio, 2))
    late = runaway.after - runaway.deadline
    told = f"{runaway.status} after {runaway.after:.2f} s, deadline {runaway.deadline:g} s"
    verdict = "yes" if runaway.status == 503 and late <= 1 else "no"
    yield "the runaway itself", "1", "", told, "", "", f"{late:.2f} s late", "503, at most 1 s", verdict


def _least(what: str, ratio: float, target: float | None) -> Row:
    if target is None:
        return f"{ratio:.2f} {what}", "", ""
    return f"{ratio:.2f} {what}", f"at least {target:g}", "yes" if ratio >= target else "no"


def _most(what: str, ratio: float, target: float | None) -> Row:
    if target is None:
        return f"{ratio:.2f} {what}", "", ""
    return f"{ratio:.2f} {what}", f"at most {target:g}", "yes" if ratio <= target else "no"
