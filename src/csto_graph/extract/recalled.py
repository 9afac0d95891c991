"""What the text takes up again by its noun: "X announced its withdrawal from Y. The withdrawal took effect in 2025."."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from csto_graph.extract.frames import Frame
from csto_graph.extract.grammar import lemma
from csto_graph.extract.lexicon import Lexicon
from csto_graph.extract.moments import HAPPENING
from csto_graph.extract.parse import Sentence
from csto_graph.extract.tree import Token
from csto_graph.model import Extraction, Mention, Status

_REACH = 3  # sentences that "the withdrawal" reaches back
_DEFINITE = {"the", "this", "that"}


@dataclass(slots=True)
class Recalled:
    """The statements of one document that a noun can take up, each with the number of its sentence."""

    _stated: list[tuple[int, Extraction]] = field(default_factory=list)

    def note(self, stated: Extraction, sentence: Sentence) -> None:
        """A statement between two named or described things, done or planned."""
        ends = isinstance(stated.subject, Mention) and isinstance(stated.object, Mention)
        if ends and stated.status in (Status.ASSERTED, Status.PLANNED):
            self._stated.append((sentence.passage.index, stated))

    def again(self, sentence: Sentence, lexicon: Lexicon) -> Iterator[tuple[Frame, Extraction]]:
        """Each statement that a noun of the sentence says has come about, under the frame that the noun opens."""
        now = sentence.passage.index
        self._stated = [(then, stated) for then, stated in self._stated if now - then <= _REACH]
        for noun in (token for token in sentence.span if _is_taken_up(token)):
            frames = [Frame(e, s, noun, ()) for e in lexicon.by_trigger.get((lemma(noun), "noun"), ()) for s in e.senses]
            by_predicate = {frame.sense.predicate: frame for frame in frames}
            known = [(then, stated) for then, stated in self._stated if then < now and stated.predicate in by_predicate]
            latest = max((then for then, _ in known), default=now)
            yield from ((by_predicate[stated.predicate], stated) for then, stated in known if then == latest)


def dated_anew(stated: Extraction, noun: Token, sentence: Sentence) -> Extraction:
    """The same deed as this sentence tells it: done, in its words."""
    words = [token for token in noun.head.subtree if not token.is_punct and not token.is_space]
    subject = replace(stated.subject, resolved=True) if stated.subject else None
    object_ = replace(stated.object, resolved=True) if isinstance(stated.object, Mention) else stated.object
    told = replace(stated, evidence=sentence.evidence(words), status=Status.ASSERTED, claimant=None, presupposed=False)
    return replace(told, subject=subject, object=object_)


def _is_taken_up(noun: Token) -> bool:
    """"the withdrawal took effect": definite, bare, and the subject of a verb that says that it came about."""
    subject = noun.pos_ == "NOUN" and noun.dep_ in ("nsubj", "nsubjpass") and noun.head.lemma_ in HAPPENING
    return subject and [child.lower_ in _DEFINITE for child in noun.children] == [True]
