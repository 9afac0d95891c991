"""Which clauses and phrases stand to a trigger as its cause or its effect: through participles, infinitives and conjunctions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from csto_graph.extract.adjuncts import AROUND
from csto_graph.extract.grammar import (
    complement_verbs,
    conjuncts,
    direct_objects,
    lemma,
    objects,
    prenominal,
    prepositional,
    subjects,
)
from csto_graph.extract.lexicon import Argument
from csto_graph.extract.predication import elected, electors
from csto_graph.extract.repairs import acting, compound_participle, reduced_relative
from csto_graph.extract.tree import Token

_VERBAL = {"VERB", "AUX"}
_SUBORDINATING = {"until", "after", "before", "because", "while", "as", "when", "since", "although", "though"}
_NOUNS = {"NOUN", "PROPN"}
_REMOVALS = {"removal", "withdrawal", "departure", "expulsion", "resignation", "surrender"}
_WHERE = {"in", "at", "across", "throughout", "within", "inside", "near", "against", "on"}
_COMPLEMENTS = {"dobj", "ccomp", "xcomp", "attr", "acomp"}
_SUBJECTS = {"nsubj", "nsubjpass"}
# A phrase of reason that the parser hung on one of these words of a clause speaks of the whole clause.
_OF_THE_CLAUSE = {"dobj", "pobj", "attr", "acomp", "oprd", "conj", "appos", "prep", "pcomp", "npadvmod", "advmod"}


def related(argument: Argument, trigger: Token) -> Iterator[Token]:
    """The words that fill an argument whose role is a clause, or a phrase known by its clause."""
    if argument.role == "Gerund":
        yield from _gerunds(trigger, argument.markers)
    elif argument.role == "DoerAfter":
        yield from (doer for marker, noun in prepositional(trigger) if marker in argument.markers for doer in doers(noun))
    elif argument.role in AROUND:
        yield from AROUND[argument.role](trigger, argument.markers)
    elif argument.role == "Removed":
        removals = (noun for noun in objects(trigger) if lemma(noun) in _REMOVALS)
        yield from (found for noun in removals for marker, found in prepositional(noun) if marker == "of")
    elif argument.role in _ROLES:
        yield from _ROLES[argument.role](trigger)


def _effects(verb: Token) -> Iterator[Token]:
    """What a verb brings about: its object, unless the object is made to do something."""
    if not any(infinitives(verb)):
        mended = reduced_relative(verb)
        yield from (mended[1],) if mended else objects(verb)


def purposes(verb: Token) -> Iterator[Token]:
    """What something is done for, wherever the parser hung it: "sent forces *to support* the mission"."""
    for head in (verb, *direct_objects(verb)):
        for child in head.children:
            to = any(inner.lower_ == "to" and inner.dep_ == "aux" for inner in child.children)
            if child.dep_ in ("advcl", "xcomp", "acl", "relcl") and child.pos_ == "VERB" and to and child.i > verb.i:
                yield child


def infinitives(verb: Token) -> Iterator[Token]:
    """What a verb makes somebody do: "forced the army *to withdraw*"."""
    for found in complement_verbs(verb):
        marked = any(child.lower_ == "to" and child.dep_ == "aux" for child in found.children)
        if marked and not any(child.dep_ == "neg" for child in found.children):
            yield found


def premises(so: Token) -> Iterator[Token]:
    """The clause before ", so": "*The attack failed*, so the army withdrew"."""
    verb = so.head
    if so.i == 0 or so.doc[so.i - 1].text not in (",", ";") or verb.pos_ not in _VERBAL:
        return
    before = [child for child in verb.children if child.dep_ == "ccomp" and child.i < so.i]
    if before:
        yield before[-1]
    elif verb.dep_ == "conj" and verb.head.pos_ in _VERBAL and verb.head.i < so.i:
        yield verb.head


def causers(verb: Token) -> Iterator[Token]:
    """What brings about what a verb says: its subject, or, before a trailing participle, all that the clause says."""
    if not _is_meant(verb):
        yield from trailing(verb) or acting(verb)


def _is_meant(verb: Token) -> bool:
    """"ways to force", "the aim is to force": an infinitive that says what something is for."""
    first = verb
    while first.dep_ == "conj" and first.head.pos_ in _VERBAL:
        first = first.head
    meant = first.dep_ in ("acl", "relcl", "advcl") or (verb.dep_ == "xcomp" and verb.head.lemma_ == "be")
    return meant and (_has_to(verb) or _has_to(first))


def trailing(verb: Token) -> tuple[Token, ...]:
    """The clause that a participle after a comma goes on from: "…, sparking violence"; empty for any other verb."""
    if verb.tag_ != "VBG" or any(child.dep_ in {*_SUBJECTS, "aux"} for child in verb.children):
        return ()
    if verb.dep_ == "conj" and verb.head.tag_ == "VBG":
        return trailing(verb.head)
    start = verb.left_edge.i
    after_comma = start > 0 and verb.doc[start - 1].text in (",", "–", "—")
    if verb.dep_ not in ("advcl", "acl") or not after_comma or verb.head.i > verb.i:
        return ()
    clause = next((t for t in (verb.head, *verb.head.ancestors) if t.pos_ in _VERBAL), None)
    return (clause,) if clause is not None else ()


def governing(trigger: Token) -> Iterator[Token]:
    """The event that a phrase of reason or time hangs on: a verb's clause, or a noun that the phrase directly follows."""
    head = trigger.head
    if trigger.dep_ == "mark" or head == trigger:
        return
    if head.pos_ in _NOUNS and trigger.i == head.i + 1:
        yield head
        return
    while head.pos_ not in _VERBAL and head.head != head and head.dep_ in _OF_THE_CLAUSE:
        head = head.head
    bare = head.lemma_ == "be" and head == trigger.head and not any(child.dep_ in _COMPLEMENTS for child in head.children)
    yield from subjects(head) if bare else (head,)  # "the raid was in retaliation for …"


