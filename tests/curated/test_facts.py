"""The history of the CSTO against the page it was put together from: every row is there, and nothing that no row says."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from csto_graph import resources
from csto_graph.curated.facts import HEADER
from csto_graph.tsv import rows
from tests.curated.page import PageRow, counts, dates, day_before, page_rows, section

HERE = resources.root() / "data" / "curated" / "csto-history"
TIMES = ("time", "from", "to", "valid_at")
GRADES = "ABC"
SHORT = {"GIB": "gibler", "ATOP": "atop", "WP": "wikipedia-csto", "RUWP": "wikipedia-ru-csto", "TREATY": "treaty-text", "CHARTER": "charter-text"}
CODES = {
    "armenia": "ARM", "azerbaijan": "AZE", "belarus": "BLR", "georgia": "GEO", "kazakhstan": "KAZ", "kyrgyzstan": "KGZ", "russia": "RUS",
    "tajikistan": "TJK", "uzbekistan": "UZB",
}  # fmt: skip
# Addresses that the page itself tells nobody to use.
UNUSED = {"https://defencetalk.com/csto-post-soviet-rapid-reaction-force-24034"}

Statement = dict[str, str]


@pytest.fixture(scope="module")
def text(shared: Path) -> str:
    """The page, where it lies beside the clone."""
    page = shared / "reference" / "facts.md"
    if not page.is_file():
        pytest.skip("shared/reference/facts.md does not lie beside this clone")
    return page.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(text: str) -> dict[str, PageRow]:
    return page_rows(text)


def _row_of(statement: str) -> str:
    """`1.4b` is of row 1.4, `1.intervals-3` of row 1.intervals."""
    match = re.fullmatch(r"(\d+\.\d+)[a-z]{0,2}|(\d+c?\.[a-z]+)(?:-\d+)?", statement)
    assert match, f"{statement} is no name of a statement"
    return match[1] or match[2]


def _stated() -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = defaultdict(list)
    for path in sorted(HERE.glob("statements-*.tsv")):
        for row in rows(path, HEADER):
            found[_row_of(row.cells["row"])].append(dict(row.cells))
    return found


STATED = _stated()
LEFT_OUT = {row.cells["row"]: row.cells["reason"] for row in rows(HERE / "left-out.tsv", ("row", "reason"))}
CITATIONS = {row.cells["key"]: row.cells for row in rows(HERE / "citations.tsv", ("key", "title", "address", "note"))}


def _is_count(statement: Statement) -> bool:
    return statement["predicate"].endswith(("Count", "Toll"))


def _dates_of(statement: Statement) -> set[str]:
    """Its own times, and its object where that is a date."""
    values = [statement[column] for column in TIMES] + [statement["object"]] * (not _is_count(statement))
    return {value for value in values if re.fullmatch(r"(19|20)\d\d(-\d\d(-\d\d)?)?", value)}


def _words_of(statement: Statement) -> str:
    return f"{statement['object']}; {statement['note']}"


def _counts_of(statement: Statement) -> set[int]:
    object_ = statement["object"] if _is_count(statement) else ""
    return {int(value) for value in (object_, statement["number"]) if value}


def _named(statement: Statement) -> list[str]:
    """The rows that the note says something is taken from."""
    return re.findall(r"\b(\d+c?\.(?:\d+|[a-z]+))", statement["note"])


def test_every_graded_row_is_stated_or_left_out_with_a_reason(page: dict[str, PageRow]) -> None:
    """Rows of sections 1 to 7 that the page grades A or B, and the intervals, which it does not grade."""
    wanted = {name for name, row in page.items() if name[0] != "8" and row.grade in ("A", "B")} | {"1.intervals"}
    assert len(wanted) >= 80
    assert sorted(wanted - set(STATED) - set(LEFT_OUT)) == []
    assert all(LEFT_OUT.values())


def test_nothing_is_stated_that_no_row_says(page: dict[str, PageRow]) -> None:
    """Statements and what is left out are of rows that the page has; nothing is both."""
    assert sorted(set(STATED) - set(page)) == []
    assert sorted(set(LEFT_OUT) - set(page) - {"3.made"}) == []  # a part of row 3.1
    assert set(STATED) & set(LEFT_OUT) == set()


def test_no_graded_line_of_the_page_is_outside_its_rows(text: str, page: dict[str, PageRow]) -> None:
    """A paragraph that were added to the page would have no name, and would be missed."""
    known = " ".join(row.words for row in page.values())
    lines = [line for n in range(1, 8) for line in section(n, text).split("\n")[1:] if re.search(r"[;(] ?[ABC]\)", line)]
    paragraphs = [line for line in lines if not line.startswith("|")]
    assert len(paragraphs) >= 8
    assert [line for line in paragraphs if line[:25] not in known] == []


def test_a_row_is_as_sure_as_the_page_says(page: dict[str, PageRow]) -> None:
    """The best of its statements has the grade of the row: what is disputed within it is less."""
    best = {name: min(statement["sureness"] for statement in said) for name, said in STATED.items()}
    wrong = {name: (page[name].grade, grade) for name, grade in best.items() if page[name].grade not in (None, grade)}
    assert wrong == {}
    assert set(best.values()) == set(GRADES)


def test_every_date_of_a_row_is_stated(page: dict[str, PageRow]) -> None:
    """A date of the page is a time, a date or a remark of one of the row's statements, at least as precisely."""
    missed = []
    for name, said in STATED.items():
        if name[0] == "8":
            continue
        reasons = " ".join(LEFT_OUT[row] for row in LEFT_OUT if row[0] == name[0])
        remarks = dates(" ".join([page[name].words[:30], reasons, *map(_words_of, said)]))
        given = {day for statement in said for day in _dates_of(statement)} | {day for one in remarks for day in one}
        missed += [(name, sorted(one)) for one in dates(page[name].words) if not any(day.startswith(d) for d in one for day in given)]
    assert missed == []


