"""What each graph of a release holds, in words: the table of graphs of the design, as titles and descriptions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from csto_graph.namespaces import GRAPH

# What follows `graph/` → title and description; {name} is what follows that.
_HOLDS: Final[dict[str, tuple[str, str]]] = {
    "default": (
        "What is asserted, and what follows from it",
        "Plain triples, the nodes of situations and events, labels of things, and what follows from them. "
        "No statement, claim or passage, no link and no graph of a user. It is the default graph of the dataset.",
    ),
    "source": ("Asserted by {name}", "The plain triples and situations that one text asserts."),
    "evidence": ("Evidence from {name}", "Statements and claims with their status, and the words or citations they rest on."),
    "curated": ("Cited facts: {name}", "Facts put together from cited publications, as plain triples and situations."),
    "reference": ("Reference data", "States, organisations, treaties and places: their names and kinds."),
    "inferred": ("Inferred triples", "What reasoning over the ontology and the default graph adds, and nothing else."),
    "links": ("Links to {name}", "Things of the dataset and what they correspond to in another dataset."),
    "enrichment": (
        "Brought in: {name}",
        "Properties of linked things as another dataset gives them, each with whence it was taken and through which link.",
    ),
    "ontology": ("Ontology", "The vocabulary of the dataset: classes, properties and their alignments."),
    "disagreements": ("Disagreements", "Statements that cannot all be right, and which of them the default graph follows."),
}
_OF_A_USER: Final = ("Graph of a user: {name}", "Written over HTTP by whoever has the token, checked against the shapes.")


def title_and_description(graph: str, names: Mapping[str, str]) -> tuple[str, str]:
    """In English; `names` gives the title of a text or of a target by the name that the graph has of it."""
    kind, _, name = graph.removeprefix(str(GRAPH)).partition("/")
    if not graph.startswith(str(GRAPH)) or kind not in _HOLDS:
        title, description = _OF_A_USER
        return title.format(name=graph), description
    title, description = _HOLDS[kind]
    return title.format(name=names.get(name, name)), description
