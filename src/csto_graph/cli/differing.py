"""The disagreements of a release, with what a reader wants to know of each statement: its words or its citations, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from csto_graph.namespaces import PREFIXES

_PREFIXES = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("cst", "dcterms", "graph", "oa", "rdfs", "schema"))
_CASES = """
SELECT ?case ?kind ?query ?message ?because ?role ?statement WHERE {
  GRAPH graph:disagreements {
    ?case a cst:Disagreement ; cst:kind ?kind ; cst:query ?query ; rdfs:label ?message ; cst:because ?because ; ?role ?statement .
    VALUES ?role { cst:oneSide cst:otherSide cst:restsOn cst:follows cst:setsAside }
  }
}"""
_SAID = """
SELECT ?statement ?reading ?when ?value ?words ?source ?address ?sureness WHERE {
  {
    SELECT DISTINCT ?statement WHERE {
      GRAPH graph:disagreements { ?case ?role ?statement } VALUES ?role { cst:disagrees cst:restsOn }
    }
  }
  GRAPH ?evidence { ?statement rdfs:label ?reading }
  {
    GRAPH ?evidence { ?statement ?when ?value } VALUES ?when { cst:time cst:from cst:to cst:validAt }
  } UNION {
    GRAPH ?evidence {
      ?statement cst:evidence ?place . ?place oa:hasSource ?document ; oa:hasSelector ?quote .
      ?quote oa:exact ?words . ?document rdfs:label ?source
    }
  } UNION {
    GRAPH ?evidence {
      ?statement cst:sureness ?grade ; dcterms:source ?document . ?document dcterms:title ?source .
      OPTIONAL { ?document schema:url ?address }
    }
    BIND(STRAFTER(STR(?grade), "#Sureness") AS ?sureness)
  }
}"""
_WHEN = {"time": "", "from": "from ", "to": "until ", "validAt": "at "}


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as a reader sees it."""

    iri: str
    reading: str
    when: str  # "from 1992-05-15, until 1999", "at 2022-12"; empty where it has no time
    words: str  # of a text; empty where the statement is cited
    sources: tuple[str, ...]  # titles, with the address behind where there is one
    sureness: str  # A, B or C of cited facts, else empty


@dataclass(frozen=True, slots=True)
class Case:
    """A disagreement: its two sides, which of them it sets aside (None: neither), what it rests on, and the reason.

    Where it sets neither aside another disagreement may: `followed` tells of each side whether anything of it is followed.
    """

    iri: str
    kind: str
    query: str
    message: str
    because: str
    sides: tuple[tuple[Said, ...], tuple[Said, ...]]
    aside: int | None
    followed: tuple[bool, bool]
    rests_on: tuple[Said, ...]


def cases(store: Store) -> Iterator[Case]:
    """Every disagreement of a release, by kind, then by what it says."""
    said = _said(store)
    roles: dict[tuple[str, ...], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows(store, _CASES):
        about = tuple(row[name] for name in ("kind", "message", "case", "query", "because"))
        roles[about][row["role"].rpartition("#")[2]].append(row["statement"])
    for (kind, message, case, query, because), statements in sorted(roles.items()):
        one, other, rests_on = (_in_order(statements[role], said) for role in ("oneSide", "otherSide", "restsOn"))
        aside = next((n for n, side in enumerate((one, other)) if side[0].iri in statements["setsAside"]), None)
        follows = [any(said.iri in statements["follows"] for said in side) for side in (one, other)]
        yield Case(case, kind, query, message, because, (one, other), aside, (follows[0], follows[1]), rests_on)


def _in_order(iris: Iterable[str], said: Mapping[str, Said]) -> tuple[Said, ...]:
    return tuple(sorted((said[iri] for iri in iris), key=lambda each: (each.reading, each.when, each.iri)))


def _said(store: Store) -> dict[str, Said]:
    parts: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in _rows(store, _SAID):
        known = parts[row["statement"], row["reading"]]
        known["sources"].add(" ".join(filter(None, (row["source"], f"<{row['address']}>" if row["address"] else ""))))
        known["when"].add(f"{_WHEN[row['when'].rpartition('#')[2]]}{row['value']}" if row["when"] else "")
        for name in ("words", "sureness"):
            known[name].add(row[name])
    return {iri: _statement(iri, reading, known) for (iri, reading), known in parts.items()}


def _statement(iri: str, reading: str, known: Mapping[str, set[str]]) -> Said:
    when, words, sources, sureness = (sorted(known[name] - {""}) for name in ("when", "words", "sources", "sureness"))
    return Said(iri, reading, ", ".join(when), " … ".join(words), tuple(sources), "".join(sureness))


def _rows(store: Store, query: str) -> Iterator[dict[str, str]]:
    solutions = store.query(_PREFIXES + query)
    assert isinstance(solutions, QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        terms = {name: solution[name] for name in names}
        yield {name: term.value if isinstance(term, NamedNode | Literal) else "" for name, term in terms.items()}
