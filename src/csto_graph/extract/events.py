"""Clauses and phrases as events and causes: the words they keep, and what they are called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from csto_graph.extract.context import Context, Reading
from csto_graph.extract.dates import MONTHS
from csto_graph.extract.grammar import (
    conjuncts,
    direct_objects,
    first_conjunct,
    is_passive,
    lemma,
    objects,
    phrase,
    possessors,
    subjects,
    surface_subject,
    text,
)
from csto_graph.extract.tree import Token
from csto_graph.model import Mention

_VERBAL = {"VERB", "AUX"}
_KEPT = {
    "dobj", "attr", "acomp", "oprd", "dative", "prep", "agent", "xcomp", "ccomp", "prt", "neg", "auxpass", "aux", "pobj", "pcomp",
}  # fmt: skip
_LEFT_OUT = {"relcl", "advcl", "mark", "appos", "punct", "parataxis", "cc", "preconj", "intj"}
# Phrases that set a clause in its time or give its reason say nothing of what happens.
_BESIDE = {"because", "due", "owing", "out", "despite", "after", "before", "following", "during", "since", "until", "as", "upon"}
_PERIODS = {
    "day", "week", "month", "year", "decade", "century", "summer", "autumn", "fall", "winter", "spring", "morning", "night",
    "time",
}  # fmt: skip
_OF_PEOPLE = ("tory", "ant", "ist", "cian", "eer", "zen", "people", "official", "observer", "leader", "member", "worker")
_BODIES = {
    "administration", "regime", "cabinet", "parliament", "congress", "council", "leadership", "party", "military",
    "committee", "company",
}  # fmt: skip
# Alone these name nothing: "steps that led to the war".
_EMPTY = {
    "event", "step", "issue", "measure", "move", "action", "factor", "development", "situation", "problem", "thing",
    "change", "matter", "fact", "result", "effort", "attempt", "process", "way", "series", "number", "concern", "policy",
    "combination", "reason", "place",
}  # fmt: skip
# Beside a verb's own words; the subject of a passive is one of them: "*the town was ruined* by the war".
_NOT_OWN = {"nsubj", "conj", "cc", "mark", "aux"}
# They tie a clause to what was said before and say nothing of what happens.
_LINKING = {"thus", "thereby", "effectively", "therefore", "hence", "also", "however", "instead"}
_NO_CAUSE = ("Actor", "Location", "Pact", "Instrument")


def clause_event(verb: Token, trigger: Token, context: Context) -> Iterator[Reading]:
    """A clause as an event: under its noun ("dissolution of Warsaw Pact") where it has one, else in its own words."""
    subject = surface_subject(verb)
    who = _spoken_of(subject, context)
    if who is None:
        return
    left_out = set() if trigger == verb or verb in trigger.subtree else set(trigger.subtree)
    tokens = [token for token in clause_words(_root(verb)) if token not in left_out] or [verb]
    label = _nominal(verb, context) or " ".join(filter(None, (who, text(_without(tokens, subject, who)), _unsaid(verb, context))))
    yield context.discourse.clause(tokens, label), tokens


def clause_words(verb: Token) -> list[Token]:
    """Subject, verb and complements of a clause, without what is said beside it."""
    kept: set[Token] = set()
    subject = surface_subject(verb)
    if subject is not None:
        kept.update(noun_words(subject))
    waiting = [verb]
    while waiting:
        word = waiting.pop()
        kept.add(word)
        for child in word.children:
            meant = child.dep_ == "advcl" and child.tag_ == "VB" and not direct_objects(word) and word.pos_ in _VERBAL
            if (meant or child.dep_ in ("xcomp", "prep", "agent")) and not _is_when(child):
                waiting.append(child)
            elif child.dep_ in _KEPT and not _is_when(child) and not _opens(child, verb) and not _stands_before(child):
                kept.update(_inside(child))
    ordered = sorted(kept, key=lambda token: token.i)
    while ordered[-1].dep_ == "cc":
        ordered.pop()
    return ordered


def _opens(child: Token, verb: Token) -> bool:
    """The "to" of the infinitive that a clause's words begin with: "(forced X) to retreat", not "was forced to retreat"."""
    return child.lower_ == "to" and child.head == verb


def noun_words(noun: Token) -> list[Token]:
    """The words of a noun phrase with its prepositional phrases and coordinated nouns, without its clauses."""
    words = [t for t in _inside(noun) if t.lower_ not in ("the", "a", "an") or t.i != noun.left_edge.i]
    return words or [noun]


