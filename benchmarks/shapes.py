"""Whether what the extraction writes holds against the shapes."""

from __future__ import annotations

from collections.abc import Iterable

from csto_graph import graph, resources
from csto_graph.link.reference import load_reference
from csto_graph.model import Finding
from csto_graph.pipeline import SourceRead
from csto_graph.validate.shapes import validate_shapes


def violations(readings: Iterable[SourceRead]) -> tuple[Finding, ...]:
    """The violations in the triples of these texts, held together with ontology and reference data as in a build."""
    root = resources.root()
    known = load_reference(root / "data" / "reference")
    triples = [q.triple for q in graph.reference_quads(known.things, known.names, known.identifiers)]
    for read in readings:
        triples += (q.triple for q in graph.text_quads(read.source, read.passages, read.statements, read.things))
    report = validate_shapes(triples, root / "ontology" / "shapes", root / "ontology" / "csto.ttl")
    return tuple(finding for finding in report.findings if finding.severity == "Violation")
