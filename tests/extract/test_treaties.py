"""The life of a treaty: sentences → statements, and sentences that only look like them."""

from __future__ import annotations

import pytest

from tests.extract.reading import read, read_as, spelled, states

CST = "Collective Security Treaty"
READ = [
    (f"Under the {CST} (signed in 1992 by Armenia and Georgia), Kenya sent troops.", "signatoryOf", "Georgia", CST),
    (f"Under the {CST} (signed in 1992 by Armenia and Georgia), Kenya sent troops.", "signedOn", CST, "1992"),
    (f"Armenia signed the {CST}.", "signatoryOf", "Armenia", CST),
    (f"The {CST} was signed by Armenia, Georgia and Russia in 1992.", "signatoryOf", "Georgia", CST),
    (f"The {CST}, signed by Armenia and Georgia, was short.", "signatoryOf", "Georgia", CST),
    (f"Armenia and Georgia, which signed the {CST}, met.", "signatoryOf", "Armenia", CST),
    (f"The {CST} was concluded between Armenia and Georgia.", "signatoryOf", "Georgia", CST),
    (f"The signatories to the {CST} were Armenia, Belarus and Georgia.", "signatoryOf", "Belarus", CST),
    (f"Signatories of the {CST} include Armenia and Georgia.", "signatoryOf", "Georgia", CST),
    (f"Armenia signed and ratified the {CST}.", "signatoryOf", "Armenia", CST),
    (f"Armenia signed and ratified the {CST}.", "ratified", "Armenia", CST),
    ("Armenia concluded a treaty of friendship with Georgia.", "signatoryOf", "Georgia", "treaty"),
    ("Armenia signed a defence agreement with Georgia.", "signatoryOf", "Armenia", "defence agreement"),
    ("Armenia and Georgia signed a mutual security treaty in 1999.", "signatoryOf", "Georgia", "mutual security treaty"),
    ("In 1953 the two sides reached a truce.", "signedOn", "truce", "1953"),
    ("An armistice was signed in 1953.", "signedOn", "armistice", "1953"),
    (f"The signing of the {CST} in 1992 was secret.", "signedOn", CST, "1992"),
    (f"The {CST} was signed in Tashkent on 15 May 1992.", "signedOn", CST, "1992-05-15"),
    (f"The {CST} was drafted in 1991 and signed in May 1992.", "signedOn", CST, "1992-05"),
    (f"The {CST} was ratified by Belarus.", "partyTo", "Belarus", CST),
    (f"Belarus ratified the {CST} in 1993.", "ratified", "Belarus", CST),
    (f"The {CST} was ratified by Russia on 28 February 1993 and by Belarus on 4 March 1993.", "ratified", "Belarus", CST),
    (f"Belarus is a party to the {CST}.", "partyTo", "Belarus", CST),
    (f"Belarus, a party to the {CST}, objected.", "partyTo", "Belarus", CST),
    (f"The parties to the {CST} are Armenia and Belarus.", "partyTo", "Belarus", CST),
    (f"In the {CST}, Armenia and Belarus agreed to help one another.", "partyTo", "Belarus", CST),
    (f"Under the {CST}, Armenia pledged to help Belarus.", "partyTo", "Armenia", CST),
    (f"Belarus met its obligations under the {CST}.", "partyTo", "Belarus", CST),
    (f"The {CST} binds Armenia and Belarus.", "partyTo", "Belarus", CST),
    (f"The {CST} was an agreement between Armenia and Belarus.", "partyTo", "Belarus", CST),
    (f"Georgia acceded to the {CST} in 1993.", "joined", "Georgia", CST),
    (f"Georgia became a party to the {CST} in 1993.", "joined", "Georgia", CST),
    (f"Georgia withdrew from the {CST} in 1999.", "withdrewFrom", "Georgia", CST),
    (f"Georgia denounced the {CST} in 1999.", "withdrewFrom", "Georgia", CST),
    (f"Georgia's withdrawal from the {CST} surprised few.", "withdrewFrom", "Georgia", CST),
    (f"The {CST} entered into force on 20 April 1994.", "enteredIntoForceOn", CST, "1994-04-20"),
    (f"The {CST}, which came into force in 1994, was prolonged in 1999.", "enteredIntoForceOn", CST, "1994"),
    (f"The {CST} became effective in 1994.", "enteredIntoForceOn", CST, "1994"),
    (f"The {CST} was signed in 1992 and entered into force in 1994.", "enteredIntoForceOn", CST, "1994"),
    (f"The {CST} was prolonged for five years in 1999.", "prolongedOn", CST, "1999"),
    (f"Armenia and Belarus extended the {CST} in 1999.", "prolongedOn", CST, "1999"),
    (f"The {CST} was terminated in 2002.", "terminatedOn", CST, "2002"),
    (f"The {CST} lapsed in 2002.", "terminatedOn", CST, "2002"),
    (f"Armenia suspended the {CST} in 2002.", "suspendedFrom", "Armenia", CST),
]

NOT_READ = [
    ("The president signed a letter to Georgia.", "signatoryOf"),
    ("The minister of Armenia signed.", "signatoryOf"),
    ("A treaty between neighbours is rare.", "partyTo"),
    ("The party of the president of Armenia won.", "partyTo"),
    (f"The minister spoke about the {CST} with Armenia.", "partyTo"),
    (f"Armenia negotiated the {CST}.", "signatoryOf"),
    (f"Troops entered into the building under the {CST}.", "enteredIntoForceOn"),
    ("The war reached Georgia in 1992.", "signedOn"),
    ("The embargo came into force in 1994.", "enteredIntoForceOn"),
    (f"In spring Armenia agreed to publish the {CST}.", "partyTo"),
]


@pytest.mark.parametrize(("sentence", "predicate", "subject", "object_"), READ)
def test_is_read(sentence: str, predicate: str, subject: str, object_: str) -> None:
    """The statement is made, whatever its status."""
    assert states(sentence, predicate, subject, object_), list(map(spelled, read(sentence)))


@pytest.mark.parametrize(("sentence", "predicate"), NOT_READ)
def test_is_not_read(sentence: str, predicate: str) -> None:
    """No statement of that predicate is made."""
    assert read_as(sentence, predicate) == []


def test_parties_are_bound_from_the_day_the_text_has_given_the_treaty() -> None:
    """"In this treaty" has no time of its own: it is the one of the signing told before."""
    text = f"The {CST} was signed in 1992. In this treaty, Armenia and Belarus agreed to help one another."
    assert {e.qualifiers.from_ for e in read(text) if e.predicate == "partyTo"} == {"1992"}
    assert {e.qualifiers.from_ for e in read(f"In the {CST}, Armenia agreed to help.") if e.predicate == "partyTo"} == {None}
