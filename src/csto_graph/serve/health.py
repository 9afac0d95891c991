"""Whether the service lives, and whether it answers, from which release."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, jsonify

from csto_graph.backend.interface import Limits, Query
from csto_graph.serve.catalogue import served
from csto_graph.serve.editions import asked_release

_LIMITS: Final = Limits(seconds=5.0)

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
def health() -> Response:
    """200 with the release's number, content hash and number of triples, after one question to it; else a problem 503."""
    catalogue = served()
    release = asked_release()
    with catalogue.backend.answer(release, Query("ASK {}"), "json", _LIMITS):
        pass  # a release that does not answer raises here
    return jsonify(
        status="ok",
        release=release.number,
        content=release.content,
        triples=sum(catalogue.contents(release).counts.values()),
    )


@blueprint.get("/health/live")
def live() -> Response:
    """200 as long as the process answers at all: what fails here is mended by a restart, what fails above may not be."""
    return jsonify(status="ok")
