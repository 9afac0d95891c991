"""A folder of tables → a collection of cited facts. `data/README.md` says what each table holds."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from csto_graph.cited import Citation, CitedFact, Collection
from csto_graph.curated.facts import HEADER, Known, fact
from csto_graph.curated.ranges import Ranges, load_ranges
from csto_graph.errors import RefusedData
from csto_graph.iris import slug
from csto_graph.model import Mention, Thing
from csto_graph.namespaces import ID
from csto_graph.tsv import Row, rows

_FIELDS: Final = {"title", "date", "licence", "note"}
_CITATIONS: Final = ("key", "title", "address", "note")
_THINGS: Final = ("thing", "type", "label")
_PATH: Final = re.compile(r"[a-z]+(-[a-z]+)*/[a-z0-9]+([.-][a-z0-9]+)*")


def load_collections(folder: Path, things: Iterable[Thing], ontology: Path) -> tuple[Collection, ...]:
    """Every collection of a folder, in the order of their ids; `things` are those that the reference data knows.

    Raises `RefusedData` naming file and line of the first row that cannot be meant.
    """
    if not folder.is_dir():
        return ()
    reference, ranges = {thing.iri: thing for thing in things}, load_ranges(ontology)
    return tuple(_collection(entry, reference, ranges) for entry in sorted(folder.iterdir()) if entry.is_dir())


def _collection(folder: Path, reference: Mapping[str, Thing], ranges: Ranges) -> Collection:
    if slug(folder.name) != folder.name:
        raise RefusedData(folder, "its name is no id for a collection", f"Rename it, for example to {slug(folder.name)}")
    about = _declared(folder / "collection.toml")
    citations = _citations(folder / "citations.tsv")
    things = {**reference, **_things(folder / "things.tsv", reference, ranges)}
    facts = _facts(folder, Known(folder.name, {**things, **_documents(folder.name, citations)}, citations, ranges))
    spoken_of = {iri for each in facts for iri in _speaks_of(each)}
    return Collection(
        id=folder.name,
        title=about["title"],
        date=about.get("date"),
        licence=about.get("licence"),
        note=about.get("note"),
        citations=tuple(citations[key] for key in sorted({citation.key for each in facts for citation in each.citations})),
        things=tuple(things[iri] for iri in sorted(spoken_of) if iri in things and iri not in reference),
        facts=facts,
    )


def _declared(path: Path) -> dict[str, str]:
    try:
        about = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RefusedData(path, f"cannot be read as TOML ({error})", "Write title, date, licence and note") from error
    if not isinstance(about.get("title"), str) or not set(about) <= _FIELDS:
        raise RefusedData(path, "is no declaration of a collection", f"Give a title, and else only {', '.join(sorted(_FIELDS))}")
    if "date" in about and not _is_day(str(about["date"])):
        raise RefusedData(path, f"date {str(about['date'])!r} is not a day of the calendar", "Write it as YYYY-MM-DD")
    return {name: str(value) for name, value in about.items()}


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _citations(path: Path) -> dict[str, Citation]:
    found: dict[str, Citation] = {}
    for row in rows(path, _CITATIONS):
        new = _citation(row)
        if new.key in found:
            raise RefusedData(row.place, f"there is a citation {new.key} already", "Give each its own key, or take one out")
        found[new.key] = new
    return found


def _citation(row: Row) -> Citation:
    cells = row.cells
    if slug(cells["key"]) != cells["key"] or not cells["title"]:
        raise RefusedData(row.place, "a citation needs a key and a title", "Write the key in lower-case words joined by hyphens")
    if cells["address"] and not cells["address"].startswith(("http://", "https://")):
        remedy = "Write it whole, or leave it empty and put what is known into the note"
        raise RefusedData(row.place, f"{cells['address']!r} is no address", remedy)
    return Citation(cells["key"], cells["title"], cells["address"] or None, cells["note"] or None)


def _documents(collection: str, citations: Mapping[str, Citation]) -> dict[str, Thing]:
    """What is cited may itself be the claimant of what it says: a page that is known to be wrong."""
    nodes = {f"{ID}document/{collection}.{key}": citation.title for key, citation in citations.items()}
    return {iri: Thing(iri, title, "Document") for iri, title in nodes.items()}


def _things(path: Path, reference: Mapping[str, Thing], ranges: Ranges) -> dict[str, Thing]:
    found: dict[str, Thing] = {}
    for row in rows(path, _THINGS):
        new = _thing(row, ranges)
        if new.iri in reference or new.iri in found:
            where = "in the reference data" if new.iri in reference else "in this table"
            raise RefusedData(row.place, f"{row.cells['thing']} is {where} already", "Take the row out")
        found[new.iri] = new
    return found


def _thing(row: Row, ranges: Ranges) -> Thing:
    thing, type_, label = (row.cells[name] for name in _THINGS)
    if not _PATH.fullmatch(thing):
        raise RefusedData(row.place, f"{thing!r} is no path of a thing", "Write its kind and its name, such as state/armenia")
    if not ranges.is_class(type_) or not label:
        raise RefusedData(row.place, f"{type_!r} is no class of the ontology, or the label is missing", "Mend the row")
    return Thing(f"{ID}{thing}", label, type_)


def _facts(folder: Path, known: Known) -> tuple[CitedFact, ...]:
    found: dict[str, CitedFact] = {}
    for path in sorted(folder.glob("statements-*.tsv")):
        for row in rows(path, HEADER):
            new = fact(row, known)
            if new.row in found:
                raise RefusedData(row.place, f"there is a row {new.row} already", "Give each statement its own, such as 1.4b")
            found[new.row] = new
    return tuple(found[row] for row in sorted(found))


def _speaks_of(fact_: CitedFact) -> Iterator[str]:
    for end in (fact_.subject, fact_.object, fact_.qualifiers.place, fact_.claimant):
        if isinstance(end, Mention) and end.iri:
            yield end.iri
