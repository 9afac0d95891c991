"""The statements of a description: what each says, how it is held and by whom, and the words or the sources it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from csto_graph.namespaces import CST, DCTERMS, OA, RDF, SCHEMA, SKOS
from csto_graph.serve.pages import Cell, outside
from csto_graph.serve.things.told import Told

# In this order on a page: what a source asserts is apart from what it only reports.
STATUSES: Final = {
    "Asserted": "",
    "Attributed": "Claimed: the source says that someone says so",
    "Negated": "Denied: the source says that it is not so",
    "Planned": "Planned: it had not happened when the source spoke",
    "Hypothetical": "Possible: the source says that it may be so",
}
_TIMES: Final = (("time", ""), ("from", "from "), ("to", "to "), ("validAt", "as of "))


@dataclass(frozen=True, slots=True)
class Quote:
    """The words a statement was read from, between those around them, and the text they stand in."""

    before: str
    exact: str
    after: str
    document: Cell
    href: str  # of the place in the text


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as a page shows it; what is not told of it is empty."""

    iri: str
    href: str
    status: str  # local name: Asserted …
    subject: Cell
    predicate: Cell
    object: Cell
    when: str
    more: tuple[tuple[str, Cell], ...]  # place, role, number
    holder: Cell | None
    presupposed: bool
    quotes: tuple[Quote, ...]
    sources: tuple[tuple[Cell, str], ...]  # each with its address elsewhere
    sureness: Cell | None
    rule: Cell | None
    confidence: str
    row: str
    note: str
    disagreements: tuple[tuple[Cell, bool], ...]  # each with whether it sets the statement aside


def statements(told: Told) -> list[Said]:
    """All of them: by predicate, then by time."""
    found = [said(told, iri) for iri in told.subjects() if told.is_a(iri, CST.Statement)]
    return sorted(found, key=lambda each: (each.predicate.text, each.when.removeprefix("from "), each.subject.text, each.iri))


def said(told: Told, iri: str) -> Said:
    """One of them."""
    place = told.named(iri)
    rule, sureness, holder = (told.first(iri, CST[name]) for name in ("rule", "sureness", "claimant"))
    subject, predicate, object_ = (_end(told, iri, str(property_)) for property_ in (RDF.subject, RDF.predicate, RDF.object))
    return Said(
        iri, place.href, told.first(iri, CST.status).removeprefix(str(CST)), subject, predicate, object_,
        when=when(told, iri), more=tuple(_more(told, iri)), holder=told.named(holder) if holder else None,
        presupposed=told.first(iri, CST.presupposed) == "true", quotes=tuple(_quotes(told, iri)),
        sources=tuple((told.named(each), outside(told.first(each, SCHEMA.url))) for each in told.values(iri, DCTERMS.source)),
        sureness=told.named(sureness) if sureness else None, rule=told.named(rule) if rule else None,
        confidence=told.first(iri, CST.confidence), row=told.first(iri, DCTERMS.identifier), note=told.first(iri, SKOS.note),
        disagreements=tuple(_disagreements(told, iri)),
    )  # fmt: skip


def when(told: Told, iri: str) -> str:
    """The time that is stated, with the precision it is stated in: `from 1994-04-20 to 1999`."""
    return " ".join(f"{word}{value}" for name, word in _TIMES for value in told.values(iri, CST[name]))


def _end(told: Told, iri: str, property_: str) -> Cell:
    value = next(iter(told.about(iri).get(property_, ())), None)
    return Cell("–") if value is None else told.shown(value)


def _more(told: Told, iri: str) -> Iterator[tuple[str, Cell]]:
    for name in ("place", "role", "number"):
        yield from ((name, told.shown(value)) for value in told.about(iri).get(str(CST[name]), ()))


def _quotes(told: Told, iri: str) -> Iterator[Quote]:
    for evidence in told.values(iri, CST.evidence):
        selectors = told.values(evidence, OA.hasSelector)
        quoting = next((each for each in selectors if told.first(each, OA.exact)), "")
        placed = next((each for each in selectors if told.number(each, OA.start) >= 0), "")
        document = told.named(told.first(evidence, OA.hasSource))
        exact = told.first(quoting, OA.exact)
        around = _sentence(told, iri, placed) or (told.first(quoting, OA.prefix), exact, told.first(quoting, OA.suffix))
        yield Quote(*around, document, f"{document.href}#{anchor(iri)}")


def _sentence(told: Told, iri: str, placed: str) -> tuple[str, str, str] | None:
    """The passage around the words, where it is told and holds them; offsets are code points, as those of Python."""
    passage = told.first(iri, CST.statedIn)
    text, start = told.first(passage, CST.text), told.number(passage, CST.start)
    begins, ends = (told.number(placed, OA[name]) - start for name in ("start", "end"))
    return (text[:begins], text[begins:ends], text[ends:]) if 0 <= begins < ends <= len(text) else None


def anchor(iri: str) -> str:
    """The place of a statement on a page."""
    return f"s-{iri.rstrip('/').rpartition('/')[2]}"


def _disagreements(told: Told, iri: str) -> Iterator[tuple[Cell, bool]]:
    found = told.pointing(iri)
    aside = {subject for subject, property_ in found if property_ == str(CST.setsAside)}
    for each in sorted({subject for subject, property_ in found if property_ == str(CST.disagrees)}):
        yield told.named(each), each in aside
