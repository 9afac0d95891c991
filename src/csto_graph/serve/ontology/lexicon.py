"""How English says each property and names each class: `ontology/lexicon.ttl`, told for readers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from csto_graph import resources
from csto_graph.namespaces import LEXICON, LEXINFO, ONTOLEX, RDF, SYNSEM, curie
from csto_graph.serve.ontology.files import File, read
from csto_graph.serve.ontology.index import Index

_FRAME: Final = ((str(SYNSEM.subjOfProp), "subject"), (str(SYNSEM.objOfProp), "object"), (str(LEXICON.placeOfProp), "place"),
                 (str(LEXICON.requires), "beside"))  # fmt: skip
_TOLD: Final = {  # of a sense: what it says besides, in words
    "status": "always {}", "role": "in the role “{}”", "presupposed": "taken for granted", "datedBy": "dated by {}",
    "objectFromContext": "without an object, of what the text is about",
    "subjectFromContext": "without a subject, of what the text is about",
    "unnamedAgent": "a passive may leave out who did it",
}  # fmt: skip
_NARROWED: Final = {"narrowed": "that is a {}", "coerces": "taken for a {}"}
_ROLES: Final = {str(LEXINFO.Subject): "grammatical subject", str(LEXINFO.CopulativeArg): "copulative argument"}
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Sense:
    """One way of an entry to say a property: `frame` says where its arguments stand, `beside` what else holds."""

    name: str  # where several entries share it
    reference: str
    frame: tuple[tuple[str, str], ...]
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A word, a phrase, or a family of words that do the same."""

    name: str
    words: tuple[str, ...]
    part_of_speech: str
    others: tuple[str, ...]  # further forms, and the noun of a verb
    denotes: str
    holds: tuple[str, ...]  # how it holds what it governs: `clause: cst:Planned`
    senses: tuple[Sense, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The entries by name, those of each term, and the arguments in words."""

    file: File
    entries: tuple[Entry, ...]
    arguments: tuple[tuple[str, str], ...]
    of: Mapping[str, tuple[Entry, ...]]  # IRI of a property or class → entries


@cache
def lexicon() -> Lexicon:
    """The lexicon of this installation. Raises `RefusedData` where its file cannot be read."""
    file = read([resources.root() / "ontology" / "lexicon.ttl"])
    index = Index(file.triples)
    nodes = index.typed(str(ONTOLEX.Word), str(ONTOLEX.MultiwordExpression), str(LEXICON.Family))
    entries = tuple(sorted((_entry(index, node) for node in nodes), key=lambda entry: (entry.name.lower(), entry.name)))
    of: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for iri in dict.fromkeys([*(sense.reference for sense in entry.senses), entry.denotes]):
            of[iri].append(entry)
    return Lexicon(file, entries, tuple(_arguments(index)), {iri: tuple(found) for iri, found in of.items()})


def _name(node: str) -> str:
    return node.removeprefix(str(LEXICON)) if node.startswith(str(LEXICON)) else ""


def _entry(index: Index, node: str) -> Entry:
    return Entry(
        _name(node),
        tuple(map(_word, (*_written(index, node, ONTOLEX.canonicalForm), *_texts(index, node, LEXICON.word)))),
        next((in_words(each) for each in index.nodes(node, str(LEXINFO.partOfSpeech))), ""),
        (*_written(index, node, ONTOLEX.otherForm), *_texts(index, node, LEXICON.nominal)),
        next(iter(index.nodes(node, str(ONTOLEX.denotes))), ""),
        tuple(_holds(index, node)),
        tuple(_sense(index, sense) for sense in index.nodes(node, str(ONTOLEX.sense))),
        _texts(index, node, LEXICON.example),
        _texts(index, node, LEXICON.counterExample),
    )


def _holds(index: Index, node: str) -> Iterator[str]:
    own = (predicate for predicate in index.predicates(node) if predicate.startswith(str(LEXICON)))
    yield from (f"{in_words(predicate)}: {curie(each)}" for predicate in own for each in index.nodes(node, predicate))


def _written(index: Index, node: str, predicate: str) -> Iterator[str]:
    for form in index.nodes(node, str(predicate)):
        yield from _texts(index, form, ONTOLEX.writtenRep)


def _word(written: str) -> str:
    """`@Organisation` stands for every noun that denotes that class."""
    return f"any noun for {written[1:]}" if written.startswith("@") else written


def in_words(iri: str) -> str:
    """The last part of an IRI: `…lexinfo#PrepositionalObject` → `prepositional object`, `versionIRI` → `version IRI`."""
    words = _CAMEL.sub(" ", re.split("[#/]", iri)[-1]).split()
    return " ".join(word if word.isupper() else word.lower() for word in words)


def _texts(index: Index, node: str, predicate: str) -> tuple[str, ...]:
    return tuple(text.value for text in index.texts(node, str(predicate)))


def _sense(index: Index, node: str) -> Sense:
    reference = next(iter(index.nodes(node, str(ONTOLEX.reference))), "")
    frame = ((role, _argument(index, each)) for predicate, role in _FRAME for each in index.nodes(node, predicate))
    return Sense(_name(node), reference, tuple(frame), tuple(_beside(index, node)))


def _beside(index: Index, node: str) -> Iterator[str]:
    for name, told in _TOLD.items():
        values = [curie(each) for each in index.nodes(node, str(LEXICON[name]))] or list(_texts(index, node, LEXICON[name]))
        yield from (told.format(value) for value in values if value != "false")


def _argument(index: Index, node: str) -> str:
    """Where an argument stands, in words: `prepositional object after “to” or “into”, that is a cst:ArmedForce`."""
    for possessed in index.nodes(node, str(LEXICON.possessorOf)):
        return f"owner of the {_argument(index, possessed)}"
    markers = [f"“{marker}”" for marker in _texts(index, node, SYNSEM.marker)]
    heads = [f"a noun of {curie(each)}" for each in index.nodes(node, str(LEXICON.ofClass))]
    heads += map(_filler, _texts(index, node, LEXICON.filler))
    kind = next(iter(index.nodes(node, str(RDF.type))), "")
    parts = [_ROLES.get(kind) or in_words(kind)]
    parts += [f"with {_either(markers)}"] if markers else []
    parts += [told.format(curie(each)) for name, told in _NARROWED.items() for each in index.nodes(node, str(LEXICON[name]))]
    return ", ".join(parts + ([f"headed by {_either(heads)}"] if heads else []))


def _filler(written: str) -> str:
    return {"@number": "a number", "@name": "a name"}.get(written) or f"“{written}”"


def _either(words: list[str]) -> str:
    *before, last = words
    return f"{', '.join(before)} or {last}" if before else last


def _arguments(index: Index) -> Iterator[tuple[str, str]]:
    """Each argument that has a name of its own, in words; of those, only what senses use has a type and no written form."""
    used = {node for predicate, _ in _FRAME for sense in _senses(index) for node in index.nodes(sense, predicate)}
    for node in sorted(used, key=lambda each: (each.lower(), each)):
        yield _name(node), _argument(index, node)


def _senses(index: Index) -> set[str]:
    entries = index.typed(str(ONTOLEX.Word), str(ONTOLEX.MultiwordExpression))
    return {sense for entry in entries for sense in index.nodes(entry, str(ONTOLEX.sense))}
