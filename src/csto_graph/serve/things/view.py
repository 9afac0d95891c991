"""What the page of a thing shows, from its description and what the graphs say of it itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import ceil
from typing import Final

from flask import render_template

from csto_graph.model import Release
from csto_graph.namespaces import CST, DCTERMS, GRAPH, RDF, RDFS, SCHEMA, SKOS
from csto_graph.serve.catalogue import served
from csto_graph.serve.pages import Cell, leads_to, outside
from csto_graph.serve.rows import rows, triples
from csto_graph.serve.things.dereferencing import address
from csto_graph.serve.things.known import Known
from csto_graph.serve.things.naming import DATA
from csto_graph.serve.things.own import own
from csto_graph.serve.things.passages import Passage, passages, stated_in
from csto_graph.serve.things.statements import STATUSES, Said, anchor, said, statements, when
from csto_graph.serve.things.text import paragraphs, things_of
from csto_graph.serve.things.told import Told
from csto_graph.sparql.describing import MOST, description

_NAMES: Final = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?name WHERE {{
  {{ VALUES ?thing {{ {things} }} ?thing ?naming ?name }}
  UNION {{ VALUES ?thing {{ {things} }} GRAPH ?g {{ ?thing ?naming ?name }} }}
  FILTER (?naming IN (rdfs:label, skos:altLabel, skos:hiddenLabel))
}} ORDER BY ?thing ?name"""
_SIDES: Final = (
    ("oneSide", "One side"), ("otherSide", "The other side"), ("restsOn", "What it rests on"),
    ("follows", "What the default graph follows"), ("setsAside", "What it sets aside"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Situation:
    """A membership, a tenure, an event …: its name, class and time, and the other things that take part."""

    name: Cell
    kinds: tuple[Cell, ...]
    when: str
    others: tuple[tuple[Cell, Cell], ...]


def thing_page(release: Release, thing: Known, page: int) -> str:
    """HTML. Raises what the back-end raises."""
    described = list(triples(release, description(thing.iri, page)))
    told = Told(thing.iri, described)
    read = _read(release, told, page)
    if thing.pointing > MOST:  # the statements of these passages need not be on this page of the description
        told = Told(thing.iri, chain(described, stated_in(release, read)))
    found = statements(told)
    return render_template(
        "thing.html", told=told, own=own(release, told), said=_by_status(told, found), titles=STATUSES,
        itself=said(told, thing.iri) if told.is_a(thing.iri, CST.Statement) else None,
        situations=list(_situations(told)), disagreements=_disagreements(told), others=list(_others(told)),
        sides=list(_sides(told)), paragraphs=list(_text(release, told, read, found)),
        anchors={number: anchor(each.iri) for number, each in enumerate(found, start=1)},
        unasserted=[number for number, each in enumerate(found, start=1) if each.status != "Asserted"],
        address=outside(told.first(thing.iri, SCHEMA.url)), sentence=told.first(thing.iri, CST.text),
        formats=[(syntax.name, address(thing.iri, syntax), syntax.media_type) for syntax in DATA], release=release,
        because=told.first(thing.iri, CST.because),
        thing=thing, page=page, last=max(1, ceil(thing.pointing / MOST)), most=MOST, labels=_labels(told, of_text=bool(read)),
    )  # fmt: skip


def graph_page(release: Release, iri: str) -> str:
    """The page of a named graph: how much it holds, and what it was made from."""
    kind, _, name = iri.removeprefix(str(GRAPH)).partition("/")
    document = leads_to(f"{CST.removesuffix('ontology#')}id/document/{name}") if kind in ("source", "evidence", "curated") else ""
    return render_template(
        "graph.html", iri=iri, kind=kind, document=document, count=served().contents(release).counts.get(iri), release=release,
        formats=[(syntax.name, address(iri, syntax), syntax.media_type) for syntax in DATA],
    )  # fmt: skip


def _by_status(told: Told, found: Sequence[Said]) -> Mapping[str, list[Said]]:
    """Those of others about the thing; a statement is not listed on its own page."""
    others = [each for each in found if each.iri != told.iri]
    known = [*STATUSES, *sorted({each.status for each in others} - STATUSES.keys())]
    return {status: group for status in known if (group := [each for each in others if each.status == status])}


def _situations(told: Told) -> Iterator[Situation]:
    pointing = {subject for subject, _ in told.pointing(told.iri)}
    nodes = [iri for iri in pointing if told.is_a(iri, CST.Situation) or told.is_a(iri, CST.Event)]
    for iri in sorted(nodes, key=lambda iri: (when(told, iri).removeprefix("from "), told.label(iri), iri)):
        kinds = [told.named(each) for each in told.values(iri, RDF.type) if each.startswith(str(CST))]
        yield Situation(told.named(iri), tuple(_narrowest(kinds)), when(told, iri), tuple(_taking_part(told, iri)))


def _narrowest(kinds: Sequence[Cell]) -> list[Cell]:
    """Without the classes that everything of the kind has."""
    general = {str(CST[name]) for name in ("Situation", "Event", "Cause", "Statement")}
    return [kind for kind in kinds if kind.iri not in general] or list(kinds[:1])


def _taking_part(told: Told, iri: str) -> Iterator[tuple[Cell, Cell]]:
    for property_, values in told.about(iri).items():
        for value in values:
            if property_.startswith(str(CST)) and value.value != told.iri and value.value.startswith("http"):
                yield told.named(property_), told.shown(value)


def _disagreements(told: Told) -> list[Cell]:
    found = {iri for iri in told.subjects() if told.values(iri, CST.disagrees)} - {told.iri}
    return [told.named(iri) for iri in sorted(found)]


def _others(told: Told) -> Iterator[tuple[Cell, Cell]]:
    """What points at the thing and is shown nowhere else on its page."""
    shown = (CST.Statement, CST.Situation, CST.Event, CST.Disagreement, CST.Passage)
    for subject, property_ in told.pointing(told.iri):
        elsewhere = any(told.is_a(subject, kind) for kind in shown) or told.values(subject, CST.disagrees)
        if subject != told.iri and not elsewhere:
            yield told.named(property_), told.named(subject)


def _sides(told: Told) -> Iterator[tuple[str, list[tuple[Cell, str]]]]:
    """Of a disagreement, its statements by what they are to it, each with its time."""
    for name, title in _SIDES:
        found = [(told.named(each), when(told, each)) for each in told.values(told.iri, CST[name])]
        if found:
            yield title, sorted(found, key=lambda side: (side[0].text, side[1]))


def _read(release: Release, told: Told, page: int) -> list[Passage]:
    """Of a document its passages, of a passage itself."""
    if told.is_a(told.iri, CST.Document):
        return passages(release, told.iri, page)
    if told.is_a(told.iri, CST.Passage) and told.number(told.iri, CST.start) >= 0:
        start, text = told.number(told.iri, CST.start), told.first(told.iri, CST.text)
        return [Passage(start, start + len(text), text, told.iri)]
    return []


def _text(release: Release, told: Told, read: Sequence[Passage], found: Sequence[Said]) -> Iterator[object]:
    if not read:
        return
    names: dict[str, Cell] = {}
    things = things_of(told, found)
    if things:
        for row in rows(release, _NAMES.format(things=" ".join(f"<{iri}>" for iri in things))):
            names.setdefault(row["name"]["value"], told.named(row["thing"]["value"]))
    yield from paragraphs(told, read, found, names)


def _labels(told: Told, *, of_text: bool) -> Mapping[str, str]:
    """What is declared of a document; of a text it is said too where nothing is."""
    about = told.about(told.iri)
    named = {"Title": DCTERMS.title, "Date": DCTERMS.date, "Publisher": DCTERMS.publisher, "Licence": DCTERMS.license}
    named |= {"Note": SKOS.note, "About it": RDFS.comment}
    unsaid = ("Date", "Publisher", "Licence") if of_text and told.is_a(told.iri, CST.Document) else ()
    given = {title: told.first(told.iri, property_) for title, property_ in named.items() if str(property_) in about}
    return {title: given.get(title, "not stated") for title in named if title in given or title in unsaid}
