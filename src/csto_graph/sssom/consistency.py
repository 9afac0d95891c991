"""Whether the rows of a file agree with one another."""

from __future__ import annotations

from collections.abc import Iterable

from csto_graph import model
from csto_graph.errors import RefusedData
from csto_graph.sssom.sets import NO_TERM_FOUND

Placed = tuple[str, model.Mapping]  # where it stands, and what it says


def refuse_contradictions(placed: Iterable[Placed]) -> None:
    """Raises `RefusedData` at the second of two rows that say the same, or the contrary."""
    earlier: dict[tuple[str, ...], str] = {}
    decided: dict[tuple[str, str], tuple[str, bool]] = {}
    linked: dict[tuple[str, str], str] = {}
    absent: dict[tuple[str, str], str] = {}
    for place, each in placed:
        _refuse_duplicate(place, each, earlier)
        _refuse_undecided(place, each, decided)
        _refuse_absent_and_linked(place, each, linked, absent)


def _refuse_duplicate(place: str, each: model.Mapping, earlier: dict[tuple[str, ...], str]) -> None:
    said = (each.subject, each.predicate, each.object, each.justification, each.object_source, str(each.negated))
    first = earlier.setdefault(said, place)
    if first != place:
        problem = f"{each.subject} has the same link with the same justification in {_line(first)}"
        raise RefusedData(place, problem, "Keep one of the two rows")


def _refuse_undecided(place: str, each: model.Mapping, decided: dict[tuple[str, str], tuple[str, bool]]) -> None:
    if each.object == NO_TERM_FOUND:
        return
    first, negated = decided.setdefault((each.subject, each.object), (place, each.negated))
    if negated != each.negated:
        pair = f"{each.subject} and {each.object}"
        problem = f"predicate_modifier: {pair} are accepted in one row and rejected in another, {_line(first)}"
        raise RefusedData(place, problem, "Decide: keep the row with Not or the one without")


def _refuse_absent_and_linked(
    place: str, each: model.Mapping, linked: dict[tuple[str, str], str], absent: dict[tuple[str, str], str]
) -> None:
    if each.negated:
        return
    key = (each.subject, each.object_source)
    mine, other = (absent, linked) if each.object == NO_TERM_FOUND else (linked, absent)
    mine.setdefault(key, place)
    if key in other:
        problem = f"object_id: {each.subject} is linked and said to be absent, see {_line(other[key])}"
        raise RefusedData(place, problem, "Take sssom:NoTermFound away, or the link")


def _line(place: str) -> str:
    return f"line {place.rpartition(':')[2]}"
