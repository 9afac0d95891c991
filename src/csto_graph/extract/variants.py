"""What one entry of the lexicon gives besides itself: the noun of a verb with the verb's own arguments.

"X invaded Y" → "X's invasion of Y", "the invasion of Y by X", "the Soviet invasion of Y", "X launched an invasion of Y".
After Grimshaw, Argument Structure (1990): a complex event nominal keeps the arguments of its verb.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import takewhile

from csto_graph.extract.lexicon import Argument, Entry, Sense

# How an argument of a verb stands beside its noun. One that is not here has no nominal form, and its sense has none either.
_BESIDE_A_NOUN = {
    "Subject": "NominalSubject",
    "DirectObject": "NominalObject",
    "PrepositionalObject": "PrepositionalObject",
    "Date": "Date",
    "Theatre": "Theatre",
}


def trigger_first(words: list[str], part_of_speech: str) -> tuple[str, ...]:
    """The head of a phrase is its trigger: the first word, but the last of a compound noun ("member state")."""
    compound = part_of_speech == "noun" and len(words) == 2
    return (words[1], words[0]) if compound else tuple(words)


def nominals(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The noun of every verb that names one (`lexicon:nominal`), for what no entry of that noun says itself.

    Of several verbs with one noun (deploy, send: deployment) the one the noun is made from gives the shared senses.
    """
    known = tuple(entries)
    written = {(entry.words, sense.predicate) for entry in known if entry.part_of_speech == "noun" for sense in entry.senses}
    for entry in sorted(known, key=_kinship):
        noun = _nominal(entry)
        if noun is not None:
            senses = tuple(sense for sense in noun.senses if (noun.words, sense.predicate) not in written)
            written.update((noun.words, sense.predicate) for sense in senses)
            yield replace(noun, senses=senses)


def _kinship(entry: Entry) -> tuple[int, int, str]:
    """Verbs that share more of their first letters, and more of their words, with their noun come first."""
    noun = entry.nominal or ""
    letters = takewhile(lambda pair: pair[0] == pair[1], zip(entry.words[0], noun, strict=False))
    return -sum(1 for _ in letters), -len(set(entry.words) & set(noun.split())), entry.id


def _nominal(entry: Entry) -> Entry | None:
    if entry.part_of_speech != "verb" or entry.nominal is None:
        return None
    senses = tuple(noun for sense in entry.senses if (noun := _beside_a_noun(sense)))
    words = trigger_first(entry.nominal.split(), "noun")
    return replace(entry, words=words, part_of_speech="noun", forms=(), senses=senses, denotes=None, nominal=None)


def _beside_a_noun(sense: Sense) -> Sense | None:
    arguments = (sense.subject, sense.object, sense.place, sense.require)
    if sense.status is not None or any(a is not None and a.role not in _BESIDE_A_NOUN for a in arguments):
        return None
    alone = sum(a is not None and a.role in ("Subject", "DirectObject") for a in arguments) < 2
    subject, object_, place, require = (_argument(a, alone=alone) for a in arguments)
    if sense.object is None and require is None:  # a noun takes its event for granted: its date is what it tells
        require = Argument("Date")
    return replace(sense, subject=_by(sense, subject), object=object_, place=place, require=require, object_from_context=False)


def _argument(argument: Argument | None, *, alone: bool) -> Argument | None:
    """"NATO's dissolution", "the dissolution of NATO": beside no other, either stands where any possessor may."""
    if argument is None:
        return None
    role = _BESIDE_A_NOUN[argument.role]
    return replace(argument, role="PossessiveAdjunct" if alone and role.startswith("Nominal") else role)


def _by(sense: Sense, subject: Argument | None) -> Argument | None:
    """"an intervention in Y by X": who does it to another may stand after the noun."""
    does = subject is not None and sense.object is not None and sense.subject is not None and sense.subject.role == "Subject"
    return replace(subject, markers=subject.markers | {"by"}) if does and subject is not None else subject
