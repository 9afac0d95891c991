"""The words in each syntactic role of one trigger, for verbs, nouns and prepositions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from csto_graph.extract.clauses import purposes, related
from csto_graph.extract.doers import (
    by_on_the_verb,
    hung_on_the_doer,
    hung_on_the_measured,
    hyphened,
    leading,
    listing,
    objects_below,
)
from csto_graph.extract.grammar import (
    around,
    complement_verbs,
    conjuncts,
    direct_objects,
    genitives,
    lemma,
    objects,
    objects_of,
    possessors,
    prenominal,
    prepositional,
    second_verb,
    subjects,
    surface_subject,
)
from csto_graph.extract.lexicon import Argument, Entry, Lexicon, Sense
from csto_graph.extract.predication import is_definite, is_head_count, is_whole, new_names, predicated, strengths
from csto_graph.extract.repairs import acting, compound_participle, dated_list, reduced_relative
from csto_graph.extract.tree import Token

INFINITIVES = ("InfinitiveClause", "InfinitiveSubject", "PurposeObject")


@dataclass(frozen=True, slots=True)
class Filler:
    """A word that fills an argument; `of` marks that its possessor does."""

    token: Token
    owner: bool = False


class Filling:
    """The words in each syntactic role of one trigger."""

    def __init__(self, trigger: Token, fixed: tuple[Token, ...], entry: Entry, lexicon: Lexicon) -> None:
        self._trigger = trigger
        self._fixed = fixed
        self._lexicon = lexicon
        self._verbal = entry.part_of_speech == "verb"

    def __call__(self, argument: Argument | None) -> tuple[Filler, ...]:
        if argument is None:
            return ()
        tokens = [token for token in dict.fromkeys(self._tokens(argument)) if token not in self._fixed]
        return tuple(Filler(token, argument.owner) for token in tokens if self._admits(argument, token))

    def _admits(self, argument: Argument, token: Token) -> bool:
        if argument.class_ is None and not argument.fillers:
            return True
        of_class = argument.class_ is not None and (token.ent_type_ or self._lexicon.class_of(lemma(token))) == argument.class_
        counted = "@number" in argument.fillers and is_head_count(token)
        named = "@name" in argument.fillers and (token.pos_ == "PROPN" or bool(token.ent_type_))
        return of_class or counted or named or lemma(token) in argument.fillers

    def complement(self, sense: Sense) -> Token | None:
        wanted = {marker for a in sense.arguments if a.role in INFINITIVES for marker in a.markers}
        return next((verb for verb in self._infinitives() if verb.lemma_ in wanted), None) if wanted else None

    def _infinitives(self) -> Iterator[Token]:
        yield from complement_verbs(self._trigger)
        yield from purposes(self._trigger)

    def _tokens(self, argument: Argument) -> Iterator[Token]:
        role, trigger = argument.role, self._trigger
        if role == "Subject":
            yield from self._acting()
        elif role == "NominalSubject":
            yield from self._doers()
        elif role == "NominalObject":
            yield from self._undergoers()
        elif role == "DirectObject":
            yield from self._objects()
        elif role == "IndirectObject":
            yield from (noun for c in trigger.children if c.dep_ == "dative" and c.pos_ != "ADP" for noun in conjuncts(c))
        elif role in ("PrepositionalObject", "PrepositionalAdjunct"):
            found = (noun for marker, noun in self._phrases if marker in argument.markers)
            yield from (place for noun in found for place in (noun, *dated_list(noun)))
        elif role == "PossessiveAdjunct":
            for word in (trigger, *self._fixed):
                yield from possessors(word)
            yield from _of_a_title(trigger)
            yield from (noun for marker, noun in self._phrases if marker in argument.markers)
            yield from _having(trigger)
            if not self._verbal:
                yield from (first for before in prenominal(trigger) for first in hyphened(before))
                yield from self._light(trigger)
                yield from listing(trigger)
        elif role == "Genitive":
            yield from genitives(trigger)
        elif role == "CopulativeArg":
            yield from predicated(trigger, argument.markers)
        elif role == "NewName":
            yield from new_names(trigger)
        elif role == "InfinitiveClause":
            yield from (found for verb in complement_verbs(trigger) if verb.lemma_ in argument.markers for found in objects(verb))
        elif role == "PurposeObject":
            yield from (found for verb in purposes(trigger) if verb.lemma_ in argument.markers for found in direct_objects(verb))
        elif role == "GoverningSubject":
            yield from self._responding(argument.markers)
        elif role == "InfinitiveSubject":
            yield from self._helpers(argument.markers)
        elif role == "DeclarativeClause":
            yield from (c for c in trigger.children if c.dep_ == "ccomp")
        elif role == "InfinitiveAdjunct":
            yield from (c for c in trigger.children if c.dep_ == "advcl" and c.tag_ == "VB")
        elif role == "NounModifier":
            yield from prenominal(trigger)
        elif role == "Decider":
            yield from self._deciders(argument.markers)
        elif role == "Strength":
            yield from strengths(trigger)
        elif role == "DefiniteHead":
            said_of = trigger.dep_ in ("attr", "appos")  # "X was a treaty between …" speaks of X
            yield from [trigger] if not said_of and (is_definite(trigger) or not self._is_wanted(trigger)) else ()
        elif role == "CountedHead":
            yield from [trigger] if is_whole(trigger) else ()
        elif role in ("Head", "Clause", "Reason"):
            yield trigger
        else:
            yield from related(argument, trigger)

    def _helpers(self, markers: frozenset[str]) -> Iterator[Token]:
        """Who is to do what an infinitive says: "asked Y to help", "appealed to Y to help"."""
        for verb in (verb for verb in complement_verbs(self._trigger) if verb.lemma_ in markers):
            own = [child for child in verb.children if child.dep_ == "nsubj"]
            asked = own or direct_objects(self._trigger)
            yield from (noun for found in asked for noun in conjuncts(found))
            if not asked:
                yield from (noun for marker, noun in prepositional(self._trigger) if marker in ("to", "on", "upon"))

    def _responding(self, markers: frozenset[str]) -> Iterator[Token]:
        """Who acts on a noun: "at the request of X, *Y* sent troops"."""
        preposition = self._trigger.head
        if self._trigger.dep_ == "pobj" and preposition.lower_ in ("at", "on", "upon") and preposition.head.lemma_ in markers:
            yield from acting(preposition.head)

    def _acting(self) -> Iterator[Token]:
        """Who does what a verb says; in "the decision to leave" whoever decides."""
        noun = self._trigger.head
        meant = self._trigger.dep_ == "acl" and self._trigger.tag_ == "VB" and (lemma(noun), "noun") in self._lexicon.governors
        for actor in self._holders(noun) if meant else acting(self._trigger):
            yield from self._makers(actor)

    def _makers(self, actor: Token) -> Iterator[Token]:
        """"approved a resolution that created a force": what a decision does, they do who take it."""
        decided = self._lexicon.class_of(lemma(actor)) in ("Decision", "Instrument")
        makers = list(self._holders(actor)) if decided else []
        yield from makers or [actor]

    def _holders(self, noun: Token) -> Iterator[Token]:
        """Whose decision, plan or threat it is: its possessor, else who takes, makes or announces it."""
        owners = [*genitives(noun), *(word for word in prenominal(noun) if word.text[0].isupper())]  # "a joint plan" is nobody's
        made = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ == "NOUN" else noun
        above = made.head.head if made.dep_ == "pobj" else made.head  # "in order to leave", "the drafting of a plan to leave"
        taken = made.dep_ in ("dobj", "attr", "pobj", "nsubjpass") and above.pos_ in ("VERB", "AUX")
        makers = list(acting(above)) if taken else []
        yield from owners or (makers if len(makers) > 1 or not _is_joint(noun) else ())

    def _deciders(self, markers: frozenset[str]) -> Iterator[Token]:
        """Who has it done: "a declaration of the creation of X was made by A", "A signed a protocol that provides for it"."""
        preposition = self._trigger.head
        if self._trigger.dep_ != "pobj":
            return
        if self._lexicon.class_of(lemma(preposition.head)) == "Decision":
            yield from self._holders(preposition.head)
        elif preposition.head.lemma_ in markers:
            for actor in acting(preposition.head):
                by_treaty = self._lexicon.class_of(lemma(actor)) == "Treaty"
                yield from self._holders(actor) if by_treaty else self._makers(actor)

    def _doers(self) -> Iterator[Token]:
        """Who does what a noun says: "X's invasion", "the Soviet invasion", "an invasion by X", "X launched an invasion"."""
        noun = self._trigger
        yield from genitives(noun)
        yield from (found for before in prenominal(noun) for found in (*hyphened(before), before))
        yield from (found for marker, found in (*prepositional(noun), *by_on_the_verb(noun)) if marker == "by")
        yield from self._light(noun)
        yield from leading(noun)
        yield from listing(noun)

    def _is_wanted(self, noun: Token) -> bool:
        """"negotiations on a treaty", "proposed a treaty": what is talked of or wished for is not there yet."""
        of_a_verb = noun.dep_ in ("dobj", "nsubjpass") and (lemma(noun.head), "verb") in self._lexicon.governors
        return of_a_verb or (noun.dep_ == "pobj" and noun.head.lower_ in ("on", "for", "about", "toward", "towards", "over"))

    def _undergoers(self) -> Iterator[Token]:
        """To whom it is done: "the invasion of Y", and in "Y's invasion by X" the possessor."""
        phrases = [*prepositional(self._trigger), *_hung_on_the_verb(self._trigger)]
        of = [found for marker, found in phrases if marker == "of"]
        yield from of or (genitives(self._trigger) if any(marker == "by" for marker, _ in phrases) else ())

    def _light(self, noun: Token) -> Iterator[Token]:
        """The subject of a light verb: "X launched an invasion", "an invasion launched by X"."""
        verb = noun.head if noun.dep_ in ("dobj", "nsubjpass") else next((c for c in noun.children if c.dep_ == "acl"), None)
        if verb is not None and lemma(verb) in self._lexicon.light_verbs:
            yield from (found for found in acting(verb) if found != noun)

    def _objects(self) -> Iterator[Token]:
        mended = reduced_relative(self._trigger) or compound_participle(self._trigger) or second_verb(self._trigger)
        if mended:
            yield mended[1]
        else:
            yield from objects(self._trigger)

    @cached_property
    def _phrases(self) -> tuple[tuple[str, Token], ...]:
        return tuple(self._hung())

    def _hung(self) -> Iterator[tuple[str, Token]]:
        """The prepositional phrases of the trigger and of its fixed words, also those that the parser hung elsewhere."""
        if not self._verbal:
            yield from prepositional(self._trigger)
            yield from _hung_on_the_verb(self._trigger)
            yield from hung_on_the_doer(self._trigger)
            yield from self._between()
            if self._trigger.dep_ == "prep" or self._trigger.pos_ in ("ADP", "SCONJ"):
                yield from objects_of(self._trigger, self._trigger.lower_)
        else:
            yield from around(self._trigger)
            yield from hung_on_the_measured(self._trigger)
        for word in self._fixed:
            yield from prepositional(word)
            if word.pos_ == "ADP":
                yield from ((word.lower_, noun) for noun in objects_below(word))

    def _between(self) -> Iterator[tuple[str, Token]]:
        """"Fighting broke out *between X and Y*": what the parser hung on the verb of an event that took place."""
        verb = self._trigger.head
        if self._trigger.dep_ != "nsubj" or not self._happens(verb):
            return
        for child in verb.children:
            if child.dep_ == "prep" and child.lower_ in ("between", "among"):
                yield from ((child.lower_, found) for found in objects_below(child))

    def _happens(self, verb: Token) -> bool:
        entries = self._lexicon.by_trigger.get((lemma(verb), "verb"), ())
        return any(sense.predicate == "tookPlaceIn" for entry in entries for sense in entry.senses)


def _is_joint(noun: Token) -> bool:
    """Whether several must have made it: "the collective decision" is not only theirs who announce it."""
    return any(child.lower_ in ("joint", "collective", "common", "shared") for child in noun.children)


def _hung_on_the_verb(noun: Token) -> Iterator[tuple[str, Token]]:
    """Phrases right after an object noun that the parser hung on its verb: "contain unrest in the country"."""
    if noun.dep_ == "pobj" and noun.head.head.pos_ in ("VERB", "AUX") and noun.i + 1 < len(noun.doc):
        after = noun.doc[noun.i + 1]  # "related to war in Korea"
        if after.dep_ == "prep" and after.head == noun.head.head:
            yield from ((after.lower_, found) for found in objects_below(after))
    is_there = noun.dep_ == "nsubj" and noun.head.lemma_ == "be"  # "its headquarters are in Moscow"
    if not is_there and (noun.dep_ not in ("dobj", "attr", "pobj") or noun.head.pos_ not in ("VERB", "AUX")):
        return
    for child in noun.head.children:
        if child.dep_ == "prep" and child.i > noun.i:
            yield from ((child.lower_, found) for found in objects_below(child))


def _clause_subject(verb: Token) -> Iterator[Token]:
    subject = surface_subject(verb)
    yield from conjuncts(subject) if subject is not None else ()


def _of_a_title(title: Token) -> Iterator[Token]:
    """Whose the title before a name is: "President Sadat of Egypt", "Jordan's King Hussein", "NATO Secretary-General Solana"."""
    name = title.head
    if title.dep_ == "compound" and name.pos_ == "PROPN" and title.tag_ not in ("NNS", "NNPS") and not any(possessors(title)):
        before = [owner for owner in possessors(name) if owner.i < title.i]
        yield from before or [owner for owner in possessors(name) if title.text[0].isupper() and owner.i > name.i]


def _having(noun: Token) -> Iterator[Token]:
    """"it has six members", "it is an alliance with six members": who has them, unless the noun itself says whose they are."""
    of_a_name = any(marker == "of" and owner.pos_ == "PROPN" for marker, owner in prepositional(noun))
    if of_a_name or any(genitives(noun)):
        return  # "NATO was faced with the collapse of Yugoslavia"
    if noun.dep_ == "pobj" and noun.head.lower_ == "with":
        owner = noun.head.head
        yield from _clause_subject(owner) if owner.pos_ in ("VERB", "AUX") else (owner,)
    if noun.dep_ in ("dobj", "attr") and noun.head.lemma_ == "have":
        yield from subjects(noun.head)
