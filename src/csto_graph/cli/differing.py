"""The disagreements of a release, with what a reader wants to know of each statement: its words or its citations, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from csto_graph.namespaces import CST, PREFIXES
from csto_graph.reason.grounds import Cited, stated

_PREFIXES = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("cst", "graph", "rdfs"))
_CASES = """
SELECT ?case ?kind ?query ?message ?because ?role ?statement WHERE {
  GRAPH graph:disagreements {
    ?case a cst:Disagreement ; cst:kind ?kind ; cst:query ?query ; rdfs:label ?message ; cst:because ?because ; ?role ?statement .
    VALUES ?role { cst:oneSide cst:otherSide cst:restsOn cst:follows cst:setsAside }
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
    roles: dict[tuple[str, ...], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows(store, _CASES):
        about = tuple(row[name] for name in ("kind", "message", "case", "query", "because"))
        roles[about][row["role"].rpartition("#")[2]].append(row["statement"])
    for (kind, message, case, query, because), statements in sorted(roles.items()):
        one, other, rests_on = (_in_order(store, statements[role]) for role in ("oneSide", "otherSide", "restsOn"))
        aside = next((n for n, side in enumerate((one, other)) if side[0].iri in statements["setsAside"]), None)
        follows = [any(said.iri in statements["follows"] for said in side) for side in (one, other)]
        yield Case(case, kind, query, message, because, (one, other), aside, (follows[0], follows[1]), rests_on)


def _in_order(store: Store, iris: Iterable[str]) -> tuple[Said, ...]:
    return tuple(sorted((_said(store, iri) for iri in iris), key=lambda each: (each.reading, each.when, each.iri)))


def _said(store: Store, iri: str) -> Said:
    ground = stated(store, iri)
    sources = {*(words.document for words in ground.words), *map(_source, ground.citations)}
    words = " … ".join(words.exact for words in ground.words)
    return Said(iri, ground.label, _when(store, iri), words, tuple(sorted(sources)), ground.sureness or "")


def _source(cited: Cited) -> str:
    return f"{cited.title} <{cited.address}>" if cited.address else cited.title


def _when(store: Store, iri: str) -> str:
    found = ((before, quad.object) for name, before in _WHEN.items() for quad in _quads(store, iri, name))
    told = (f"{before}{time.value}" for before, time in found if isinstance(time, Literal))
    return ", ".join(sorted(told))


def _quads(store: Store, iri: str, name: str) -> Iterator[Quad]:
    return store.quads_for_pattern(NamedNode(iri), NamedNode(str(CST[name])), None, None)


def _rows(store: Store, query: str) -> Iterator[dict[str, str]]:
    solutions = store.query(_PREFIXES + query)
    assert isinstance(solutions, QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        terms = {name: solution[name] for name in names}
        yield {name: term.value if isinstance(term, NamedNode | Literal) else "" for name, term in terms.items()}
