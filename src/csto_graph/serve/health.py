"""Whether the service answers, and from which release."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from csto_graph.serve.catalogue import served

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
def health() -> Response:
    """200 with the release's number, content hash and number of triples, after one look into the store."""
    catalogue = served()
    next(iter(catalogue.store), None)  # a store that cannot be read raises here: 500
    return jsonify(
        status="ok",
        release=catalogue.release.number,
        content=catalogue.release.content,
        triples=sum(catalogue.counts.values()),
    )
