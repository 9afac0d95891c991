"""`/releases`: what can be asked, as a TimeMap (RFC 7089, section 5), JSON or a page."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from flask import Blueprint, Response, g, jsonify, render_template, request, url_for

from csto_graph.citation import citation
from csto_graph.model import Release
from csto_graph.serve.addresses import origin, root
from csto_graph.serve.catalogue import served
from csto_graph.serve.conditions import validated
from csto_graph.serve.editions import numbered
from csto_graph.serve.memento import LINK_FORMAT, entries, memento
from csto_graph.serve.negotiation import PAGE, Syntax, chosen_syntax, negotiated
from csto_graph.serve.problems import Problem

blueprint = Blueprint("releases", __name__)

_SHOWN: Final = 100  # changes of the current release on the page
_LINKS: Final = Syntax("link-format", None, (LINK_FORMAT,))
_JSON: Final = Syntax("json", None, ("application/json",))
_STYLES: Final = (
    Syntax("text", None, ("text/plain",)),
    Syntax("bibtex", None, ("application/x-bibtex",)),
    Syntax("cff", None, ("application/yaml", "text/yaml", "application/x-yaml")),
    Syntax("csl-json", None, ("application/vnd.citationstyles.csl+json", "application/json")),
)
_OURS: Final = re.compile(r"/(?![/\\])[!#-;=?-~]*")  # a path of ours and what follows it, fit to stand between < and >


@blueprint.get("/releases")
def show_releases() -> Response:
    """The releases that are kept; with `of=`, a path of this service, the mementos are those of the resource there."""
    syntax = chosen_syntax((_LINKS, _JSON, PAGE), request.accept_mimetypes, request.args.get("format"))
    address = _address(request.args.get("of", url_for("protocol.sparql")))
    response = _written(syntax, address)
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/releases/<int:number>/citation")
def cite(number: int) -> Response:
    """How a release is cited: a sentence, BibTeX, a CITATION.cff or CSL-JSON, by `format=` or Accept."""
    edition = numbered(str(number))
    syntax = negotiated(_STYLES, request.args.get("format"))
    content = citation(edition.release, syntax.name, f"{root()}/release/{number}")
    response = Response(content, content_type=f"{syntax.media_type}; charset=utf-8")
    g.pop("edition")  # it has one address and no mementos
    response.headers["Cache-Control"] = "max-age=86400"
    return validated(response, hashlib.sha256(content.encode()).hexdigest()[:32], edition.since)


def _written(syntax: Syntax, address: str) -> Response:
    if syntax is _LINKS:
        return Response(",\n".join(entries(address)) + "\n", mimetype=LINK_FORMAT)
    current, kept = served().current(), served().backend.releases()
    if syntax is PAGE:
        page = render_template("releases.html", current=current, releases=kept, history=served().backend.history()[-_SHOWN:])
        return Response(page, mimetype="text/html")
    return jsonify(
        current=current.release.number,
        since=current.since.isoformat(),
        releases=[_described(each, address) for each in kept],
        history=[{"release": each.number, "since": each.since.isoformat()} for each in served().backend.history()],
    )


def _described(release: Release, address: str) -> dict[str, object]:
    known = {"release": release.number, "published": release.published, "content": release.content}
    return {**known, "memento": memento(address, release.number)}


def _address(path: str) -> str:
    if not _OURS.fullmatch(path):
        raise Problem(400, "of= takes the path of a resource of this service, such as of=/sparql, percent-encoded.")
    return f"{origin()}{path}"
