"""Turtle extracts: which properties name, type, date and place a thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from csto_graph.errors import RefusedData
from csto_graph.link.external.described import Described, identifier
from csto_graph.link.external.tables import year
from csto_graph.namespaces import CST, DCTERMS, FOAF, OWL, RDF, RDFS, SCHEMA, SKOS

_LABELS: Final = tuple(map(str, (RDFS.label, SKOS.prefLabel, SCHEMA.name, FOAF.name)))
_NAMES: Final = tuple(map(str, (SKOS.altLabel, SCHEMA.alternateName)))
_SAME: Final = tuple(map(str, (OWL.sameAs, SKOS.exactMatch, SCHEMA.sameAs)))
_CODES: Final = tuple(map(str, (SKOS.notation, DCTERMS.identifier)))
BEGINS: Final = tuple(
    map(str, (SCHEMA.foundingDate, CST.foundedOn, CST.signedOn, CST.enteredIntoForceOn, CST["from"], CST.time))
)
ENDS: Final = tuple(map(str, (SCHEMA.dissolutionDate, CST.dissolvedOn, CST.terminatedOn, CST.to)))
_PLACES: Final = tuple(map(str, (SCHEMA.containedInPlace, CST.locatedIn)))

Said = Mapping[str, list[ox.NamedNode | ox.Literal]]


@dataclass(frozen=True, slots=True)
class Properties:
    """The IRIs of properties that an extract uses beside the common ones."""

    names: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


def read_triples(path: Path, text: str, properties: Properties) -> list[Described]:
    """The named things of a Turtle file. Raises `RefusedData` naming the line of a syntax error."""
    try:
        return described([quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)], properties)
    except SyntaxError as error:
        raise RefusedData(f"{path}:{error.lineno}", f"is not Turtle ({error.msg})", "Mend the line") from None


def described(triples: Iterable[ox.Triple], properties: Properties | None = None) -> list[Described]:
    """What these triples say of each thing that has an IRI and a name."""
    said: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
            said[triple.subject.value][triple.predicate.value].append(triple.object)
    further = properties or Properties()
    named = ((iri, of, _labels(of, (*_LABELS, *further.names))) for iri, of in said.items())
    return [_thing(iri, of, labels, said, further) for iri, of, labels in named if labels]


def _thing(iri: str, of: Said, labels: list[str], said: Mapping[str, Said], properties: Properties) -> Described:
    return Described(
        iri=iri,
        label=labels[0],
        names=tuple(dict.fromkeys([*labels[1:], *_labels(of, _NAMES)])),
        types=tuple(sorted(_texts(of, (str(RDF.type), *properties.types)))),
        identifiers=frozenset(_identifiers(of)),
        begins=_years(of, BEGINS),
        ends=_years(of, ENDS),
        places=tuple(sorted({name for place in _texts(of, _PLACES) for name in _labels(said.get(place, {}), _LABELS)})),
    )


def _labels(of: Said, properties: tuple[str, ...]) -> list[str]:
    """Names in English first, then those in no language, then the others; in each by the order of the properties."""
    found = [
        ((each.language or "~") != "en", each.language is not None, place, each.language or "", each.value)
        for place, name in enumerate(properties)
        for each in of.get(name, ())
        if isinstance(each, ox.Literal) and each.value.strip()
    ]
    return list(dict.fromkeys(" ".join(each[-1].split()) for each in sorted(found)))


def _texts(of: Said, properties: tuple[str, ...]) -> set[str]:
    return {each.value for name in properties for each in of.get(name, ())}


def _identifiers(of: Said) -> set[tuple[str, str]]:
    """What it is called elsewhere: IRIs, and codes whose datatype says in which scheme."""
    same = {identifier(each.value) for name in _SAME for each in of.get(name, ()) if isinstance(each, ox.NamedNode)}
    codes = {
        (each.datatype.value.rpartition("#")[2].rpartition("/")[2], each.value)
        for name in _CODES
        for each in of.get(name, ())
        if isinstance(each, ox.Literal) and not each.datatype.value.startswith("http://www.w3.org/2001/XMLSchema#")
    }
    return same | {(scheme, value) for scheme, value in codes if scheme != "langString"}


def _years(of: Said, properties: tuple[str, ...]) -> frozenset[int]:
    found = (year(each) for each in _texts(of, properties))
    return frozenset(each for each in found if each is not None)
