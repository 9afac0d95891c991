"""`ontology/lexicon.ttl` → the records of the lexicon.

The file uses OntoLex-Lemon (W3C Community Report, 10 May 2016): entries with senses, each sense with a reference to a
property and with `synsem:subjOfProp`/`synsem:objOfProp` pointing at syntactic arguments typed by LexInfo.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from csto_graph.errors import RefusedData
from csto_graph.extract.lexicon import Argument, Entry, Governor, Lexicon, Sense, Traits
from csto_graph.extract.variants import nominals, trigger_first
from csto_graph.model import Status
from csto_graph.namespaces import CST, LEXICON, LEXINFO, ONTOLEX, RDF, SYNSEM

ARROW = "⇒"
_TRAITS = {
    "sends": "sends",
    "through_forces": "throughForces",
    "through_leaders": "throughLeaders",
    "jointly": "jointly",
    "through_members": "throughMembers",
    "by_role": "byRole",
}
CONSTRUCTIONS = tuple(field.name for field in fields(Governor))


def load_lexicon(path: Path) -> Lexicon:
    """Reads the lexicon. Raises `RefusedData` naming the entry that does not hold."""
    graph = Graph()
    try:
        graph.parse(path, format="turtle")
    except OSError as error:
        raise RefusedData(path, f"cannot be read ({error.strerror})", "Restore it from the repository") from None
    except (SyntaxError, ValueError) as error:
        raise RefusedData(path, f"is not Turtle ({' '.join(str(error).split())[:160]})", "Mend the line it names") from None
    read = _Reader(graph, path)
    entries = tuple(sorted(read.entries(), key=lambda entry: (entry.id, entry.words)))
    by_trigger: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in (*entries, *nominals(entries)):
        for form in (entry.words[0], *entry.forms) if entry.senses else ():
            by_trigger[form, entry.part_of_speech].append(entry)
    nouns = [e for e in entries if e.part_of_speech == "noun" and len(e.words) == 1]
    classes = {e.words[0]: e.denotes for e in nouns if e.denotes and e.denotes != "Speaker"}
    stative = frozenset(str(s).removeprefix(CST) for s in graph.subjects(LEXICON.aspect, LEXICON.state))
    return Lexicon(
        entries,
        {trigger: tuple(found) for trigger, found in by_trigger.items()},
        classes,
        _governors(entries),
        {entry.words[0]: entry.nominal for entry in entries if entry.nominal and len(entry.words) == 1},
        frozenset(form for e in entries if e.denotes == "LightVerb" for form in (e.words[0], *e.forms)),
        stative,
        frozenset(entry.words[0] for entry in entries if entry.denotes == "Speaker"),
        {e.words[0].lower(): e.denotes for e in entries if e.denotes and e.part_of_speech == "properNoun"},
        dict(_properties(graph)),
    )


def _status(term: Node) -> Status:
    return Status(str(term).removeprefix(CST).lower())


def _governors(entries: Iterable[Entry]) -> dict[tuple[str, str], Governor]:
    """How each word holds what it governs; what several families say of one word is put together."""
    found: dict[tuple[str, str], Governor] = {}
    for entry in entries:
        if entry.holds is not None:
            word = (entry.words[0], entry.part_of_speech)
            known = found.get(word, Governor())
            found[word] = Governor(**{name: getattr(known, name) or getattr(entry.holds, name) for name in CONSTRUCTIONS})
    return found


def _properties(graph: Graph) -> Iterator[tuple[str, Traits]]:
    for node in sorted({*graph.subjects(LEXICON.doneBy), *graph.subjects(LEXICON.trait)}, key=str):
        said = set(graph.objects(node, LEXICON.trait))
        actors = frozenset(str(class_).removeprefix(CST) for class_ in graph.objects(node, LEXICON.doneBy))
        named = {name: LEXICON[trait] in said for name, trait in _TRAITS.items()}
        traits = Traits(**named, actors=actors)
        yield str(node).removeprefix(CST), traits


class _Reader:
    def __init__(self, graph: Graph, path: Path) -> None:
        self._graph = graph
        self._path = path

    def entries(self) -> Iterator[Entry]:
        for subject in set(self._graph.subjects(ONTOLEX.canonicalForm)):
            yield self._entry(subject, self._written(self._one(subject, ONTOLEX.canonicalForm)))
        for subject in set(self._graph.subjects(LEXICON.word)):
            first, *others = (self._entry(subject, written) for written in self._texts(subject, LEXICON.word))
            yield first  # with the examples, which are the family's
            yield from (replace(entry, examples=(), counter_examples=()) for entry in others)

    def _entry(self, subject: Node, written: str) -> Entry:
        part_of_speech = self._graph.value(subject, LEXINFO.partOfSpeech)
        if not written or part_of_speech is None:
            raise self._refusal(subject, "needs a written form and a part of speech")
        denotes = self._graph.value(subject, ONTOLEX.denotes)
        return Entry(
            id=str(subject).removeprefix(LEXICON),
            words=trigger_first(written.split(), str(part_of_speech).removeprefix(LEXINFO)),
            part_of_speech=str(part_of_speech).removeprefix(LEXINFO),
            forms=tuple(sorted(self._written(form) for form in self._graph.objects(subject, ONTOLEX.otherForm))),
            senses=tuple(self._sense(subject, node) for node in self._senses(subject)),
            denotes=str(denotes).removeprefix(CST).removeprefix(LEXICON) if denotes else None,
            holds=self._governor(subject),
            nominal=self._text(subject, LEXICON.nominal),
            examples=self._texts(subject, LEXICON.example),
            counter_examples=self._texts(subject, LEXICON.counterExample),
        )

    def _governor(self, subject: Node) -> Governor | None:
        held = {name: self._graph.value(subject, LEXICON[name]) for name in CONSTRUCTIONS}
        if not any(held.values()):
            return None
        return Governor(**{name: _status(value) for name, value in held.items() if value is not None})

    def _written(self, form: Node) -> str:
        return self._text(form, ONTOLEX.writtenRep) or ""

    def _senses(self, subject: Node) -> list[Node]:
        def order(node: Node) -> tuple[str, str, str]:
            return (
                str(self._graph.value(node, ONTOLEX.reference)),
                str(self._graph.value(node, SYNSEM.subjOfProp)),
                str(self._graph.value(node, SYNSEM.objOfProp)),
            )

        return sorted(self._graph.objects(subject, ONTOLEX.sense), key=order)

    def _sense(self, subject: Node, node: Node) -> Sense:
        reference = self._graph.value(node, ONTOLEX.reference)
        if reference is None or not str(reference).startswith(str(CST)):
            raise self._refusal(subject, "has a sense without a reference to a property of the ontology")
        status, dated_by = self._graph.value(node, LEXICON.status), self._graph.value(node, LEXICON.datedBy)
        return Sense(
            predicate=str(reference).removeprefix(CST),
            subject=self._argument(subject, self._graph.value(node, SYNSEM.subjOfProp)),
            object=self._argument(subject, self._graph.value(node, SYNSEM.objOfProp)),
            place=self._argument(subject, self._graph.value(node, LEXICON.placeOfProp)),
            require=self._argument(subject, self._graph.value(node, LEXICON.requires)),
            status=_status(status) if status else None,
            presupposed=self._graph.value(node, LEXICON.presupposed) == Literal(True),
            role=self._text(node, LEXICON.role),
            unnamed_agent=self._graph.value(node, LEXICON.unnamedAgent) == Literal(True),
            dated_by=str(dated_by).removeprefix(CST) if dated_by else None,
            subject_from_context=self._graph.value(node, LEXICON.subjectFromContext) == Literal(True),
            object_from_context=self._graph.value(node, LEXICON.objectFromContext) == Literal(True),
        )

    def _argument(self, subject: Node, node: Node | None) -> Argument | None:
        if node is None:
            return None
        kind = self._graph.value(node, RDF.type)
        if kind is None:
            raise self._refusal(subject, f"uses the argument {node}, which is not declared")
        possessed = self._graph.value(node, LEXICON.possessorOf)
        if possessed is not None:
            of = self._argument(subject, possessed)
            return replace(of, owner=True) if of else None
        class_, coerces = self._graph.value(node, LEXICON.ofClass), self._graph.value(node, LEXICON.coerces)
        narrowed = self._graph.value(node, LEXICON.narrowed)
        return Argument(
            role=str(kind).rpartition("#")[2],
            markers=frozenset(self._texts(node, SYNSEM.marker)),
            class_=str(class_).removeprefix(CST) if class_ else None,
            fillers=frozenset(self._texts(node, LEXICON.filler)),
            narrowed=str(narrowed).removeprefix(CST) if narrowed else None,
            coerces=str(coerces).removeprefix(CST) if coerces else None,
        )

    def _one(self, subject: Node, predicate: URIRef) -> Node:
        values = list(self._graph.objects(subject, predicate))
        if len(values) != 1:
            raise self._refusal(subject, f"has {len(values)} values of {predicate.rpartition('#')[2]}, one is needed")
        return values[0]

    def _text(self, subject: Node, predicate: URIRef) -> str | None:
        value = self._graph.value(subject, predicate)
        return None if value is None else str(value)

    def _texts(self, subject: Node, predicate: URIRef) -> tuple[str, ...]:
        return tuple(sorted(str(text) for text in self._graph.objects(subject, predicate)))

    def _refusal(self, subject: Node, problem: str) -> RefusedData:
        entry = str(subject).removeprefix(LEXICON)
        return RefusedData(self._path, f"the entry {entry} {problem}", "Mend this entry")
