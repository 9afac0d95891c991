"""`/reconcile`: the Reconciliation Service API 0.2; `/reconcile/1.0-draft`: the draft of 1.0, each with its own routes below.

What is matched are the things of the default graph of a release. `release=` and Accept-Datetime ask an older one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Final, cast

from flask import Blueprint, Response, current_app, g, request

from csto_graph.backend.interface import Exceeded, Unavailable
from csto_graph.model import Release
from csto_graph.serve.addresses import here
from csto_graph.serve.answering import allow
from csto_graph.serve.catalogue import served
from csto_graph.serve.crossing import READING
from csto_graph.serve.editions import asked_release
from csto_graph.serve.parameters import FORM, Parameters, parameters, sent_text, values
from csto_graph.serve.problems import Problem
from csto_graph.serve.reconcile import asked, extending, manifests, previewing
from csto_graph.serve.reconcile.asked import Wanted
from csto_graph.serve.reconcile.facts import facts
from csto_graph.serve.reconcile.index import Index
from csto_graph.serve.reconcile.loading import index
from csto_graph.serve.reconcile.matching import Candidate, candidates
from csto_graph.serve.reconcile.suggesting import suggested
from csto_graph.serve.reconcile.writing import refuse_callback, written, written_for_all
from csto_graph.serve.turns import client

blueprint = Blueprint("reconcile", __name__, url_prefix="/reconcile")
_DRAFT: Final = "/1.0-draft"
_ASKED: Final = ("queries", "extend")
_STEP_ASIDE: Final = 0.0001  # seconds, for each thing that is compared: whoever else has something to do goes first
_ALONE: Final = "csto-graph.reconcile.alone"


@blueprint.route("/", methods=["GET", "POST"])
@blueprint.route("", methods=["GET", "POST"])
def service() -> Response:
    """The manifest; with `queries` the candidates for each, with `extend` values of properties."""
    release, given = asked_release(), _given()
    texts = {name: values(given, name) for name in _ASKED if values(given, name)}
    if not texts and request.method in READING:
        return written_for_all(manifests.manifest(index(release)))
    if len(texts) != 1 or any(len(each) > 1 for each in texts.values()):
        raise Problem(400, "Send one batch, as the parameter queries or the parameter extend.")
    ((name, (text,)),) = texts.items()
    document, found = asked.read(text, f"{name}="), index(release)
    if name == "extend":
        return written_for_all(extending.extended(found, asked.extension(document, found), partial(facts, release)))
    wanted = asked.batch(document, found)
    answers = _matched(release, found, wanted)
    return written_for_all({each.key: {"result": [_told(found, one) for one in best]} for each, best in answers})


@blueprint.get("/suggest/<kind>")
def suggest(kind: str) -> Response:
    """Things, properties or types whose name begins with `prefix=`; `cursor=` skips as many."""
    return written_for_all(suggested(index(asked_release()), kind, "cursor"))


@blueprint.get("/properties")
def propose() -> Response:
    """The properties that things of `type=` have."""
    return written_for_all(extending.proposed(index(asked_release())))


@blueprint.get(f"{_DRAFT}/preview")
@blueprint.get("/preview")
def preview() -> Response:
    """A thing in a few lines of HTML."""
    release = asked_release()
    return previewing.previewed(release, index(release))


@blueprint.get("/view")
def view() -> Response:
    """303 to the address of the thing here."""
    return Response(status=303, headers={"Location": here(previewing.required(index(asked_release())).iri)})


@blueprint.get("/features")
def features() -> Response:
    """What the features of a candidate mean."""
    return previewing.explained()


@blueprint.get(f"{_DRAFT}/")
@blueprint.get(_DRAFT)
def draft() -> Response:
    """The manifest of the draft of 1.0."""
    refuse_callback()
    return written(manifests.manifest_1(index(asked_release())))


@blueprint.post(f"{_DRAFT}/match")
def match() -> Response:
    """The candidates for each query, in the order of the queries."""
    release, document = asked_release(), _sent()
    found = index(release)
    answers = _matched(release, found, asked.batch_1(document, found))
    return written({"results": [{"candidates": [_told(found, one, names=True) for one in best]} for _, best in answers]})


@blueprint.get(f"{_DRAFT}/suggest/<kind>")
def suggest_1(kind: str) -> Response:
    """The same as of 0.2; `offset=` skips as many."""
    refuse_callback()
    return written(suggested(index(asked_release()), kind, "offset"))


@blueprint.post(f"{_DRAFT}/extend")
def extend_1() -> Response:
    """Values of properties of things."""
    release, document = asked_release(), _sent()
    found = index(release)
    return written(extending.extended_1(found, asked.extension(document, found), partial(facts, release)))


@blueprint.get(f"{_DRAFT}/extend/propose")
def propose_1() -> Response:
    """The properties that things of `type=` have."""
    refuse_callback()
    return written(extending.proposed(index(asked_release())))


def _given() -> Parameters:
    if request.method == "POST" and request.mimetype != FORM:
        raise Problem(415, f"A batch is posted as {FORM}. The draft of 1.0 takes JSON, at {_DRAFT}/match below this address.")
    return parameters()


def _sent() -> object:
    refuse_callback()
    if request.mimetype != "application/json":
        raise Problem(415, "The body is JSON, sent as application/json.")
    return asked.read(sent_text(), "The body")


def _matched(release: Release, found: Index, wanted: list[Wanted]) -> list[tuple[Wanted, list[Candidate]]]:
    """The candidates of each query, as one turn of the client's and within the time that a query has.

    Raises Exceeded where a batch takes longer: nothing of it is sent then.
    """
    allow(request.args.get("timeout"))
    seconds, begun = g.get("seconds", served().settings.seconds), time.monotonic()
    given = {each.property for query in wanted for each in query.conditions if each.property}
    known = {term: facts(release, term) for term in sorted(given, key=lambda term: term.iri)}

    def tick() -> None:
        time.sleep(_STEP_ASIDE)
        if time.monotonic() - begun > seconds:
            raise Exceeded("seconds", seconds, time.monotonic() - begun)

    with served().turns.taken(client()) as charge, _alone(seconds):
        started = time.monotonic()
        try:
            return [(query, candidates(found, query, known.__getitem__, tick)) for query in wanted]
        finally:
            charge(time.monotonic() - started)


@contextmanager
def _alone(seconds: float) -> Iterator[None]:
    """One batch is matched at a time: it is work for this process, which serves everyone, and two would slow the others twice.

    Raises Unavailable where its turn does not come within so many seconds.
    """
    lock = cast(threading.Lock, current_app.extensions.setdefault(_ALONE, threading.Lock()))
    if not lock.acquire(timeout=seconds):
        raise Unavailable("Other batches of names are being matched.", retry_after=5)
    try:
        yield
    finally:
        lock.release()


def _told(found: Index, one: Candidate, *, names: bool = False) -> dict[str, object]:
    """A candidate as both versions have it; the draft also wants a name for each feature."""
    kinds = found.kinds(one.entity)
    listed = [
        {"id": key, "value": value} | ({"name": _feature(found, key)} if names else {}) for key, value in one.features.items()
    ]
    return {
        "id": one.entity.iri,
        "name": one.entity.label,
        "description": f"{'; '.join(kind.name for kind in kinds) or 'thing'} – {one.reason}",
        "type": [manifests.named(kind) for kind in kinds],
        "score": one.score,
        "features": listed,
        "match": one.match,
    }


def _feature(found: Index, key: str) -> str:
    return found.properties[key].name if key in found.properties else key.replace("_", " ")
