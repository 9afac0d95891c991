"""A whole document in the syntax that was asked for, with what tells whether the client has it already."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from flask import Response, request

from csto_graph import __version__
from csto_graph.serve.conditions import listed, unchanged, validated
from csto_graph.serve.encoding import LEAST, packed, wants_gzip
from csto_graph.serve.negotiation import PAGE, Syntax, negotiated
from csto_graph.serve.ontology.vocabulary import shelf
from csto_graph.serve.problems import Problem
from csto_graph.serve.results import content_type
from csto_graph.serve.things.naming import OFFERED, SUFFIXES, suffix_of

_MOST: Final = 64  # documents that are remembered
_GZIP: Final = "-gzip"


def asked_syntax(ending: str | None) -> Syntax:
    """The syntax of the ending, of `format=` or of Accept. Raises a problem 404 for an ending of no syntax."""
    if ending is None:
        return negotiated(OFFERED, request.args.get("format"))
    syntax = SUFFIXES.get(f".{ending}")
    if syntax is None:
        raise Problem(404, f"There is no .{ending} of it. There are {', '.join(SUFFIXES)}.", offered=list(SUFFIXES))
    return syntax


def send(
    make: Callable[[], bytes], syntax: Syntax, *known: str, tag: str = "", since: datetime | None = None, remember: bool = True
) -> Response:
    """The document that is made for what it is known by, once if it is to be remembered, or 304; `tag` begins its entity tag."""
    told = hashlib.sha256(repr((known, syntax.name, __version__, request.root_url if syntax is PAGE else "")).encode())
    name = f"{tag}-{told.hexdigest()[:16]}".lstrip("-")
    gzip = wants_gzip(request.environ.get("HTTP_ACCEPT_ENCODING"))
    has = listed([f"{name}{_GZIP}", name] if gzip else [name])
    if has:
        return unchanged(validated(Response(content_type=content_type(syntax)), has, since))
    content = _made(make, name) if remember else make()
    if gzip and len(content) >= LEAST:
        smaller = _made(partial(packed, content), f"{name}{_GZIP}") if remember else packed(content)
        response = Response(smaller, content_type=content_type(syntax), headers={"Content-Encoding": "gzip"})
        return validated(response, f"{name}{_GZIP}", since)
    return validated(Response(content, content_type=content_type(syntax)), name, since)


def _made(make: Callable[[], bytes], name: str) -> bytes:
    made = shelf().made
    if name not in made:
        content = make()
        while len(made) >= _MOST:
            made.pop(next(iter(made)), None)
        made[name] = content
    return made[name]


def alternates(address: str) -> str:
    """Links to the same in every syntax (RFC 8288)."""
    links = (f'<{address}{suffix_of(syntax)}>; rel="alternate"; type="{syntax.media_type}"' for syntax in OFFERED)
    return ", ".join(links)
