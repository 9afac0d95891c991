"""SSSOM/TSV: links to other data sets as reviewed data (mapping-commons.github.io/sssom, specification 1.1).

A file has a metadata block (`#curie_map:` and others, YAML behind `#`) and a table with a row for each link.
"""

from csto_graph.sssom.reading import read_mappings
from csto_graph.sssom.sets import JUSTIFICATIONS, NO_TERM_FOUND, PREDICATES, MappingSet
from csto_graph.sssom.writing import render_mappings, write_mappings

__all__ = [
    "JUSTIFICATIONS", "NO_TERM_FOUND", "PREDICATES", "MappingSet", "read_mappings", "render_mappings", "write_mappings",
]  # fmt: skip
