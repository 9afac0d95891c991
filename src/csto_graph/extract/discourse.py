"""Reference: noun phrases and pronouns → mentions. What cannot be resolved gives no mention, and then no statement.

Salience runs over the document and fades slowly: "the country" is the state the text is about, not the last one named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from csto_graph.extract.grammar import PRENOMINAL, appositives, conjuncts, lemma, phrase, possessors, prepositional, text
from csto_graph.extract.lexicon import Lexicon
from csto_graph.extract.naming import class_of_phrase, key_of, label_of
from csto_graph.extract.parse import Sentence
from csto_graph.extract.terms import Terms
from csto_graph.model import Mention, Name, NameKind, PassageKind

_FADE = 0.93  # per sentence
_TITLE, _SUBJECT, _OTHER = 3.0, 2.0, 1.0
_SINGULAR = {"it", "its", "itself"}
_PLURAL = {"they", "them", "their", "themselves"}
_DEFINITE = {"the", "this", "that", "these", "those", "its", "their"}
# Kinds of thing a text describes without a proper name; each gets a node of its own in the document.
DESCRIBED = ("ArmedForce", "Event", "Group", "Person", "Provision")
# Kinds that a definite description must find among the things already named.
_NAMED = ("State", "Organisation", "Treaty", "Region")


@dataclass(slots=True)
class _Standing:
    mention: Mention
    score: float
    sentence: int
    subject: bool
    plural: bool


class Discourse:
    """What the document has spoken of so far."""

    def __init__(self, lexicon: Lexicon, terms: Terms) -> None:
        self._lexicon = lexicon
        self._terms = terms
        self._standing: dict[str, _Standing] = {}
        self._described: dict[str, Mention] = {}
        self._sentence: Sentence | None = None

    def enter(self, sentence: Sentence) -> None:
        """Begins a sentence: everything fades, and its names become candidates as they are reached."""
        for standing in self._standing.values():
            standing.score *= _FADE
        self._sentence = sentence
        for token in sentence.span:
            name = sentence.names.get(token.i)
            if name is not None:
                self._note(self._named(token, name), _weight(token, sentence), _is_subject(token), plural=False)

    def mentions(self, head: Token, wanted: str, exclude: Iterable[Token] = ()) -> tuple[Mention, ...]:
        """What the phrase of `head` speaks of, if it can be a `wanted`; several for "both states", none if unresolved."""
        found = self._mention(head, wanted, frozenset(self._iris(exclude)))
        return tuple(m for m in found if self._terms.is_a(m.type, wanted))

    def owner(self, head: Token) -> Mention | None:
        """The actor a phrase belongs to: "Kazakh security forces", "its troops", "forces of Belarus"."""
        for possessor in possessors(head):
            for mention in self._mention(possessor, "Actor", frozenset()):
                if self._terms.is_a(mention.type, "Actor") and mention.type != "ArmedForce":
                    return mention
        return None

    def circumstance(self, head: Token, type_: str = "Circumstance") -> Mention:
        """Any phrase as a named circumstance: a cause, a demand."""
        tokens = phrase(head, full=True)
        return self._describe(tokens, text(tokens), type_, " ".join(t.lemma_.lower() for t in tokens if t.is_alpha))

    def clause(self, tokens: list[Token], label: str) -> Mention:
        """A whole clause as an event of that name."""
        return self._describe(tokens, label, "Event", label.lower())

    def note_subject(self, mention: Mention, *, plural: bool) -> None:
        """Raises what a statement was found to be about."""
        self._note(mention, _OTHER, subject=True, plural=plural)

    # -- one phrase

    def _mention(self, head: Token, wanted: str, exclude: frozenset[str]) -> tuple[Mention, ...]:
        assert self._sentence is not None
        name = self._sentence.names.get(head.i)
        if name is not None:
            usable = name.kind is not NameKind.DEMONYM or _is_people(head) or head.dep_ in ("amod", "compound", "nmod")
            return (self._named(head, name),) if usable else ()
        if head.pos_ == "PRON" or head.lower_ in _SINGULAR | _PLURAL:
            return self._pronoun(head, wanted, exclude)
        counted = head.head.head if head.dep_ == "pobj" and head.head.lower_ == "of" else head
        if counted.pos_ == "NUM" and any(marker == "of" for marker, _ in prepositional(counted)):
            return (self._numbered(counted),)
        class_ = self._lexicon.class_of(lemma(head))
        return self._common(head, class_, wanted, exclude) if class_ else ()

    def _named(self, token: Token, name: Name) -> Mention:
        start, end = self._offsets([token])
        return Mention(start, end, self._characters(start, end), name.label, name.type, name.iri, key=name.iri)

    def _pronoun(self, pronoun: Token, wanted: str, exclude: frozenset[str]) -> tuple[Mention, ...]:
        plural = pronoun.lower_ in _PLURAL
        if not plural and pronoun.lower_ not in _SINGULAR:
            return ()
        assert self._sentence is not None
        now = self._sentence.passage.index
        recent = [
            s
            for key, s in self._standing.items()
            if key not in exclude and s.plural == plural and now - s.sentence <= 2 and self._fits(s.mention, wanted)
            and not (s.sentence == now and s.mention.start > self._offsets([pronoun])[0])
        ]  # fmt: skip
        best = max(recent, key=lambda s: (s.subject, s.sentence, s.score), default=None)
        return (self._again(best.mention, pronoun),) if best else ()

    def _listed(self, head: Token, class_: str) -> tuple[Mention, ...]:
        """"six states: Armenia, Belarus …", "its neighbours, including Georgia": the names that a description lists."""
        assert self._sentence is not None
        including = (noun for marker, noun in prepositional(head) if marker in ("including", "namely"))
        tokens = [*appositives(head), *including, *self._strayed(head)]
        named = [self._named(t, self._sentence.names[t.i]) for t in tokens if t.i in self._sentence.names]
        return tuple(mention for mention in named if self._terms.is_a(mention.type, class_) or self._fits(mention, "Actor"))

    def _strayed(self, head: Token) -> Iterator[Token]:
        """"six states belonging to the CIS — Russia, Armenia … —": a list that the parser hung on a name of another kind."""
        assert self._sentence is not None
        names = self._sentence.names
        for token in head.subtree:
            beside = names.get(token.head.i)
            if token.dep_ == "appos" and token.i in names and beside is not None and names[token.i].type != beside.type:
                yield from conjuncts(token)

    def _common(self, head: Token, class_: str, wanted: str, exclude: frozenset[str]) -> tuple[Mention, ...]:
        listed = self._listed(head, class_) if head.tag_ in ("NNS", "NNPS") else ()
        if listed:
            return listed
        if any(self._terms.is_a(class_, kind) for kind in _NAMED):
            owner = self.owner(head)
            if owner is not None and self._terms.is_a(owner.type, class_):
                return (replace(owner, start=self._offsets(phrase(head))[0]),)
            if owner is not None or not _is_definite(head):
                return ()
            found = self._salient(class_, wanted, exclude)
            return (self._again(found, head),) if found else ()
        return (self._described_thing(head, class_),)

    def _described_thing(self, head: Token, class_: str) -> Mention:
        assert self._sentence is not None
        names, owner, type_ = self._sentence.names, self.owner(head), class_of_phrase(head, class_)
        key = key_of(head, type_, owner, names)
        if key == lemma(head) and _is_definite(head):
            key = self._latest(type_, key)
        return self._describe(phrase(head), label_of(head, type_, owner, names), type_, key, owner)

    def _latest(self, type_: str, key: str) -> str:
        """"the war" is the one the text spoke of last."""
        found = [s for s in self._standing.values() if s.mention.type == type_ and s.mention.key.split()[-1:] == [key]]
        best = max(found, key=lambda s: (s.sentence, s.score), default=None)
        return best.mention.key if best else key

    def _numbered(self, head: Token) -> Mention:
        tokens = phrase(head, full=True)
        short = [t for t in tokens if t.i <= max(n.i for m, n in prepositional(head) if m == "of")]
        return self._describe(short, text(short), "Group", text(short).lower())

    def _describe(self, tokens: list[Token], label: str, type_: str, key: str, owner: Mention | None = None) -> Mention:
        start, end = self._offsets(tokens)
        surface = self._characters(start, end)
        first = self._described.setdefault(
            f"{type_} {key}", Mention(start, end, surface, label, type_, None, key, owner.iri if owner else None)
        )
        mention = replace(first, start=start, end=end, surface_form=surface)
        self._note(mention, _OTHER, _is_subject(tokens[-1]), plural=any(t.tag_ in ("NNS", "NNPS") for t in tokens[-1:]))
        return mention

    # -- standing

    def _salient(self, class_: str, wanted: str, exclude: frozenset[str]) -> Mention | None:
        found = [
            s for key, s in self._standing.items() if key not in exclude and self._fits(s.mention, class_)
            and (self._fits(s.mention, wanted) or self._terms.is_a(class_, wanted))
        ]  # fmt: skip
        best = max(found, key=lambda s: (s.score, s.sentence), default=None)
        return best.mention if best else None

    def _fits(self, mention: Mention, wanted: str) -> bool:
        return self._terms.is_a(mention.type, wanted)

    def _note(self, mention: Mention, weight: float, subject: bool, *, plural: bool) -> None:
        assert self._sentence is not None
        index = self._sentence.passage.index
        standing = self._standing.get(_identity(mention))
        if standing is None:
            self._standing[_identity(mention)] = _Standing(mention, weight, index, subject, plural)
            return
        same = standing.sentence == index
        standing.score += weight
        standing.subject = subject or (standing.subject and same)
        standing.sentence = index
        standing.mention = mention if not same or subject else standing.mention

    def _again(self, mention: Mention, token: Token) -> Mention:
        start, end = self._offsets([token])
        self._note(mention, _OTHER, _is_subject(token), plural=token.lower_ in _PLURAL)
        return replace(mention, start=start, end=end)

    # -- the text

    def _offsets(self, tokens: list[Token]) -> tuple[int, int]:
        assert self._sentence is not None
        return self._sentence.offsets(min(t.i for t in tokens), max(t.i for t in tokens) + 1)

    def _characters(self, start: int, end: int) -> str:
        assert self._sentence is not None
        return self._sentence.source.text[start:end]

    def _iris(self, tokens: Iterable[Token]) -> Iterator[str]:
        assert self._sentence is not None
        for token in tokens:
            for conjunct in conjuncts(token):
                name = self._sentence.names.get(conjunct.i)
                if name is not None:
                    yield name.iri
                yield from (n.iri for c in conjunct.children if (n := self._sentence.names.get(c.i)) and c.dep_ in PRENOMINAL)


def _identity(mention: Mention) -> str:
    return mention.iri or f"{mention.type} {mention.key}"


def _is_subject(token: Token) -> bool:
    current = token
    while current.dep_ == "conj":
        current = current.head
    return current.dep_ in ("nsubj", "nsubjpass")


def _is_people(token: Token) -> bool:
    return token.tag_ in ("NNS", "NNPS") or (token.pos_ in ("NOUN", "PROPN") and token.dep_ in ("nsubj", "nsubjpass", "agent"))


def _is_definite(head: Token) -> bool:
    return any(child.dep_ in ("det", "poss") and child.lower_ in _DEFINITE for child in head.children)


def _weight(token: Token, sentence: Sentence) -> float:
    if sentence.passage.kind is not PassageKind.SENTENCE:
        return _TITLE if sentence.passage.index == 0 else 0.0
    return _SUBJECT if _is_subject(token) else _OTHER
