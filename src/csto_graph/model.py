"""The records that travel from stage to stage. Frozen, without behaviour beyond what their fields entail.

Offsets are Unicode code points of the stored text, end exclusive (W3C Web Annotation, oa:TextPositionSelector).
Classes and properties are named by their local names in the ontology (`State`, `memberOf`).
Dates keep the precision they were given with: `2022`, `2022-01` or `2022-01-10`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from csto_graph.origins import Origins


class Status(StrEnum):
    """How a source holds a statement. Only what is asserted becomes a plain triple."""

    ASSERTED = "asserted"
    ATTRIBUTED = "attributed"
    NEGATED = "negated"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"


class NameKind(StrEnum):
    """How a surface form names a thing."""

    STRONG = "strong"  # names it and nothing else
    WEAK = "weak"  # names it only where the text has named it strongly too
    DEMONYM = "demonym"  # an adjective or a people's name: Kazakh, Soviets
    METONYM = "metonym"  # a capital that acts for its state: Seoul


@dataclass(frozen=True, slots=True)
class Correction:
    """A typo of a source: what a reader should read for the characters `start:end`."""

    start: int
    end: int
    original: str
    corrected: str


@dataclass(frozen=True, slots=True)
class Source:
    """A text and what is declared of it in `source.toml`."""

    id: str
    title: str
    text: str
    path: Path
    date: str | None = None
    publisher: str | None = None
    licence: str | None = None
    note: str | None = None
    expected: dict[str, tuple[int, int | None]] = field(default_factory=dict)  # predicate → at least, at most
    corrections: tuple[Correction, ...] = ()
    origins: Origins | None = None  # None: the text is the file, character by character


class PassageKind(StrEnum):
    """What a passage is for: all are kept, sentences alone are read."""

    SENTENCE = "sentence"
    HEADING = "heading"
    METADATA = "metadata"
    TABLE = "table"  # a row of cells
    FOREIGN = "foreign"  # a paragraph in another language than English


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, a heading or a line of metadata; `text` is the source's characters `start:end`."""

    index: int
    start: int
    end: int
    text: str
    kind: PassageKind
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Name:
    """One line of the gazetteer: a surface form and the thing it names."""

    surface_form: str
    iri: str
    label: str
    type: str
    kind: NameKind = NameKind.STRONG


@dataclass(frozen=True, slots=True)
class Thing:
    """A node with a name: something the reference data knows, or something a text brought up."""

    iri: str
    label: str
    type: str
    reviewed: bool = True  # False: minted from a text, nobody has looked at it yet
    part_of: str | None = None  # the IRI of the thing it is described by: the state whose forces these are
    number: int | None = None  # how many they are, of a group that is not named one by one


@dataclass(frozen=True, slots=True)
class Identifier:
    """What another catalogue calls a thing, where it mints no IRI: `cowNumber` `371`. Two things may share one."""

    thing: str  # the IRI of ours
    scheme: str  # a datatype of the ontology
    identifier: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """A link to another data set as it was decided, named as SSSOM names its slots."""

    subject: str  # the IRI of ours
    predicate: str  # an IRI: owl:sameAs, skos:exactMatch
    object: str  # an IRI; sssom:NoTermFound where it was looked for and is absent
    subject_label: str
    object_label: str
    justification: str  # an IRI of semapv
    confidence: Decimal | None  # 0 to 1: the score a pair was proposed with; None where it had none
    author: str
    date: str
    comment: str
    negated: bool = False  # predicate_modifier Not: the pair was looked at and rejected
    object_source: str = ""  # the IRI of the data set that the object is of


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters of the text that speak of a thing. `iri` is None until the thing is linked or minted."""

    start: int
    end: int
    surface_form: str  # the characters themselves
    label: str  # the canonical name, or the description with references resolved
    type: str
    iri: str | None = None
    key: str = ""  # what makes two descriptions of one document the same thing
    part_of: str | None = None  # the IRI of the thing it is described by: the state whose forces these are
    resolved: bool = False  # reached from a pronoun, a definite description or a metonym, not named by its own words


@dataclass(frozen=True, slots=True)
class Value:
    """A literal object: `Value("1994", "xsd:gYear")`, `Value("high alert", "xsd:string")`."""

    value: str
    datatype: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that state something: both selectors of the Web Annotation model."""

    source_id: str
    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """When, where, how many, as what. Times keep the precision of the source."""

    time: str | None = None
    from_: str | None = None
    to: str | None = None
    valid_at: str | None = None  # a dated present: holds on that day, not for ever
    place: Mention | None = None
    number: int | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """One statement as read: a predicate between mentions, with its status, its claimant and its evidence."""

    predicate: str
    subject: Mention | None
    object: Mention | Value | None
    status: Status
    rule: str  # local name of the lexicon entry that read it
    evidence: Evidence
    qualifiers: Qualifiers = Qualifiers()
    presupposed: bool = False
    claimant: Mention | None = None
    repaired: bool = False  # the parse was mended to read it

    @property
    def resolved(self) -> bool:
        """Whether a reference had to be resolved to reach its subject or its object."""
        return any(isinstance(end, Mention) and end.resolved for end in (self.subject, self.object))


@dataclass(frozen=True, slots=True)
class Statement:
    """An extraction whose mentions are all linked, under the IRI of its hash."""

    iri: str
    extraction: Extraction
    confidence: Decimal | None = None  # what was measured for its rule; None where nothing was


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision by a person: this surface form, in this source (or in all), is that thing, or is nothing of ours."""

    surface_form: str
    source_id: str | None
    iri: str | None
    author: str
    date: str
    comment: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of a check. Named as SHACL names its results."""

    check: str  # the shape, the query or the expected count
    severity: str  # "Violation", "Warning" or "Info"
    focus_node: str
    result_path: str | None
    value: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """What the checks found. `conforms` is false when any finding is a violation."""

    findings: tuple[Finding, ...]
    checked: int  # shapes, queries and counts that ran

    @property
    def conforms(self) -> bool:
        return not any(finding.severity == "Violation" for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Statements, by their IRIs, that cannot all be right: those of one side against those of the other."""

    iri: str
    kind: str  # what they disagree on: "date", "order of events"
    query: str  # the file that found it, without its ending
    sides: tuple[tuple[str, ...], tuple[str, ...]]  # each in the order of the IRIs
    rests_on: tuple[str, ...]  # what else has to hold for the two sides to exclude one another
    joint: bool  # whether a side takes all of its statements together, or any of them would do
    message: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which statements of a disagreement the default graph follows, which it leaves out, and why."""

    disagreement: Disagreement
    follows: tuple[str, ...]
    sets_aside: tuple[str, ...]  # empty where both sides stay; what another disagreement sets aside is in neither
    because: str


@dataclass(frozen=True, slots=True)
class Release:
    """A numbered snapshot in a home: `folder/store` (RocksDB, opened read-only) and `folder/manifest.json`."""

    number: int
    folder: Path
    content: str  # SHA-256 over the release's files: the same content has the same hash everywhere
    published: str  # ISO 8601 instant of publication in this home; never part of the content

    @property
    def store(self) -> Path:
        """The directory that pyoxigraph opens."""
        return self.folder / "store"

    @property
    def tag(self) -> str:
        """What the entity tag of each answer from it begins with: another home's release of the same number has another."""
        return f"{self.number}-{self.content[:8]}"


@dataclass(frozen=True, slots=True)
class Standing:
    """A release became the current one of its home: a number, and since when (UTC, whole seconds)."""

    number: int
    since: datetime
