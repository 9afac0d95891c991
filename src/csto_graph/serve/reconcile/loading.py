"""The index of a release, asked of the back-end once and kept as long as the release is asked for."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Generic, TypeAlias, TypeVar, cast

from flask import current_app

from csto_graph.backend.interface import Query
from csto_graph.likeness import Names
from csto_graph.model import Release
from csto_graph.namespaces import DCTERMS, GRAPH, RDF, RDFS, SKOS, curie
from csto_graph.serve.answering import answered
from csto_graph.serve.problems import Problem
from csto_graph.serve.reconcile.index import Entity, How, Index, Term, last, owners_of
from csto_graph.serve.solutions import Row, solutions

MOST: Final = 200_000  # rows of one of the queries below; a name takes 1 to 2 kB
_KEPT: Final = 2  # releases: the current one, and one that somebody asks by its number
_EXTENSION: Final = "csto-graph.reconcile"
_LINKS: Final = f"{GRAPH}links/"
_MATCHED: Final = "FILTER(isIRI(?thing)) MINUS { ?thing a cst:Situation } MINUS { ?thing owl:deprecated true }"
# Each pattern by itself and joined as little as can be: at 40,000 things one VALUES over the predicates took ten times as long.
_NAMES: Final = f"""SELECT ?thing ?how ?name {{
  {{ ?thing rdfs:label ?name BIND(rdfs:label AS ?how) }} UNION {{ ?thing skos:prefLabel ?name BIND(skos:prefLabel AS ?how) }}
  UNION {{ ?thing skos:altLabel ?name BIND(skos:altLabel AS ?how) }}
  UNION {{ ?thing skos:hiddenLabel ?name BIND(skos:hiddenLabel AS ?how) }} {_MATCHED} }}"""
_CODES: Final = f"""SELECT ?thing ?code ?graph {{
  {{ ?thing skos:notation ?code }} UNION {{ ?thing dcterms:identifier ?code }}
  UNION {{ GRAPH ?graph {{ }} FILTER(STRSTARTS(STR(?graph), "{_LINKS}"))
    {{ GRAPH ?graph {{ ?thing skos:exactMatch ?code }} }} UNION {{ GRAPH ?graph {{ ?thing owl:sameAs ?code }} }}
    UNION {{ GRAPH ?graph {{ ?thing schema:sameAs ?code }} }} }} }}"""
_TYPES: Final = f"""SELECT ?thing (GROUP_CONCAT(DISTINCT STR(?type); SEPARATOR=" ") AS ?types)
  {{ ?thing rdfs:label ?label ; a ?type {_MATCHED} }} GROUP BY ?thing"""
_USED: Final = """SELECT ?type ?property (COUNT(*) AS ?count) {
  { SELECT DISTINCT ?thing ?property { ?thing ?property ?value } } ?thing a ?type } GROUP BY ?type ?property"""
_TERMS: Final = """SELECT DISTINCT ?term ?name ?broader ?range { GRAPH graph:ontology { ?term rdfs:label ?name
    OPTIONAL { ?term rdfs:subClassOf ?broader FILTER(isIRI(?broader)) }
    OPTIONAL { ?term rdfs:range ?range FILTER(isIRI(?range)) } } } ORDER BY ?term (LANG(?name) != "en") ?name"""
_NAMING: Final = frozenset(
    map(str, (RDF.type, RDFS.label, SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, SKOS.notation, DCTERMS.identifier))
)
_HOW: Final = {str(SKOS.altLabel): How.ALTERNATIVE, str(SKOS.hiddenLabel): How.HIDDEN}

Used: TypeAlias = tuple[str, str, str]  # a type, a property, and what sort of property that is
Made = TypeVar("Made")


@dataclass(slots=True)
class Kept(Generic[Made]):
    """What was made last, by key; each is made by one thread while the others wait for it."""

    most: int
    _made: OrderedDict[object, Made] = field(default_factory=OrderedDict)
    _making: dict[object, threading.Lock] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: object, make: Callable[[], Made]) -> Made:
        """What is kept under the key, or what `make` gives. Nothing is kept of what it raises."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
            making = self._making.setdefault(key, threading.Lock())
        with making:
            if key not in self._made:
                self._keep(key, make())
            return self._made[key]

    def _keep(self, key: object, made: Made) -> None:
        with self._lock:
            self._made[key] = made
            self._making.pop(key, None)
            while len(self._made) > self.most:
                self._made.popitem(last=False)


def index(release: Release) -> Index:
    """What can be matched in a release. Raises what the back-end raises, and a problem 503 where it holds more than is kept."""
    kept = cast(Kept[Index], current_app.extensions.setdefault(_EXTENSION, Kept[Index](_KEPT)))
    return kept.get((release.number, release.content), lambda: _built(release))


