"""The figures of a dataset and of each of its graphs, as VoID defines them (section 3), by SPARQL 1.1 queries.

Whoever asks hands over a function that answers a query with rows: the lexical form of each bound variable by its name.
The graph without a name is counted under the IRI by which releases speak of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from csto_graph.namespaces import BASE, CST, DCTERMS, GRAPH, ID, ONTOLOGY_IRI, RDF, RDFS

Ask: TypeAlias = Callable[[str], Iterable[Mapping[str, str]]]

DATASET: Final = f"{BASE}dataset"
_LINKS: Final = f"{GRAPH}links/"
_EXAMPLES: Final = 10  # things, those of which most is said
_NAMED: Final = 100  # places, those where most took place
_TYPE: Final = f"<{RDF.type}>"
_OURS: Final = f'STRSTARTS(STR(?s), "{ID}")'


def _everywhere(pattern: str) -> str:
    """A pattern in every graph, the one without a name included, which binds ?g to the graph."""
    return f"{{ {pattern} BIND (<{GRAPH}default> AS ?g) }} UNION {{ GRAPH ?g {{ {pattern} }} FILTER (ISIRI(?g)) }}"


_ALL: Final = _everywhere("?s ?p ?o")
_TYPED: Final = _everywhere(f"?s {_TYPE} ?c FILTER (ISIRI(?c))")
_NODES: Final = "(COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects)"
_PROPERTIES: Final = f"SELECT ?g ?p (COUNT(*) AS ?n) {{ {_ALL} }} GROUP BY ?g ?p"
_CLASSES: Final = f"SELECT ?g ?c (COUNT(DISTINCT ?s) AS ?n) {{ {_TYPED} }} GROUP BY ?g ?c"
_CLASSES_OF_ALL: Final = f"SELECT ?c (COUNT(DISTINCT ?s) AS ?n) {{ {_TYPED} }} GROUP BY ?c"
_DISTINCT: Final = f"SELECT ?g {_NODES} {{ {_ALL} }} GROUP BY ?g"
_DISTINCT_OF_ALL: Final = f"SELECT {_NODES} {{ {_ALL} }}"
_ENTITIES: Final = f"SELECT ?g (COUNT(DISTINCT ?s) AS ?n) {{ {_ALL} FILTER ({_OURS}) }} GROUP BY ?g"
_ENTITIES_OF_ALL: Final = f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ {_ALL} FILTER ({_OURS}) }}"
# A type is no link (section 2 of the guide), nor is a triple between two things of ours.
_LINKED: Final = f"""SELECT ?p (COUNT(*) AS ?n) (MIN(STR(?s)) AS ?example) {{{{
  GRAPH <{{graph}}> {{{{ ?s ?p ?o }}}}
  FILTER ({_OURS} && ISIRI(?o) && !STRSTARTS(STR(?o), "{BASE}") && ?p != {_TYPE})
}}}} GROUP BY ?p"""
_SHOWN: Final = f"""SELECT ?s (COUNT(*) AS ?n) {{ ?s ?p ?o FILTER ({_OURS}) }}
GROUP BY ?s ORDER BY DESC(?n) STR(?s) LIMIT {_EXAMPLES}"""
_PERIOD: Final = f"""SELECT ?earliest ?latest {{
  {{ SELECT (MIN(?from) AS ?earliest) {{ ?s <{CST.fromEarliest}> ?from }} }}
  {{ SELECT (MAX(?to) AS ?latest) {{ ?s <{CST.fromLatest}>|<{CST.toLatest}> ?to }} }}
}}"""
_PLACES: Final = f"""SELECT ?place (COUNT(*) AS ?n) {{ ?event <{CST.tookPlaceIn}> ?place FILTER (ISIRI(?place)) }}
GROUP BY ?place ORDER BY DESC(?n) STR(?place) LIMIT {_NAMED}"""
_CREATORS: Final = f"SELECT DISTINCT ?name {{ GRAPH <{GRAPH}ontology> {{ <{ONTOLOGY_IRI}> <{DCTERMS.creator}> ?name }} }}"
_LABELS: Final = """SELECT ?thing (MIN(STR(?l)) AS ?label) {{
  VALUES ?thing {{ {things} }} ?thing <{label}> ?l FILTER (LANGMATCHES(LANG(?l), "en"))
}} GROUP BY ?thing"""
_TITLES: Final = "SELECT ?document (MIN(STR(?t)) AS ?title) {{ VALUES ?document {{ {documents} }} {where} }} GROUP BY ?document"


@dataclass(frozen=True, slots=True)
class Figures:
    """What VoID counts of a dataset, of a graph here (sections 3 and 4.4)."""

    triples: int
    entities: int  # subjects whose IRI is that of a thing of ours
    subjects: int  # distinct
    objects: int  # distinct, literals included
    classes: Mapping[str, int]  # class → its entities
    properties: Mapping[str, int]  # property → its triples


@dataclass(frozen=True, slots=True)
class Links:
    """The links of one predicate in the graph of one target: how many, and a thing of ours that has one."""

    graph: str
    predicate: str
    triples: int
    example: str


@dataclass(frozen=True, slots=True)
class Contents:
    """A dataset counted."""

    whole: Figures
    graphs: Mapping[str, Figures]  # IRI → figures, by IRI
    links: tuple[Links, ...]
    examples: tuple[str, ...]  # IRIs, the one of which most is said first
    keywords: tuple[str, ...]  # the English labels of these
    creators: tuple[str, ...]  # names, as the ontology states them
    earliest: str  # xsd:date of what is described in the graph without a name; empty where nothing is dated
    latest: str
    places: tuple[str, ...]  # IRIs of where most of what is described took place
    titles: Mapping[str, str]  # name of a source → title of its text


def counted(ask: Ask) -> Contents:
    """Counts a dataset. Whatever `ask` raises is raised."""
    graphs = _graphs(ask)
    examples = tuple(row["s"] for row in ask(_SHOWN) if "s" in row)
    period = next(iter(ask(_PERIOD)), {})
    return Contents(
        whole=_whole(ask, graphs.values()),
        graphs=graphs,
        links=tuple(links for graph in graphs if graph.startswith(_LINKS) for links in _links(ask, graph)),
        examples=examples,
        keywords=tuple(_labels(ask, examples)),
        creators=tuple(sorted(row["name"] for row in ask(_CREATORS))),
        earliest=period.get("earliest", ""),
        latest=period.get("latest", ""),
        places=tuple(sorted(row["place"] for row in ask(_PLACES) if "place" in row)),
        titles=_titles(ask, graphs),
    )


def _graphs(ask: Ask) -> dict[str, Figures]:
    properties, classes = _by_graph(ask(_PROPERTIES), "p"), _by_graph(ask(_CLASSES), "c")
    distinct = {row["g"]: row for row in ask(_DISTINCT)}
    entities = {row["g"]: int(row["n"]) for row in ask(_ENTITIES) if "g" in row}
    return {
        graph: Figures(
            sum(properties[graph].values()),
            entities.get(graph, 0),
            int(distinct[graph]["subjects"]),
            int(distinct[graph]["objects"]),
            classes.get(graph, {}),
            properties[graph],
        )
        for graph in sorted(properties)
    }


def _whole(ask: Ask, graphs: Iterable[Figures]) -> Figures:
    """A triple that stands in two graphs is two; a thing that stands in two is one."""
    properties: Counter[str] = Counter()
    for figures in graphs:
        properties.update(figures.properties)
    distinct = next(iter(ask(_DISTINCT_OF_ALL)))
    entities = next(iter(ask(_ENTITIES_OF_ALL)))
    classes = {row["c"]: int(row["n"]) for row in ask(_CLASSES_OF_ALL) if "c" in row}
    nodes = int(entities["n"]), int(distinct["subjects"]), int(distinct["objects"])
    return Figures(properties.total(), *nodes, dict(sorted(classes.items())), dict(sorted(properties.items())))


def _by_graph(rows: Iterable[Mapping[str, str]], name: str) -> dict[str, dict[str, int]]:
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        if name in row:  # SPARQL answers a grouping of nothing with an empty row
            found[row["g"]][row[name]] = int(row["n"])
    return {graph: dict(sorted(counts.items())) for graph, counts in found.items()}


def _links(ask: Ask, graph: str) -> Iterator[Links]:
    for row in sorted(ask(_LINKED.format(graph=graph)), key=lambda row: row.get("p", "")):
        if "p" in row:
            yield Links(graph, row["p"], int(row["n"]), row["example"])


def _labels(ask: Ask, things: Iterable[str]) -> list[str]:
    named = " ".join(f"<{thing}>" for thing in things)
    found = ask(_LABELS.format(things=named, label=RDFS.label)) if named else ()
    return sorted(row["label"] for row in found if "label" in row)


def _titles(ask: Ask, graphs: Iterable[str]) -> dict[str, str]:
    """A text is the document that has the name of its source."""
    sources = [graph.removeprefix(f"{GRAPH}source/") for graph in graphs if graph.startswith(f"{GRAPH}source/")]
    documents = " ".join(f"<{ID}document/{source}>" for source in sources)
    query = _TITLES.format(documents=documents, where=_everywhere(f"?document <{DCTERMS.title}> ?t"))
    found = {row["document"]: row["title"] for row in (ask(query) if sources else ()) if "document" in row}
    return {iri.removeprefix(f"{ID}document/"): title for iri, title in found.items()}
