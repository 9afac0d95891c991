"""Links written for a test."""

from __future__ import annotations

from pathlib import Path

HEAD = """#curie_map:
#  id: https://w3id.org/csto-graph/id/
#  wd: http://www.wikidata.org/entity/
#mapping_set_id: https://w3id.org/csto-graph/mappings/test
#license: https://creativecommons.org/licenses/by/4.0/
subject_id\tsubject_label\tpredicate_id\tpredicate_modifier\tobject_id\tobject_label\tmapping_justification\tauthor_label\tmapping_date
"""
FIRST = HEAD.count("\n") + 1  # the line of the first link


def write_links(path: Path, *rows: str) -> Path:
    """A file with a link for each row `subject predicate object [object label]`; `!` before the object: rejected."""
    lines = []
    for row in rows:
        subject, predicate, object_, *label = row.split(" ", 3)
        modifier, bare = ("Not" if object_.startswith("!") else ""), object_.removeprefix("!")
        lines.append(f"{subject}\t\t{predicate}\t{modifier}\t{bare}\t{' '.join(label)}\tsemapv:ManualMappingCuration\ttester\t2026-01-31\n")
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
    return path
