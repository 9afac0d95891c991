"""One sentence read by the whole extractor, for the tables of cases."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from csto_graph import resources
from csto_graph.extract.language import load
from csto_graph.extract.lexicon import Lexicon
from csto_graph.extract.lexicon_file import load_lexicon
from csto_graph.extract.reader import Reader
from csto_graph.extract.terms import load_terms
from csto_graph.link.reference import Reference, load_reference
from csto_graph.model import Extraction, Mention, Source, Value
from csto_graph.text.blocks import blocks

DATE = "2022-01-10"
Read = Callable[[str], tuple[Extraction, ...]]


@cache
def lexicon() -> Lexicon:
    """The lexicon of the project."""
    return load_lexicon(resources.root() / "ontology" / "lexicon.ttl")


@cache
def reference() -> Reference:
    """What the project knows before any text is read."""
    return load_reference(resources.root() / "data" / "reference")


@cache
def reader() -> Reader:
    """A reader with the project's lexicon and names."""
    return Reader(lexicon(), load_terms(resources.root() / "ontology" / "csto.ttl"), reference().names, load())


def read(text: str, date: str | None = DATE) -> tuple[Extraction, ...]:
    """What a text states."""
    source = Source("sample", "sample", text, Path("sample.txt"), date)
    return reader().read(source, blocks(source))[1]


def spelled(extraction: Extraction) -> str:
    """`predicate: subject · object`, with a dash for what is not named."""
    return f"{extraction.predicate}: {end(extraction.subject)} · {end(extraction.object)}"


def end(value: Mention | Value | None) -> str:
    """The label of a mention, the value of a literal, a dash for nothing."""
    if isinstance(value, Mention):
        return value.label
    return value.value if value else "–"


def names(value: Mention | Value | None) -> set[str]:
    """Every way a test may call an end: its label, its words, its abbreviation."""
    if isinstance(value, Mention):
        short = {n.surface_form for n in reference().names if n.iri == value.iri}
        return {value.label, value.surface_form, *short}
    return {end(value)}


def states(sentence: str, predicate: str, subject: str, object_: str) -> bool:
    """Whether a sentence makes this statement, whatever its status."""
    found = (e for e in read(sentence) if e.predicate == predicate)
    return any(subject in names(e.subject) and object_ in names(e.object) for e in found)


def read_as(sentence: str, predicate: str) -> list[str]:
    """The statements of one predicate that a sentence makes."""
    return [spelled(e) for e in read(sentence) if e.predicate == predicate]
