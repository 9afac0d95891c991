"""Statements that cannot all be right: `queries/disagreements/*.rq`, each solution one side against the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from csto_graph.errors import RefusedData
from csto_graph.headers import header
from csto_graph.iris import digest
from csto_graph.model import Disagreement, Verdict
from csto_graph.namespaces import CST, ID
from csto_graph.validate.policy import decide, load_policy, unknown_kinds, unused_choices
from csto_graph.validate.queries import solutions_of, text_of

_REQUIRED: Final = frozenset({"one", "other", "message"})
_SURENESS: Final = f"SELECT ?statement ?sureness WHERE {{ GRAPH ?evidence {{ ?statement <{CST.sureness}> ?sureness }} }}"

Sides = tuple[tuple[str, ...], tuple[str, ...]]


def settled(store: ox.Store, queries: Path, policy: Path) -> tuple[tuple[Verdict, ...], tuple[str, ...]]:
    """What is found, with what the policy says of it; and a note for each of its choices and kinds that fits nothing."""
    found, rules = disagreements(store, queries), load_policy(policy)
    kinds = {_kind(path, path.read_text(encoding="utf-8")) for path in queries.glob("*.rq")}
    return decide(found, grades(store), rules), (*unknown_kinds(kinds, rules), *unused_choices(found, rules))


def disagreements(store: ox.Store, queries: Path) -> tuple[Disagreement, ...]:
    """Runs every query of the folder over the evidence graphs; what is found, in the order of its IRIs.

    A query begins with `#+ summary: …` and `#+ kind: …` and selects ?one, ?other and ?message, and if it helps ?restsOn. Save
    the message each is the IRI of a statement, or several joined by spaces: any of them would do, or with `#+ sides: joint` it
    takes them all. Which side is ?one makes no difference.
    Raises `RefusedData` if the folder holds no query, or if one of them cannot be run.
    """
    paths = sorted(queries.glob("*.rq"))
    if not paths:
        raise RefusedData(queries, "holds no query for disagreements", "Restore the folder from the repository")
    return tuple(sorted((each for path in paths for each in _found(store, path)), key=lambda each: each.iri))


def grades(store: ox.Store) -> Mapping[str, str]:
    """How sure curated statements are: IRI → A, B or C. What a text says is not among them."""
    rows = store.query(_SURENESS)
    assert isinstance(rows, ox.QuerySolutions)
    return {text_of(row["statement"]): text_of(row["sureness"]).removeprefix(f"{CST}Sureness") for row in rows}


def _found(store: ox.Store, path: Path) -> Iterator[Disagreement]:
    rows: dict[Sides, list[ox.QuerySolution]] = defaultdict(list)
    for solution in solutions_of(store, path, _REQUIRED):
        one, other = (set(_statements([solution], name)) for name in ("one", "other"))
        # What gives both dates itself speaks for neither; and an aggregate over nothing is a solution too.
        first, second = sorted((tuple(sorted(one - other)), tuple(sorted(other - one))))
        if first and second:
            rows[first, second].append(solution)
    query = path.read_text(encoding="utf-8")
    kind, joint = _kind(path, query), header(query, "sides") == "joint"
    for sides, solutions in rows.items():
        yield Disagreement(
            iri=f"{ID}disagreement/{digest(path.stem, *(' '.join(side) for side in sides))}",
            kind=kind,
            query=path.stem,
            sides=sides,
            rests_on=_statements(solutions, "restsOn"),
            joint=joint,
            message=min(text_of(solution["message"]) for solution in solutions),
        )


def _statements(rows: Iterable[ox.QuerySolution], name: str) -> tuple[str, ...]:
    return tuple(sorted({iri for row in rows if (term := row[name]) is not None for iri in text_of(term).split()}))


def _kind(path: Path, query: str) -> str:
    kind = header(query, "kind")
    if not kind:
        raise RefusedData(path, 'has no line "#+ kind: …" below its summary', "Say there what the statements disagree on")
    return kind
