"""`/api/` lists the stored questions, and `/openapi.json` describes them."""

from __future__ import annotations

import hashlib
import json

from flask import Blueprint, Response, render_template, request, url_for

from csto_graph.headers import header
from csto_graph.serve.addresses import root
from csto_graph.serve.api.openapi import described
from csto_graph.serve.catalogue import served
from csto_graph.serve.conditions import validated
from csto_graph.serve.negotiation import PAGE, Syntax, negotiated
from csto_graph.serve.questions import Question

blueprint = Blueprint("describing", __name__)
_JSON = Syntax("json", None, ("application/json",))


@blueprint.get("/api/")
def show_questions() -> Response:
    """Each question with its address and its parameters, as JSON or a page."""
    questions = served().questions
    if negotiated((_JSON, PAGE), request.args.get("format")) is PAGE:
        return _kept(render_template("api.html", questions=questions), "text/html")
    return _kept(json.dumps({"questions": [_listed(each) for each in questions]}, ensure_ascii=False), "application/json")


@blueprint.get("/openapi.json")
def show_description() -> Response:
    """OpenAPI 3.1, for this service at its public address."""
    catalogue = served()
    document = described(catalogue.questions, root(), catalogue.settings.most_seconds)
    return _kept(json.dumps(document, ensure_ascii=False, indent=1), "application/json")


def _listed(question: Question) -> dict[str, object]:
    names = ("name", "type", "summary", "default")
    return {
        "name": question.name,
        "summary": question.summary,
        "description": header(question.query, "description"),
        "address": f"{root()}/api/{question.name}",
        "parameters": [{name: getattr(each, name) for name in names} for each in question.parameters],
    }


def _kept(text: str, media_type: str) -> Response:
    """It changes with the program and its address alone; `service-desc` as RFC 8631 has it."""
    response = Response(text, mimetype=media_type)
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Link"] = f'<{url_for("describing.show_description")}>; rel="service-desc"'
    return validated(response, hashlib.sha256(text.encode()).hexdigest()[:32], None)
