"""The metadata block: YAML behind `#`, each line of which may be pointed at."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from csto_graph.errors import RefusedData
from csto_graph.sssom.sets import BUILT_IN

_PLAIN = re.compile(r"[A-Za-z0-9]([^\n#]*\S)?")


def read_block(path: Path, lines: list[str]) -> Mapping[str, object]:
    """The slots of the block, every scalar as it is written: YAML's idea that `no` is false is of no use here.

    Raises `RefusedData` naming the line of a syntax error and of a slot that stands twice.
    """
    try:
        node = yaml.compose("\n".join(line[1:] for line in lines), Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RefusedData(f"{path}:{line}", f"the metadata is not YAML ({error.problem})", "Mend the line") from None
    except yaml.YAMLError as error:
        raise RefusedData(f"{path}:1", f"the metadata is not YAML ({error})", "Mend it") from None
    slots = _plain(path, node) if node else {}
    if not isinstance(slots, dict):
        raise RefusedData(f"{path}:1", "the metadata has no slots", "Write #slot: value, one a line")
    return slots


def prefixes_of(path: Path, slots: Mapping[str, object]) -> dict[str, str]:
    """The declared prefixes. Raises `RefusedData` where they are none, or give a built-in one another namespace."""
    declared = slots.get("curie_map") or {}
    if not isinstance(declared, dict) or not all(isinstance(namespace, str) for namespace in declared.values()):
        raise RefusedData(path, "curie_map holds no prefixes", "Write #curie_map: and under it #  prefix: namespace")
    for prefix, namespace in declared.items():
        if BUILT_IN.get(prefix, namespace) != namespace:
            problem = f"curie_map gives the built-in prefix {prefix!r} another namespace, {namespace}"
            raise RefusedData(path, problem, f"Leave it out: it is {BUILT_IN[prefix]}")
    return declared


def text_of(path: Path, slots: Mapping[str, object], slot: str, *, needed: bool = False) -> str:
    """The value of a slot, or the empty string. Raises `RefusedData` where it is needed and missing, or no text."""
    value = slots.get(slot, "")
    if not isinstance(value, str) or (needed and not value):
        problem = f"{slot} is missing from the metadata" if value == "" else f"{slot} holds several values"
        raise RefusedData(f"{path}:1", problem, f"Add the line #{slot}: with one value")
    return value


def block_lines(slots: Mapping[str, str | Mapping[str, str]]) -> Iterator[str]:
    """The lines of a block in the order given, in plain style where it can be; what is empty is left out."""
    for slot, value in slots.items():
        if isinstance(value, str) and value:
            yield f"#{slot}: {_scalar(value)}"
        elif isinstance(value, Mapping) and value:
            yield f"#{slot}:"
            yield from (f"#  {key}: {_scalar(value[key])}" for key in sorted(value))


def _plain(path: Path, node: yaml.Node) -> object:
    if isinstance(node, yaml.SequenceNode):
        return [_plain(path, each) for each in node.value]
    if not isinstance(node, yaml.MappingNode):
        return str(node.value)
    found: dict[str, object] = {}
    for key, value in node.value:
        if str(key.value) in found:
            place = f"{path}:{key.start_mark.line + 1}"
            raise RefusedData(place, f"{key.value} stands twice in the metadata", "Keep one of the two")
        found[str(key.value)] = _plain(path, value)
    return found


def _scalar(value: str) -> str:
    """In plain style where YAML reads that back as it was, otherwise in double quotes, which JSON's strings are too."""
    plain = _PLAIN.fullmatch(value) and not re.search(r":(\s|$)", value)
    return value if plain else json.dumps(value, ensure_ascii=False)
