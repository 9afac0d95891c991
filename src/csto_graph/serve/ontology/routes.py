"""The addresses of the vocabulary.

`/ontology` answers 200 and does not lead elsewhere: the namespace ends in a hash, a client sends no fragment, and so what it asks
for is always the document, which no term is; only where terms have addresses without a hash must these be told from documents by
303 (W3C Note "Best Practice Recipes for Publishing RDF Vocabularies"). Each syntax has an address of its own too.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Final

from flask import Blueprint, Response, g, render_template, request
from pyoxigraph import NamedNode, RdfFormat, Triple

from csto_graph.backend.writing import rdf_document
from csto_graph.model import Release
from csto_graph.namespaces import BASE, LEXINFO, ONTOLEX, ONTOLOGY_IRI, PREFIXES, SH, SYNSEM
from csto_graph.serve.addresses import here
from csto_graph.serve.editions import asked_edition, asked_release, names_release
from csto_graph.serve.journal import entry
from csto_graph.serve.negotiation import GRAPHS, PAGE, TURTLE, Syntax
from csto_graph.serve.ontology.context import context_document
from csto_graph.serve.ontology.documentation import header, link, sections, tree
from csto_graph.serve.ontology.files import File
from csto_graph.serve.ontology.lexicon import lexicon
from csto_graph.serve.ontology.sending import alternates, asked_syntax, send
from csto_graph.serve.ontology.shapes import SHAPES, shapes
from csto_graph.serve.ontology.uses import uses
from csto_graph.serve.ontology.vocabulary import Vocabulary, versions, vocabulary
from csto_graph.serve.problems import Problem
from csto_graph.serve.things.naming import parted

blueprint = Blueprint("ontology", __name__)

_JSONLD: Final = next(syntax for syntax in GRAPHS if syntax.name == "jsonld")
_MORE: Final = {
    "bibo": "http://purl.org/ontology/bibo/", "lexinfo": str(LEXINFO), "lime": "http://www.w3.org/ns/lemon/lime#",
    "ontolex": str(ONTOLEX), "sh": str(SH), "shape": SHAPES, "synsem": str(SYNSEM),
}  # fmt: skip


@blueprint.get("/ontology")
@blueprint.get("/ontology.<ending>")
def show_ontology(ending: str | None = None) -> Response:
    """The ontology of the release: its documentation for a browser, else RDF."""
    syntax, edition = asked_syntax(ending), asked_edition()
    found = vocabulary(edition.release)
    response = _ontology(found, syntax)
    response.headers["Link"] = alternates(here(ONTOLOGY_IRI))
    return response


@blueprint.get("/ontology/<version>")
def show_version(version: str) -> Response:
    """The ontology under its version IRI, as the newest kept release has it that states this version."""
    known = {iri.removeprefix(f"{ONTOLOGY_IRI}/"): release for iri, release in _known_versions().items()}
    name, syntax = (version, None) if version in known else parted(version)
    if name not in known:
        detail = f"No kept release has version {name} of the ontology. There are: {', '.join(sorted(known)) or 'none'}."
        raise Problem(404, detail, versions=sorted(known))
    found = vocabulary(known[name])
    response = _ontology(found, syntax or asked_syntax(None))
    latest = f'<{here(ONTOLOGY_IRI)}>; rel="latest-version"'  # RFC 5829
    response.headers["Link"] = f"{alternates(here(found.version))}, {latest}"
    response.headers["Cache-Control"] = "no-cache"
    return response


def _known_versions() -> dict[str, Release]:
    if not names_release():
        return versions()
    found = vocabulary(asked_release())
    return {found.version: found.release}


@blueprint.get("/context.jsonld")
def show_context() -> Response:
    """The JSON-LD context of the ontology of the release."""
    edition = asked_edition()
    found = vocabulary(edition.release)
    return send(partial(context_document, found), _JSONLD, "context", tag=edition.release.tag, since=edition.since)


@blueprint.get("/lexicon")
@blueprint.get("/lexicon.<ending>")
def show_lexicon(ending: str | None = None) -> Response:
    """The lexicon of this installation: the entries that `cst:rule` names."""
    return _of_installation("lexicon", lexicon().file, ending)


@blueprint.get("/shapes")
@blueprint.get("/shapes.<ending>")
def show_shapes(ending: str | None = None) -> Response:
    """The shapes of this installation, all in one document."""
    return _of_installation("shapes", shapes().file, ending)


def _of_installation(name: str, file: File, ending: str | None) -> Response:
    syntax = asked_syntax(ending)
    response = send(partial(_written, name, file, syntax), syntax, name, file.digest)
    response.headers["Link"] = alternates(here(f"{BASE}{name}"))
    response.headers["Cache-Control"] = "no-cache"
    return response


def _written(name: str, file: File, syntax: Syntax) -> bytes:
    """As Turtle with the comments that it was written with."""
    if syntax is PAGE:
        return _page(f"{name}.html")
    return file.text if syntax is TURTLE else _rdf(file.triples, syntax)


def _ontology(found: Vocabulary, syntax: Syntax) -> Response:
    entry().release = found.release.number
    since, make = g.edition.since if "edition" in g else None, partial(_rdf, found.triples, syntax)
    beside: tuple[str, ...] = ()
    if syntax is PAGE:
        known = tuple(iri.removeprefix(f"{ONTOLOGY_IRI}/") for iri in versions())
        make = partial(_documentation, found, known)
        beside = (lexicon().file.digest, shapes().file.digest, request.args.get("release", ""), *known)
    return send(make, syntax, "ontology", found.release.content, *beside, tag=found.release.tag, since=since)


def _documentation(found: Vocabulary, known: tuple[str, ...]) -> bytes:
    counted = uses(found)
    told = {"sections": list(sections(found, counted or {})), "header": header(found), "tree": tree(found)}
    return _page("ontology.html", **told, ontology=found, counted=counted is not None, versions=known)


def _page(template: str, **told: object) -> bytes:
    beside = {"link": link, "lexicon": lexicon(), "shapes": shapes(), "ontology_iri": ONTOLOGY_IRI}
    release = {"release": request.args["release"]} if names_release() else {}
    return render_template(template, **beside, release=release, **told).encode()


def _rdf(triples: Iterable[Triple], syntax: Syntax) -> bytes:
    written = RdfFormat.from_media_type(syntax.media_type)
    assert written is not None
    return rdf_document(triples, written, _used(triples))


def _used(triples: Iterable[Triple]) -> dict[str, str]:
    """The prefixes that shorten something."""
    iris = {term.value for triple in triples for term in triple if isinstance(term, NamedNode)}
    known = (PREFIXES | _MORE).items()
    return {prefix: namespace for prefix, namespace in known if any(iri.startswith(namespace) for iri in iris)}
