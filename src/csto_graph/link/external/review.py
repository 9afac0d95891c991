"""The table that a reviewer opens in a spreadsheet: a pair a line, why it is proposed, and a column for the decision.

Tab-separated, UTF-8, cells quoted as RFC 4180 does, so that what a spreadsheet saves as "text (tab delimited)" comes back.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import Final

from csto_graph.errors import RefusedData
from csto_graph.link.external.extracts import utf8
from csto_graph.link.external.proposals import Proposal
from csto_graph.link.external.tables import is_iri
from csto_graph.namespaces import SKOS, curie

COLUMNS: Final = (
    "decision", "score", "sure", "subject_label", "object_label", "reasons", "predicate", "subject", "object", "author", "date",
    "comment",
)  # fmt: skip
_NEEDED: Final = ("decision", "subject", "object")
_MATCHES: Final = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
PREDICATES: Final[Mapping[str, str]] = {curie(f"{SKOS}{name}"): f"{SKOS}{name}" for name in _MATCHES}
_FORMULA: Final = ("=", "+", "-", "@")  # what a spreadsheet would carry out rather than show


class Decision(StrEnum):
    """What a reviewer says of a pair."""

    ACCEPT = "accept"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Decided:
    """A line with a decision; `place` is where it stands."""

    place: str
    decision: Decision
    subject: str
    object: str
    predicate: str
    subject_label: str = ""
    object_label: str = ""
    confidence: Decimal | None = None  # the score of the proposal
    author: str = ""
    date: str = ""
    comment: str = ""


def render_review(proposals: Iterable[Proposal]) -> str:
    """The table, without decisions."""
    out = StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_plain(cell) for cell in _cells(each)] for each in proposals)
    return out.getvalue()


def read_review(path: Path) -> list[Decided]:
    """The lines on which something was decided. Raises `RefusedData` naming the line of what cannot be meant."""
    reader = csv.reader(StringIO(utf8(path), newline=""), delimiter="\t", strict=True)
    try:
        return [_decided(place, cells) for place, cells in _rows(path, reader) if cells["decision"]]
    except csv.Error as error:
        raise RefusedData(f"{path}:{reader.line_num}", f"is no table ({error})", "Mend the quotation marks") from None


def _cells(each: Proposal) -> Iterator[str]:
    remark = f"; {each.theirs.remark}" if each.theirs.remark else ""
    yield ""
    yield f"{each.score.value:.2f}"
    yield "sure" if each.score.sure else ""
    yield from (each.ours.label, each.theirs.label)
    yield "; ".join(map(str, each.score.features)) + remark
    yield next(iter(PREDICATES))
    yield from (each.ours.iri, each.theirs.iri, "", "", "")


def _plain(cell: str) -> str:
    shown = " ".join(cell.split())
    return f"'{shown}" if shown.startswith(_FORMULA) else shown


def _rows(path: Path, reader: Iterator[list[str]]) -> Iterator[tuple[str, Mapping[str, str]]]:
    header: list[str] | None = None
    for cells in reader:
        place = f"{path}:{reader.line_num}"  # type: ignore[attr-defined]  # of csv.reader, which has no public class
        written = [_written(cell) for cell in cells]
        if header is None:
            header = _header(place, written)
        elif any(written):
            if len(written) != len(header):
                raise RefusedData(place, f"{len(written)} cells, not {len(header)}", "Separate the cells by single tabs")
            yield place, dict.fromkeys(COLUMNS, "") | dict(zip(header, written, strict=True))


def _written(cell: str) -> str:
    stripped = cell.strip()
    return stripped[1:] if stripped.startswith(tuple(f"'{sign}" for sign in _FORMULA)) else stripped


def _header(place: str, columns: list[str]) -> list[str]:
    wrong = next((each for each in columns if each not in COLUMNS or columns.count(each) > 1), None)
    missing = next((each for each in _NEEDED if each not in columns), None)
    if wrong is not None or missing is not None:
        problem = f"column {wrong!r} is unknown or there twice" if wrong is not None else f"column {missing!r} is missing"
        raise RefusedData(place, problem, f"Keep the columns that link propose wrote: {', '.join(COLUMNS)}")
    return columns


def _decided(place: str, cells: Mapping[str, str]) -> Decided:
    subject, object_ = cells["subject"], cells["object"]
    for column, written in (("subject", subject), ("object", object_)):
        if not is_iri(written):
            raise RefusedData(place, f"{column} {written!r} is no IRI", "Keep the one that link propose wrote")
    return Decided(
        place=place,
        decision=_decision(place, cells["decision"]),
        subject=subject,
        object=object_,
        predicate=predicate(place, cells["predicate"]),
        subject_label=cells["subject_label"],
        object_label=cells["object_label"],
        confidence=_confidence(place, cells["score"]),
        author=cells["author"],
        date=_date(place, cells["date"]),
        comment=cells["comment"],
    )


def _decision(place: str, written: str) -> Decision:
    try:
        return Decision(written.casefold())
    except ValueError:
        raise RefusedData(place, f"decision {written!r} is none", "Write accept, reject, or nothing") from None


def predicate(place: str, written: str) -> str:
    """The IRI of a predicate of SKOS; skos:exactMatch where nothing is written. Raises `RefusedData` for another one."""
    known = PREDICATES.get(written or next(iter(PREDICATES)))
    if known is None:
        raise RefusedData(place, f"predicate {written!r} is none that a review gives", f"Use one of {', '.join(PREDICATES)}")
    return known


def _confidence(place: str, written: str) -> Decimal | None:
    try:
        value = Decimal(written.replace(",", ".")) if written else None  # some spreadsheets save a decimal comma
        if value is None or 0 <= value <= 1:
            return value
    except InvalidOperation:
        pass
    raise RefusedData(place, f"score {written!r} is no number from 0 to 1", "Keep the one that link propose wrote")


def _date(place: str, written: str) -> str:
    try:
        if not written or date.fromisoformat(written).isoformat() == written:
            return written
    except ValueError:
        pass
    raise RefusedData(place, f"date {written!r} is not a day of the calendar", "Write it as YYYY-MM-DD, or leave it empty")
