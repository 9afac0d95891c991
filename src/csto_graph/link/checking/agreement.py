"""Whether both ends of a link have a name and a class in common, by a local extract of the other data set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from csto_graph.likeness import likeness
from csto_graph.link.checking.links import SAME, Finding, Link
from csto_graph.link.external.classes import classes
from csto_graph.link.external.described import Described

_ALIKE = 0.8  # what `likeness` gives where all words of one name are in the other


def comparable(links: Iterable[Link], theirs: Mapping[str, Described]) -> list[Link]:
    """The links that say of something in an extract that it is one with a thing of ours."""
    return [link for link in links if link.mapping.predicate in SAME and link.mapping.object in theirs]


def disagreements(
    links: Iterable[Link], ours: Mapping[str, Described], theirs: Mapping[str, Described], words: Mapping[str, str]
) -> Iterator[Finding]:
    """Of comparable links those whose ends have no name in common, or classes that exclude one another."""
    for link in links:
        one, other = ours.get(link.mapping.subject), theirs[link.mapping.object]
        yield from _by_name(link, one, other)
        yield from _by_class(link, one, other, words)


def _by_name(link: Link, one: Described | None, other: Described) -> Iterator[Finding]:
    """A name that a reviewer wrote down for the object counts as one of ours: differences that are meant can be said."""
    written = (link.mapping.subject_label, link.mapping.object_label)
    known = {name for name in (*written, *(one.all_names if one else ())) if name}
    if known and not any(likeness(name, theirs).score >= _ALIKE for name in known for theirs in other.all_names):
        mine = one.label if one else link.mapping.subject_label or link.mapping.subject
        remedy = f"Look at both; if they are one, write {other.label} as object_label"
        yield Finding(link, "label", f"“{mine}” is “{other.label}” there", remedy)


def _by_class(link: Link, one: Described | None, other: Described, words: Mapping[str, str]) -> Iterator[Finding]:
    found = classes(other.types, words, {})
    if one and one.types and found and not found & set(one.types):
        problem = f"it is a {' and '.join(sorted(found))} there, and none here"
        yield Finding(link, "type", problem, "Look at both, and reject the pair if they are two")
