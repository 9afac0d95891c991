"""Triples as compacted JSON-LD: the short names of our context in the place of IRIs, the context by its address.

Who asks for `application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"` gets this form (the registration of the media
type: a server should honour the profiles that it knows and must ignore the others); who does not gets the expanded one, which
needs no second look-up.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from flask import request
from pyoxigraph import Literal, NamedNode, Triple

from csto_graph.namespaces import PREFIXES, RDF, XSD, curie

COMPACTED: Final = "http://www.w3.org/ns/json-ld#compacted"
_TYPE: Final = str(RDF.type)
_INTEGER: Final = re.compile(r"0|-?[1-9]\d{0,14}")  # that a number of JSON holds exactly
_TEXTS: Final = {str(XSD.string), str(RDF.langString)}

Context = Mapping[str, Any]


class NotCompactable(ValueError):
    """An IRI or a node that the short form would turn into another one."""


def wants_compacted() -> bool:
    """Whether the client asks for the compacted form of JSON-LD."""
    asked = request.accept_mimetypes
    return any(COMPACTED in value and quality > 0 for value, quality in asked if value.startswith("application/ld+json"))


def compacted(triples: Iterable[Triple], context: Context, address: str) -> bytes:
    """The document with its nodes in the order in which they come. Raises `NotCompactable`."""
    names, nodes = _Names(context), dict[str, dict[str, Any]]()
    for triple in triples:
        subject = names.short(triple.subject)
        names.add(nodes.setdefault(subject, {"@id": subject}), triple.predicate.value, triple.object)
    document = {"@context": address, "@graph": list(nodes.values())}
    return f"{json.dumps(document, ensure_ascii=False, indent=1)}\n".encode()


class _Names:
    """The names of a context, by the IRIs that they stand for."""

    def __init__(self, context: Context) -> None:
        self._context = context
        defined = ((name, value) for name, value in context.items() if isinstance(value, dict))
        self._properties = {_iri(value["@id"]): (name, value) for name, value in defined}
        self._others = {_iri(value): name for name, value in context.items() if isinstance(value, str) and name not in PREFIXES}

    def short(self, term: object) -> str:
        """The IRI as a context of ours reads it back."""
        if not isinstance(term, NamedNode):
            raise NotCompactable(term)
        short = curie(term.value)
        if short == term.value and term.value.partition(":")[0] in self._context:  # its scheme would be read as a prefix
            raise NotCompactable(term.value)
        return short

    def add(self, node: dict[str, Any], predicate: str, value: object) -> None:
        """Adds to a node what is said of it."""
        if predicate == _TYPE and isinstance(value, NamedNode):
            node.setdefault("@type", []).append(self._name(value))
            return
        key, defined = self._properties.get(predicate, ("", {}))
        if "@language" in defined.get("@container", ""):
            if isinstance(value, Literal) and value.datatype.value in _TEXTS:
                node.setdefault(key, {}).setdefault(value.language or "@none", []).append(value.value)
                return
            key = ""  # a map of languages cannot hold it
        coerced = defined.get("@type", "") if key else ""
        node.setdefault(key or self.short(NamedNode(predicate)), []).append(self._value(value, coerced))

    def _name(self, iri: NamedNode) -> str:
        return self._others.get(iri.value) or self.short(iri)

    def _value(self, value: object, coerced: str) -> object:
        if isinstance(value, Literal):
            return _literal(value, coerced)
        if coerced == "@vocab" and isinstance(value, NamedNode):
            return self._name(value)
        return self.short(value) if coerced == "@id" else {"@id": self.short(value)}


def _literal(value: Literal, coerced: str) -> object:
    datatype, text = value.datatype.value, value.value
    if value.language:
        return {"@value": text, "@language": value.language}
    if datatype == str(XSD.string):
        return {"@value": text} if coerced else text
    if datatype == str(XSD.integer) and _INTEGER.fullmatch(text):
        return int(text)
    if datatype == str(XSD.boolean) and text in ("true", "false"):
        return text == "true"
    return text if coerced and _iri(coerced) == datatype else {"@value": text, "@type": curie(datatype)}


def _iri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{PREFIXES[prefix]}{local}" if prefix in PREFIXES else name
