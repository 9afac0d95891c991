"""Statements with their evidence: reified, so that every SPARQL 1.1 tool can read them, in a graph that no reasoner reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from csto_graph.cited import CitedFact
from csto_graph.graph.nodes import LABEL, TYPE, cst, dated, decimal, end_node, english, integer, mentioned
from csto_graph.iris import digest
from csto_graph.model import Evidence, Extraction, Mention, Passage, Source, Statement, Status, Value
from csto_graph.namespaces import DCTERMS, ID, LEXICON, OA, PROV, RDF

_PART_OF = ox.NamedNode(str(DCTERMS.isPartOf))


def document(source: Source) -> Iterator[ox.Triple]:
    """The document and what is declared of it. What is not stated is not there.

    Its label says that it is a text: an article on an organisation may bear the organisation's name.
    """
    node = document_node(source.id)
    yield ox.Triple(node, TYPE, cst("Document"))
    yield ox.Triple(node, LABEL, english(f"the text “{source.title}”{f' of {source.date}' if source.date else ''}"))
    yield ox.Triple(node, ox.NamedNode(str(DCTERMS.title)), english(source.title))
    if source.date:
        yield ox.Triple(node, ox.NamedNode(str(DCTERMS.date)), dated(source.date))
    for predicate, value in ((DCTERMS.publisher, source.publisher), (DCTERMS.license, source.licence)):
        if value:
            yield ox.Triple(node, ox.NamedNode(str(predicate)), ox.Literal(value))


def document_node(source_id: str) -> ox.NamedNode:
    """The document of a source."""
    return ox.NamedNode(f"{ID}document/{source_id}")


def passage_node(source_id: str, passage: Passage) -> ox.NamedNode:
    """A sentence, a heading or a line of metadata of a source."""
    return ox.NamedNode(f"{ID}passage/{source_id}.{passage.start}-{passage.end}")


def passages(source_id: str, found: Iterable[Passage]) -> Iterator[ox.Triple]:
    """The passages of a source with their words and offsets."""
    for passage in found:
        node = passage_node(source_id, passage)
        yield ox.Triple(node, TYPE, cst("Passage"))
        yield ox.Triple(node, _PART_OF, document_node(source_id))
        yield ox.Triple(node, cst("start"), integer(passage.start))
        yield ox.Triple(node, cst("end"), integer(passage.end))
        yield ox.Triple(node, cst("text"), ox.Literal(passage.text))


def statement(found: Statement, stated_in: ox.NamedNode | None) -> Iterator[ox.Triple]:
    """A statement of a text: what it says, how its source holds it, who claims it, which rule read it, and its words."""
    node, e = ox.NamedNode(found.iri), found.extraction
    yield from reified(node, e)
    yield ox.Triple(node, cst("rule"), ox.NamedNode(f"{LEXICON}{e.rule}"))
    if found.confidence is not None:
        yield ox.Triple(node, cst("confidence"), decimal(found.confidence))
    if stated_in is not None:
        yield ox.Triple(node, cst("statedIn"), stated_in)
    yield from _evidence(node, e.evidence)
    yield from claim(node, e, e.evidence.exact)


def reified(node: ox.NamedNode, e: Extraction | CitedFact) -> Iterator[ox.Triple]:
    """What a statement says, how its source holds it, and who claims it."""
    yield ox.Triple(node, TYPE, cst("Statement"))
    yield ox.Triple(node, TYPE, ox.NamedNode(str(RDF.Statement)))
    yield ox.Triple(node, LABEL, english(reading(e)))
    yield ox.Triple(node, ox.NamedNode(str(RDF.predicate)), cst(e.predicate))
    for predicate, end in ((RDF.subject, e.subject), (RDF.object, e.object)):
        if end is not None:
            yield ox.Triple(node, ox.NamedNode(str(predicate)), end_node(end))
    yield ox.Triple(node, cst("status"), cst(e.status.value.capitalize()))
    if e.presupposed:
        yield ox.Triple(node, cst("presupposed"), ox.Literal(True))
    if e.claimant is not None:
        yield ox.Triple(node, cst("claimant"), mentioned(e.claimant))
    yield from _qualifiers(node, e)


def reading(e: Extraction | CitedFact) -> str:
    """The statement in words: the labels of its ends around the name of its predicate."""
    ends = [end.value if isinstance(end, Value) else end.label if end else "–" for end in (e.subject, e.object)]
    return f"{ends[0]} {e.predicate} {ends[1]}"


def _qualifiers(node: ox.NamedNode, e: Extraction | CitedFact) -> Iterator[ox.Triple]:
    q = e.qualifiers
    for name, value in (("time", q.time), ("from", q.from_), ("to", q.to), ("validAt", q.valid_at)):
        if value is not None:
            yield ox.Triple(node, cst(name), dated(value))
    if q.place is not None:
        yield ox.Triple(node, cst("place"), mentioned(q.place))
    if q.number is not None:
        yield ox.Triple(node, cst("number"), integer(q.number))
    if q.role is not None:
        yield ox.Triple(node, cst("role"), ox.Literal(q.role))


def _evidence(node: ox.NamedNode, evidence: Evidence) -> Iterator[ox.Triple]:
    """An oa:SpecificResource with both selectors (W3C Web Annotation Data Model, 23 February 2017, section 4)."""
    name = f"{evidence.source_id}.{evidence.start}-{evidence.end}"
    place = ox.NamedNode(f"{ID}evidence/{name}")
    position, quote = (ox.NamedNode(f"{ID}selector/{name}.{kind}") for kind in ("position", "quote"))
    yield ox.Triple(node, cst("evidence"), place)
    yield ox.Triple(place, TYPE, _oa("SpecificResource"))
    yield ox.Triple(place, _oa("hasSource"), document_node(evidence.source_id))
    yield ox.Triple(place, _oa("hasSelector"), position)
    yield ox.Triple(place, _oa("hasSelector"), quote)
    yield ox.Triple(position, TYPE, _oa("TextPositionSelector"))
    yield ox.Triple(position, _oa("start"), integer(evidence.start))
    yield ox.Triple(position, _oa("end"), integer(evidence.end))
    yield ox.Triple(quote, TYPE, _oa("TextQuoteSelector"))
    for name_, text in (("exact", evidence.exact), ("prefix", evidence.prefix), ("suffix", evidence.suffix)):
        yield ox.Triple(quote, _oa(name_), ox.Literal(text))


def _oa(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{OA}{name}")


def claim(statement: ox.NamedNode, e: Extraction | CitedFact, words: str) -> Iterator[ox.Triple]:
    """The claim a statement makes a node of: the content of "X claims …", the accusation of "X blamed Y for …"."""
    if e.claimant is None or e.status is not Status.ATTRIBUTED:
        return
    if e.predicate == "claims" and isinstance(e.object, Mention):
        node, content = mentioned(e.object), e.object.label
    else:
        node, content = ox.NamedNode(f"{ID}claim/{digest(statement.value)}"), words
        yield ox.Triple(node, ox.NamedNode(str(PROV.wasDerivedFrom)), statement)
    yield ox.Triple(node, TYPE, cst("Claim"))
    yield ox.Triple(node, LABEL, english(content))
    yield ox.Triple(node, cst("text"), ox.Literal(content))
    yield ox.Triple(node, cst("claimant"), mentioned(e.claimant))
