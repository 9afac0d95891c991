"""The page of facts that `data/curated/csto-history` was put together from, row by row under the names that the tables use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = rf"({'|'.join(_MONTHS)})[a-z]*"
_GRADE = re.compile(r"(?:sure |[;(] ?)([ABC])\b")
_SOURCES = re.compile(r"\([^()]*; [ABC]\b[^()]*\)")  # in brackets at the end of a paragraph, with the grade
_ADDRESS = re.compile(r"https?://[^\s;|)]+")

# What stands outside the tables: name → how it begins. Each goes on to the next of them, or to the end of its line.
PARAGRAPHS = {
    "1.observers": "Observers (in the CSTO",
    "1.intervals": "Membership intervals to load",
    "3.core": "KSOR's Russian core:",
    "3.slips": "Slips seen:",
    "3.groupings": "Two regional groupings",
    "5.commander": "Commander:",
    "5.task": "Task:",
    "6.rule": "Rule:",
    "6.handover": "Until 2022 the handover",
    "6.missing": "Not found with a source",
    "7.term": "Term is three years",
}


@dataclass(frozen=True, slots=True)
class PageRow:
    """A row: its name, the words that state something, its grade (none where the page gives none), and the addresses it cites."""

    name: str
    words: str
    grade: str | None
    addresses: tuple[str, ...]


def page_rows(text: str) -> dict[str, PageRow]:
    """The rows of sections 1 to 8, and the parts of paragraphs that have names. Raises `ValueError` for a name given twice or not at all."""
    found = [row for number in range(1, 9) for row in _section(number, text)]
    by_name = {row.name: row for row in found}
    if len(by_name) != len(found) or not set(PARAGRAPHS) <= set(by_name):
        raise ValueError("two rows of the page have one name, or a paragraph is no longer there")
    return by_name


def section(number: int, text: str) -> str:
    """The text of a section with its heading, in one piece."""
    return text.split(f"\n## {number}. ", 1)[1].split("\n## ", 1)[0].replace("**", "")


def _section(number: int, text: str) -> Iterator[PageRow]:
    lines = section(number, text).split("\n")
    heading = lines[0]
    yield from _tables(number, heading, lines)
    for index, line in enumerate((line for line in lines if line.startswith("- ")), start=1):
        if number == 2:
            yield _row(f"2.{index}", heading, line)
    for line in lines:
        begins = sorted((line.index(start), name) for name, start in PARAGRAPHS.items() if name[0] == str(number) and start in line)
        ends = [*[at for at, _ in begins[1:]], len(line)]
        for (at, name), end in zip(begins, ends, strict=False):
            yield _row(name, heading, line[at:end])


def _row(name: str, heading: str, line: str) -> PageRow:
    grades, words = _GRADE.findall(line), _SOURCES.sub("", _ADDRESS.sub("", line))
    return PageRow(name, f"{heading}. {words}", grades[-1] if grades else None, tuple(_ADDRESS.findall(line)))


def _tables(number: int, heading: str, lines: list[str]) -> Iterator[PageRow]:
    place, table = 0, 0
    for before, line in zip(["", *lines], lines, strict=False):
        if not line.startswith("|") or line.startswith("| ---"):
            continue
        if not before.startswith("|"):
            place, table = 0, table + 1
            continue
        place += 1
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        name = f"{number}c.{cells[0].lower()}" if (number, table) == (5, 2) else f"{number}.{place}"
        if number == 1 and cells[0] != str(place):
            raise ValueError(f"row {cells[0]} of section 1 is the one in place {place}")
        graded = number != 8
        words = "; ".join(cells[1 if number == 1 else 0 : -2 if graded else None])
        addresses = tuple(_ADDRESS.findall(line))
        yield PageRow(name, f"{heading}. {_ADDRESS.sub('', words)}", cells[-1][:1] if graded else None, addresses)


def dates(words: str) -> list[set[str]]:
    """The dates that words give, each as the set of what it may be: a day without a year is of any year that they name."""
    years = set(re.findall(r"(?<![\d,])(?:19|20)\d\d(?!\d|,\d)", words))
    found = [{f"{m[1]}-{m[2]}-{m[3]}"} for m in re.finditer(r"(\d{4})-(\d\d)-(\d\d)", words)]
    found += [{f"{m[1]}-{m[2]}"} for m in re.finditer(r"(\d{4}-\d\d)-\d\d/(\d\d)", words)]
    found += [{f"{m[1]}-{m[2]}"} for m in re.finditer(r"(\d{4})-\d\d-\d\d or (\d\d-\d\d)", words)]
    found += [{f"{m[1]}"} for m in re.finditer(r"(\d{4}-\d\d)(?![-\d])", words)]
    for m in re.finditer(rf"\b(\d{{1,2}}) {_MONTH}(?:\.? (\d{{4}}))?", words):
        found.append({f"{year}-{_month(m[2])}-{int(m[1]):02}" for year in ([m[3]] if m[3] else years)})
    found += [{f"{m[2]}-{_month(m[1])}"} for m in re.finditer(rf"(?<!\d )\b{_MONTH} (\d{{4}})", words)]
    months = {each[:7] for one in found for each in one if len(each) > 4}
    found += [{f"{month}-{int(m[1]):02}" for month in months} for m in re.finditer(r"\bthe (\d{1,2})th\b", words)]
    return found + [{year} for year in years]


def _month(name: str) -> str:
    return f"{_MONTHS.index(name[:3]) + 1:02}"


def day_before(day: str) -> str:
    """The day before a day; anything less precise as it is."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat() if len(day) == 10 else day


def counts(words: str) -> set[int]:
    """The numbers in words, without those of dates, ordinals and articles."""
    bare = re.sub(rf"\b\d{{1,2}} {_MONTH}|\d{{4}}-\d\d\S*|\b(19|20)\d\d\b|kremlin \d+|Article \d+|\d+(th|st|rd)\b", "", words)
    spelled = {number for word, number in (("Six ", 6), ("six ", 6)) if word in bare}
    return {int(m.replace(",", "")) for m in re.findall(r"(?<![\w.])\d{1,3}(?:,\d{3})+|(?<![\w.,])\d+(?![\w,]*\d)", bare)} | spelled
