"""A change put to the back-end, and what is answered: what it did, or why it was not made."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flask import Response, jsonify, request

from csto_graph.backend.interface import Change, Changed, Forbidden, Limits, NotWritable, Rejected, UnknownGraph, Unmet, Update
from csto_graph.namespaces import GRAPH, curie
from csto_graph.serve.catalogue import served
from csto_graph.serve.conditions import precondition
from csto_graph.serve.journal import entry, note_query
from csto_graph.serve.permission import off, where_to_change
from csto_graph.serve.problems import PROBLEM_JSON, Problem, problem_response
from csto_graph.serve.reports import report_document
from csto_graph.serve.turns import charged, client
from csto_graph.sparql.forms import form

# Where that is changed which a build makes, by the kind of graph (docs: the README, "Folders").
_REMEDIES: Final = {
    "default": "The default graph follows from sources, reference and curated data: change those, then run csto-graph build.",
    "source": "Change the text of a source, or its source.toml, under data/sources, then run csto-graph build.",
    "evidence": "Change a text under data/sources or the facts under data/curated, then run csto-graph build.",
    "reference": "Change data/reference, then run csto-graph build.",
    "curated": "Change data/curated, then run csto-graph build.",
    "inferred": "Inferred triples follow from ontology/csto.ttl and the default graph: change those, then run csto-graph build.",
    "links": "Change the links in data/mappings, then run csto-graph build.",
    "enrichment": "Bring it in anew with csto-graph link import, then run csto-graph build.",
    "ontology": "Change ontology/csto.ttl, then run csto-graph build.",
    "disagreements": "Change what the sources say, or which side is followed in data/policy.toml, then run csto-graph build.",
}
_UNMET: Final = (
    "Nothing was changed: release {number} is current, which is not what the request asks for in If-Match, If-None-Match or "
    "If-Unmodified-Since. Look at what is there now, and send the change again with its tag."
)
_MOST_SAID: Final = 3  # findings in the sentence; the report has them all


def made(change: Change) -> Changed:
    """The change, made. Raises the problem that says why it was not: 403, 404, 412, 422, 429, or what the back-end raises."""
    text = change.text if isinstance(change, Update) else change.patch
    note_query(form(text) if text else request.method, text)
    settings = served().settings
    limits = Limits(seconds=settings.most_seconds, memory=settings.memory)
    try:
        with served().turns.taken(client()) as charge, charged(charge):
            changed = served().backend.change(replace(change, only_if=precondition()), limits)
    except Forbidden as error:
        kinds = {graph.removeprefix(str(GRAPH)).partition("/")[0] for graph in error.graphs}
        remedies = sorted({_REMEDIES[kind] for kind in kinds if kind in _REMEDIES})
        raise where_to_change(map(curie, error.graphs), remedies) from error
    except UnknownGraph as error:
        raise Problem(404, f"There is no graph {error}.") from error
    except Unmet as error:
        raise Problem(412, _UNMET.format(number=error.number), release=error.number) from error
    except NotWritable as error:
        raise off() from error
    entry().release = changed.release.number
    return changed


def rejected(error: Rejected) -> Response:
    """422 with the SHACL report: as members of the problem, or as Turtle for who prefers that."""
    findings = error.report.findings
    report = report_document(error.report)
    preferred = request.accept_mimetypes.best_match([PROBLEM_JSON, "application/json", "text/turtle"])
    if preferred == "text/turtle":
        return Response(report, 422, mimetype="text/turtle")
    said = " ".join(f"{curie(finding.focus_node)}: {finding.message}" for finding in findings[:_MOST_SAID])
    more = f" And {len(findings) - _MOST_SAID} more." if len(findings) > _MOST_SAID else ""
    detail = f"Nothing was changed, as the graph would not conform. {said}{more}"
    return problem_response(Problem(422, detail, findings=[_spelled(f) for f in findings], report=report.decode()))


def _spelled(finding: object) -> dict[str, str]:
    return {name: str(value) for name in _FIELDS if (value := getattr(finding, name)) is not None}


_FIELDS: Final = ("check", "severity", "focus_node", "result_path", "value", "message")


def told(changed: Changed, *, status: int = 200) -> Response:
    """What was done, as JSON and in headers; without a body where the status has none."""
    response = jsonify(
        release=changed.release.number, added=changed.added, removed=changed.removed, skolemised=changed.skolemised
    )
    if status == 204:
        response.data = b""
        del response.headers["Content-Type"]
    response.status_code = status
    response.headers["CSTO-Graph-Release"] = str(changed.release.number)
    response.headers["CSTO-Graph-Skolemised"] = str(changed.skolemised)
    return response
