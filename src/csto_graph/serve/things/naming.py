"""From the path of an address to the IRI that is meant and the syntax that its ending asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

from csto_graph.namespaces import BASE, GENID, GRAPH, ID
from csto_graph.serve.negotiation import GRAPHS, PAGE, Syntax

LONGEST: Final = 1_000  # characters of a path that names something
_RDF: Final = {syntax.name: syntax for syntax in GRAPHS}
DATA: Final = tuple(_RDF[name] for name in ("turtle", "jsonld", "ntriples", "rdfxml"))
OFFERED: Final = (*DATA, PAGE)  # who does not mind gets Turtle, as at /sparql

# `.json` is what people type who have a library for JSON and none for RDF: JSON-LD is JSON (JSON-LD 1.1, section 2).
SUFFIXES: Final = {
    ".ttl": _RDF["turtle"], ".jsonld": _RDF["jsonld"], ".json": _RDF["jsonld"], ".nt": _RDF["ntriples"],
    ".rdf": _RDF["rdfxml"], ".html": PAGE,
}  # fmt: skip
_OUTSIDE_ID: Final = (str(GRAPH).removeprefix(BASE), GENID.removeprefix(BASE))


def iri_of(name: str) -> str:
    """The IRI that a path under /page/ or /data/ stands for: `state/armenia`, `graph/reference`, `.well-known/genid/…`."""
    return f"{BASE if name.startswith(_OUTSIDE_ID) else ID}{name}"


def parted(name: str) -> tuple[str, Syntax | None]:
    """A name without its suffix, and the syntax that it asks for; as it is where it ends in none."""
    for suffix, syntax in SUFFIXES.items():
        if name.endswith(suffix) and len(name) > len(suffix):
            return name.removesuffix(suffix), syntax
    return name, None


def suffix_of(syntax: Syntax) -> str:
    """The ending of the address of data in a syntax."""
    return next(suffix for suffix, each in SUFFIXES.items() if each is syntax)


def spellings(iri: str) -> Iterator[str]:
    """The IRI as a path gives it once it is decoded, and percent-encoded: a release may have either."""
    encoded = quote(iri, safe="/:@!$&'()*+,;=~?#[]")
    for each in dict.fromkeys((iri, encoded)):
        try:
            yield ox.NamedNode(each).value
        except ValueError:  # such as one with a space
            continue
