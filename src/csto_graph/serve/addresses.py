"""Where the service stands, and where the things of the graph are found there.

The IRIs in the data are those of w3id.org, wherever the service stands: to rewrite them would make other things of them.
What leads a reader on (a link, Location, Link) leads to where the service stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import quote, urlsplit

from flask import request

from csto_graph.namespaces import BASE, GENID, GRAPH, ID

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_SHOWN: Final = (str(ID), str(GRAPH), GENID)  # namespaces of what has a page of its own
_PLAIN: Final = "/:@!$&'()*+,;=~"  # what may stand in a path as it is (RFC 3986, section 3.3)


def standing_at(application: WSGIApplication, base: str | None) -> WSGIApplication:
    """The application under a public address (`https://example.org/graph`, or a path alone), whatever the request's Host says.

    The path of the address is what a proxy in front takes off before it passes a request on.
    """
    if base is None:
        return application
    parts = urlsplit(base)
    told = {"SCRIPT_NAME": parts.path.rstrip("/")}
    if parts.netloc:
        told |= {"wsgi.url_scheme": parts.scheme, "HTTP_HOST": parts.netloc}

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ.update(told)
        return application(environ, start_response)

    return answer


def root() -> str:
    """The public address of the service, without a slash at its end."""
    return f"{origin()}{quote(request.root_path.rstrip('/'))}"


def origin() -> str:
    """Its scheme and host: what stands before a path of ours to make it an absolute address."""
    return f"{request.scheme}://{request.host}"


def here(iri: str) -> str:
    """The address here of what has an IRI of ours, such as a term of the ontology: what w3id.org redirects to."""
    path, mark, fragment = iri.removeprefix(BASE).partition("#")
    return f"{root()}/{quote(path, safe=_PLAIN)}{mark}{quote(fragment, safe=_PLAIN)}"


def shown(iri: str) -> bool:
    """Whether a thing has a page of its own: things, named graphs, and what stands for a blank node."""
    return iri.startswith(_SHOWN)


def leads(kind: Literal["page", "data"], iri: str, suffix: str = "") -> str:
    """The path here of the page or the data of such a thing: `/page/state/armenia`, `/data/state/armenia.ttl`."""
    name = quote(iri.removeprefix(str(ID)).removeprefix(BASE), safe=_PLAIN)
    return f"{quote(request.root_path.rstrip('/'))}/{kind}/{name}{suffix}"
