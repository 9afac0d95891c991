"""Which treaty's provision a mention speaks of: "Article 5" of two treaties is two provisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from csto_graph.model import Extraction, Mention, Value

_End = TypeVar("_End", bound=Mention | Value | None)


def told_apart(extractions: Iterable[Extraction]) -> Iterator[Extraction]:
    """The extractions with each provision under a key of its own treaty.

    The treaty that a text first gives a provision keeps its plain name; the same words of another treaty name another one.
    """
    kept = tuple(extractions)
    found = [(e.subject, e.object) for e in kept if e.predicate == "provisionOf"]
    belonging = [(p, treaty) for p, treaty in found if isinstance(p, Mention) and isinstance(treaty, Mention)]
    first: dict[str, Mention] = {}
    here: dict[int, Mention] = {}
    for provision, treaty in belonging:
        first.setdefault(provision.key, treaty)
        here.setdefault(provision.start, treaty)
    for e in kept:
        where = here
        if e.predicate == "provisionOf" and e.subject is not None and isinstance(e.object, Mention):
            where = {**here, e.subject.start: e.object}
        yield replace(e, subject=_of_its_treaty(e.subject, where, first), object=_of_its_treaty(e.object, where, first))


def _of_its_treaty(end: _End, here: Mapping[int, Mention], first: Mapping[str, Mention]) -> _End:
    if not isinstance(end, Mention) or end.type != "Provision" or end.start not in here or end.key not in first:
        return end
    treaty = here[end.start]
    if _identity(treaty) == _identity(first[end.key]):
        return end
    return replace(end, key=f"{end.key} of {treaty.label.lower()}", label=f"{end.label} of {treaty.label}")


def _identity(mention: Mention) -> str:
    return mention.iri or f"{mention.type} {mention.key}"
