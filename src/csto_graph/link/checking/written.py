"""What the files alone tell: how the IRIs are written, and whether one thing is two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from csto_graph.link.checking.links import SAME, Finding, Link
from csto_graph.namespaces import curie


def misspelt(links: Iterable[Link]) -> Iterator[Finding]:
    """Links whose object is spelled as no IRI of its data set."""
    for link in links:
        object_, target = link.mapping.object, link.target
        if target is None:
            yield Finding(link, "syntax", f"{object_} is of no data set that is declared", "Declare it in targets.tsv")
        elif not target.holds(object_):
            remedy = f"Write {target.namespace} and what {target.pattern} matches"
            yield Finding(link, "syntax", f"{object_} is no IRI of {target.title}", remedy)


def conflicts(links: Iterable[Link]) -> Iterator[Finding]:
    """Links by which one thing of ours is two of another data set, or the other way round; told at the later row."""
    objects: dict[tuple[str, str], Link] = {}
    subjects: dict[str, Link] = {}
    for link in (each for each in links if each.mapping.predicate in SAME and each.target):
        one, other = link.mapping, link.target.name if link.target else ""
        first = objects.setdefault((one.subject, other), link)
        if first.mapping.object != one.object:
            yield _conflict(link, first, f"{curie(one.subject)} is {first.mapping.object} and {one.object}")
        first = subjects.setdefault(one.object, link)
        if first.mapping.subject != one.subject:
            yield _conflict(link, first, f"{one.object} is {curie(first.mapping.subject)} and {curie(one.subject)}")


def _conflict(link: Link, first: Link, problem: str) -> Finding:
    return Finding(link, "conflict", f"{problem}; see {first.place}", "Keep one of the two, or make one of them skos:closeMatch")
