"""The records of facts that are cited rather than read; see `model` for those of texts.

A fact says what an `Extraction` says, by another warrant: not the words of a text, but those who publish it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from csto_graph.model import Mention, Qualifiers, Status, Thing, Value


class Sureness(StrEnum):
    """How well a cited fact is supported."""

    A = "A"  # an official page, or two or more independent sources agree
    B = "B"  # one good source
    C = "C"  # one weak source, or the sources disagree


@dataclass(frozen=True, slots=True)
class Citation:
    """What a fact is cited from; without an address where only a shortened one is known."""

    key: str  # unique in its collection
    title: str
    address: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class CitedFact:
    """One statement as somebody put it down from what others publish; it says what `Extraction` says, by another warrant."""

    row: str  # where it stands in its collection, and nothing else does
    predicate: str
    subject: Mention | None
    object: Mention | Value | None
    status: Status
    sureness: Sureness
    citations: tuple[Citation, ...]
    qualifiers: Qualifiers
    presupposed: bool = False
    claimant: Mention | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Collection:
    """Cited facts under one heading: `data/curated/<id>`."""

    id: str
    title: str
    date: str | None
    licence: str | None
    note: str | None
    citations: tuple[Citation, ...]
    things: tuple[Thing, ...]  # what the facts speak of
    facts: tuple[CitedFact, ...]
