"""A document of ours as a response: RDF in the syntax that was asked for, or a page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime

from flask import Response, request
from pyoxigraph import RdfFormat, Triple

from csto_graph import __version__
from csto_graph.backend.writing import rdf_document
from csto_graph.serve.conditions import validated
from csto_graph.serve.encoding import LEAST, packed, wants_gzip
from csto_graph.serve.negotiation import GRAPHS, PAGE, negotiated
from csto_graph.serve.results import content_type


def document(
    triples: Callable[[], Iterable[Triple]],
    page: Callable[[], str],
    prefixes: dict[str, str],
    since: datetime | None = None,
) -> Response:
    """The triples or the page, whichever the request prefers, with an ETag over its bytes and gzip where wanted.

    Of `page` and `triples` only the one that is asked for is called. Raises a problem 406.
    """
    syntax = negotiated(GRAPHS, request.args.get("format"))
    if syntax is PAGE:
        content = page().encode()
    else:
        written = RdfFormat.from_media_type(syntax.media_type) or RdfFormat.TURTLE
        # The engine writes the context of JSON-LD in another order each time, so there is none.
        content = rdf_document(_by_subject(triples()), written, {} if written == RdfFormat.JSON_LD else prefixes)
    tag = hashlib.sha256(content + __version__.encode()).hexdigest()[:32]
    if len(content) < LEAST or not wants_gzip(request.environ.get("HTTP_ACCEPT_ENCODING")):
        return validated(Response(content, content_type=content_type(syntax)), tag, since)
    response = Response(packed(content), content_type=content_type(syntax), headers={"Content-Encoding": "gzip"})
    return validated(response, f"{tag}-gzip", since)


def _by_subject(triples: Iterable[Triple]) -> list[Triple]:
    """Each once, those of one subject together, the subjects as they come."""
    subjects: dict[str, dict[Triple, None]] = {}
    for triple in triples:
        subjects.setdefault(str(triple.subject), {})[triple] = None
    return [triple for each in subjects.values() for triple in each]
