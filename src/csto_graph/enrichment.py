"""What was brought in of other data sets' descriptions of linked things: `data/enrichment/<id>`, or `enrichment/` of a home.

    enrichment.toml   title, date, the extract it was taken from with its SHA-256, the properties that were chosen
    values.tsv        a value a line: of which thing, by which property, from which thing there, through which link
    admitted.tsv      which properties may become cited facts, decided by whom and why: a table that people fill in
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from csto_graph import resources
from csto_graph.errors import RefusedData
from csto_graph.iris import slug
from csto_graph.namespaces import ID
from csto_graph.tsv import Row, rows

ABOUT: Final = "enrichment.toml"
VALUES: Final = "values.tsv"
ADMITTED: Final = "admitted.tsv"
_VALUES: Final = ("thing", "property", "value", "from", "link")
_ADMITTED: Final = ("property", "predicate", "sureness", "author", "date", "because")
_FIELDS: Final = ("title", "date", "extract", "sha256", "licence")  # the last may be missing
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_HOW: Final = """\
# What the default graph may take of values.tsv, as cited facts with their evidence: one property a line, decided by a person.
# predicate: a property of ontology/csto.ttl that takes a date, a number or words; sureness: A, B or C (data/README.md).
"""


@dataclass(frozen=True, slots=True)
class Imported:
    """One value: `thing property value`, as the data set says it of `source`, which is linked to the thing by `link`."""

    place: str  # its file and line
    thing: str
    property: str
    value: ox.NamedNode | ox.Literal
    source: str
    link: str


@dataclass(frozen=True, slots=True)
class Admission:
    """A decision: the values of a property are stated of our things by a predicate of ours."""

    place: str
    property: str
    predicate: str  # local name
    sureness: str
    author: str
    date: str
    because: str


@dataclass(frozen=True, slots=True)
class Enrichment:
    """One import, whole."""

    id: str
    title: str
    date: str
    extract: str  # the name of the file that was read
    sha256: str  # of that file
    values: tuple[Imported, ...]
    admissions: tuple[Admission, ...] = ()
    licence: str = ""


def enrichment_folders(home: Path) -> tuple[Path, ...]:
    """Where imports lie; a new one goes into the last. Beside those of an installed package, a home has its own."""
    packaged = resources.root() / "data" / "enrichment"
    return (packaged,) if resources.in_clone() else (packaged, home / "enrichment")


def load_enrichments(folders: Iterable[Path]) -> tuple[Enrichment, ...]:
    """Every import, by id. Raises `RefusedData` naming the file and the line of what cannot be meant, and an id that is twice."""
    found: dict[str, Enrichment] = {}
    for path in (path for folder in folders if folder.is_dir() for path in sorted(folder.iterdir()) if path.is_dir()):
        if path.name.startswith("."):
            continue  # what a killed process left
        if path.name in found or slug(path.name) != path.name:
            raise RefusedData(path, "is no id, or one that another import has", f"Rename it, for example to {slug(path.name)}-2")
        found[path.name] = _load(path)
    return tuple(found[id_] for id_ in sorted(found))


def enrichment_files(enrichment: Enrichment) -> dict[str, bytes]:
    """The files of an import that nothing was admitted of, by name. The same import is the same bytes."""
    about = {"title": enrichment.title, "date": enrichment.date, "extract": enrichment.extract, "sha256": enrichment.sha256,
             "licence": enrichment.licence}  # fmt: skip
    toml = "".join(f"{key} = {_toml(value)}\n" for key, value in about.items() if value)
    lines = sorted("\t".join(_cells(each)) for each in enrichment.values)
    values = "\n".join(["\t".join(_VALUES), *lines]) + "\n"
    return {ABOUT: toml.encode(), VALUES: values.encode(), ADMITTED: (_HOW + "\t".join(_ADMITTED) + "\n").encode()}


def _cells(each: Imported) -> tuple[str, ...]:
    return each.thing.removeprefix(str(ID)), each.property, str(each.value), each.source, each.link


def _load(folder: Path) -> Enrichment:
    about = _about(folder / ABOUT)
    values = tuple(_value(row) for row in rows(folder / VALUES, _VALUES))
    known = {each.property for each in values}
    return Enrichment(id=folder.name, values=values, admissions=tuple(_admissions(folder / ADMITTED, known)), **about)


def _about(path: Path) -> dict[str, str]:
    try:
        about = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:  # TOMLDecodeError and UnicodeDecodeError are ValueErrors
        raise RefusedData(path, f"cannot be read as TOML ({error})", "Take the folder away, and import anew") from None
    missing = [name for name in _FIELDS[:-1] if not isinstance(about.get(name), str)]
    unknown = sorted(set(about) - set(_FIELDS))
    if missing or unknown:
        problem = f"{missing[0]!r} is missing, or no text" if missing else f"{unknown[0]!r} is unknown"
        raise RefusedData(path, problem, f"It has {', '.join(_FIELDS)}")
    if not _SHA256.fullmatch(about["sha256"]) or not _is_day(about["date"]):
        raise RefusedData(path, "sha256 or date is none", "Write 64 hexadecimal digits, and the date as YYYY-MM-DD")
    return {name: str(about[name]) for name in _FIELDS if name in about}


def _value(row: Row) -> Imported:
    cells = row.cells
    try:
        (quad,) = ox.parse(f"<x:s> <{cells['property']}> {cells['value']} .", format=ox.RdfFormat.N_TRIPLES)
        if not isinstance(quad.object, ox.NamedNode | ox.Literal):
            raise ValueError
        for iri in (f"{ID}{cells['thing']}", cells["from"], cells["link"]):
            ox.NamedNode(iri)
    except (SyntaxError, ValueError):
        remedy = "Write whole IRIs, and the value as N-Triples does"
        raise RefusedData(row.place, "is no value of a thing by a property", remedy) from None
    return Imported(row.place, f"{ID}{cells['thing']}", quad.predicate.value, quad.object, cells["from"], cells["link"])


def _admissions(path: Path, known: set[str]) -> Iterator[Admission]:
    if not path.exists():
        return
    earlier: dict[str, str] = {}
    for row in rows(path, _ADMITTED):
        found = Admission(row.place, *(row.cells[column] for column in _ADMITTED))
        if found.property not in known:
            remedy = f"Use one of {', '.join(sorted(known))}"
            raise RefusedData(row.place, f"no value has the property {found.property!r}", remedy)
        if earlier.setdefault(found.property, row.place) != row.place:
            raise RefusedData(row.place, f"{found.property} is admitted in {earlier[found.property]} already", "Keep one line")
        if not all((found.predicate, found.sureness, found.author, found.because)) or not _is_day(found.date):
            raise RefusedData(row.place, "a decision has a predicate, a sureness, an author, a day and a reason", "Fill them in")
        yield found


def _is_day(written: str) -> bool:
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False


def _toml(text: str) -> str:
    """A basic string: quotes, backslashes and control characters escaped (TOML 1.0, section "String")."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04X}" for c in escaped) + '"'
