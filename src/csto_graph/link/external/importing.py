"""Chosen properties of linked things, taken from an extract of the other data set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from csto_graph import model
from csto_graph.enrichment import Enrichment, Imported
from csto_graph.errors import RefusedData, WrongCall
from csto_graph.link.external.extracts import utf8
from csto_graph.link.external.judging import is_one_thing
from csto_graph.namespaces import ID, PREFIXES
from csto_graph.sssom import read_mappings

_TURTLE: Final = ".ttl"


@dataclass(frozen=True, slots=True)
class About:
    """What whoever imports says of it."""

    id: str
    title: str
    date: str
    licence: str = ""


def gather(extract: Path, sssom: Path, properties: Collection[str], about: About) -> Enrichment:
    """The values of these properties of every thing there that is one with one of ours, by an accepted link of `sssom`.

    Raises `RefusedData` naming the line or the byte of what cannot be read, a value that is a blank node, and where there is
    no value at all.
    """
    if extract.suffix != _TURTLE or not extract.is_file():
        raise WrongCall(extract, "is no extract", f"Name a file that ends in {_TURTLE}")
    links = _links(read_mappings(sssom).mappings)
    values = tuple(_values(extract, _triples(extract), links, properties))
    if not values:
        problem = f"says nothing of the {len(links)} linked things by {', '.join(sorted(properties))}"
        raise RefusedData(extract, problem, "Check the properties, and that the links lead into this data set")
    checksum = sha256(extract.read_bytes()).hexdigest()
    return Enrichment(about.id, about.title, about.date, extract.name, checksum, values, licence=about.licence)


def whole_iri(written: str) -> str:
    """The IRI that a person writes whole or with one of our prefixes. Raises `WrongCall`."""
    prefix, colon, local = written.partition(":")
    iri = written if "://" in written else f"{PREFIXES[prefix]}{local}" if colon and prefix in PREFIXES else ""
    try:
        if not iri:
            raise ValueError
        return ox.NamedNode(iri).value
    except ValueError:
        remedy = "Write an IRI, or one with a prefix such as schema:"
        raise WrongCall(f"--properties {written}", "is no property", remedy) from None


def _links(mappings: Iterable[model.Mapping]) -> Mapping[str, list[model.Mapping]]:
    """Accepted links that say that two are one thing, by the thing there: what a close one says is not ours."""
    found: dict[str, list[model.Mapping]] = defaultdict(list)
    for each in mappings:
        if is_one_thing(each) and each.subject.startswith(str(ID)):
            found[each.object].append(each)
    return found


def _triples(extract: Path) -> Iterator[ox.Triple]:
    try:
        yield from (quad.triple for quad in ox.parse(utf8(extract), format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise RefusedData(f"{extract}:{error.lineno}", f"is not Turtle ({error.msg})", "Mend the line") from None


def _values(
    extract: Path, triples: Iterable[ox.Triple], links: Mapping[str, list[model.Mapping]], properties: Collection[str]
) -> Iterator[Imported]:
    seen: set[tuple[str, ox.Triple]] = set()
    for triple in triples:
        subject, value = triple.subject, triple.object
        if not isinstance(subject, ox.NamedNode) or triple.predicate.value not in properties:
            continue
        for link in links.get(subject.value, ()):
            if not isinstance(value, ox.NamedNode | ox.Literal):
                problem = f"the value of <{triple.predicate.value}> of <{subject.value}> has no IRI"
                raise RefusedData(extract, problem, "Leave the property out, or give the node an IRI")
            if (link.subject, triple) not in seen:
                seen.add((link.subject, triple))
                yield Imported(str(extract), link.subject, triple.predicate.value, value, subject.value, link.predicate)