def identified(noun: Token, context: Context) -> Token:
    """"Resolution 940, the first resolution that …": the thing that an apposition speaks of, and the noun that has the number."""
    if noun.like_num and noun.i and context.lexicon.class_of(lemma(noun.nbor(-1))) == "Instrument":
        return noun.nbor(-1)
    if context.lexicon.class_of(lemma(noun)) != "Instrument" or (start := noun.left_edge.i) < 3:
        return noun
    before = noun.doc[start - 3 : start]
    numbered = before[2].text == "," and before[1].like_num and context.lexicon.class_of(lemma(before[0])) == "Instrument"
    return before[0] if numbered else noun


def wholes(part: Token, wanted: str, context: Context) -> tuple[Mention, ...]:
    """Whose a phrase is, or, where an event is asked for, of which it is: "the outbreak of the war"."""
    if not context.terms.is_a(wanted, "Event"):
        return context.discourse.owners(part)
    return tuple(mention for whole in possessors(part) for mention in context.discourse.mentions(whole, wanted))


def each_apart(event: Mention, words: list[Token], place: Mention) -> Mention:
    """"coups in Mali and Niger" are two: the one in each place, under its own name."""
    head = words[-1]
    beside = f"{text(words[:-1])} " if len(words) > 1 else ""
    label = f"{beside}{head.lemma_.lower()} in {place.label}"
    return replace(event, label=label, key=f"{event.key} {place.key}")


def coerced(noun: Token, class_: str, trigger: Token, context: Context) -> Iterator[Reading]:
    """A noun phrase as what its place in the frame says that it is: "led to *soured relations*", "provides for *elections*"."""
    if is_circumstance(noun, context) or (class_ == "Provision" and noun.i not in context.sentence.names):
        said = set(trigger.subtree) if noun.is_ancestor(trigger) else set()  # "unrest arising from rising prices"
        tokens = [token for token in phrase(noun, full=True) if token not in said]
        yield context.discourse.coerced(tokens, text(tokens), class_), tokens


def has_complements(noun: Token, trigger: Token) -> bool:
    """Whether its own words say more than the noun: "the invasion of Kuwait", "the war that followed"."""
    after = (child for child in noun.children if child.dep_ in ("prep", "relcl", "acl") and child.i > noun.i)
    return any(trigger not in child.subtree for child in after)


def is_circumstance(noun: Token, context: Context) -> bool:
    """Whether a noun phrase can be what causes or is caused: no actor, place, treaty, pronoun or date."""
    if noun.pos_ not in ("NOUN", "PROPN") or noun.i in context.sentence.names or noun.i in context.sentence.unknown:
        return False
    class_ = context.lexicon.class_of(lemma(noun))
    if class_ is not None:
        return not any(context.terms.is_a(class_, kind) for kind in _NO_CAUSE)
    if noun.pos_ == "PROPN" or lemma(noun).endswith(_OF_PEOPLE) or lemma(noun) in _BODIES:
        return False
    return noun.lower_ not in MONTHS and noun.lower_ not in _PERIODS and not _says_nothing(noun)


def _says_nothing(noun: Token) -> bool:
    """"this action", "steps that led to …": an empty noun with nothing of its own beside it."""
    beside = (child for child in noun.children if child.dep_ in ("amod", "compound", "poss", "prep", "nmod", "acl"))
    return lemma(noun) in _EMPTY and not any(beside)


def previous_event(context: Context) -> Iterator[Mention]:
    """What the sentence before states, as the event that "in response" and "this led to" go back to."""
    before = context.discourse.before()
    root = before.span.root if before is not None else None
    if root is None or root.pos_ not in _VERBAL:
        return
    subject = surface_subject(root)
    if subject is not None and subject.pos_ != "PRON":
        yield context.discourse.event_before(text(clause_words(root)))


def provided(verb: Token, context: Context) -> Iterator[Reading]:
    """A clause as a provision: "requires *members to help each other*", "provides that *an attack is answered*"."""
    tokens = clause_words(verb)
    yield context.discourse.coerced(tokens, text(tokens), "Provision"), tokens


def own_words(word: Token, trigger: Token, context: Context, class_: str = "Event") -> Iterator[Reading]:
    """A participle or an adjective with what it governs, once for each of its objects: "seeking help", "seeking a truce"."""
    beside = {t for c in word.children if c.dep_ in _NOT_OWN or _is_outside(c, word) for t in c.subtree}
    inside = [t for t in _inside(word) if t not in beside]
    for object_ in _governed(word) or [word]:
        tokens = [t for t in inside if _belongs(t, object_) and (t == word or t != trigger)]
        yield context.discourse.coerced(tokens, text(tokens), class_), tokens


