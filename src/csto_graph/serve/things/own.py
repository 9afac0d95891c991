"""What graphs say of a thing itself: facts, links to the outside, and what follows by which rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from csto_graph.model import Release
from csto_graph.namespaces import GRAPH, RDF, RDFS, SKOS, curie
from csto_graph.serve.pages import Cell
from csto_graph.serve.rows import rows
from csto_graph.serve.solutions import Row
from csto_graph.serve.things.told import Told

_OWN: Final = """SELECT DISTINCT ?property ?value ?graph WHERE {{
  {{ {thing} ?property ?value }} UNION {{ GRAPH ?graph {{ {thing} ?property ?value }} }}
}} ORDER BY ?property ?value ?graph"""
_NAMED: Final = frozenset(map(str, (RDFS.label, SKOS.altLabel, SKOS.hiddenLabel, SKOS.prefLabel, RDF.type)))

# Each rule under its W3C name (OWL 2 Profiles, section 4.3): the last step to ?property ?value, and the axiom it needs.
_TYPED: Final = "BIND (rdf:type AS ?property)"
_RULES: Final = (
    ("prp-spo1", "{thing} ?from ?value", "?from rdfs:subPropertyOf ?property", ""),
    ("cax-sco", "{thing} a ?from", "?from rdfs:subClassOf ?value", _TYPED),
    ("prp-dom", "{thing} ?from ?any", "?from rdfs:domain ?value", _TYPED),
    ("prp-rng", "?any ?from {thing}", "?from rdfs:range ?value", _TYPED),
    ("prp-inv1", "?value ?from {thing}", "?from owl:inverseOf ?property", ""),
    ("prp-inv2", "?value ?from {thing}", "?property owl:inverseOf ?from", ""),
    ("prp-symp", "?value ?property {thing}", "?property a owl:SymmetricProperty", ""),
    ("prp-trp", "{thing} ?property ?from . ?from ?property ?value", "?property a owl:TransitiveProperty", ""),
    ("prp-spo2", "", "?property owl:propertyChainAxiom ?chain", ""),
)


def _by_rule(node: str) -> str:
    """The query for what follows of a thing, with each rule that may be the last step to it."""
    ways = (
        f'{{ {step.format(thing=node)} GRAPH <{GRAPH.ontology}> {{ {axiom} }} {only} BIND ("{rule}" AS ?rule) }}'
        for rule, step, axiom, only in _RULES
    )
    return f"""PREFIX owl: <http://www.w3.org/2002/07/owl#>
SELECT DISTINCT ?property ?value ?rule ?from WHERE {{
  GRAPH <{GRAPH.inferred}> {{ {node} ?property ?value }}
  {" UNION ".join(ways)}
}} ORDER BY ?property ?value ?rule ?from"""


_Key: TypeAlias = tuple[str, str, str, str]  # property, value, datatype, language


@dataclass(frozen=True, slots=True)
class Fact:
    """A property and a value, the graphs that say so, and whether the default graph follows them."""

    property: Cell
    value: Cell
    graphs: tuple[Cell, ...]
    followed: bool


@dataclass(frozen=True, slots=True)
class Inferred:
    """What follows, with the rule and what it starts from."""

    property: Cell
    value: Cell
    rules: tuple[tuple[str, Cell | None], ...]


@dataclass(frozen=True, slots=True)
class Own:
    """All of it."""

    classes: tuple[Cell, ...]  # as stated, not those that follow
    names: tuple[Cell, ...]
    facts: tuple[Fact, ...]
    links: tuple[Fact, ...]
    inferred: tuple[Inferred, ...]


def own(release: Release, told: Told) -> Own:
    """By two queries."""
    node = f"<{told.iri}>"
    stated: dict[_Key, set[str]] = defaultdict(set)
    shown: dict[_Key, tuple[Cell, Cell]] = {}
    for row in rows(release, _OWN.format(thing=node)):
        key = _key(row)
        stated[key].add(row.get("graph", {}).get("value", ""))
        shown[key] = _pair(told, row)
    inferred = {key for key, graphs in stated.items() if graphs <= {"", str(GRAPH.inferred)} and str(GRAPH.inferred) in graphs}
    linking = {key for key, graphs in stated.items() if any(graph.startswith(f"{GRAPH}links/") for graph in graphs)}
    plain = [key for key in stated if key not in inferred | linking]
    return Own(
        tuple(shown[key][1] for key in plain if key[0] == str(RDF.type) and key[1] != str(RDF.Statement)),
        tuple(dict.fromkeys(shown[key][1] for key in plain if key[0] in _NAMED and key[0] != str(RDF.type))),
        tuple(_fact(told, shown[key], stated[key]) for key in plain if key[0] not in _NAMED),
        tuple(_fact(told, shown[key], stated[key]) for key in stated if key in linking),
        tuple(_inferred(release, told, {key: shown[key] for key in stated if key in inferred})) if inferred else (),
    )


def _key(row: Row) -> _Key:
    value = row["value"]
    return row["property"]["value"], value["value"], value.get("datatype", ""), value.get("xml:lang", "")


def _pair(told: Told, row: Row) -> tuple[Cell, Cell]:
    value = row["value"]
    return told.named(row["property"]["value"]), told.named(value["value"]) if value["type"] == "uri" else told.literal(value)


def _fact(told: Told, shown: tuple[Cell, Cell], graphs: set[str]) -> Fact:
    outside_default = any(graph.startswith((f"{GRAPH}source/", f"{GRAPH}curated/")) for graph in graphs) and "" not in graphs
    named = tuple(Cell(curie(each).removeprefix("graph:"), each, told.named(each).href) for each in sorted(graphs - {""}))
    return Fact(*shown, named, not outside_default)


def _inferred(release: Release, told: Told, shown: dict[_Key, tuple[Cell, Cell]]) -> Iterator[Inferred]:
    ways: dict[_Key, list[tuple[str, Cell | None]]] = defaultdict(list)
    for row in rows(release, _by_rule(f"<{told.iri}>")):
        if row.get("from", {}).get("value") != row["property"]["value"] or row["rule"]["value"] == "prp-trp":
            ways[_key(row)].append((row["rule"]["value"], told.named(row["from"]["value"]) if "from" in row else None))
    for key, cells in shown.items():
        specific = [way for way in ways[key] if way[0] != "prp-spo2"] or ways[key]
        yield Inferred(*cells, tuple(specific[:3]))
