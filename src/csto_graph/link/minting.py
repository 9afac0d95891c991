"""Extractions → statements: every mention gets the IRI of the thing it speaks of, known or minted.

A thing known to the reference data keeps its IRI. One that only a text describes gets an IRI in the name of its source
(`id/event/<source>.protest`), so that it is the same thing wherever the document speaks of it and never another document's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from csto_graph.errors import RefusedData
from csto_graph.iris import digest, slug
from csto_graph.link.groups import size
from csto_graph.link.provisions import told_apart
from csto_graph.link.reference import KINDS
from csto_graph.model import Extraction, Mention, Source, Statement, Thing, Value
from csto_graph.namespaces import ID

_KINDS: Mapping[str, str] = {
    **KINDS,
    "Circumstance": "circumstance",
    "Instrument": "instrument",
    "Place": "place",
    "Provision": "provision",
    **dict.fromkeys(("Event", "ArmedConflict", "AssistanceRequest", "Exercise", "Intervention", "Invocation", "Unrest"), "event"),
}


def link(source: Source, extractions: Iterable[Extraction]) -> tuple[tuple[Statement, ...], tuple[Thing, ...]]:
    """The statements of a source, and the things it speaks of in the order of their IRIs."""
    things: dict[str, Thing] = {}
    statements: dict[str, Statement] = {}
    for extraction in told_apart(extractions):
        linked = _linked(source, extraction, things)
        statement = Statement(statement_iri(linked), linked)
        statements.setdefault(statement.iri, statement)
    return tuple(statements.values()), tuple(things[iri] for iri in sorted(things))


def statement_iri(extraction: Extraction) -> str:
    """The hash of the fewest fields that tell statements apart: source, place in the text, the two ends, predicate, status."""
    e = extraction
    place = (e.evidence.source_id, f"{e.evidence.start}-{e.evidence.end}")
    return f"{ID}statement/{digest(*place, _end(e.subject), e.predicate, _end(e.object), e.status)}"


def thing_iri(source_id: str, mention: Mention) -> str:
    """The IRI of what a mention speaks of. A claim's is a hash: its text is too long for a name.

    Raises `RefusedData` for a class so wide that its things have no kind.
    """
    if mention.iri is not None:
        return mention.iri
    if mention.type == "Document":
        return f"{ID}document/{source_id}"
    if mention.type == "Claim":
        return f"{ID}claim/{digest(source_id, mention.key)}"
    kind = _KINDS.get(mention.type)
    if kind is None:
        problem = f"{mention.surface_form!r} at {mention.start} is read as a {mention.type}, of which no thing is minted"
        raise RefusedData(source_id, problem, f"Let the lexicon name a narrower class: {', '.join(sorted(_KINDS))}")
    return f"{ID}{kind}/{source_id}.{slug(mention.key or mention.label)}"


def _linked(source: Source, extraction: Extraction, things: dict[str, Thing]) -> Extraction:
    subject = _mention(source, extraction.subject, things)
    object_ = extraction.object if isinstance(extraction.object, Value) else _mention(source, extraction.object, things)
    place = _mention(source, extraction.qualifiers.place, things)
    return replace(
        extraction,
        subject=subject,
        object=object_,
        claimant=_mention(source, extraction.claimant, things),
        qualifiers=replace(extraction.qualifiers, place=place),
    )


def _mention(source: Source, mention: Mention | None, things: dict[str, Thing]) -> Mention | None:
    if mention is None:
        return None
    iri = thing_iri(source.id, mention)
    if mention.type in ("Document", "Claim"):
        return replace(mention, iri=iri)
    thing = things.setdefault(iri, _thing(iri, mention))
    return replace(mention, iri=iri, label=thing.label)  # one thing has one name, however the text spells it


def _thing(iri: str, mention: Mention) -> Thing:
    counted = size(mention.label) if mention.type == "Group" and mention.iri is None else None
    return Thing(iri, mention.label, mention.type, mention.iri is not None, mention.part_of, counted)


def _end(end: Mention | Value | None) -> str:
    if isinstance(end, Mention):
        return end.iri or ""
    return f"{end.value}^^{end.datatype}" if end else ""
