"""The record of an IRI that is no longer used."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An IRI that is no longer used, what stands for it (an IRI, or empty), since when (ISO 8601) and why."""

    iri: str
    replacement: str
    since: str
    reason: str
