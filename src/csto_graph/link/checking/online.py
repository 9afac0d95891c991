"""What is at the other end of a link today: there, moved, merged into another, gone, or not to be found out."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox

from csto_graph.link.checking.fetching import Reply, Unanswered, fetch
from csto_graph.link.checking.links import Finding, Link
from csto_graph.link.external.asking import Limits
from csto_graph.namespaces import DCTERMS, OWL
from csto_graph.targets import Target

_MOST_HOPS: Final = 8
_AT_ONCE: Final = 4  # data sets
_PATIENCE: Final = 3  # failures in a row
_PERMANENT: Final = (301, 308)  # RFC 9110, sections 15.4.2 and 15.4.9: whoever links is to use the other address from now on
_GONE: Final = (404, 410)
_DATA: Final = frozenset({"text/turtle", "application/n-triples", "application/rdf+xml"})
# How data says that something is another now: redirects of Wikidata, replaced entries of authority tables, redirects of DBpedia.
_REPLACED: Final = frozenset({str(OWL.sameAs), str(DCTERMS.isReplacedBy), "http://dbpedia.org/ontology/wikiPageRedirects"})
_LATER: Final = "Check again later; it counts neither as broken nor as well"


@dataclass(frozen=True, slots=True)
class Asked:
    """How data sets are asked: where each is, if not at its own address, and what an answer may take."""

    limits: Limits
    pause: float = 0.5  # seconds between two requests to one data set
    bases: Mapping[str, str] = field(default_factory=dict)  # name of a target → what stands there for its namespace

    def address(self, link: Link) -> str:
        """Where the object of a link is looked for."""
        return link.mapping.object.replace(*self._namespaces(link.target), 1) if link.target else link.mapping.object

    def iri(self, target: Target, address: str) -> str:
        """The IRI that is looked for at an address."""
        namespace, base = self._namespaces(target)
        return _schemeless(address).replace(_schemeless(base), namespace, 1) if _within(address, base) else address

    def _namespaces(self, target: Target) -> tuple[str, str]:
        return target.namespace, self.bases.get(target.name, target.namespace)


def spelled_well(link: Link) -> bool:
    """Whether its object is an IRI that its data set may have."""
    return link.target is not None and link.target.holds(link.mapping.object)


def dereferenced(links: Iterable[Link], asked: Asked) -> Iterator[Finding]:
    """What is wrong with links that are `spelled_well`: a few data sets are asked at once, each one thing at a time."""
    groups: dict[str, dict[str, list[Link]]] = defaultdict(lambda: defaultdict(list))
    for link in filter(spelled_well, links):
        groups[link.target.name if link.target else ""][link.mapping.object].append(link)
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        for found in pool.map(partial(_of_one_data_set, asked=asked), groups.values()):
            yield from found


def _of_one_data_set(objects: Mapping[str, list[Link]], asked: Asked) -> list[Finding]:
    """Who fails a few times in a row is not asked any more."""
    found: list[Finding] = []
    failures, reason = 0, ""
    for number, links in enumerate(objects.values()):
        if failures >= _PATIENCE:
            found += [Finding(link, "unanswered", f"not asked, as {reason}, and so it was before", _LATER) for link in links]
            continue
        time.sleep(asked.pause if number else 0)
        try:
            wrong, failures = visited(links[0], asked), 0
        except Unanswered as unanswered:
            failures, reason = failures + 1, str(unanswered)
            wrong = Finding(links[0], "unanswered", reason, _LATER)
        found += [replace(wrong, link=link) for link in links] if wrong else []
    return found


def visited(link: Link, asked: Asked) -> Finding | None:
    """What is wrong with a link, None where its object is there. Raises `Unanswered`, which names the address."""
    target = link.target
    assert target is not None
    own = address = asked.address(link)
    seen: set[str] = set()
    while True:
        reply = _fetched(address, asked.limits)
        seen.add(address)
        if not reply.location:
            return _ended(link, target, reply)
        other = _other_item(link, target, asked.iri(target, reply.location))
        if other:
            return _merged(link, other)
        if reply.status in _PERMANENT and _same(address, own) and not _same(reply.location, own):
            return Finding(link, "moved", f"{own} moved to {reply.location}", "Link to the new address, once you looked at it")
        if reply.location in seen or len(seen) >= _MOST_HOPS:
            raise Unanswered(f"{own} redirects without an end")
        address = reply.location


def _fetched(address: str, limits: Limits) -> Reply:
    try:
        return fetch(address, limits)
    except Unanswered as reason:
        raise Unanswered(f"{address} {reason}") from None


def _ended(link: Link, target: Target, reply: Reply) -> Finding | None:
    if reply.status in _GONE:
        problem = f"{reply.address} answered {reply.status}"
        return Finding(link, "deleted", problem, "Look for the thing anew, else write sssom:NoTermFound")
    if reply.status != 200:
        raise Unanswered(f"{reply.address} answered {reply.status}")
    if reply.kind not in _DATA:
        return None
    other = next(_replacements(link, target, _triples(reply)), None)
    return _merged(link, other) if other else None


def _triples(reply: Reply) -> list[ox.Triple]:
    format_ = ox.RdfFormat.from_media_type(reply.kind)
    try:
        return [quad.triple for quad in ox.parse(reply.content, format=format_, base_iri=reply.address)]
    except (SyntaxError, ValueError) as error:
        raise Unanswered(f"{reply.address} says that it answers with {reply.kind}, and does not ({error})") from None


def _replacements(link: Link, target: Target, triples: list[ox.Triple]) -> Iterator[str]:
    """Other items of the data set that the data names in its place. Raises `Unanswered` for data on something else."""
    own = _schemeless(link.mapping.object)
    about = [triple for triple in triples if own in (_iri(triple.subject), _iri(triple.object))]
    if not about:
        raise Unanswered(f"{link.mapping.object} is not in the data that its address answers with")
    for triple in about:
        if triple.predicate.value in _REPLACED and isinstance(triple.object, ox.NamedNode):
            other = triple.object.value
            if target.holds(other) and _schemeless(other) != own:
                yield other


def _other_item(link: Link, target: Target, location: str) -> str | None:
    """The IRI of another item of the data set that a redirect leads to."""
    own = link.mapping.object
    for iri in (location, target.namespace + urlsplit(location).path.rpartition("/")[2].partition(".")[0]):
        named = iri == location or not re.fullmatch(target.pattern, "about")  # a pattern that any word fits tells nothing
        spelled = target.namespace + _schemeless(iri).removeprefix(_schemeless(target.namespace))
        if named and _within(iri, target.namespace) and target.holds(spelled) and unquote(spelled) != unquote(own):
            return spelled
    return None


def _merged(link: Link, other: str) -> Finding:
    return Finding(link, "merged", f"{link.mapping.object} is now {other}", "Link to that one, once you looked at it")


def _same(one: str, other: str) -> bool:
    """Whether two addresses differ in no more than http and https, or how letters are escaped."""
    return unquote(_schemeless(one)).rstrip("/") == unquote(_schemeless(other)).rstrip("/")


def _within(iri: str, namespace: str) -> bool:
    return _schemeless(iri).startswith(_schemeless(namespace))


def _iri(term: object) -> str | None:
    return _schemeless(term.value) if isinstance(term, ox.NamedNode) else None


def _schemeless(iri: str) -> str:
    return iri.partition("://")[2] or iri
