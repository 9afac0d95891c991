"""The description of a release, which lies beside its graphs: VoID, counted in its store."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import QuerySolutions, Store

from csto_graph import resources
from csto_graph.mappings import known_targets
from csto_graph.release.turtle import sorted_triples, turtle
from csto_graph.void.counting import counted
from csto_graph.void.describing import dataset_triples


def void_description(store: Store) -> bytes:
    """Turtle: the dataset and each graph as a subset of it, with what VoID counts of them. No clock, no address of a service."""

    def ask(query: str) -> Iterator[dict[str, str]]:
        solutions = store.query(query)
        assert isinstance(solutions, QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            yield {name: term.value for name in names if (term := solution[name]) is not None}

    targets = known_targets([resources.root() / "data" / "mappings"])
    return turtle(sorted_triples(dataset_triples(counted(ask), targets), "void.ttl"))