def main_clause(word: Token) -> Iterator[Token]:
    """The verb that a subordinate clause, a participle or an adjective of reason explains."""
    clause = word.head if word.dep_ == "mark" else word
    if clause == word and any(child.dep_ == "mark" for child in word.children if child.i < word.i):
        return
    head, root = clause.head, clause.sent.root
    if word.dep_ != "mark" and clause.left_edge.i == clause.sent.start and root.i > word.i and root.pos_ in _VERBAL:
        yield root
    elif clause.dep_ == "advcl" and head.pos_ in _VERBAL:
        yield head
    elif clause.dep_ in ("acl", "amod", "appos", "advcl", "relcl") and head.dep_ in _SUBJECTS and _set_off(clause):
        yield head.head


def doers(noun: Token) -> Iterator[Token]:
    """Who does what an event noun says: "the Soviet intervention", "Iraq's invasion", "Iraq's invasion by rebels"."""
    by = [found for marker, found in prepositional(noun) if marker == "by"]
    if by:
        yield from by
        return
    for child in noun.children:
        named = child.dep_ == "amod" and child.text[:1].isupper()  # "the Soviet plan", not "the military plan"
        if child.dep_ == "poss" or named or (child.dep_ in ("compound", "nmod") and child.i < noun.i):
            yield from conjuncts(child)


def _set_off(clause: Token) -> bool:
    start = clause.left_edge.i
    return start == clause.sent.start or clause.doc[start - 1].text == ","


def _gerunds(trigger: Token, markers: frozenset[str]) -> Iterator[Token]:
    prepositions = [trigger] if trigger.lower_ in markers else [c for c in trigger.children if c.lower_ in markers]
    for preposition in prepositions:
        yield from (c for c in preposition.children if c.dep_ in ("pcomp", "pobj") and c.tag_ == "VBG")


def _opened(trigger: Token) -> Iterator[Token]:
    """The clause that a phrase at the head of a sentence belongs to."""
    if trigger.is_sent_start:
        yield from governing(trigger)


def _subordinate(conjunction: Token) -> Iterator[Token]:
    clause = conjunction.head
    compared = conjunction.lower_ == "as" and not any(c.dep_ in _COMPLEMENTS for c in clause.children)  # "as some had feared"
    if conjunction.dep_ == "mark" and not compared:
        yield clause


def _copula_subject(noun: Token) -> Iterator[Token]:
    """"*The revolt* was a result of the drought"."""
    if noun.dep_ == "attr" and noun.head.lemma_ in ("be", "become", "remain"):
        yield from subjects(noun.head)


def _identified(noun: Token) -> Iterator[Token]:
    """"The cause of the revolt was *the drought*"."""
    if noun.dep_ == "nsubj" and noun.head.lemma_ == "be":
        yield from (child for child in noun.head.children if child.dep_ == "attr")


def _led(verb: Token) -> Iterator[Token]:
    """What is led: in "a mission in Chad led by France" the mission."""
    mended = compound_participle(verb)
    if any(infinitives(verb)):
        return  # "led the army to withdraw"
    for found in (mended[1],) if mended else objects(verb):
        above = found.head.head
        inside = verb.dep_ == "acl" and found.dep_ == "pobj" and found.head.lower_ in ("in", "to", "at", "for")
        yield above if inside and above.pos_ in _NOUNS else found


