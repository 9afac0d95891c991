"""What the servers are asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Final

from benchmarks.service.world import MEMBERS, STATES, organisations
from csto_graph import resources
from csto_graph.namespaces import ID, PREFIXES

RUNAWAY: Final = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(8)) + " }"
_LOADS: Final = count()
_MANY: Final = 20_000  # different queries of a kind, where the world has so many


@dataclass(frozen=True, slots=True)
class Question:
    """A kind of query: those of it that are put in turn, and the syntax they are answered in."""

    name: str
    queries: tuple[str, ...]
    accept: str = "application/sparql-results+json"
    clients: tuple[int, ...] = (1, 8)


def questions(size: int) -> Iterator[Question]:
    """All of them, for a world of that size."""
    most, random = organisations(size), Random(2)
    picked = [random.randrange(most) for _ in range(min(_MANY, most * MEMBERS))]
    yield Question("point look-ups", tuple(map(_look_up, range(len(picked)), picked)))
    yield Question("point look-ups, repeated", (_look_up(0, 0),))
    yield Question("joins", tuple(map(_join, range(len(picked)), picked)))
    yield Question("joins, wide", tuple(map(_wide_join, range(2_000))))
    yield Question("aggregation", tuple(map(_aggregation, range(1, 2_001))), clients=(1,))
    yield Question("aggregation, repeated", (_aggregation(0),), clients=(1,))
    for path in sorted((resources.root() / "queries" / "competency").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        yield Question(f"competency {path.stem}", tuple(f"{text}\n# {n}" for n in range(500)), clients=(1,))
        yield Question(f"competency {path.stem}, repeated", (text,), clients=(1,))
    rows = _headed("SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 100000")
    yield Question("CSV of 100,000 rows", tuple(f"{rows}\n# {n}" for n in range(500)), "text/csv", (1,))


def fresh(queries: Sequence[str]) -> tuple[str, ...]:
    """The same ones as nobody has put them yet, so that no cache answers; one that stands alone is to be repeated."""
    if len(queries) == 1:
        return tuple(queries)
    load = next(_LOADS)
    return tuple(f"{query}\n# {load}" for query in queries)


def _look_up(number: int, organisation: int) -> str:
    """All that is said of a membership of the organisation."""
    return f"SELECT ?p ?o {{ <{ID}membership/{organisation}-{number % MEMBERS}> ?p ?o }}"


def _join(number: int, organisation: int) -> str:
    """Who was a member on a day, with the treaty behind the organisation."""
    return _headed(
        f"""SELECT ?name ?treaty {{
  ?membership cst:organisation <{ID}organisation/{organisation}> ; cst:member ?member ; cst:fromLatest ?from .
  ?member rdfs:label ?name .
  <{ID}organisation/{organisation}> cst:foundedBy ?treaty .
  FILTER (?from < "20{10 + number % 10}-01-01"^^xsd:date)
}}"""
    )


def _wide_join(number: int) -> str:
    """With whom a state shared which organisations on a day, and by which treaty: every membership of it beside all others."""
    day = f'"{1960 + number // STATES % 60}-07-01"^^xsd:date'
    return _headed(
        f"""SELECT ?name ?organisation ?treaty {{
  ?own cst:member <{ID}state/{number % STATES}> ; cst:organisation ?organisation ; cst:fromLatest ?begun ; cst:toEarliest ?ended .
  ?theirs cst:organisation ?organisation ; cst:member ?other ; cst:fromLatest ?from ; cst:toEarliest ?to .
  ?other rdfs:label ?name .
  ?organisation cst:foundedBy ?treaty .
  FILTER (?own != ?theirs && ?begun <= {day} && {day} <= ?ended && ?from <= {day} && {day} <= ?to)
}}"""
    )


def _aggregation(number: int) -> str:
    return _headed(
        f"""SELECT ?member (COUNT(?membership) AS ?n) (MIN(?from) AS ?first) {{
  ?membership cst:member ?member ; cst:fromLatest ?from .
  FILTER (?from > "{1950 + number % 60}-{1 + number // 60 % 12:02}-01"^^xsd:date)
}} GROUP BY ?member ORDER BY DESC(?n) ?member LIMIT {10 + number // 720}"""
    )


def _headed(query: str) -> str:
    """With its prefixes, which other servers do not know."""
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("cst", "rdfs", "xsd")) + query
