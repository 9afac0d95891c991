"""Prefixes that everyone knows and a query still has to declare."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from csto_graph.namespaces import PREFIXES
from csto_graph.resources import root
from csto_graph.sparql.spelling import nearest
from csto_graph.tsv import rows


@cache
def well_known() -> Mapping[str, str]:
    """Prefix → namespace, from `data/reference/prefixes.tsv`. Raises `RefusedData` where the table cannot be read."""
    table = rows(root() / "data" / "reference" / "prefixes.tsv", ("prefix", "namespace", "source"))
    return {row.cells["prefix"]: row.cells["namespace"] for row in table}


def advice(prefix: str, declared: frozenset[str]) -> str:
    """What to do about a prefix that is not declared: the declaration to paste, or the prefix that was meant."""
    known = well_known()
    if prefix in known:
        return f"Begin the query with PREFIX {prefix}: <{known[prefix]}>."
    meant = nearest(prefix, known.keys() | declared | PREFIXES.keys())
    if meant is None:
        return f"Begin the query with PREFIX {prefix}: <…>."
    declaration = "" if meant in declared | PREFIXES.keys() else f", which is PREFIX {meant}: <{known[meant]}>"
    return f"Did you mean “{meant}:”{declaration}? Else begin the query with PREFIX {prefix}: <…>."
