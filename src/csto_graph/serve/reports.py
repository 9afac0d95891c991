"""A validation report as SHACL has it (W3C Recommendation of 20 July 2017, section 3.6), in Turtle."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from csto_graph.backend.writing import rdf_document
from csto_graph.model import Finding, Report
from csto_graph.namespaces import PREFIXES, RDF, SH, XSD

_TYPE: Final = ox.NamedNode(str(RDF.type))
_STEP: Final = re.compile(r"/(?=[a-z][a-z0-9+.-]*:)")  # between the IRIs of a sequence path


def report_document(report: Report) -> bytes:
    """The report with each finding as a result. A check that is no shape has its name as the message's beginning."""
    used = {name: PREFIXES[name] for name in ("cst", "rdf", "rdfs", "xsd")} | {"sh": str(SH)}
    return rdf_document(_triples(report), ox.RdfFormat.TURTLE, used)


def _triples(report: Report) -> Iterator[ox.Triple]:
    whole = ox.BlankNode("report")
    yield ox.Triple(whole, _TYPE, _sh("ValidationReport"))
    conforms = ox.Literal(str(report.conforms).lower(), datatype=ox.NamedNode(str(XSD.boolean)))
    yield ox.Triple(whole, _sh("conforms"), conforms)
    for number, finding in enumerate(report.findings):
        result = ox.BlankNode(f"result{number}")
        yield ox.Triple(whole, _sh("result"), result)
        yield from _result(result, finding)


def _result(result: ox.BlankNode, finding: Finding) -> Iterator[ox.Triple]:
    yield ox.Triple(result, _TYPE, _sh("ValidationResult"))
    yield ox.Triple(result, _sh("resultSeverity"), _sh(finding.severity))
    yield ox.Triple(result, _sh("focusNode"), _node(finding.focus_node))
    shape = _node(finding.check)
    message = finding.message if isinstance(shape, ox.NamedNode) else f"{finding.check}: {finding.message}"
    yield ox.Triple(result, _sh("resultMessage"), ox.Literal(message))
    if isinstance(shape, ox.NamedNode):
        yield ox.Triple(result, _sh("sourceShape"), shape)
    if finding.value is not None:
        yield ox.Triple(result, _sh("value"), _node(finding.value))
    if finding.result_path is not None:
        yield from _path(result, _STEP.split(finding.result_path))


def _path(result: ox.BlankNode, steps: list[str]) -> Iterator[ox.Triple]:
    if len(steps) == 1:
        yield ox.Triple(result, _sh("resultPath"), _node(steps[0]))
        return
    cells: list[ox.NamedNode | ox.BlankNode] = [ox.BlankNode(f"{result.value}path{number}") for number in range(len(steps))]
    nil = ox.NamedNode(str(RDF.nil))
    yield ox.Triple(result, _sh("resultPath"), cells[0])
    for cell, step, rest in zip(cells, steps, [*cells[1:], nil], strict=True):
        yield ox.Triple(cell, ox.NamedNode(str(RDF.first)), _node(step))
        yield ox.Triple(cell, ox.NamedNode(str(RDF.rest)), rest)


def _node(text: str) -> ox.NamedNode | ox.Literal:
    """An IRI where it is one: a finding carries plain text."""
    try:
        return ox.NamedNode(text) if ":" in text else ox.Literal(text)
    except ValueError:
        return ox.Literal(text)


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{SH}{name}")
