"""The parts that are loaded once in a process, from the files of the project."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from csto_graph import resources
from csto_graph.cited import Collection
from csto_graph.curated import admitted, load_collections
from csto_graph.enrichment import Enrichment
from csto_graph.extract.confidence import Confidence, load_confidence
from csto_graph.extract.language import load
from csto_graph.extract.lexicon_file import load_lexicon
from csto_graph.extract.reader import Reader
from csto_graph.extract.terms import load_terms
from csto_graph.link.reference import Reference, load_reference


@cache
def reader() -> Reader:
    """What reads texts: the language model, the lexicon and the names."""
    lexicon, terms = load_lexicon(ontology("lexicon.ttl")), load_terms(ontology("csto.ttl"))
    return Reader(lexicon, terms, reference().names, load())


@cache
def reference() -> Reference:
    """The reference data."""
    return load_reference(data("reference"))


@cache
def collections() -> tuple[Collection, ...]:
    """The cited facts."""
    return load_collections(data("curated"), reference().things, ontology("csto.ttl"))


def cited(enrichments: Iterable[Enrichment]) -> tuple[Collection, ...]:
    """The cited facts, and what was admitted of imports."""
    return (*collections(), *admitted(enrichments, reference().things, ontology("csto.ttl")))


@cache
def confidence() -> Confidence:
    """How often each rule was right."""
    return load_confidence(data("confidence"))


def ontology(name: str) -> Path:
    """A file of `ontology/`."""
    return resources.root() / "ontology" / name


def data(name: str) -> Path:
    """A folder of `data/`."""
    return resources.root() / "data" / name
