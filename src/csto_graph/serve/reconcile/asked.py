"""What a request asks to be matched or extended, read from its JSON. Whatever is wrong is told with the key of its query."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, TypeAlias, get_args

from csto_graph.likeness import LONGEST
from csto_graph.serve.catalogue import served
from csto_graph.serve.problems import Problem
from csto_graph.serve.reconcile.index import Index, Term

MOST: Final = 100  # candidates of one query
USUAL: Final = 10  # where the query does not say
_MOST_CONDITIONS: Final = 20
_MOST_VALUES: Final = 50  # of one condition
_SHOWN: Final = 60  # characters of a client's word that a problem repeats
_FIELDS: Final = {"query", "type", "limit", "properties", "type_strict"}
_FIELDS_1: Final = {"type", "limit", "conditions", "lang", "dir"}
_CONDITION_1: Final = {"matchType", "propertyId", "propertyValue", "required", "matchQuantifier", "lang", "dir"}
_NAMES_BEFORE: Final = {"pid": "propertyId", "v": "propertyValue"}  # as the draft had them until 2023; clients may lag behind

Quantifier = Literal["any", "all", "none"]
Strictness = Literal["any", "all", "should"]
Json: TypeAlias = Any


@dataclass(frozen=True, slots=True)
class Condition:
    """What a thing should be: called so, where there is no property, or with such values of it."""

    values: tuple[str, ...]
    property: Term | None = None
    quantifier: Quantifier = "any"
    required: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """One query of a batch, under the key it has there."""

    key: str
    conditions: tuple[Condition, ...]
    types: tuple[Term, ...] = ()
    strict: Strictness = "any"
    limit: int = USUAL


@dataclass(frozen=True, slots=True)
class Extension:
    """Which properties of which things, and how their values are to be given."""

    ids: tuple[str, ...]
    properties: tuple[tuple[str, Term, Mapping[str, Json]], ...]  # as it was named, what it is, its settings


def read(text: str, what: str) -> Json:
    """JSON in which no key stands twice. Raises a problem 400 that says where it breaks off."""
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise Problem(400, f"{what} is no JSON: {error.msg} at line {error.lineno}, column {error.colno}.") from error
    except RecursionError as error:
        raise Problem(400, f"{what} is nested too deeply.") from error
    except ValueError as error:
        raise Problem(400, f"{what} is no JSON that is read here: {error}.") from error


def batch(document: Json, index: Index) -> list[Wanted]:
    """The queries of version 0.2 (section “Structure of a Reconciliation Query”), by their keys."""
    if not isinstance(document, dict):
        raise Problem(400, 'queries= takes an object of queries by key, such as {"q0": {"query": "Armenia"}}.')
    _require_size(len(document))
    return _bounded([_wanted(key, query, index) for key, query in document.items()])


def batch_1(document: Json, index: Index) -> list[Wanted]:
    """The queries of the draft of 1.0 (section “Match Service”), in their order; their keys are their places."""
    queries = document.get("queries") if isinstance(document, dict) else None
    if not isinstance(queries, list):
        raise Problem(400, 'The body is an object with an array of queries: {"queries": [{"conditions": […]}]}.')
    _require_size(len(queries))
    return _bounded([_wanted_1(str(place), query, index) for place, query in enumerate(queries)])


def extension(document: Json, index: Index) -> Extension:
    """The things and properties of a data extension query, which both versions write alike."""
    if not isinstance(document, dict) or not all(isinstance(document.get(key), list) for key in ("ids", "properties")):
        raise Problem(400, 'A data extension query is an object: {"ids": ["…"], "properties": [{"id": "…"}]}.')
    _require_size(len(document["ids"]))
    if not all(isinstance(each, str) for each in document["ids"]):
        raise Problem(400, "ids takes identifiers as strings.")
    ids = tuple(dict.fromkeys(document["ids"]))
    if len(document["properties"]) > _MOST_CONDITIONS:
        raise _too_many("properties", _MOST_CONDITIONS)
    properties = tuple(_extended(each, index) for each in document["properties"])
    if len({name for name, _, _ in properties}) < len(properties):
        raise Problem(400, "A property is given twice. Ask for it once, or by two of its names.")
    return Extension(ids, properties)


def shown(word: object) -> str:
    """A client's word as a problem repeats it: not too long, and fit to be written."""
    try:
        text = word if isinstance(word, str) else json.dumps(word)
    except RecursionError:  # it was read with fewer frames on the stack
        text = "[[…"
    return text[:_SHOWN].encode("utf-8", "replace").decode() + ("…" if len(text) > _SHOWN else "")


def _wanted(key: str, query: Json, index: Index) -> Wanted:
    _require_fields(key, query, _FIELDS)
    names = [Condition((_name(key, query["query"]),))] if "query" in query else []
    properties = _array(key, "properties", query.get("properties", []))
    conditions = (*names, *(_property_condition(key, each, index) for each in properties))
    strict = query.get("type_strict", "any")
    if strict not in get_args(Strictness):
        raise wrong(key, "type_strict is any, all or should")
    types = query.get("type", [])
    found = _types(key, types if isinstance(types, list) else [types], index)
    return _checked(Wanted(key, conditions, found, strict, _limit(key, query)))


def _wanted_1(key: str, query: Json, index: Index) -> Wanted:
    _require_fields(key, query, _FIELDS_1)
    conditions = tuple(_condition_1(key, each, index) for each in _array(key, "conditions", query.get("conditions", [])))
    types = [query["type"]] if "type" in query else []
    return _checked(Wanted(key, conditions, _types(key, types, index), limit=_limit(key, query)))


