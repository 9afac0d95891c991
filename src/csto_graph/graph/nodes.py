"""RDF terms and small descriptions: the spelling of nodes and literals, once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

import pyoxigraph as ox

from csto_graph.model import Mention, Thing, Value
from csto_graph.namespaces import CST, GRAPH, RDF, RDFS, XSD

TYPE = ox.NamedNode(str(RDF.type))
LABEL = ox.NamedNode(str(RDFS.label))
_GYEAR, _GYEARMONTH, _DATE = (ox.NamedNode(str(XSD[name])) for name in ("gYear", "gYearMonth", "date"))
_DECIMAL = ox.NamedNode(str(XSD.decimal))
_INTEGER, _STRING = ox.NamedNode(str(XSD.integer)), ox.NamedNode(str(XSD.string))


def cst(name: str) -> ox.NamedNode:
    """A term of the ontology."""
    return ox.NamedNode(f"{CST}{name}")


def graph(kind: str, id_: str = "") -> ox.NamedNode:
    """The name of a named graph: `graph("source", "csto-2022-01-10")`, `graph("reference")`."""
    return ox.NamedNode(f"{GRAPH}{kind}/{id_}" if id_ else f"{GRAPH}{kind}")


def in_graph(triples: Iterable[ox.Triple], name: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
    """The triples as quads of one graph."""
    return (ox.Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples)


def english(text: str) -> ox.Literal:
    """A label or a title."""
    return ox.Literal(" ".join(text.split()), language="en")


def integer(value: int) -> ox.Literal:
    """A canonical xsd:integer."""
    return ox.Literal(str(value), datatype=_INTEGER)


def decimal(value: Decimal) -> ox.Literal:
    """A canonical xsd:decimal: `0.5`, `1`, no exponent and no needless zeros."""
    spelled = f"{value:f}"
    return ox.Literal(spelled.rstrip("0").rstrip(".") if "." in spelled else spelled, datatype=_DECIMAL)


def dated(value: str) -> ox.Literal:
    """`2022`, `2022-01` or `2022-01-10` with the datatype of its precision."""
    return ox.Literal(value, datatype={4: _GYEAR, 7: _GYEARMONTH}.get(len(value), _DATE))


def typed(value: str, datatype: str) -> ox.Literal:
    """A literal of an XSD datatype named with its prefix: `typed("1994", "xsd:gYear")`."""
    iri = ox.NamedNode(f"{XSD}{datatype.removeprefix('xsd:')}")
    return ox.Literal(value) if iri == _STRING else ox.Literal(value, datatype=iri)


def mentioned(mention: Mention) -> ox.NamedNode:
    """The node of a linked mention. Raises `ValueError` for one that is not linked."""
    return ox.NamedNode(mention.iri or "")


def end_node(end: Mention | Value) -> ox.NamedNode | ox.Literal:
    """The node or the literal of a statement's end."""
    return typed(end.value, end.datatype) if isinstance(end, Value) else mentioned(end)


def described(thing: Thing) -> Iterator[ox.Triple]:
    """The type and the label of a thing, how many a group is, and that nobody has looked at it where a text brought it up."""
    node = ox.NamedNode(thing.iri)
    yield ox.Triple(node, TYPE, cst(thing.type))
    yield ox.Triple(node, LABEL, english(thing.label))
    if thing.number is not None:
        yield ox.Triple(node, cst("number"), integer(thing.number))
    if not thing.reviewed:
        yield ox.Triple(node, cst("reviewed"), ox.Literal(False))
