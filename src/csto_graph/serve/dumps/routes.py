"""`/dumps/`: the index, the files with their checksums, and `latest`, which leads to the files of the current release."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from typing import Final

from flask import Blueprint, Response, render_template, request, send_file
from pyoxigraph import NamedNode, Triple

from csto_graph.backend.interface import DumpFile, NoDumps, Unavailable, UnknownDump, UnknownRelease
from csto_graph.model import Release
from csto_graph.namespaces import DCAT, DCTERMS, PREFIXES, RDF
from csto_graph.serve.about.catalog import version_iri, version_triples
from csto_graph.serve.about.document import document
from csto_graph.serve.addresses import root
from csto_graph.serve.catalogue import published, served
from csto_graph.serve.dumps.distributions import SPDX, address, title
from csto_graph.serve.problems import Problem
from csto_graph.serve.turns import client
from csto_graph.void.counting import DATASET
from csto_graph.void.describing import DESCRIPTION, LICENCE, TITLE, triple

blueprint = Blueprint("dumps", __name__)

_NAMED: Final = re.compile(r"release-(\d{1,9})[./].+", re.ASCII)
_LATEST: Final = re.compile(r"latest([./].+)", re.ASCII)
_SUM: Final = ".sha256"
_KEPT: Final = "public, max-age=86400"  # seconds; a home that is made anew gives its numbers again
_PREFIXES: Final = {**PREFIXES, "spdx": SPDX}


@blueprint.get("/dumps/")
def show_dumps() -> Response:
    """The releases that are kept, each with its files: DCAT 3 in any RDF syntax (JSON-LD for who wants JSON), or a page."""
    response = document(_catalog, _page, _PREFIXES)
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/dumps/<path:name>")
def send_dump(name: str) -> Response:
    """A file, or its checksum as `sha256sum --check` reads it (its name and `.sha256`). Ranges and conditions are honoured."""
    if latest := _LATEST.fullmatch(name):
        return _led(f"release-{served().current().release.number}{latest[1]}")
    named = _NAMED.fullmatch(name)
    if named is None:
        raise Problem(404, f"There is no dump {name}. /dumps/ lists those that there are.")
    release = _release(int(named[1]))
    made = _made(release, name.removesuffix(_SUM))
    return _sum(release, made) if name.endswith(_SUM) else _sent(release, name, made)


def _led(name: str) -> Response:
    location = address(name)
    response = Response(f"See {location}\n", status=302, mimetype="text/plain", headers={"Location": location})
    response.headers["Cache-Control"] = "no-cache"
    return response


def _release(number: int) -> Release:
    try:
        return served().backend.find(number)
    except UnknownRelease as unknown:
        if type(unknown) is not UnknownRelease:
            raise  # it was dropped: 410
        raise Problem(404, f"There is no release {number} here. /dumps/ lists those that are kept.") from None


def _made(release: Release, name: str) -> DumpFile:
    try:
        with served().turns.taken(client()):  # who waits for one keeps a thread
            return served().backend.dump(release, name, served().settings.limits)
    except UnknownDump:
        raise Problem(404, f"Release {release.number} is not had as {name}. /dumps/ lists what is.") from None
    except NoDumps:
        raise Problem(501, "No dumps are made here. Ask /sparql, or get graphs from /graphs.") from None


def _sent(release: Release, name: str, made: DumpFile) -> Response:
    (dump,) = (each for each in served().backend.dumps(release) if each.name == name)
    media_type = dump.compressed or dump.media_type
    _leave_out_other_ranges()
    try:
        response = send_file(made.path, media_type, conditional=True, etag=made.sha256, last_modified=published(release))
    except FileNotFoundError:
        raise Unavailable("The dump was taken away a moment ago to make room.", 1) from None
    response.headers["Cache-Control"] = _KEPT
    digest = b64encode(bytes.fromhex(made.sha256)).decode()
    response.headers["Repr-Digest"] = f"sha-256=:{digest}:"  # RFC 9530, section 3
    return response


def _leave_out_other_ranges() -> None:
    """Who asks otherwise than for one range of bytes by GET gets all (RFC 9110, section 14.2), where werkzeug says 416."""
    asked = request.range
    if request.method != "GET" or asked is None or asked.units != "bytes" or len(asked.ranges) != 1:
        request.environ.pop("HTTP_RANGE", None)


def _sum(release: Release, made: DumpFile) -> Response:
    response = Response(f"{made.sha256}  {made.path.name}\n", mimetype="text/plain")
    response.set_etag(f"{made.sha256}-sum")
    response.last_modified = published(release)
    response.headers["Cache-Control"] = _KEPT
    response.make_conditional(request)
    return response


def _catalog() -> Iterator[Triple]:
    here = f"{root()}/dumps/"
    told = {
        here: (DCAT.Catalog, f"Dumps of {TITLE}", "The releases that are kept, each as files: all graphs, or one."),
        DATASET: (DCAT.Dataset, TITLE, DESCRIPTION),
    }
    for subject, (type_, name, description) in told.items():
        yield triple(subject, RDF.type, NamedNode(str(type_)))
        yield triple(subject, DCTERMS.title, name)
        yield triple(subject, DCTERMS.description, description)
        yield triple(subject, DCTERMS.license, NamedNode(LICENCE))
    for release in served().backend.releases():
        yield triple(here, DCAT.dataset, NamedNode(version_iri(release.number)))
        yield triple(version_iri(release.number), DCTERMS.identifier, release.content)
    yield from version_triples(served().backend.releases(), whole=False)


def _page() -> str:
    releases = [(release, list(_shown(release))) for release in served().backend.releases()]
    return render_template("dumps.html", current=served().current().release, releases=releases)


def _shown(release: Release) -> Iterator[tuple[str, str, DumpFile | None]]:
    for dump in served().backend.dumps(release):
        yield title(dump), dump.name, served().backend.made(release, dump.name)
