"""The rules by which w3id.org sends whoever asks for an IRI of ours to where the service stands.

They are mod_rewrite's, for the file `.htaccess` in the folder `csto-graph/` of github.com/perma-id/w3id.org, and are written from
the routes of the service: a path is led to the same path, and the service negotiates what is sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from werkzeug.routing import Map, Rule

# What names a thing and no document: 303, as what answers is about it and is not it (Cool URIs for the Semantic Web, section 4).
_NAMES: Final = frozenset({"id", "graph", ".well-known/genid", "dataset", "release", "ontology", "lexicon", "examples"})
_INTERNAL: Final = frozenset({"health", "metrics", "static"})  # for whoever runs the service
_READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_HEAD: Final = """# https://w3id.org/csto-graph/
#
# Written from the routes of the service by: csto-graph redirects --base {base}
# Contact: see README.md in this folder.

Options -MultiViews

<IfModule mod_headers.c>
Header always set Access-Control-Allow-Origin "*"
</IfModule>

RewriteEngine on
RewriteRule ^$ {base}/ [R=302,L]
"""


@dataclass(slots=True)
class _Place:
    """The routes under one beginning of a path: whether it is an address itself, what may follow it, and what it takes."""

    itself: bool = False
    below: bool = False  # `/…`
    ending: bool = False  # `.ttl`
    writes: bool = False
    reads: bool = False

    def add(self, rule: Rule, rest: str) -> None:
        methods = rule.methods or set()
        self.reads |= "GET" in methods
        self.writes |= not methods <= _READS
        self.itself |= not rest
        self.below |= rest.startswith("/")
        self.ending |= rest.startswith(".")


def htaccess(routes: Map, base: str) -> str:
    """The file, for a service whose public address is `base`, without a slash at its end."""
    return _HEAD.format(base=base) + "".join(f"{line}\n" for line in _rules(routes.iter_rules(), base))


def _rules(routes: Iterable[Rule], base: str) -> Iterator[str]:
    places: dict[str, _Place] = {}
    for rule in routes:
        top, rest = _parted(rule.rule)
        if top and top not in _INTERNAL:
            places.setdefault(top, _Place()).add(rule, rest)
    for top, place in sorted(places.items()):
        if place.reads:
            pattern, status = _pattern(top, place), _status(top, place)
            yield f"RewriteRule {pattern} {base}/{top}{'$1' if '(' in pattern else ''} [R={status},L]"


def _parted(rule: str) -> tuple[str, str]:
    """`/graphs/<path:name>` is below `graphs`, `/lexicon.<ending>` is `lexicon` with an ending.

    What is below `.well-known` is nobody's but its own.
    """
    top, slash, below = rule.strip("/").partition("/")
    if top == ".well-known":
        second, slash, below = below.partition("/")
        return f"{top}/{second}", slash + below
    if top.endswith(">") and "." in top:
        name, dot, ending = top.partition(".")
        return name, dot + ending
    return top, slash + below


def _pattern(top: str, place: _Place) -> str:
    escaped = top.replace(".", "\\.")
    following = [*([r"\.[^/]+"] if place.ending else []), *(["/.*" if place.itself else "/.+"] if place.below else [])]
    if not following:
        return f"^{escaped}/?$"
    return f"^{escaped}({'|'.join(following)}){'?' if place.itself else ''}$"


def _status(top: str, place: _Place) -> int:
    """307 keeps the method and the body of a POST (RFC 9110, section 15.4.8), which 302 and 303 may turn into a GET."""
    return 307 if place.writes else 303 if top in _NAMES else 302
