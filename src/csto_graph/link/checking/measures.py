"""What was found, as measurements: W3C Data Quality Vocabulary (DQV), each computed on the linkset of one data set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from csto_graph.link.checking.links import Finding, Kind, Link
from csto_graph.namespaces import BASE, DCTERMS, RDF, SKOS, XSD

_DQV: Final = "http://www.w3.org/ns/dqv#"
_LDQD: Final = "http://www.w3.org/2016/05/ldqd#"  # dimensions of the quality of linked data, published beside DQV
_QUALITY: Final = f"{BASE}quality/"


@dataclass(frozen=True, slots=True)
class Metric:
    """A number of links: its name, what is counted, and the dimension of quality that it is of."""

    name: str
    definition: str
    dimension: str


CHECKED: Final = Metric("links-checked", "How many links were looked at", "interlinking")
COMPARED: Final = Metric("links-compared", "How many links lead to something that the local extract describes", "interlinking")
VISITED: Final = Metric("links-visited", "How many links had their address asked for", "availability")
OF_KIND: Final[Mapping[Kind, Metric]] = {
    "syntax": Metric("wrong-syntax", "How many links are spelled as no IRI of their data set", "syntacticValidity"),
    "conflict": Metric("conflicts", "How many links make one thing two, or two one", "consistency"),
    "label": Metric("label-disagreements", "How many links lead to something that bears none of our names", "semanticAccuracy"),
    "type": Metric("type-disagreements", "How many links lead to something of another class", "semanticAccuracy"),
    "moved": Metric("moved", "How many links lead to something with another address now", "timeliness"),
    "merged": Metric("merged", "How many links lead to something that is part of another item now", "timeliness"),
    "deleted": Metric("deleted", "How many links lead to something that is gone", "timeliness"),
    "unanswered": Metric("unanswered", "Of how many links nothing could be found out", "availability"),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """Links to which a check was put, the number of them, and the kinds of findings that it may have."""

    metric: Metric
    links: tuple[Link, ...]
    kinds: tuple[Kind, ...]


def measurements(checks: Iterable[Checked], findings: Iterable[Finding], day: str) -> Iterator[ox.Triple]:
    """For each check and each data set the number of links and the number of findings, dated."""
    found = Counter((each.link.target.name, each.kind) for each in findings if each.link.target)
    for check in checks:
        graphs = {link.target.name: link.target.graph for link in check.links if link.target}
        number = Counter(link.target.name for link in check.links if link.target)
        for name, graph in sorted(graphs.items()):
            yield from _measurement(name, graph, check.metric, number[name], day)
            for kind in check.kinds:
                yield from _measurement(name, graph, OF_KIND[kind], found[name, kind], day)


def _measurement(name: str, graph: str, metric: Metric, number: int, day: str) -> Iterator[ox.Triple]:
    node, measured = ox.NamedNode(f"{_QUALITY}{name}/{metric.name}/{day}"), ox.NamedNode(f"{_QUALITY}{metric.name}")
    yield ox.Triple(node, _node(RDF.type), _dqv("QualityMeasurement"))
    yield ox.Triple(node, _dqv("computedOn"), ox.NamedNode(graph))
    yield ox.Triple(node, _dqv("isMeasurementOf"), measured)
    yield ox.Triple(node, _dqv("value"), ox.Literal(number))
    yield ox.Triple(node, _node(DCTERMS.date), ox.Literal(day, datatype=_node(XSD.date)))
    yield ox.Triple(measured, _node(RDF.type), _dqv("Metric"))
    yield ox.Triple(measured, _node(SKOS.definition), ox.Literal(metric.definition, language="en"))
    yield ox.Triple(measured, _dqv("expectedDataType"), _node(XSD.integer))
    yield ox.Triple(measured, _dqv("inDimension"), ox.NamedNode(f"{_LDQD}{metric.dimension}"))


def _dqv(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{_DQV}{name}")


def _node(iri: object) -> ox.NamedNode:
    return ox.NamedNode(str(iri))