def test_no_date_is_stated_that_its_row_does_not_give(page: dict[str, PageRow]) -> None:
    """A stated date is in the row, or in a row that the note names; never more precise than it is there."""
    wrong = []
    for name, said in STATED.items():
        for statement in said:
            sources = [name, *_named(statement)]
            given = {day for row in sources for one in dates(page[row].words) for day in one}
            if "day before" in statement["note"]:
                given |= {day_before(day) for day in given}
            if "calendar year" in statement["note"]:
                given |= {f"{day[:4]}{end}" for day in given for end in ("-01-01", "-12-31")}
            wrong += [(statement["row"], d) for d in _dates_of(statement) if not any(day.startswith(d) for day in given)]
    assert wrong == []


def test_every_number_of_forces_and_of_january_2022_is_stated(page: dict[str, PageRow]) -> None:
    """Sizes, contingents, flights, tolls: each is a count or stands in the words of a statement of its row."""
    missed = []
    for name in (name for name in STATED if name[0] in "35"):
        given = {n for s in STATED[name] for n in _counts_of(s) | counts(_words_of(s))}
        missed += [(name, n) for n in counts(page[name].words.partition(". ")[2]) - given]
    assert missed == []


def test_no_number_is_stated_that_its_row_does_not_give(page: dict[str, PageRow]) -> None:
    """A count is in the row, or in a row that the note names."""
    wrong = []
    for name, said in STATED.items():
        for statement in said:
            given = {n for row in (name, *_named(statement)) for n in counts(page[row].words)}
            wrong += [(statement["row"], n) for n in _counts_of(statement) - given]
    assert wrong == []


def test_no_state_or_person_is_stated_that_its_row_does_not_name(page: dict[str, PageRow]) -> None:
    """By name, by adjective (Kazakh) or, in the intervals, by code: no chair and no signatory is put in the wrong row."""
    wrong = []
    for name, said in STATED.items():
        for statement in said:
            words = " ".join(page[row].words for row in (name, *_named(statement)))
            for end in ("subject", "object", "place"):
                kind, _, slug = statement[end].partition("/")
                known = slug[:5].capitalize() in words or CODES.get(slug, "?") in words
                wrong += [(statement["row"], slug)] * (kind in ("state", "person") and "-" not in slug and not known)
    assert wrong == []


def test_every_address_of_a_row_is_cited(page: dict[str, PageRow]) -> None:
    """Whole as an address; shortened, as the page has it, in the note and never as an address."""
    missed = []
    for name, said in STATED.items():
        cited = {key for statement in said for key in re.split(r"; ?", statement["citations"])}
        known = " ".join(f"{CITATIONS[key]['address']} {CITATIONS[key]['note']}" for key in cited).split()
        wanted = {address.rstrip(".,") for address in page[name].addresses} - UNUSED
        missed += [(name, a) for a in wanted if not any(a == k or ("…" in a and k.startswith(a.partition("…")[0])) for k in known)]
    assert missed == []
    assert not [row["key"] for row in CITATIONS.values() if "…" in row["address"]]


def test_the_disputed_values_are_all_kept(page: dict[str, PageRow]) -> None:
    """A row that the page calls disputed has more than one statement, of more than one source."""
    disputed = {name for name in ("1.4", "1.5", "1.8", "1.19") if page[name].grade or "or" in page[name].words}
    assert len(disputed) == 4
    for name in disputed:
        assert len({statement["citations"] for statement in STATED[name]}) > 1, name


def test_short_names_of_sources_are_cited(text: str) -> None:
    """WP, GIB and the others of a row of section 1 are among what its statements cite."""
    missed = []
    for line in section(1, text).split("\n"):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("| ") or not cells[0].isdigit():
            continue
        cited = " ".join(statement["citations"] for statement in STATED[f"1.{cells[0]}"])
        named = {SHORT[name] for name in re.findall(r"\b[A-Z]{2,7}\b", " ".join(cells[2:4])) if name in SHORT}
        missed += [(cells[0], key) for key in named if key not in re.split(r"[; ]+", cited)]
    assert missed == []
