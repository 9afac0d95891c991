"""A client of the Reconciliation Service API of the W3C Entity Reconciliation Community Group: 0.2, and the draft of 1.0.

Of 0.2 sections "Service Manifest" and "Reconciliation Queries" (Final Community Group Report, 10 April 2023); of the draft the
same sections. What an endpoint answers is held against them before any of it is used.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Final
from urllib.parse import quote, urlencode

from csto_graph.errors import RefusedData
from csto_graph.link.external.asking import Limits, ask_json
from csto_graph.link.external.described import Described
from csto_graph.link.external.tables import is_iri

_JSON: Final = "application/json"
_BATCH: Final = 10  # queries at once, where the manifest names no number
_OLD: Final = ("0.1", "0.2")
_DRAFT: Final = ("1.0-draft", "1.0")
_STANDARD: Final = 100  # the highest score where the manifest says that scores are standardised
_REMEDY: Final = "Ask another endpoint, or tell whoever keeps this one"


@dataclass(frozen=True, slots=True)
class Service:
    """An endpoint and what its manifest says of it."""

    address: str
    name: str
    template: str  # with {id} where the identifier goes
    draft: bool  # whether it is asked as the draft of 1.0 has it
    batch: int
    standardised: bool


def read_manifest(address: str, limits: Limits) -> Service:
    """What an endpoint says of itself. Raises `RefusedData` naming the address where that is no manifest we can use."""
    manifest = ask_json(address, _JSON, limits)
    if not isinstance(manifest, dict) or not isinstance(manifest.get("name"), str):
        raise _lie(address, "answered with no manifest of a reconciliation service")
    versions = manifest.get("versions", ["0.1"])  # services of that version do not name it
    if not isinstance(versions, list) or not set(map(str, versions)) & {*_OLD, *_DRAFT}:
        raise _lie(address, f"speaks versions {versions}, not one of {', '.join((*_OLD, *_DRAFT))}")
    draft = not set(map(str, versions)) & set(_OLD)
    batch = manifest.get("batchSize", _BATCH)
    if not isinstance(batch, int) or isinstance(batch, bool) or batch < 1:
        raise _lie(address, f"gives {batch!r} as the size of a batch")
    return Service(address, manifest["name"], _template(address, manifest), draft, min(batch, 50), _standardised(manifest))


def candidates(
    service: Service, names: Sequence[str], limits: Limits, *, limit: int, type_: str | None = None
) -> list[tuple[Described, ...]]:
    """What the service proposes for each name, in their order, at most `limit` for each.

    Raises `RefusedData` naming the address where the answer is not what was asked for.
    """
    found: list[tuple[Described, ...]] = []
    for start in range(0, len(names), service.batch):
        batch = names[start : start + service.batch]
        ask = _by_draft if service.draft else _by_release
        found += [_read(service, each, limit) for each in ask(service, batch, limits, limit, type_)]
    return found


def _by_release(service: Service, names: Sequence[str], limits: Limits, limit: int, type_: str | None) -> Iterator[Any]:
    """As 0.2 has it: a form whose field `queries` is an object of queries by keys of ours."""
    more = {"limit": limit, **({"type": type_} if type_ else {})}
    queries = {f"q{number}": {"query": name, **more} for number, name in enumerate(names)}
    body = urlencode({"queries": json.dumps(queries)}).encode()
    answer = ask_json(service.address, _JSON, limits, body, "application/x-www-form-urlencoded")
    if not isinstance(answer, dict):
        raise _lie(service.address, "answered with no object of results")
    strange = sorted(set(answer) ^ set(queries))
    if strange:
        said = "answered a query that was not asked" if strange[0] in answer else "left out the answer to a query"
        raise _lie(service.address, f"{said}, {strange[0]!r}")
    for key in queries:
        if not isinstance(answer[key], dict) or "result" not in answer[key]:
            raise _lie(service.address, f"answered {key!r} without a result")
        yield answer[key]["result"]


def _by_draft(service: Service, names: Sequence[str], limits: Limits, limit: int, type_: str | None) -> Iterator[Any]:
    """As the draft has it: JSON by POST to `/match`; the results in the order of the queries."""
    more = {"limit": limit, **({"type": type_} if type_ else {})}
    # `v` became `propertyValue` in a draft of 2025: services of either read theirs, and what more there is does not matter.
    queries = [{"conditions": [{"matchType": "name", "propertyValue": name, "v": name}], **more} for name in names]
    address = f"{service.address.rstrip('/')}/match"
    answer = ask_json(address, _JSON, limits, json.dumps({"queries": queries}).encode(), _JSON)
    results = answer.get("results") if isinstance(answer, dict) else None
    if not isinstance(results, list) or len(results) != len(names):
        raise _lie(address, f"did not answer each of the {len(names)} queries")
    for result in results:
        if not isinstance(result, dict) or "candidates" not in result:
            raise _lie(address, "answered a query without its candidates")
        yield result["candidates"]


def _read(service: Service, result: object, limit: int) -> tuple[Described, ...]:
    if not isinstance(result, list):
        raise _lie(service.address, "answered with candidates that are no list")
    found = {each.iri: each for each in (_candidate(service, candidate) for candidate in result[:limit])}
    return tuple(found.values())


def _candidate(service: Service, candidate: object) -> Described:
    if not isinstance(candidate, dict):
        raise _lie(service.address, "answered with a candidate that is no object")
    id_, name = candidate.get("id"), candidate.get("name")
    if not (isinstance(id_, str) and id_ and isinstance(name, str) and name.strip()):
        raise _lie(service.address, f"named a candidate without an id and a name: {_cut(candidate)}")
    return Described(
        iri=_iri(service, id_),
        label=" ".join(name.split()),
        types=tuple(sorted(set(_types(service, candidate.get("type") or [])))),
        remark=_score(service, candidate),
    )


def _iri(service: Service, id_: str) -> str:
    iri = id_ if is_iri(id_) else service.template.replace("{+id}", id_).replace("{id}", quote(id_, safe=":"))
    if not is_iri(iri):
        raise _lie(service.address, f"named {id_!r}, which makes no IRI")
    return iri


def _types(service: Service, types: object) -> Iterator[str]:
    """Names of types where there are, for `class agreement` reads words; else their identifiers."""
    if not isinstance(types, list):
        raise _lie(service.address, "gave the types of a candidate as no list")
    for each in types:
        said = each.get("name") or each.get("id") if isinstance(each, dict) else each
        if not isinstance(said, str) or not said:
            raise _lie(service.address, f"gave a type without an id: {_cut(each)}")
        yield said


def _score(service: Service, candidate: Mapping[str, object]) -> str:
    """What the service says of its own candidate; it is shown, and not a part of our score. Optional in the draft."""
    score = candidate.get("score")
    if score is None and service.draft:
        return ""
    if isinstance(score, bool) or not isinstance(score, int | float) or not isfinite(score) or score < 0:
        raise _lie(service.address, f"gave {candidate.get('id')!r} the score {score!r}")
    if service.standardised and score > _STANDARD:
        raise _lie(service.address, f"gave {candidate.get('id')!r} the score {score}, of {_STANDARD} at most")
    return f"the endpoint scores it {score:g}{' and calls it a match' if candidate.get('match') is True else ''}"


def _template(address: str, manifest: Mapping[str, object]) -> str:
    """How an identifier becomes an IRI: 0.2 has a namespace, the draft a template (RFC 6570) with `id` alone."""
    space, view = manifest.get("identifierSpace"), manifest.get("view")
    if isinstance(space, str) and is_iri(space):
        return f"{space}{{+id}}"
    template = view.get("url") if isinstance(view, dict) else None
    if not isinstance(template, str) or ("{id}" not in template and "{+id}" not in template):
        raise _lie(address, "says nothing of how its identifiers become IRIs")
    return template.replace("{{id}}", "{id}")


def _standardised(manifest: Mapping[str, object]) -> bool:
    return manifest.get("standardizedScore") is True


def _cut(value: object) -> str:
    return repr(value)[:80]


def _lie(address: str, problem: str) -> RefusedData:
    return RefusedData(address, problem, _REMEDY)