def _condition_1(key: str, given: Json, index: Index) -> Condition:
    condition = {_NAMES_BEFORE.get(name, name): value for name, value in given.items()} if isinstance(given, dict) else given
    if isinstance(condition, dict) and "matchQualifier" in condition:
        raise wrong(key, "no property here offers a matchQualifier: leave it out")
    _require_fields(key, condition, _CONDITION_1)
    kind, quantifier = condition.get("matchType"), condition.get("matchQuantifier", "any")
    required = condition.get("required", False)
    if kind not in ("name", "property") or quantifier not in get_args(Quantifier) or not isinstance(required, bool):
        raise wrong(key, "matchType is name or property, matchQuantifier any, all or none, required true or false")
    if "propertyValue" not in condition:
        raise wrong(key, "a condition has no propertyValue")
    if kind == "property":
        found = _property_condition(key, {"pid": condition.get("propertyId"), "v": condition["propertyValue"]}, index)
        return replace(found, quantifier=quantifier, required=required)
    values = tuple(_name(key, value) for value in _values(key, condition["propertyValue"]))
    return Condition(values, None, quantifier, required)


def _checked(wanted: Wanted) -> Wanted:
    if not wanted.conditions:
        raise wrong(wanted.key, "it names nothing to match: give a name or a property")
    if len(wanted.conditions) > _MOST_CONDITIONS:
        raise wrong(wanted.key, f"it has more than {_MOST_CONDITIONS} conditions")
    return wanted


def _property_condition(key: str, given: Json, index: Index) -> Condition:
    if not isinstance(given, dict) or not isinstance(given.get("pid"), str) or "v" not in given:
        raise wrong(key, "a property is given by its identifier and its value")
    term = index.property(given["pid"])
    if term is None:
        raise wrong(key, f"there is no property {shown(given['pid'])}: the suggest service lists those that there are")
    return Condition(tuple(_values(key, given["v"])), term)


def _values(key: str, given: Json) -> Iterator[str]:
    """Strings, numbers, truth values and things, one or an array of them, as strings."""
    several: Sequence[Json] = given if isinstance(given, list) else [given]
    if not several or len(several) > _MOST_VALUES:
        raise wrong(key, f"a condition has from 1 to {_MOST_VALUES} values")
    for value in several:
        plain = value.get("id") if isinstance(value, dict) else value
        if isinstance(plain, bool):
            plain = "true" if plain else "false"
        if not isinstance(plain, (str, int, float)) or len(str(plain)) > LONGEST:
            raise wrong(key, f"a value is a string of at most {LONGEST} characters, a number, true, false or a thing with its id")
        yield str(plain)


def _name(key: str, value: Json) -> str:
    if not isinstance(value, str) or not value.strip():
        raise wrong(key, "the name is empty or no string")
    if len(value) > LONGEST:
        raise wrong(key, f"the name is longer than the {LONGEST} characters that are compared")
    return value


def _types(key: str, given: Sequence[Json], index: Index) -> tuple[Term, ...]:
    named = [each.get("id") if isinstance(each, dict) else each for each in given]
    found = [index.type(each) if isinstance(each, str) else None for each in named]
    for name, term in zip(named, found, strict=True):
        if term is None:
            raise wrong(key, f"there is no type {shown(name)}: the suggest service lists those that there are")
    return tuple(term for term in found if term)


def _limit(key: str, query: Mapping[str, Json]) -> int:
    limit = query.get("limit", USUAL)
    if isinstance(limit, bool) or not isinstance(limit, (int, float)) or not 1 <= limit <= MOST or limit != int(limit):
        raise wrong(key, f"limit is a whole number from 1 to {MOST}")
    return int(limit)


def _extended(given: Json, index: Index) -> tuple[str, Term, Mapping[str, Json]]:
    named = given.get("id") if isinstance(given, dict) else None
    settings = given.get("settings", {}) if isinstance(given, dict) else None
    if not isinstance(named, str) or not isinstance(settings, dict):
        raise Problem(400, "properties takes objects with an id and, where wanted, settings.")
    term = index.property(named)
    if term is None:
        raise Problem(400, f"There is no property {shown(named)}. The suggest service lists those that there are.")
    return named, term, settings


def _array(key: str, name: str, given: Json) -> list[Json]:
    if not isinstance(given, list):
        raise wrong(key, f"{name} is an array")
    return given


def _require_fields(key: str, given: Json, known: set[str]) -> None:
    if not isinstance(given, dict):
        raise wrong(key, "a query and a condition are objects")
    strange = sorted(given.keys() - known)
    if strange:
        raise wrong(key, f"it has the field {shown(strange[0])}; those that are read are {', '.join(sorted(known))}")


def _require_size(count: int) -> None:
    """The manifest states it as `batchSize` (both versions: 413 for a larger batch)."""
    if count > served().settings.batch:
        raise _too_many("queries or identifiers", served().settings.batch)


def _bounded(wanted: list[Wanted]) -> list[Wanted]:
    """A full batch may ask for as many candidates as are usual."""
    most = served().settings.batch * USUAL
    if sum(each.limit for each in wanted) > most:
        raise _too_many("candidates, by the limits of the queries,", most)
    return wanted


def _too_many(what: str, most: int) -> Problem:
    detail = f"At most {most:,} {what} are taken in one batch. Send the others in further batches."
    return Problem(413, detail, limit="batch", allowed=most)


def wrong(key: str, what: str) -> Problem:
    """400 with the key of the query that it is about."""
    return Problem(400, f"Query {shown(key)}: {what}.", query=shown(key))


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {shown(key)} stands twice in one object")
        found[key] = value
    return found


def _no_number(written: str) -> Json:
    raise ValueError(f"{written} is no number of JSON")
