"""What `--target` names: a file, an address, or a data set with a public endpoint."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from csto_graph.errors import RefusedData, WrongCall
from csto_graph.mappings import known_targets, mapping_folders
from csto_graph.resources import root
from csto_graph.sparql.spelling import nearest
from csto_graph.targets import Target
from csto_graph.tsv import rows

if TYPE_CHECKING:
    from csto_graph.link.external.described import Described
    from csto_graph.link.external.proposals import Block

_HEADER = ("target", "protocol", "endpoint", "note")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options of `link propose` say of the other data set."""

    target: str
    endpoint: str | None
    protocol: str | None
    names: tuple[str, ...]
    types: tuple[str, ...]
    type: str | None
    seconds: float
    limit: int
    home: Path  # which may declare targets of its own


def block_for(asked: Asked, ours: Iterable[Described]) -> Block:
    """Where candidates come from. Everything that an endpoint answers is read, and refused where it lies, before this returns."""
    from csto_graph.link.external.extracts import EXTRACTS, read_extract
    from csto_graph.link.external.proposals import block_of
    from csto_graph.link.external.triples import Properties

    path = Path(asked.target)
    if path.suffix in EXTRACTS and "://" not in asked.target:
        if asked.endpoint or asked.protocol:
            raise WrongCall("--endpoint", "a file is not asked", "Leave out --endpoint and --protocol")
        return block_of(read_extract(path, Properties(asked.names, asked.types)))
    return _online(asked, ours)


def _online(asked: Asked, ours: Iterable[Described]) -> Block:
    address, protocol, target = _address(asked)
    found = _by_sparql(asked, address, ours) if protocol == "sparql" else _by_reconciliation(asked, address, ours)
    for thing in (thing for things in found.values() for thing in things):
        if target is not None and not target.holds(thing.iri):
            problem = f"names <{thing.iri}>, which is no IRI of {target.title}"
            raise RefusedData(address, problem, f"Ask an endpoint of {target.title}, or give the address alone as --target")
    return lambda thing: found.get(thing.iri, ())


def _address(asked: Asked) -> tuple[str, str, Target | None]:
    """Address, protocol, and the data set where it was named. Raises `WrongCall` for a name that is none."""
    if "://" in asked.target:
        if asked.endpoint:
            raise WrongCall("--endpoint", "the target is an address already", "Leave one of them out")
        return asked.target, asked.protocol or _protocol(asked.target), None
    known = {target.name: target for target in known_targets(mapping_folders(asked.home))}
    if asked.target not in known:
        meant = nearest(asked.target, known)
        remedy = f"Perhaps {meant} is meant" if meant else f"Name one of {', '.join(known)}, a file or an address"
        raise WrongCall(f"--target {asked.target}", "is no data set, no file ending in .ttl or .csv and no address", remedy)
    protocol, address = ("", asked.endpoint) if asked.endpoint else _public(asked.target)
    return address, asked.protocol or protocol or _protocol(address), known[asked.target]


def _public(target: str) -> tuple[str, str]:
    """Protocol and address of the public endpoint. Raises `WrongCall` where we know of none."""
    for row in rows(root() / "data" / "mappings" / "endpoints.tsv", _HEADER):
        if row.cells["target"] == target:
            return row.cells["protocol"], row.cells["endpoint"]
    remedy = "Give one with --endpoint, or an extract as FILE.ttl or FILE.csv"
    raise WrongCall(f"--target {target}", "has no public endpoint that we know", remedy)


def _protocol(address: str) -> str:
    return "sparql" if "sparql" in address.lower() else "reconcile"


def _by_reconciliation(asked: Asked, address: str, ours: Iterable[Described]) -> dict[str, tuple[Described, ...]]:
    from csto_graph.link.external.asking import Limits
    from csto_graph.link.external.reconciliation import candidates, read_manifest

    limits, things = Limits(asked.seconds), tuple(ours)
    service = read_manifest(address, limits)
    answers = candidates(service, [thing.label for thing in things], limits, limit=asked.limit, type_=asked.type)
    return {thing.iri: found for thing, found in zip(things, answers, strict=True)}


def _by_sparql(asked: Asked, address: str, ours: Iterable[Described]) -> dict[str, tuple[Described, ...]]:
    from csto_graph.link.external.asking import Limits
    from csto_graph.link.external.sparql_endpoint import Endpoint, bearing
    from csto_graph.link.external.triples import Properties

    things = tuple(ours)
    endpoint = Endpoint(address, Properties(asked.names, asked.types))
    found = bearing(endpoint, [name for thing in things for name in thing.all_names], Limits(asked.seconds))
    named = ((thing.iri, {each.iri: each for name in thing.all_names for each in found[name]}) for thing in things)
    return {iri: tuple(each.values()) for iri, each in named}
