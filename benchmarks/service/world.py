"""A made-up world of any size: organisations, memberships with dates, treaties, statements with their evidence.

The same size and seed give the same bytes. The shape is that of a real release, so that the questions of
`queries/competency` find something; nothing in it is true.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Final

from pyoxigraph import RdfFormat, Store

from csto_graph.model import Release
from csto_graph.namespaces import CST, GRAPH, ID, OA, RDF, RDFS, XSD

STATES: Final = 200
RDFLIB_MOST: Final = 100_000  # quads that rdflib-endpoint is given: it would take very long with more
MEMBERS: Final = 8  # of an organisation
_STATEMENTS: Final = 4  # about an organisation
_FIRST: Final = date(1945, 1, 1)
_DAYS: Final = 28_000

Line = tuple[str, str, str, str]  # subject, predicate, object, graph ("" for the default graph), in N-Quads


def lines(size: int, seed: int = 1, *, graphs: bool = True) -> Iterator[str]:
    """At least `size` quads as lines of N-Quads, whole organisations only; without `graphs` as triples of one graph."""
    random = Random(seed)
    count = 0
    for block in _blocks(random):
        for subject, predicate, object_, graph in block:
            yield f"{subject} {predicate} {object_} {graph if graphs else ''}.\n"
            count += 1
        if count >= size:
            return


def lay(home: Path, size: int, seed: int = 1) -> Release:
    """A home whose only release is that world; a home that has it already is left as it is."""
    folder, content = home / "releases" / "1", hashlib.sha256(f"{size} {seed}".encode()).hexdigest()
    release = Release(1, folder, content, "2022-02-01T10:00:00+00:00")
    if not (home / "current").exists():
        folder.mkdir(parents=True, exist_ok=True)
        quads = home / "world.nq"
        with quads.open("w", encoding="utf-8") as file:
            file.writelines(lines(size, seed))
        counts = _stored(folder / "store", quads)
        if size > RDFLIB_MOST:
            quads.unlink()
        (folder / "manifest.json").write_text(json.dumps({"content": content, "triples": counts}), encoding="utf-8")
        (folder / "published.json").write_text(json.dumps({"published": release.published}), encoding="utf-8")
        (home / "current").write_text("1\n", encoding="ascii")
    return release


def organisations(size: int) -> int:
    """How many a world of that size has at least, numbered from 0."""
    return max(1, (size - 2 * STATES) // _PER_ORGANISATION)


def _stored(folder: Path, quads: Path) -> dict[str, int]:
    store = Store(str(folder))
    store.bulk_load(path=str(quads), format=RdfFormat.N_QUADS)
    store.optimize()
    store.flush()
    return {"all graphs": len(store)}


def _blocks(random: Random) -> Iterator[list[Line]]:
    yield [line for number in range(STATES) for line in _named(_id("state", number), "State", f"State {number}")]
    number = 0
    while True:
        yield list(_organisation(number, random))
        number += 1


def _organisation(number: int, random: Random) -> Iterator[Line]:
    organisation, treaty = _id("organisation", number), _id("treaty", number)
    yield from _named(organisation, "Organisation", f"Organisation {number}")
    yield from _named(treaty, "Treaty", f"Treaty {number}")
    yield treaty, _iri(CST, "enteredIntoForceOn"), _day(random), ""
    yield organisation, _iri(CST, "foundedBy"), treaty, ""
    members = random.sample(range(STATES), MEMBERS)
    for place, member in enumerate(members):
        yield from _membership(f"{number}-{place}", organisation, _id("state", member), random)
    yield from _tenure(number, organisation, _id("state", members[0]))
    for place in range(_STATEMENTS):
        yield from _statement(f"{number}-{place}", organisation, _id("state", members[place]), number % 100, random)


def _membership(name: str, organisation: str, member: str, random: Random) -> Iterator[Line]:
    membership, begun = _id("membership", name), random.randrange(_DAYS)
    yield from _named(membership, "Membership", f"Membership {name}")
    yield membership, _iri(CST, "organisation"), organisation, ""
    yield membership, _iri(CST, "member"), member, ""
    yield membership, _iri(CST, "fromLatest"), _on(begun), ""
    yield membership, _iri(CST, "toEarliest"), _on(begun + random.randrange(10_000)), ""
    yield member, _iri(CST, "memberOf"), organisation, ""


def _tenure(number: int, organisation: str, holder: str) -> Iterator[Line]:
    tenure = _id("tenure", number)
    yield from _named(tenure, "Tenure", f"Tenure {number}")
    yield tenure, _iri(CST, "heldIn"), organisation, ""
    yield tenure, _iri(CST, "holder"), holder, ""
    yield organisation, _iri(CST, "chairedBy"), holder, ""


def _statement(name: str, subject: str, object_: str, document: int, random: Random) -> Iterator[Line]:
    graph = f"<{GRAPH}evidence/document-{document}> "
    statement, evidence, quote, position = (_id(kind, name) for kind in ("statement", "evidence", "quote", "position"))
    start = random.randrange(50_000)
    status = random.choice(("Asserted", "Asserted", "Attributed", "Planned"))
    yield statement, _iri(RDF, "type"), _iri(CST, "Statement"), graph
    yield statement, _iri(RDF, "subject"), subject, graph
    yield statement, _iri(RDF, "predicate"), _iri(CST, random.choice(("chairedBy", "cooperatesWith", "deployed"))), graph
    yield statement, _iri(RDF, "object"), object_, graph
    yield statement, _iri(CST, "status"), _iri(CST, status), graph
    yield statement, _iri(CST, "rule"), f"<{ID}rule/{random.randrange(300)}>", graph
    yield statement, _iri(CST, "evidence"), evidence, graph
    yield evidence, _iri(OA, "hasSource"), _id("document", document), graph
    yield _id("document", document), _iri(RDFS, "label"), f'"Document {document}"', graph
    yield evidence, _iri(OA, "hasSelector"), quote, graph
    yield evidence, _iri(OA, "hasSelector"), position, graph
    yield quote, _iri(OA, "exact"), f'"the words of statement {name}"', graph
    yield position, _iri(OA, "start"), f'"{start}"^^{_iri(XSD, "integer")}', graph
    yield position, _iri(OA, "end"), f'"{start + 40}"^^{_iri(XSD, "integer")}', graph


def _named(thing: str, kind: str, label: str) -> Iterator[Line]:
    yield thing, _iri(RDF, "type"), _iri(CST, kind), ""
    yield thing, _iri(RDFS, "label"), f'"{label}"@en', ""


def _id(kind: str, name: int | str) -> str:
    return f"<{ID}{kind}/{name}>"


def _iri(namespace: object, name: str) -> str:
    return f"<{namespace}{name}>"


def _day(random: Random) -> str:
    return _on(random.randrange(_DAYS))


def _on(days: int) -> str:
    return f'"{_FIRST + timedelta(days=days)}"^^{_iri(XSD, "date")}'


_PER_ORGANISATION: Final = sum(1 for _ in _organisation(0, Random(0)))
