"""What a document describes without a name: the same description is the same thing, wherever it stands."""

from __future__ import annotations

from dataclasses import replace

from csto_graph.extract.grammar import phrase, prepositional, text
from csto_graph.extract.memory import OTHER, Memory
from csto_graph.extract.parse import Sentence
from csto_graph.extract.phrases import is_subject
from csto_graph.extract.tree import Token
from csto_graph.model import Mention, Passage


class Descriptions:
    """The described things of one document; each keeps the label of its first mention."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._first: dict[str, Mention] = {}

    def mention(
        self, sentence: Sentence, tokens: list[Token], label: str, type_: str, key: str, owner: Mention | None = None
    ) -> Mention:
        """The thing of a class with this key, here in the words of these tokens; `owner` is whose it is."""
        start, end = sentence.offsets(min(t.i for t in tokens), max(t.i for t in tokens) + 1)
        surface, part_of = sentence.source.text[start:end], owner.iri if owner else None
        first = self._first.setdefault(f"{type_} {key}", Mention(start, end, surface, label, type_, None, key, part_of))
        mention = replace(first, start=start, end=end, surface_form=surface)
        plural = tokens[-1].tag_ in ("NNS", "NNPS")
        self._memory.note(mention, OTHER, subject=is_subject(tokens[-1]), plural=plural)
        return mention

    def circumstance(self, sentence: Sentence, head: Token, type_: str) -> Mention:
        """Any phrase as a thing of its own words."""
        tokens = phrase(head, full=True)
        key = " ".join(token.lemma_.lower() for token in tokens if token.is_alpha)
        return self.mention(sentence, tokens, text(tokens), type_, key)

    def numbered(self, sentence: Sentence, head: Token) -> Mention:
        """"two of the five founders": a group of its own."""
        last = max(noun.i for marker, noun in prepositional(head) if marker == "of")
        tokens = [token for token in phrase(head, full=True) if token.i <= last]
        return self.mention(sentence, tokens, text(tokens), "Group", text(tokens).lower())

    def provision(self, sentence: Sentence, tokens: list[Token], label: str) -> Mention:
        """What an instrument provides, in these words: a thing of its own each time, that no "it" goes back to."""
        start, end = sentence.offsets(min(t.i for t in tokens), max(t.i for t in tokens) + 1)
        return Mention(start, end, sentence.source.text[start:end], label, "Provision", None, f"{label.lower()} {start}")

    def event(self, passage: Passage, label: str) -> Mention:
        """What a whole passage states, as an event of that name."""
        start, end, surface = passage.start, passage.end, passage.text
        event = Mention(start, end, surface, label, "Event", None, label.lower())
        first = self._first.setdefault(f"Event {label.lower()}", event)
        return replace(first, start=start, end=end, surface_form=surface)