def rows(release: Release, query: str) -> Iterator[Row]:
    """The solutions of a query. Raises a problem 503 where there are more than `MOST`."""
    with answered(release, Query(query), "rows", MOST) as answer:
        if answer.more:
            detail = f"This release holds more than is kept for matching: {MOST:,} names, or values of one property."
            raise Problem(503, detail, limit="names", allowed=MOST)
        found = solutions(answer)
    yield from found


def _built(release: Release) -> Index:
    terms = {term.iri: term for term in _terms(rows(release, _TERMS))}
    types = {row["thing"]["value"]: frozenset(row["types"]["value"].split()) for row in rows(release, _TYPES)}
    names = _names(rows(release, _NAMES))
    entities = {iri: Entity(iri, found, types.get(iri, frozenset())) for iri, found in sorted(names)}
    codes = [row for row in rows(release, _CODES) if row["thing"]["value"] in entities]
    used = _used(rows(release, _USED)) + _used_codes(codes, entities)
    known = sorted({iri for entity in entities.values() for iri in entity.types} & terms.keys())
    properties = (_property(iri, sort, terms) for iri, sort in sorted({(iri, sort) for _, iri, sort in used}))
    owners = owners_of(entities.values())
    return Index(
        entities,
        {iri: terms[iri] for iri in known},
        {term.iri: term for term in properties if term},
        _identifiers(codes),
        _by_type(used),
        owners,
        Names(owners),
    )


def _names(found: Iterable[Row]) -> Iterator[tuple[str, tuple[tuple[str, How], ...]]]:
    """The names of each thing that has a label, which comes first, in English if there is one."""
    named: dict[str, list[tuple[How, bool, str]]] = {}
    for row in found:
        how = _HOW.get(row["how"]["value"], How.LABEL)
        english = row["name"].get("xml:lang", "en") == "en"
        named.setdefault(row["thing"]["value"], []).append((how, not english, row["name"]["value"]))
    for iri, names in named.items():
        if min(names)[0] is How.LABEL:
            yield iri, tuple((name, how) for how, _, name in sorted(set(names)))


def _terms(found: Iterable[Row]) -> Iterator[Term]:
    grouped: dict[str, list[Row]] = {}
    for row in found:
        grouped.setdefault(row["term"]["value"], []).append(row)
    for iri, several in grouped.items():
        names = dict.fromkeys(row["name"]["value"] for row in several)
        broader = {row["broader"]["value"] for row in several if "broader" in row}
        takes = sorted({row["range"]["value"] for row in several if "range" in row})
        yield Term(iri, tuple(names), tuple(sorted(broader)), takes[0] if takes else "")


def _property(iri: str, sort: str, terms: Mapping[str, Term]) -> Term | None:
    """A property that is used and has a name; the datatype of a code and a graph of links count as such."""
    if sort == "links":
        return Term(iri, (f"{iri.removeprefix(_LINKS)} (link)",), sort="links")
    if iri not in terms:
        return None
    return replace(terms[iri], broader=(), sort="code" if sort == "code" else "property")


def _used(found: Iterable[Row]) -> Counter[Used]:
    """How many things of a type have a property."""
    counted = ((row["type"]["value"], row["property"]["value"], int(row["count"]["value"])) for row in found)
    return Counter({(kind, iri, "property"): count for kind, iri, count in counted if iri not in _NAMING})


def _used_codes(codes: Iterable[Row], entities: Mapping[str, Entity]) -> Counter[Used]:
    """The same of codes, by their datatypes, and of links, by their graphs."""
    used: Counter[Used] = Counter()
    for row in codes:
        iri, sort = (row["graph"]["value"], "links") if "graph" in row else (row["code"].get("datatype", ""), "code")
        used.update((kind, iri, sort) for kind in entities[row["thing"]["value"]].types)
    return used


def _by_type(used: Mapping[Used, int]) -> dict[str, dict[str, int]]:
    grouped: dict[str, dict[str, int]] = {}
    for (kind, iri, _), count in used.items():
        grouped.setdefault(kind, {})[iri] = count
    return grouped


def _identifiers(found: Iterable[Row]) -> dict[str, tuple[str, ...]]:
    """Codes as they are written, IRIs whole and as a CURIE or by their last part: `AM`, `wd:Q399`, `Q399`."""
    whose: dict[str, set[str]] = {}
    for row in found:
        code = row["code"]["value"]
        spelled = {code} if row["code"]["type"] != "uri" else {code, curie(code), last(code)}
        for each in spelled - {""}:
            whose.setdefault(each, set()).add(row["thing"]["value"])
    return {code: tuple(sorted(things)) for code, things in whose.items()}
