"""CURIEs under the prefixes of one file (W3C CURIE Syntax 1.0)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from csto_graph.errors import RefusedData
from csto_graph.sssom.sets import BUILT_IN

_CURIE = re.compile(r"(?P<prefix>[A-Za-z_][\w.-]*):(?!//)(?P<reference>\S+)")
_NOT_IN_IRIS = re.compile(r"[\x00-\x20<>\"{}|\\^`]")


def expand(curie: str, prefixes: Mapping[str, str], place: str, column: str) -> str:
    """The whole IRI. Raises `RefusedData` where it is none, or its prefix is not declared."""
    parts = _CURIE.fullmatch(curie)
    if parts is None or _NOT_IN_IRIS.search(curie):
        remedy = "Write prefix:name, with a prefix of the curie_map"
        raise RefusedData(place, f"{column}: {curie!r} is no CURIE", remedy)
    known = {**prefixes, **BUILT_IN}
    prefix = parts["prefix"]
    if prefix not in known:
        remedy = f"Declare it under #curie_map:, or use one of {', '.join(sorted(known))}"
        raise RefusedData(place, f"{column}: the prefix {prefix!r} is not declared", remedy)
    return known[prefix] + parts["reference"]


def contract(iri: str, prefixes: Mapping[str, str], place: str) -> str:
    """The CURIE under the longest namespace that fits. Raises `RefusedData` where none does."""
    fitting = [
        (-len(namespace), prefix) for prefix, namespace in {**prefixes, **BUILT_IN}.items() if iri.startswith(namespace)
    ]
    for length, prefix in sorted(fitting):
        curie = f"{prefix}:{iri[-length:]}"
        if _CURIE.fullmatch(curie):
            return curie
    raise RefusedData(place, f"no prefix of the curie_map shortens {iri}", "Add the prefix of its namespace to the set")
