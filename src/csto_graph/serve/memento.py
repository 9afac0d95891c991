"""What an answer says of its place in time: Memento (RFC 7089), pattern 1.2.

The address of a resource is its own TimeGate and answers Accept-Datetime with 200, as SPARQL clients do not follow redirects for
every method; each memento has an address of its own too (`release=N`), which Content-Location names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote

from flask import Response, request
from werkzeug.http import http_date

from csto_graph.model import Release
from csto_graph.serve.addresses import origin, root
from csto_graph.serve.catalogue import Edition, published, served

LINK_FORMAT: Final = "application/link-format"
_LONGEST: Final = 1_000  # characters of an address that is repeated in a header
_PLAIN: Final = "!#$%&'()*+,-./:;=?@[]_~"  # what may stand in the query of an address (RFC 3986, section 3.4) and between < and >
_WRITTEN: Final = re.compile(f"[A-Za-z0-9{re.escape(_PLAIN)}-]*")  # such a query needs no quoting, and quoting takes long
_KEPT: Final = "max-age=86400"  # seconds; a release never changes
_ASK_EACH_TIME: Final = "no-cache"


def say_edition(response: Response, edition: Edition) -> None:
    """Adds Link, and for what was asked by number or instant Memento-Datetime and Content-Location.

    The address of a POST does not tell the query, so it has neither Link nor Content-Location. Where an answer has links to its
    next part and the like, those to the next memento are left to the TimeMap, lest one be taken for the other.
    """
    headers, in_parts = response.headers, "Link" in response.headers
    headers.setdefault("Cache-Control", _KEPT if edition.asked == "number" else _ASK_EACH_TIME)
    if edition.asked == "current":
        if request.method != "POST":
            headers.add("Link", _own_links(original()))
        return
    headers["Memento-Datetime"] = http_date(published(edition.release))
    if request.method != "POST":
        address = original()
        headers["Content-Location"] = memento(address, edition.release.number)
        headers.add("Link", _own_links(address) if in_parts else ", ".join(_links(address, edition.release)))


def original() -> str:
    """The address asked for, without `release=`."""
    query = request.query_string.decode("latin-1")
    if not _WRITTEN.fullmatch(query):
        query = quote(query, safe=_PLAIN)
    if "release=" in query:
        query = "&".join(part for part in query.split("&") if not part.startswith("release="))
    return f"{root()}{quote(request.path)}{'?' if query else ''}{query}"


def memento(address: str, number: int) -> str:
    """The address of what the resource at an address was in a release."""
    return f"{address}{'&' if '?' in address else '?'}release={number}"


def timemap(address: str) -> str:
    """The address of the list of the mementos of a resource here."""
    return f"{root()}/releases?of={quote(address.removeprefix(origin()), safe='')}"


def entries(address: str) -> Iterator[str]:
    """The TimeMap of a resource (section 5): itself, the list, and each memento with its instant."""
    yield f'<{address}>;rel="original timegate"'
    kept = served().backend.releases()
    interval = f';from="{http_date(published(kept[0]))}";until="{http_date(published(kept[-1]))}"' if kept else ""
    yield f'<{timemap(address)}>;rel="self";type="{LINK_FORMAT}"{interval}'
    for release in kept:
        rel = " ".join([*("first" for _ in [0] if release == kept[0]), *("last" for _ in [0] if release == kept[-1]), "memento"])
        yield _memento(address, release, rel)


def _links(address: str, release: Release) -> Iterator[str]:
    """The resource, its TimeMap, and the first, the last and the neighbouring mementos (section 2.2)."""
    yield _own_links(address)
    if len(address) <= _LONGEST:
        for each, relations in _relations(served().backend.releases(), release):
            yield _memento(address, each, relations)


def _own_links(address: str) -> str:
    if len(address) > _LONGEST:  # an empty reference is the address asked for (RFC 8288, section 3.1; RFC 3986, section 4.4)
        return f'<>; rel="original timegate", <{root()}/releases>; rel="timemap"; type="{LINK_FORMAT}"'
    return f'<{address}>; rel="original timegate", <{timemap(address)}>; rel="timemap"; type="{LINK_FORMAT}"'


def _relations(kept: Sequence[Release], release: Release) -> Iterator[tuple[Release, str]]:
    """The mementos to be named beside one, each with what it is to that one."""
    place = next((at for at, each in enumerate(kept) if each.number == release.number), -2)
    last = len(kept) - 1
    for at, each in enumerate(kept):
        relations = {"first": at == 0, "last": at == last, "prev": at == place - 1, "next": at == place + 1}
        named = [name for name, holds in relations.items() if holds]
        if named or at == place:
            yield each, " ".join([*named, "memento"])


def _memento(address: str, release: Release, relations: str) -> str:
    return f'<{memento(address, release.number)}>;rel="{relations}";datetime="{http_date(published(release))}"'
