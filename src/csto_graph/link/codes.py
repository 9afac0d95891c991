"""Codes of states as libraries give them, where those that speak agree.

A code that the libraries give differently, or give to another state too, is left out: no identifier is better than a wrong one.
pycountry is read for ISO 3166-1 and 3166-3, country_converter for UN M49 and Gleditsch-Ward, countrycode for these and for the
Correlates of War. None is needed to run the system.
"""

from __future__ import annotations

import csv
import importlib
import pickle
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from csto_graph.errors import RefusedData, WrongCall
from csto_graph.tsv import rows

CHOICE_TABLE: Final = "state-code-choice.tsv"
CHOICE_HEADER: Final = ("thing", "library", "entry", "note")
_CONVERTER: Final = "country_converter/country_data.tsv"
_COUNTRYCODE: Final = "countrycode/data/codelist.pickle"

Code = tuple[str, str, str]  # datatype of the ontology, code, the libraries that give it


@dataclass(frozen=True, slots=True)
class Entries:
    """What the libraries hold of one state; an empty record where a library has none."""

    pycountry: Mapping[str, Any]
    withdrawn: Mapping[str, Any]  # of ISO 3166-3
    converter: Mapping[str, Any]
    countrycode: Mapping[str, Any]


class Libraries:
    """The tables of the libraries. Raises `WrongCall` where one is not installed."""

    def __init__(self, choice: Path) -> None:
        try:
            self._today = {each["alpha_3"]: each for each in _pycountry("countries")}
            self._withdrawn = {each["alpha_4"]: each for each in _pycountry("historic_countries")}
            self._converter = {row["ISO3"]: row for row in converter_rows()}
            self._countrycode = _codelist()
        except ImportError as error:
            remedy = "Run pip install --no-deps --require-hashes -r requirements-reference.txt"
            raise WrongCall("the libraries of codes", f"not installed ({error})", remedy) from error
        self._choice = self._chosen(choice)

    @property
    def chosen(self) -> frozenset[str]:
        """The states that the table of choices names, by path."""
        return frozenset(self._choice)

    def codes(self, path: str, alpha3: str, alpha4: str, *, former: bool) -> Iterator[Code]:
        """The codes of a state, known by its ISO 3166 code (empty where it has none) or by our choice."""
        chosen = self._choice.get(path, {})
        alpha4 = alpha4 or chosen.get("pycountry", "")
        by_name = self._countrycode["name"].get(chosen.get("countrycode", ""), {})
        of_today = {} if former else self._today.get(alpha3, {})
        entries = Entries(
            of_today,
            self._withdrawn.get(alpha4, {}),
            self._converter.get(alpha3, {}),
            by_name or ({} if former else self._countrycode["iso3c"].get(alpha3, {})),
        )
        yield from _iso(entries)
        yield from self._others(entries, former=former)

    def _others(self, entries: Entries, *, former: bool) -> Iterator[Code]:
        m49 = "unM49Former" if former else "unM49"
        wanted = (
            (m49, _padded(entries.converter.get("UNcode")), _padded(entries.countrycode.get("un"))),
            ("cowNumber", "", _text(entries.countrycode.get("cown"))),
            ("cowAbbreviation", "", _text(entries.countrycode.get("cowc"))),
            ("gleditschWardNumber", self._free(entries), _text(entries.countrycode.get("gwn"))),
        )
        for scheme, converter, countrycode in wanted:
            yield from _agreed(scheme, {"country-converter": converter, "countrycode": countrycode})

    def _free(self, entries: Entries) -> str:
        """The Gleditsch-Ward number of country_converter, unless countrycode gives it to another entry: it has 680 for Yemen."""
        number = _text(entries.converter.get("GWcode"))
        holders = self._countrycode["gwn"].get(number, entries.countrycode)
        return number if holders == entries.countrycode else ""

    def _chosen(self, path: Path) -> dict[str, dict[str, str]]:
        """Our choice of entries, by state and library. Raises `RefusedData` for an entry that the library does not have."""
        known: dict[str, Iterable[str]] = {"pycountry": self._withdrawn, "countrycode": self._countrycode["name"]}
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for row in rows(path, CHOICE_HEADER):
            thing, library, entry = row.cells["thing"], row.cells["library"], row.cells["entry"]
            if entry not in known.get(library, ()):
                raise RefusedData(row.place, f"{library} has no entry {entry!r}", "Correct the library or the entry")
            if library in found[thing]:
                raise RefusedData(row.place, f"{thing} has an entry of {library} already", "Keep one of the two")
            found[thing][library] = entry
        return dict(found)


def converter_rows() -> list[dict[str, str]]:
    """The table of country_converter."""
    table = Path(str(metadata.distribution("country_converter").locate_file(_CONVERTER)))
    with table.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def origin(*names: str) -> str:
    """Names and versions of libraries, as a table says where something is from."""
    return "; ".join(f"{name} {metadata.version(name)}" for name in names)


def _pycountry(kind: str) -> list[dict[str, Any]]:
    database = getattr(importlib.import_module("pycountry"), kind)
    return [dict(each) for each in database]


def _codelist() -> dict[str, dict[str, dict[str, Any]]]:
    """The entries of countrycode by alpha-3 code, by English name and by Gleditsch-Ward number."""
    path = Path(str(metadata.distribution("countrycode").locate_file(_COUNTRYCODE)))
    columns: dict[str, list[Any]] = pickle.loads(path.read_bytes())  # a pinned library's own file
    entries = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    by = {"iso3c": "iso3c", "name": "country.name.en", "gwn": "gwn"}
    return {key: {_text(each[column]): each for each in entries if each[column]} for key, column in by.items()}


def _iso(entries: Entries) -> Iterator[Code]:
    """ISO 3166-1 of a state of today, ISO 3166-3 of one of the past."""
    for scheme, key in (("iso3166Alpha2", "alpha_2"), ("iso3166Alpha3", "alpha_3")):
        yield from _agreed(scheme, {"pycountry": _text(entries.pycountry.get(key))})
        yield from _agreed(f"{scheme}Withdrawn", {"pycountry": _text(entries.withdrawn.get(key))})
    yield from _agreed("iso3166Alpha4", {"pycountry": _text(entries.withdrawn.get("alpha_4"))})
    yield from _agreed("iso3166NumericWithdrawn", {"pycountry": _text(entries.withdrawn.get("numeric"))})
    if entries.pycountry:
        said = {
            "pycountry": _text(entries.pycountry["numeric"]),
            "country-converter": _padded(entries.converter.get("ISOnumeric")),
            "countrycode": _padded(entries.countrycode.get("iso3n")),
        }
        yield from _agreed("iso3166Numeric", said)


def _agreed(scheme: str, said: Mapping[str, str]) -> Iterator[Code]:
    speaking = {library: code for library, code in said.items() if code}
    if len(set(speaking.values())) == 1:
        yield scheme, next(iter(speaking.values())), origin(*speaking)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _padded(value: object) -> str:
    """Three digits, as ISO 3166 and UN M49 write them."""
    return _text(value).zfill(3) if _text(value) else ""
