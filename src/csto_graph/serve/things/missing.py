"""What is said of a thing that is not there: 410 with what stands for it or the release that had it, else 404 with the nearest.

What it costs: a look at each of the last releases that are kept, and one at the labels, each remembered by the cache.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NoReturn

from csto_graph.backend.interface import DroppedRelease, Exceeded
from csto_graph.likeness import Names
from csto_graph.model import Release
from csto_graph.namespaces import ID, curie
from csto_graph.serve.addresses import here, leads, origin
from csto_graph.serve.catalogue import served
from csto_graph.serve.editions import asked_edition
from csto_graph.serve.memento import memento
from csto_graph.serve.problems import Problem
from csto_graph.serve.rows import rows
from csto_graph.serve.things.known import Known, known
from csto_graph.serve.things.naming import LONGEST, parted

_LOOKED_AT: Final = 8  # releases before the one that is asked: each may have to be opened
_LABELLED: Final = 20_000  # names among which the nearest are looked for
_NEAREST: Final = 5
_LABELS: Final = f"""SELECT ?thing ?label WHERE {{
  {{ ?thing rdfs:label|skos:altLabel ?label }} UNION {{ GRAPH ?g {{ ?thing dcterms:title ?label }} }}
  FILTER (STRSTARTS(STR(?thing), "{ID}"))
}} LIMIT {_LABELLED}"""  # an engine that has to sort them all first takes twenty times as long


def withdrawn(thing: Known) -> Problem:
    """410 that says since when and why, and what stands for it."""
    since, reason = f" on {thing.since}" if thing.since else "", f": {thing.reason}" if thing.reason else ""
    instead = f" Use {thing.replacement}." if thing.replacement else ""
    members = {"replacement": thing.replacement, "replacement-here": here(thing.replacement)} if thing.replacement else {}
    fields = {"Link": f'<{here(thing.replacement)}>; rel="successor-version"'} if thing.replacement else {}
    return Problem(410, f"<{thing.iri}> was withdrawn{since}{reason}.{instead}".replace("..", "."), fields=fields, **members)


def not_there(iris: tuple[str, ...], name: str) -> NoReturn:
    """Raises the problem: 410 where an earlier release had it, else 404."""
    edition = asked_edition()
    had = _earlier(edition.release, iris)
    if had is not None:
        release, iri = had
        address = memento(f"{origin()}{leads('page', iri)}", release.number)
        detail = f"Release {edition.release.number} no longer has <{iri}>. Release {release.number} had it: {address}"
        raise Problem(410, detail, memento=address, fields={"Link": f'<{address}>; rel="predecessor-version"'})
    near = nearest(edition.release, parted(name)[0])
    meant = f" Nearest: {', '.join(f'{label} ({curie(iri)})' for label, iri in near)}." if near else ""
    shown = name if len(name) <= LONGEST else f"{name[:80]}…"
    nearer = [{"label": label, "iri": iri, "address": f"{origin()}{leads('page', iri)}"} for label, iri in near]
    raise Problem(404, f"Release {edition.release.number} has nothing named {shown}.{meant}", nearest=nearer)


def nearest(release: Release, name: str) -> list[tuple[str, str]]:
    """The labels most like the last part of a path, each with its thing; none for a path that is too long to be meant."""
    if len(name) > LONGEST:
        return []
    names, things = _index(release)
    found = names.nearest(name.rstrip("/").rpartition("/")[2].replace("-", " "), 2 * _NEAREST)
    once = {things[each.name]: each.name for each in reversed(found)}  # a thing by the name that is most like it
    return [(label, iri) for iri, label in reversed(once.items())][:_NEAREST]


@lru_cache(maxsize=2)
def _index(release: Release) -> tuple[Names, dict[str, str]]:
    try:
        found = [(row["thing"]["value"], row["label"]["value"]) for row in rows(release, _LABELS)]
    except Exceeded:  # what is not there is not there, also where no name can be told
        found = []
    things = {label: thing for thing, label in sorted(found, reverse=True)}  # of things of one name the first
    return Names(things), things


def _earlier(asked: Release, iris: tuple[str, ...]) -> tuple[Release, str] | None:
    """The last release before the one asked that has one of these."""
    before = [each for each in served().backend.releases() if each.number < asked.number]
    for release in reversed(before[-_LOOKED_AT:]):
        try:
            found = known(release, iris)
        except DroppedRelease:
            continue
        if found is not None and not found.withdrawn:
            return release, found.iri
    return None