def _is_outside(child: Token, word: Token) -> bool:
    """What stands before the subject of a clause, and who does it: "*By 1958* the war had ruined the town"."""
    subject = next((c for c in word.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or child.lower_ in _LINKING:
        return child.lower_ in _LINKING
    return child.dep_ == "agent" or (child.i < subject.i and child.dep_ in ("prep", "advmod", "npadvmod", "advcl", "punct"))


def _governed(word: Token) -> list[Token]:
    """The coordinated objects of a word or of its preposition."""
    places = [word, *(child for child in word.children if child.dep_ == "prep")]
    first = next((c for place in places for c in place.children if c.dep_ in ("dobj", "pobj")), None)
    return list(conjuncts(first)) if first is not None else []


def _belongs(token: Token, object_: Token) -> bool:
    """Whether a word stays when only one of coordinated objects is kept."""
    others = set(conjuncts(first_conjunct(object_))) - {object_} if object_.dep_ in ("dobj", "pobj", "conj") else set()
    nearest = next((t for t in (token, *token.ancestors) if t in others or t == object_), None)
    return nearest not in others and not (others and token.dep_ in ("cc", "punct") and token.head in (*others, object_))


def _root(verb: Token) -> Token:
    while verb.dep_ == "xcomp" and verb.head.pos_ in _VERBAL and verb.head != verb and not direct_objects(verb.head):
        verb = verb.head
    return verb


def _inside(word: Token) -> list[Token]:
    """The subtree of a word without relative and adverbial clauses, appositions and brackets."""
    kept: list[Token] = []
    waiting = [word]
    while waiting:
        current = waiting.pop()
        kept.append(current)
        inner = (c for c in current.children if c.dep_ not in _LEFT_OUT - {"cc"} and not (c.dep_ == "acl" and _after_comma(c)))
        waiting.extend(inner)
    return sorted(kept, key=lambda token: token.i)


def _after_comma(word: Token) -> bool:
    start = word.left_edge.i
    return start > 0 and word.doc[start - 1].is_punct


def _is_when(word: Token) -> bool:
    """A phrase that says when or how far: "in May 1936", "in part"."""
    if word.dep_ != "prep":
        return False
    inside = [c for c in word.children if c.dep_ == "pobj"]
    return word.lower_ in _BESIDE or any(_is_time(c) or c.lower_ in ("part", "turn") for c in inside)


def _is_time(noun: Token) -> bool:
    year = noun.like_num and len(noun.text) == 4
    return year or noun.lower_ in MONTHS or noun.lemma_.lower() in _PERIODS


def _stands_before(clause: Token) -> bool:
    """"The raid failed, so the army left": the parser takes what was said first for what is said of it."""
    return clause.dep_ == "ccomp" and clause.i < clause.head.i


def _spoken_of(subject: Token | None, context: Context) -> str | None:
    """The name a pronoun subject stands for; empty where the clause's own words will do; None if it is not resolved."""
    if subject is None or subject.pos_ != "PRON":
        return ""
    found = next(iter(context.discourse.mentions(subject, "Actor")), None)
    return found.label if found else None


def _without(tokens: list[Token], subject: Token | None, who: str) -> list[Token]:
    return [token for token in tokens if not (who and token == subject)]


def _nominal(verb: Token, context: Context) -> str | None:
    nominal = context.lexicon.nominals.get(verb.lemma_.lower())
    if nominal is None or any(child.dep_ in ("xcomp", "ccomp") for child in verb.children):
        return None
    transitive = is_passive(verb) or bool(direct_objects(verb))
    for token, wanted in product(objects(verb) if transitive else subjects(verb), ("Actor", "Pact", "Instrument")):
        for mention in context.discourse.mentions(token, wanted):
            return f"{nominal} of {context.abbreviations.get(mention.iri or '', mention.label)}"
    return None


def _unsaid(verb: Token, context: Context) -> str:
    """What a verb without its object is about: "The Philippines joined" → SEATO, in a text on SEATO."""
    if is_passive(verb) or direct_objects(verb):
        return ""
    entries = context.lexicon.by_trigger.get((verb.lemma_.lower(), "verb"), ())
    senses = [sense for entry in entries if len(entry.words) == 1 for sense in entry.senses if sense.object_from_context]
    found: tuple[Mention, ...] = context.discourse.topic(context.terms.range(senses[0].predicate)) if senses else ()
    return context.abbreviations.get(found[0].iri or "", found[0].label) if found else ""
