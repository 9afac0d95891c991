"""The JSON-LD context of the ontology (JSON-LD 1.1): short names for terms, and of which kind their values are.

A property is coerced to what its range says: to an IRI where it leads to a thing, to a name of this context (`@vocab`) where its
values are individuals of the ontology (`"status": "Asserted"`), to its datatype where it has one. Strings need none, and what is
as precise as its source (`cst:date`) says its datatype at each value. Decimals are written as strings: a number with a fraction
would become another lexical form.

Containers: every property has `@set`, so that its value is an array whether there is one or many. No property is functional here:
whatever sources may disagree on can have a second value in the next release, and who reads it should not have to look first.
Labels are by language. `@id` and `@type` have no other names, as `id:` is the prefix of our things. There is no `@list`, as
nothing in the graph is ordered, no `@index`, and no `@vocab` for the whole: a misspelt key is dropped, as JSON-LD does, rather
than made a term that the ontology does not have.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from csto_graph.namespaces import CST, PREFIXES, RDF, RDFS, XSD, curie
from csto_graph.serve.ontology.shapes import shapes
from csto_graph.serve.ontology.vocabulary import KINDS, Vocabulary

_BY_LANGUAGE: Final = ["@language", "@set"]
_BORROWED: Final[dict[str, object]] = {  # what things and statements have beside our own
    "label": {"@id": "rdfs:label", "@container": _BY_LANGUAGE},
    "altLabel": {"@id": "skos:altLabel", "@container": _BY_LANGUAGE},
    "hiddenLabel": {"@id": "skos:hiddenLabel", "@container": _BY_LANGUAGE},
    "subject": {"@id": "rdf:subject", "@type": "@id"},
    "predicate": {"@id": "rdf:predicate", "@type": "@vocab"},
    "object": {"@id": "rdf:object"},
    "identifier": {"@id": "dcterms:identifier", "@container": "@set"},
    "title": {"@id": "dcterms:title", "@container": "@set"},
    "isPartOf": {"@id": "dcterms:isPartOf", "@type": "@id", "@container": "@set"},
    "source": {"@id": "dcterms:source", "@type": "@id", "@container": "@set"},
    "exactMatch": {"@id": "skos:exactMatch", "@type": "@id", "@container": "@set"},
}
_AS_IT_IS: Final = {str(XSD.string), str(RDF.langString), str(RDFS.Literal)}


def context(ontology: Vocabulary) -> dict[str, Any]:
    """The context, in the order of names."""
    return {"@version": 1.1, **PREFIXES, **_BORROWED, **dict(sorted(_terms(ontology)))}


def context_document(ontology: Vocabulary) -> bytes:
    """The document with it."""
    return f"{json.dumps({'@context': context(ontology)}, ensure_ascii=False, indent=2)}\n".encode()


def _terms(ontology: Vocabulary) -> Iterator[tuple[str, object]]:
    for kind in KINDS:
        for iri in ontology.terms(kind):
            yield iri.removeprefix(str(CST)), _defined(ontology, iri) if kind.endswith("property") else curie(iri)


def _defined(ontology: Vocabulary, iri: str) -> dict[str, str]:
    coerced = _coerced(ontology, iri)
    return {"@id": curie(iri), **({"@type": coerced} if coerced else {}), "@container": "@set"}


def _coerced(ontology: Vocabulary, iri: str) -> str:
    """What a value is of that says nothing itself; empty where it stays as it is."""
    ranges = ontology.index.nodes(iri, str(RDFS.range))
    if iri in ontology.index.typed(KINDS["object property"]):
        return "@vocab" if ontology.of_individuals(iri) else "@id"
    stated = {each for each in ranges if each.startswith(str(XSD))} or shapes().datatypes.get(iri, frozenset())
    return curie(next(iter(stated))) if len(stated) == 1 and not stated & _AS_IT_IS else ""
