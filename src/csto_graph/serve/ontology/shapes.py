"""What the shapes ask of each class and property: `ontology/shapes/*.ttl`, each constraint in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from csto_graph import resources
from csto_graph.namespaces import BASE, SH, curie
from csto_graph.serve.ontology.files import File, read
from csto_graph.serve.ontology.index import Index, Node, Text

SHAPES: Final = f"{BASE}shapes#"
_TARGETS: Final = {"targetClass": "every {}", "targetSubjectsOf": "whatever has a {}"}
# The constraint components of SHACL that the shapes use, in words.
_WORDS: Final = {
    "minCount": "at least {}", "maxCount": "at most {}", "class": "of class {}", "datatype": "of datatype {}", "nodeKind": "{}",
    "pattern": "written as {}", "minLength": "at least {} characters", "minInclusive": "not less than {}",
    "maxInclusive": "not more than {}", "hasValue": "one of them is {}", "lessThan": "before the {} of the same node",
    "lessThanOrEquals": "not after the {} of the same node", "disjoint": "none is a {} of the same node too",
    "uniqueLang": "one in each language", "node": "conforms to {}", "qualifiedMinCount": "at least {} of which:",
    "qualifiedMaxCount": "at most {} of which:",
}  # fmt: skip
_LOGICAL: Final = {"or": " or ", "xone": " or, not both, ", "and": " and "}
_KINDS: Final = {"IRI": "an IRI", "IRIOrLiteral": "an IRI or a literal", "Literal": "a literal"}


@dataclass(frozen=True, slots=True)
class Constraint:
    """A shape for readers: on what it looks, what it asks, what it says to whoever does not meet it."""

    name: str
    targets: tuple[str, ...]  # what it is for; of a property's shape what those are for that use it
    path: str  # empty for the node itself
    asks: tuple[str, ...]
    severity: str
    message: str
    parts: tuple[str, ...]  # the names of the shapes of properties that belong to it
    about: frozenset[str]  # the IRIs of the classes and properties that it is about


@dataclass(frozen=True, slots=True)
class Shapes:
    """All of them, and those of each term."""

    file: File
    constraints: tuple[Constraint, ...]
    of: Mapping[str, tuple[Constraint, ...]]
    datatypes: Mapping[str, frozenset[str]]  # property → the datatypes that shapes ask for


@cache
def shapes() -> Shapes:
    """The shapes of this installation. Raises `RefusedData` where a file cannot be read."""
    file = read((resources.root() / "ontology" / "shapes").glob("*.ttl"))
    index = Index(file.triples)
    constraints = tuple(_constraint(index, node) for node in index.typed(str(SH.NodeShape), str(SH.PropertyShape)))
    of: defaultdict[str, list[Constraint]] = defaultdict(list)
    for constraint in constraints:
        for iri in constraint.about if constraint.asks or constraint.message else ():
            of[iri].append(constraint)
    return Shapes(file, constraints, {iri: tuple(found) for iri, found in of.items()}, _datatypes(index))


def _datatypes(index: Index) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for node in index.typed(str(SH.PropertyShape)):
        for path in index.nodes(node, str(SH.path)):
            found[path].update(index.nodes(node, str(SH.datatype)))
    return {path: frozenset(datatypes) for path, datatypes in found.items()}


def _constraint(index: Index, node: Node) -> Constraint:
    owners = index.subjects(str(SH.property), node) or [node]
    targets = [(way, each) for owner in owners for way in _TARGETS for each in index.nodes(owner, str(SH[way]))]
    path = next(iter(index.nodes(node, str(SH.path))), "")
    paths = {path, *index.members(path)} if path.startswith("_:") else {path}
    severity = next((curie(each).rpartition(":")[2] for each in index.nodes(node, str(SH.severity))), "Violation")
    classes = {each for way, each in targets if way == "targetClass"}
    return Constraint(
        node.removeprefix(SHAPES),
        tuple(_TARGETS[way].format(_either(each for of, each in targets if of == way)) for way in dict(targets)),
        _path(index, path) if path else "",
        tuple(_asked(index, node)),
        severity,
        index.text(node, str(SH.message)),
        tuple(each.removeprefix(SHAPES) for each in index.nodes(node, str(SH.property))),
        frozenset(paths | classes if path else {each for _, each in targets}),
    )


def _either(iris: Iterable[str]) -> str:
    *before, last = map(curie, iris)
    return f"{', '.join(before)} or {last}" if before else last


def _path(index: Index, node: Node) -> str:
    """A property path as SPARQL writes it."""
    if not node.startswith("_:"):
        return curie(node)
    inverse = index.nodes(node, str(SH.inversePath))
    return f"^{_path(index, inverse[0])}" if inverse else "/".join(_path(index, each) for each in index.members(node))


def _asked(index: Index, node: Node) -> Iterator[str]:
    for name, words in _WORDS.items():
        values: list[Node | Text] = [*index.nodes(node, str(SH[name])), *index.texts(node, str(SH[name]))]
        yield from (words.format(_value(index, value)) for value in values)
    for inner in index.nodes(node, str(SH.qualifiedValueShape)):
        yield _inner(index, inner)
    for inner in index.nodes(node, str(SH["not"])):
        yield f"not so: {_inner(index, inner)}"
    for name, between in _LOGICAL.items():
        for alternatives in index.nodes(node, str(SH[name])):
            yield between.join(f"({_inner(index, each)})" for each in index.members(alternatives))


def _inner(index: Index, node: Node) -> str:
    path = next(iter(index.nodes(node, str(SH.path))), "")
    asked = ", ".join(_asked(index, node)) or _value(index, node)
    return f"{_path(index, path)}: {asked}" if path else asked


def _value(index: Index, value: Node | Text) -> str:
    if isinstance(value, Text):
        return value.value
    if value.startswith("_:"):
        return _inner(index, value)
    if value.startswith(SHAPES):
        return f"the shape {value.removeprefix(SHAPES)}"
    return _KINDS.get(value.removeprefix(str(SH)), curie(value))
