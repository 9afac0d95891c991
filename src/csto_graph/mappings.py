"""Where links to other data sets lie, and all of them together.

`data/mappings/<target>.sssom.tsv` belongs to the project; an installed package has the links that its user adds in the home.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from csto_graph import resources
from csto_graph.errors import RefusedData
from csto_graph.model import Mapping
from csto_graph.namespaces import BASE, ID, SCHEMA
from csto_graph.sssom import NO_TERM_FOUND, MappingSet, read_mappings
from csto_graph.targets import TARGET_TABLE, Target, load_targets

_ENDING: Final = ".sssom.tsv"
_LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"

Links = dict[Target, tuple[Mapping, ...]]


def mapping_folders(home: Path) -> tuple[Path, ...]:
    """Where links lie; new ones go into the last. Beside those of an installed package, a home has its own."""
    packaged = resources.root() / "data" / "mappings"
    return (packaged,) if resources.in_clone() else (packaged, home / "mappings")


def mappings_folder(home: Path) -> Path:
    """Where new links are written."""
    return mapping_folders(home)[-1]


def mapping_file(folder: Path, target: Target) -> Path:
    """The file of the links to a target."""
    return folder / f"{target.name}{_ENDING}"


def empty_set(target: Target) -> MappingSet:
    """What a file begins with that has no link yet."""
    prefixes = {"dataset": f"{BASE}dataset/", "id": str(ID), "schema": str(SCHEMA), target.prefix: target.namespace}
    title = f"Links of csto-graph to {target.title}"
    return MappingSet(iri=f"{BASE}mappings/{target.name}", licence=_LICENCE, prefixes=prefixes, mappings=(), title=title)


def known_targets(folders: Iterable[Path]) -> tuple[Target, ...]:
    """The targets of all folders that declare any; a home may add its own. Raises `RefusedData`."""
    found: dict[str, Target] = {}
    for folder in folders:
        if (folder / TARGET_TABLE).exists():
            found |= {target.name: target for target in load_targets(folder)}
    return tuple(found[name] for name in sorted(found))


def load_links(folders: Iterable[Path]) -> Links:
    """What was decided on links to each target that has a file, sorted; what a later folder says of a pair goes before.

    Raises `RefusedData` naming the file for one of a target that is not declared, and for an object that is none of its target.
    """
    places = tuple(folders)
    targets = {target.name: target for target in known_targets(places)}
    decided: dict[str, dict[tuple[str, ...], Mapping]] = {}
    for path in (path for folder in places for path in sorted(folder.glob(f"*{_ENDING}"))):
        name = path.name.removesuffix(_ENDING)
        if name not in targets:
            raise RefusedData(path, f"{name} is no target", f"Declare it in {TARGET_TABLE}, or rename the file")
        said = [_of_target(path, each, targets[name]) for each in read_mappings(path).mappings]
        anew = {(each.subject, each.object) for each in said}
        before = {key: each for key, each in decided.get(name, {}).items() if key[:2] not in anew}
        decided[name] = before | {(m.subject, m.object, m.predicate, m.justification): m for m in said}
    return {targets[name]: tuple(rows[key] for key in sorted(rows)) for name, rows in sorted(decided.items())}


def _of_target(path: Path, each: Mapping, target: Target) -> Mapping:
    if each.object != NO_TERM_FOUND and not target.holds(each.object):
        problem = f"{each.subject} is linked to {each.object}, which is none of {target.title}"
        raise RefusedData(path, problem, f"Write {target.namespace} and what {target.pattern} matches")
    if each.object_source not in ("", target.iri):
        raise RefusedData(path, f"the object_source is {each.object_source}", f"Write {target.iri}")
    return each