def _speech(word: Token) -> Iterator[Token]:
    """What is said: the content clause of a verb ("said that …"), of a noun ("the hope that …"), "X, *Y said*, left"."""
    if word.dep_ == "parataxis" and word.head.pos_ in _VERBAL and not any(c.dep_ in _COMPLEMENTS for c in word.children):
        yield word.head
    for child in word.children:
        marks = {c.lower_ for c in child.children if c.dep_ == "mark"}
        opening = next(iter(child.subtree))  # a temporal clause or another sentence that the parser takes for content
        opened = opening.lower_ in _SUBORDINATING or any(t.text == ";" for t in word.doc[word.i : opening.i])
        meant = child.tag_ == "VB" and _has_to(child)
        content = child.dep_ == "ccomp" and child.pos_ in _VERBAL and not (opened or meant) and marks <= {"that", "whether"}
        itself = any(c.dep_ == "nsubj" and c.lower_.endswith(("self", "selves")) for c in child.children)  # "found itself caught"
        whole = "that" in marks or any(c.dep_ in {*_SUBJECTS, "expl", "csubj"} for c in child.children)
        if (content and whole and not itself) or (child.dep_ == "acl" and "that" in marks):
            yield child


def _own_infinitive(verb: Token) -> Iterator[Token]:
    """"hoped *to gain control*", "claimed *to have won*": what somebody says or hopes of themselves."""
    if any(child.dep_ in ("nsubjpass", "dobj") for child in verb.children):
        return
    yield from (c for c in verb.children if c.dep_ == "xcomp" and c.pos_ in _VERBAL and _has_to(c) and c.left_edge.i > verb.i)


def _denied(verb: Token) -> Iterator[Token]:
    """What somebody denies: "denied *that X had attacked*", "denied *having attacked*", "denied *any part in the attack*"."""
    for child in verb.children:
        clause = child.dep_ in ("ccomp", "xcomp") and child.pos_ in _VERBAL and child.i > verb.i
        if clause or (child.dep_ == "dobj" and any(c.lower_ in ("any", "all") for c in child.children)):
            yield child


def _has_to(verb: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def _others_infinitive(verb: Token) -> Iterator[Token]:
    """"urged *Russia to withdraw*", "wanted *Russia to withdraw*", "called on *Russia to withdraw*"."""
    for child in verb.children:
        own = any(c.dep_ == "nsubj" for c in child.children)
        named = any(c.dep_ == "dobj" or (c.dep_ == "prep" and c.lower_ in ("on", "upon")) for c in verb.children)
        if child.dep_ in ("ccomp", "xcomp") and _has_to(child) and (own or named):
            yield child


def _small_clause(verb: Token) -> Iterator[Token]:
    """The predicate of a judgement: "regarded it as *a threat*", "called it *a farce*", "declared it *void*"."""
    for child in verb.children:
        if child.dep_ in ("oprd", "ccomp") and child.pos_ not in _VERBAL:
            yield child
        elif child.dep_ == "prep" and child.lower_ == "as":
            yield from (c for c in child.children if c.dep_ in ("pobj", "amod", "pcomp"))


def _fronted_place(noun: Token) -> Iterator[Token]:
    """"*In Mali*, the army seized power in a coup": where a sentence is set, for what happens in it or is its subject."""
    if any(marker in _WHERE and not any(t.like_num for t in place.subtree) for marker, place in prepositional(noun)):
        return
    over = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ in ("in", "during", "after", "by") else noun.head
    if over.pos_ not in _VERBAL or not (noun.dep_ == "pobj" or noun.dep_ in _SUBJECTS):
        return
    for phrase in over.children:
        if phrase.dep_ == "prep" and phrase.lower_ == "in" and phrase.i == phrase.sent.start and phrase.i < noun.i:
            yield from (
                place for child in phrase.children if child.dep_ == "pobj" and child != noun for place in conjuncts(child)
            )


_ROLES: dict[str, Callable[[Token], Iterator[Token]]] = {
    "Causer": causers,
    "Alterer": lambda verb: iter(()) if any(child.tag_ == "MD" for child in verb.children) else causers(verb),
    "Effect": _effects,
    "InfinitiveEffect": infinitives,
    "GoverningClause": governing,
    "MainClause": main_clause,
    "SubordinateClause": _subordinate,
    "ParticipleEffect": lambda adverb: iter((adverb.head,) if trailing(adverb.head) else ()),
    "ParticipleCause": lambda adverb: iter(trailing(adverb.head)),
    "ActingItself": acting,
    "Led": _led,
    "Elected": elected,
    "Electors": electors,
    "Prenominal": prenominal,
    "FrontedPlace": _fronted_place,
    "Sentence": _opened,
    "Premise": premises,
    "Identified": _identified,
    "CopulaSubject": _copula_subject,
    "Speech": _speech,
    "OthersInfinitive": _others_infinitive,
    "OwnInfinitive": _own_infinitive,
    "DeniedSpeech": _denied,
    "SmallClause": _small_clause,
    "Reported": lambda word: iter((word.head,) if word.head.pos_ in _VERBAL else ()),
    "Doer": lambda verb: (doer for noun in objects(verb) for doer in doers(noun)),
}
