"""Which syntax an answer is given in: the header Accept (RFC 9110, section 12.5.1), or `format=` for those who type."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from flask import request
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from csto_graph.serve.problems import not_acceptable


@dataclass(frozen=True, slots=True)
class Syntax:
    """A way to write an answer: its short name (that of `backend.interface`), its IRI and the media types that ask for it."""

    name: str
    iri: str | None
    media_types: tuple[str, ...]

    @property
    def media_type(self) -> str:
        """The media type the answer is labelled with."""
        return self.media_types[0]


_CHARSET: Final = re.compile(r"(?i) *; *charset *= *\"?utf-?8\"?")
_PROFILE: Final = re.compile(r"(?i) *; *profile *= *(?:\"[^\"]*\"|[^;]*)")
_FORMATS: Final = "http://www.w3.org/ns/formats/"

PAGE: Final = Syntax("html", None, ("text/html", "application/xhtml+xml"))
TURTLE: Final = Syntax("turtle", f"{_FORMATS}Turtle", ("text/turtle", "application/x-turtle"))

# SPARQL 1.1 Query Results JSON, XML, and CSV and TSV; the first is what those get who do not mind.
SOLUTIONS: Final = (
    Syntax("json", f"{_FORMATS}SPARQL_Results_JSON", ("application/sparql-results+json", "application/json")),
    Syntax("xml", f"{_FORMATS}SPARQL_Results_XML", ("application/sparql-results+xml", "application/xml", "text/xml")),
    Syntax("csv", f"{_FORMATS}SPARQL_Results_CSV", ("text/csv",)),
    Syntax("tsv", f"{_FORMATS}SPARQL_Results_TSV", ("text/tab-separated-values",)),
    PAGE,
)
GRAPHS: Final = (
    TURTLE,
    Syntax("ntriples", f"{_FORMATS}N-Triples", ("application/n-triples", "text/plain")),
    Syntax("jsonld", f"{_FORMATS}JSON-LD", ("application/ld+json", "application/json")),
    Syntax("nquads", f"{_FORMATS}N-Quads", ("application/n-quads",)),
    Syntax("trig", f"{_FORMATS}TriG", ("application/trig", "application/x-trig")),
    Syntax("n3", f"{_FORMATS}N3", ("text/n3", "text/rdf+n3")),
    Syntax("rdfxml", f"{_FORMATS}RDF_XML", ("application/rdf+xml", "application/xml", "text/xml")),
    PAGE,
)


def negotiated(offered: tuple[Syntax, ...], named: str | None) -> Syntax:
    """The same for the request that is being answered."""
    return _negotiated(offered, request.environ.get("HTTP_ACCEPT", ""), named)


@lru_cache(maxsize=1024)  # clients are of few kinds
def _negotiated(offered: tuple[Syntax, ...], accepted: str, named: str | None) -> Syntax:
    return chosen_syntax(offered, parse_accept_header(accepted, MIMEAccept), named)


def chosen_syntax(offered: tuple[Syntax, ...], accepted: MIMEAccept, named: str | None = None) -> Syntax:
    """The offered syntax that suits the client best; a problem 406 that lists the offer when none does."""
    if named is not None:
        return _named(offered, named)
    if not accepted:
        return offered[0]
    best = _without_parameters(accepted).best_match(_media_types(offered))
    if best is None:
        raise not_acceptable([syntax.media_type for syntax in offered], f"The answer as {accepted.to_header()}")
    return next(syntax for syntax in offered if best in syntax.media_types)


def _without_parameters(accepted: MIMEAccept) -> MIMEAccept:
    """All is written in UTF-8, so who wants that of a media type wants the media type; so does who wants a profile of JSON-LD,
    as one that a server does not know must be ignored (the registration of application/ld+json)."""
    return MIMEAccept((_PROFILE.sub("", _CHARSET.sub("", value)), quality) for value, quality in accepted)


def _named(offered: tuple[Syntax, ...], name: str) -> Syntax:
    for syntax in offered:
        if name in (syntax.name, *syntax.media_types):
            return syntax
    raise not_acceptable([syntax.name for syntax in offered], f"The format “{name}”")


def _media_types(offered: tuple[Syntax, ...]) -> list[str]:
    """All media types, the labels first: between two that are as welcome, werkzeug takes the earlier."""
    labels = [syntax.media_type for syntax in offered]
    return labels + [other for syntax in offered for other in syntax.media_types[1:]]
