"""What a document has spoken of so far, and how much it is about each: salience runs over the document and fades slowly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from csto_graph.extract.gazetteer import TextNames
from csto_graph.extract.terms import Terms
from csto_graph.model import Mention, Name, Passage, PassageKind

FADE = 0.93  # per sentence
TITLE, SUBJECT, OTHER = 3.0, 2.0, 1.0
_RECENT = 2  # sentences that a pronoun reaches back
_REMEMBERED = 3  # sentences that "the three countries" reaches back
_OPENING = 3  # sentences in which "the bloc" may stand before the name
_OFTEN = 3  # times that a text names what it is about
_FORGOTTEN = 0.01  # a score below which a thing is no longer in anybody's mind
_TIDY = 50  # sentences between two rounds of forgetting


@dataclass(slots=True)
class _Standing:
    mention: Mention
    score: float  # as of its sentence
    sentence: int
    subject: bool
    plural: bool

    def now(self, sentence: int) -> float:
        return self.score * float(FADE ** (sentence - self.sentence))


@dataclass(frozen=True, slots=True)
class _Listed:
    """Names that stood beside one another in a sentence."""

    sentence: int
    mentions: tuple[Mention, ...]
    subject: bool


class Memory:
    """The things of a document with their standing, and its last list of names."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._standing: dict[str, _Standing] = {}
        self._lists: list[_Listed] = []
        self._now = 0
        self._names = TextNames({}, {})  # of the whole text, those to come among them
        self.topics: set[str] = set()  # of whose members the text has told, or its title

    def enter(self, sentence: int, names: TextNames) -> None:
        """A new sentence of a text with these names: everything fades, and what has long not been spoken of is forgotten."""
        self._now, self._names = sentence, names
        if sentence % _TIDY == 0:
            self._standing = {key: s for key, s in self._standing.items() if s.now(sentence) >= _FORGOTTEN}
            self._lists = [listed for listed in self._lists if sentence - listed.sentence <= _REMEMBERED]

    def note(self, mention: Mention, weight: float, *, subject: bool, plural: bool = False) -> None:
        """The text speaks of this thing, here."""
        if weight == TITLE:
            self.topics.add(identity(mention))
        standing = self._standing.get(identity(mention))
        if standing is None:
            self._standing[identity(mention)] = _Standing(mention, weight, self._now, subject, plural)
            return
        same = standing.sentence == self._now
        standing.score = standing.now(self._now) + weight
        standing.subject = subject or (standing.subject and same)
        standing.sentence = self._now
        standing.mention = mention if not same or subject else standing.mention

    def knows(self, iri: str) -> bool:
        """Whether the text has spoken of this thing."""
        return iri in self._standing

    def note_list(self, mentions: tuple[Mention, ...], *, subject: bool) -> None:
        """The text lists these names beside one another."""
        self._lists.append(_Listed(self._now, mentions, subject))

    def headed(self, word: str, class_: str, exclude: Iterable[str] = ()) -> Mention | None:
        """The thing last spoken of whose name has this word: "the League" after "League of Nations"."""
        left_out = set(exclude)
        found = [
            s
            for key, s in self._standing.items()
            if key not in left_out and self._terms.is_a(s.mention.type, class_) and _is_short_for(word, s.mention.label)
        ]
        best = max(found, key=lambda s: (s.sentence, s.score), default=None)
        return best.mention if best else None

    def expected(self, word: str, class_: str) -> Mention | None:
        """The only thing whose name, anywhere in the text, has this word."""
        found = [n for n in self._names.strong.values() if self._terms.is_a(n.type, class_) and _is_short_for(word, n.label)]
        return _named(found[0]) if len(found) == 1 else None

    def topic(self, wanted: str) -> Mention | None:
        """The most salient thing of a kind, if it is the title's, the last subject, or the text has told of its members."""
        found = self.salient(wanted)
        standing = self._standing[identity(found)] if found else None
        if standing is None:
            return None
        just_now = standing.subject and not standing.mention.resolved and self._now - standing.sentence <= 1
        return found if just_now or identity(standing.mention) in self.topics else None

    def salient(self, wanted: str, exclude: Iterable[str] = ()) -> Mention | None:
        """The thing of a kind that the text is most about."""
        left_out = set(exclude)
        found = [s for key, s in self._standing.items() if key not in left_out and self._terms.is_a(s.mention.type, wanted)]
        best = max(found, key=lambda s: (s.now(self._now), s.sentence), default=None)
        return best.mention if best else None

    def spoken_of(self, wanted: str, before: int, exclude: Iterable[str] = ()) -> Mention | None:
        """The thing of a kind that the text is most about; where it opens without a name, what it names oftenest from there."""
        found = self.salient(wanted, exclude)
        return found or (self._theme(wanted, before) if self._now < _OPENING and self._terms.is_a(wanted, "Pact") else None)

    def _theme(self, wanted: str, before: int) -> Mention | None:
        """The thing that the whole text names several times, and oftener than all others of its kind together."""
        said = (s.mention for s in self._standing.values() if s.mention.start < before)
        if any(not mention.type or self._terms.is_a(mention.type, wanted) for mention in said):
            return None
        found = {n: self._names.counts[n.iri] for n in self._names.strong.values() if self._terms.is_a(n.type, wanted)}
        best = max(found, key=lambda n: (found[n], n.iri), default=None)
        often = best is not None and found[best] >= _OFTEN and 2 * found[best] > sum(found.values())
        return _named(best) if best is not None and often else None

    def antecedent(self, wanted: str, before: int, *, plural: bool, exclude: Iterable[str] = ()) -> tuple[Mention, ...]:
        """What "it", "she" or "they" at an offset stands for: a recent subject first, for several things the last list.

        None where the best one is a name of which nothing tells what it is; a name for "she" may be given a class since.
        """
        left_out = set(exclude)
        found = [s for key, s in self._standing.items() if key not in left_out and self._fits(s, wanted, before, plural)]
        best = max(found, key=lambda s: (s.subject, s.sentence, s.score), default=None)
        listed = self._recent_list(wanted, before, left_out) if plural else None
        if listed is not None and (best is None or (listed.sentence, listed.subject) > (best.sentence, best.subject)):
            return listed.mentions
        return (best.mention,) if best is not None and (best.mention.type or wanted == "Person") else ()

    def _fits(self, standing: _Standing, wanted: str, before: int, plural: bool) -> bool:
        mention = standing.mention
        later = standing.sentence == self._now and mention.start > before
        if later or standing.plural != plural or self._now - standing.sentence > _RECENT:
            return False
        return not mention.type or (self._terms.is_a(mention.type, wanted) and (mention.type == "Person") == (wanted == "Person"))

    def _recent_list(self, wanted: str, before: int, left_out: set[str]) -> _Listed | None:
        """The last list of such things within reach of a pronoun, one that was a subject first."""
        found = [
            (listed.subject, listed.sentence, n)
            for n, listed in enumerate(self._lists)
            if self._now - listed.sentence <= _RECENT
            and (listed.sentence < self._now or listed.mentions[-1].start < before)
            and all(self._terms.is_a(m.type, wanted) and identity(m) not in left_out for m in listed.mentions)
        ]
        return self._lists[max(found)[2]] if found else None

    def latest_list(self, class_: str, count: int | None) -> tuple[Mention, ...]:
        """Those of "both states" or "the three countries": the last list of that length and kind."""
        for listed in reversed(self._lists):
            fits = all(self._terms.is_a(mention.type, class_) for mention in listed.mentions)
            if self._now - listed.sentence <= _REMEMBERED and fits and count in (None, len(listed.mentions)):
                return listed.mentions
        return self._just_named(count) if class_ == "State" and count in (2, 3) else ()

    def _just_named(self, count: int) -> tuple[Mention, ...]:
        """The states that the sentence before names, if they are so many: "Kenya met Mali and Chad. The three countries"."""
        before = [s.mention for s in self._standing.values() if s.sentence == self._now - 1]
        found = tuple(mention for mention in before if self._terms.is_a(mention.type, "State"))
        return found if len(found) == count else ()

    def latest_key(self, type_: str, head: str) -> str | None:
        """The key of the described thing of a class that was last spoken of with this head: "the war"."""
        found = [s for s in self._standing.values() if s.mention.type == type_ and s.mention.key.split()[-1:] == [head]]
        best = max(found, key=lambda s: (s.sentence, s.score), default=None)
        return best.mention.key if best else None


def _named(name: Name) -> Mention:
    """A thing by its name, wherever it stands."""
    return Mention(0, 0, "", name.label, name.type, name.iri, key=name.iri)


def _is_short_for(word: str, label: str) -> bool:
    return " " in label and word in label.lower().split()


def identity(mention: Mention) -> str:
    """What makes two mentions of a document the same thing."""
    return mention.iri or f"{mention.type} {mention.key}"


def weight(passage: Passage, *, subject: bool) -> float:
    """How much a mention adds to what a text is about: the title most, a subject more than another, other headings nothing."""
    if passage.kind is not PassageKind.SENTENCE:
        return TITLE if passage.index == 0 else 0.0
    return SUBJECT if subject else OTHER
