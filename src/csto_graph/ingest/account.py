"""What one source says in a graph: its statements, the things it brought up, what others say too and what they contradict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from csto_graph.model import Thing
from csto_graph.namespaces import CST, GRAPH

_QUESTIONS: Final = Path(__file__).parent / "questions"


@dataclass(frozen=True, slots=True)
class Repeated:
    """A triple that this source asserts, as people read it ("Armenia memberOf CIS"), and that others assert too."""

    reading: str
    others: tuple[str, ...]  # the ids of sources and curated collections


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A disagreement in which this source takes part, as the build found and settled it."""

    kind: str
    message: str  # what one side says | what the other says
    others: tuple[str, ...]  # the ids of those on the other side
    verdict: str  # of this source's side: followed, kept as the other is, set aside, or neither


@dataclass(frozen=True, slots=True)
class Account:
    """What one source says in a graph."""

    statements: Counter[tuple[str, str]]  # by predicate and status
    minted: tuple[Thing, ...]  # described by this source alone
    repeated: tuple[Repeated, ...]
    contradictions: tuple[Contradiction, ...]


def account(store: ox.Store, source_id: str) -> Account:
    """What this source says in a store. Empty where the store does not have it."""
    asked = {question.stem: list(_solutions(store, question, source_id)) for question in sorted(_QUESTIONS.glob("*.rq"))}
    return Account(
        statements=Counter((_local(row["predicate"]), _local(row["status"]).lower()) for row in asked["statements"]),
        minted=tuple(Thing(row["thing"], row["label"], _local(row["type"]), reviewed=False) for row in asked["minted"]),
        repeated=tuple(Repeated(row["reading"], _ids(row["others"])) for row in asked["repeated"]),
        contradictions=tuple(
            Contradiction(row["kind"], row["message"], _ids(row["others"]), row["verdict"]) for row in asked["contradicted"]
        ),
    )


def _solutions(store: ox.Store, question: Path, source_id: str) -> Iterator[dict[str, str]]:
    query = question.read_text(encoding="utf-8")
    graphs: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {}
    for kind in ("source", "evidence"):
        if f"?{kind}" in query:  # a variable that a query does not have cannot be substituted
            graphs[ox.Variable(kind)] = ox.NamedNode(f"{GRAPH}{kind}/{source_id}")
    solutions = store.query(query, substitutions=graphs)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {name: _text(solution[name]) for name in names if ox.Variable(name) not in graphs}


def _text(term: object) -> str:
    assert isinstance(term, ox.NamedNode | ox.Literal), term  # a release has no blank nodes
    return term.value


def _local(iri: str) -> str:
    return iri.removeprefix(str(CST))


def _ids(joined: str) -> tuple[str, ...]:
    return tuple(sorted(joined.split(", ")))
