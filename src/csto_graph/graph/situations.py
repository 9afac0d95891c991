"""Asserted statements → situation and event nodes: memberships, participations, contributions, tenures, interventions …

A node belongs to one source: its IRI is a hash of source, subject, object and stated start, so that removing a source
removes exactly what it said. What a node has at most one of is hashed too where the text says it: two offices of one holder
are two tenures, one force in two places is two contributions, a membership that ended is not the one that goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pyoxigraph as ox

from csto_graph.cited import CitedFact
from csto_graph.graph.bounds import bounds
from csto_graph.graph.nodes import LABEL, TYPE, cst, dated, english, mentioned
from csto_graph.iris import digest
from csto_graph.model import Extraction, Mention, Qualifiers, Status
from csto_graph.namespaces import ID, PROV


@dataclass(frozen=True, slots=True)
class _Pattern:
    type: str
    subject: str  # the property that leads from the node to the statement's subject
    object: str
    label: str
    event: bool = False
    place: str | None = None


_PATTERNS = {
    "memberOf": _Pattern("Membership", "member", "organisation", "{} in {}"),
    "partyTo": _Pattern("Participation", "party", "treaty", "{} in {}"),
    "signatoryOf": _Pattern("Participation", "signatory", "treaty", "{} signatory of {}"),
    "ratified": _Pattern("Participation", "ratifier", "treaty", "{} ratified {}"),
    "suspendedFrom": _Pattern("Suspension", "suspendedActor", "suspendedPact", "{} suspended from {}"),
    "deployed": _Pattern("Contribution", "contributor", "force", "{} contributes {}", place="location"),
    "contributedTo": _Pattern("Contribution", "contributor", "intervention", "{} in {}"),
    "chairedBy": _Pattern("Tenure", "heldIn", "holder", "{} chaired by {}"),
    "ledBy": _Pattern("Tenure", "heldIn", "holder", "{} led by {}"),
    "intervenedIn": _Pattern("Intervention", "intervener", "location", "{} in {}", event=True),
    "withdrewForcesFrom": _Pattern("Intervention", "intervener", "location", "{} in {}"),
    "invoked": _Pattern("Invocation", "invoker", "instrument", "{} invokes {}", event=True),
    "requestedAssistanceFrom": _Pattern("AssistanceRequest", "requester", "addressee", "{} asks {} for help", event=True),
}
_STARTS = {"joined", "suspendedFrom"}
_ENDS = {"withdrewFrom", "withdrewForcesFrom"}
_ROLES = {"Membership", "Tenure"}
_SHORT_OF_PARTY = {"signatory", "ratifier"}  # who signed need not be bound: that is another participation
_KINDS = {"Intervention": "event", "Invocation": "event", "AssistanceRequest": "event"}


def situation(source_id: str, extraction: Extraction | CitedFact) -> Iterator[ox.Triple]:
    """The node that an asserted statement gives, with its times and their bounds; nothing for other predicates."""
    node, pattern = situation_node(source_id, extraction), _pattern(extraction)
    if node is None or pattern is None or not isinstance(extraction.object, Mention):
        return
    yield ox.Triple(node, TYPE, cst(pattern.type))
    yield ox.Triple(node, LABEL, english(_label(pattern, extraction.subject, extraction.object)))
    yield from _ends(node, pattern, extraction)
    yield from _times(node, _interval(extraction), event=pattern.event)


def situation_node(source_id: str, extraction: Extraction | CitedFact) -> ox.NamedNode | None:
    """The name of that node; None where the predicate gives none."""
    pattern = _pattern(extraction)
    if pattern is None or not isinstance(extraction.object, Mention):
        return None
    when = _interval(extraction)
    kind = _KINDS.get(pattern.type, pattern.type.lower())
    ends = (extraction.subject.iri or "" if extraction.subject else "", extraction.object.iri or "")
    told = _told_apart(pattern, extraction.qualifiers, when)
    return ox.NamedNode(f"{ID}{kind}/{digest(source_id, pattern.type, *ends, when.from_ or when.time or '', *told)}")


def derivation(source_id: str, extraction: Extraction | CitedFact, statement: ox.NamedNode) -> Iterator[ox.Triple]:
    """From the node of an asserted statement to the statement (prov:wasDerivedFrom), to be kept among the evidence."""
    node = situation_node(source_id, extraction) if extraction.status is Status.ASSERTED else None
    if node is not None:
        yield ox.Triple(node, ox.NamedNode(str(PROV.wasDerivedFrom)), statement)


def _told_apart(pattern: _Pattern, how: Qualifiers, when: Qualifiers) -> Iterator[str]:
    """What else a node has at most one of, where the statement says it."""
    told = {
        "to": when.to,
        "valid at": when.valid_at,
        "as": how.role if pattern.type in _ROLES else None,
        "in": how.place.iri if pattern.place is not None and how.place is not None else None,
        "by": pattern.subject if pattern.subject in _SHORT_OF_PARTY else None,
    }
    return (f"{name} {value}" for name, value in told.items() if value is not None)


def _label(pattern: _Pattern, subject: Mention | None, object_: Mention) -> str:
    return pattern.label.format(subject.label, object_.label) if subject else f"{pattern.type} of {object_.label}"


def _pattern(extraction: Extraction | CitedFact) -> _Pattern | None:
    if extraction.predicate in ("joined", "withdrewFrom"):
        treaty = isinstance(extraction.object, Mention) and extraction.object.type == "Treaty"
        return _PATTERNS["partyTo" if treaty else "memberOf"]
    return _PATTERNS.get(extraction.predicate)


def _interval(extraction: Extraction | CitedFact) -> Qualifiers:
    """The statement's times as the situation's: to join or to be suspended is where it starts, to withdraw where it ends."""
    when = extraction.qualifiers
    if extraction.predicate in _STARTS:
        return replace(when, time=None, from_=when.from_ or when.time)
    if extraction.predicate in _ENDS:
        return replace(when, time=None, to=when.to or when.time)
    return when


def _ends(node: ox.NamedNode, pattern: _Pattern, extraction: Extraction | CitedFact) -> Iterator[ox.Triple]:
    if extraction.subject is not None:
        yield ox.Triple(node, cst(pattern.subject), mentioned(extraction.subject))
    if isinstance(extraction.object, Mention):
        yield ox.Triple(node, cst(pattern.object), mentioned(extraction.object))
    place = extraction.qualifiers.place
    if pattern.place is not None and place is not None:
        yield ox.Triple(node, cst(pattern.place), mentioned(place))
    if extraction.qualifiers.role is not None and pattern.type in _ROLES:
        yield ox.Triple(node, cst("role"), ox.Literal(extraction.qualifiers.role))


def _times(node: ox.NamedNode, when: Qualifiers, *, event: bool) -> Iterator[ox.Triple]:
    stated = {"time": when.time, "from": when.from_, "to": when.to, "validAt": when.valid_at}
    for name, value in stated.items():
        if value is not None:
            yield ox.Triple(node, cst(name), dated(value))
    for name, day in bounds(when, event=event):
        yield ox.Triple(node, cst(name), dated(day))
