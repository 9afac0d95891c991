"""Who was a member on which day: the built graph against the table of intervals of the page of facts, where that lies beside a clone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from pathlib import Path

import pyoxigraph as ox
import pytest

from csto_graph import resources
from csto_graph.sparql.stored import bound

MEMBERS = (resources.root() / "queries" / "competency" / "members-on-a-date.rq").read_text(encoding="utf-8")
LAST = date(2025, 11, 27)  # the last session on which the page lists the members
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Spell:
    """A membership or a suspension: the days that sources give for its start and for its end; without an end it goes on."""

    starts: tuple[date, ...]
    ends: tuple[date, ...] = ()

    def verdict(self, day: date) -> str:
        """Certain where all the days given agree that it holds, none where all agree that it does not."""
        ends = self.ends or (date.max,)
        if max(self.starts) <= day <= min(ends):
            return "certain"
        return "none" if day < min(self.starts) or max(ends) < day else "disputed"


@dataclass(frozen=True)
class Table:
    """The intervals by the codes of the states."""

    members: dict[str, tuple[Spell, ...]]
    suspended: dict[str, Spell]


def _paragraph(page: str) -> str:
    (found,) = re.findall(r"^Membership intervals to load .*$", page, re.MULTILINE)
    return str(found)


def _days(text: str) -> list[str]:
    """`1999-04-02/20`, `1993-09-09 or 12-09`, `2012-06-28 (note) / 2012-12-19 (decision)`: what is left out is that of the day before."""
    found: list[str] = []
    for value in re.split(r"\s*/\s*|\s+or\s+", re.sub(r"\(.*?\)", "", text).strip()):
        found.append(found[0][: -len(value)] + value if found else value)
    return found


def _table(page: str) -> Table:
    intervals, _, frozen = _paragraph(page).partition(": ")[2].partition(". ARM: participation frozen from ")
    raw: dict[str, list[tuple[list[str], list[str]]]] = {}
    for entry in intervals.split("; "):
        codes, _, spans = re.split(r"( )(?=\d)", entry, maxsplit=1)
        for code in codes.split(", "):
            raw[code] = [(_days(start), _days(end) if end.strip() else []) for start, _, end in
                         (span.partition("→") for span in re.split(r", (?=\d{4})", spans))]  # fmt: skip
    # The table has days; where it has a month alone (1999-04), the dispute on the day is the one it gives for that month elsewhere.
    given = {day for spells in raw.values() for spell in spells for day in chain(*spell) if len(day) == 10}
    members = {code: tuple(Spell(_whole(starts, given), _whole(ends, given)) for starts, ends in spells) for code, spells in raw.items()}
    (noted,) = [spell.ends for spell in members["UZB"] if len(spell.ends) == 2 and "(note)" in intervals and spell.ends[0].year == 2012]
    return Table(members, {"UZB": Spell(noted), "ARM": Spell(_whole(_days(frozen.partition(",")[0]), given))})


def _whole(days: list[str], given: set[str]) -> tuple[date, ...]:
    return tuple(date.fromisoformat(day) for value in days for day in ([value] if len(value) == 10 else sorted(d for d in given if d.startswith(value))))


def _asked(table: Table) -> Iterator[date]:
    """Each day on which something begins or ends, the day before, the day after, the middle of what is disputed, and some years."""
    for spell in chain(chain(*table.members.values()), table.suspended.values()):
        for days in filter(None, (spell.starts, spell.ends)):
            for day in days:
                yield from (day - DAY, day, day + DAY)
            yield min(days) + (max(days) - min(days)) / 2
    yield from (date(year, 7, 1) for year in range(1992, 2026, 3))
    yield LAST


def _names() -> dict[str, str]:
    """Alpha-3 code → the path of the state."""
    lines = (resources.root() / "data" / "reference" / "state-identifiers.tsv").read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if not line.startswith("#")]
    return {row[2]: row[0] for row in cells if row[1] == "iso3166Alpha3"}


def _expected(table: Table, day: date) -> dict[str, tuple[str, str, str]]:
    names, found = _names(), {}
    for code, spells in table.members.items():
        verdicts = [spell.verdict(day) for spell in spells]
        membership = next((each for each in verdicts if each != "none"), "none")
        suspension = table.suspended[code].verdict(day) if code in table.suspended else "none"
        verdict = "suspended" if suspension == "certain" else membership
        if membership != "none":
            found[names[code]] = (verdict, membership, suspension)
    return found


def _answered(store: ox.Store, day: date) -> dict[str, tuple[str, ...]]:
    solutions = store.query(bound(MEMBERS, {"day": str(day)}))
    assert isinstance(solutions, ox.QuerySolutions)
    columns = ("verdict", "membership", "suspension")
    return {row["member"].value.rpartition("/id/")[2]: tuple(row[column].value for column in columns) for row in solutions}


def test_members_on_every_day_on_which_something_changed(store: ox.Store, shared: Path) -> None:
    """All right against the table, to the day, with what is disputed shown as disputed; and nobody else is named."""
    facts = shared / "reference" / "facts.md"
    if not facts.is_file():
        pytest.skip("the page of facts does not lie beside this clone")
    table = _table(facts.read_text(encoding="utf-8"))
    days = sorted({day for day in _asked(table) if day <= LAST})
    assert len(days) >= 24 and days[0].year == 1992 and days[-1].year == 2025
    wrong = {str(day): (expected, found) for day in days if (expected := _expected(table, day)) != (found := _answered(store, day))}
    assert wrong == {}
    seen = {verdict for day in days for triple in _expected(table, day).values() for verdict in triple}
    assert seen == {"certain", "disputed", "suspended", "none"}


def test_the_table_is_read_as_it_is_meant(shared: Path) -> None:
    """The page itself, so that a reader that reads nothing cannot pass."""
    table = _table((shared / "reference" / "facts.md").read_text(encoding="utf-8"))
    assert sorted(table.members) == ["ARM", "AZE", "BLR", "GEO", "KAZ", "KGZ", "RUS", "TJK", "UZB"]
    april = (date(1999, 4, 2), date(1999, 4, 20))
    assert table.members["GEO"] == (Spell((date(1993, 9, 9), date(1993, 12, 9)), april),)
    assert table.members["BLR"] == (Spell((date(1993, 12, 31), date(1994, 1, 3))),)
    assert [len(spell.ends) for spell in table.members["UZB"]] == [2, 2]
    assert table.suspended["ARM"] == Spell((date(2024, 2, 22), date(2024, 2, 23)))
