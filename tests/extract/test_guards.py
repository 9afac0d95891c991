"""What must be read, and what must not: reference, time, status, and the errors that taught us guards."""

from __future__ import annotations

import pytest

from csto_graph.model import Extraction, Status
from tests.extract.reading import end, names, read, spelled


def _of(text: str, predicate: str, date: str | None = "2022-01-10") -> list[Extraction]:
    return [e for e in read(text, date) if e.predicate == predicate]


REFERENCE = [
    # text, predicate, subject, object
    ("Kazakhstan asked for help. Russian troops landed in the country.", "deployed", "Russia", "Russian troops"),
    ("The CSTO met in Moscow. The organization has six members.", "memberCount", "CSTO", "6"),
    ("The Collective Security Treaty is old. It came into force in 1994.", "enteredIntoForceOn", "Collective Security Treaty", "1994"),
    ("The CSTO raised 500 soldiers. They conducted joint exercises.", "conductedExercise", "soldiers", "joint exercises"),
    ("Georgia, which joined the CSTO in 1993, is small.", "joined", "Georgia", "CSTO"),
    ("Armenia and Belarus joined the CSTO.", "joined", "Belarus", "CSTO"),
    ("Armenia signed and ratified the Collective Security Treaty.", "signatoryOf", "Armenia", "Collective Security Treaty"),
    ("Croatia and Slovenia are neighbours. Both countries joined the United Nations.", "joined", "Slovenia", "United Nations"),
    ("Armenia, Belarus and Georgia met. The three countries joined the CSTO.", "joined", "Georgia", "CSTO"),
    ("NATO grew. Finland joined in 2023.", "joined", "Finland", "NATO"),
    ("Six states belonging to the CIS — Russia, Armenia and Kazakhstan — signed the Collective Security Treaty.",
     "signatoryOf", "Armenia", "Collective Security Treaty"),
    ("As a NATO member, France signed the Collective Security Treaty.", "memberOf", "France", "NATO"),
    ("The president of Ghana, Kofi Mensah, spoke.", "ledBy", "Ghana", "Kofi Mensah"),
    ("Iraqi troops invaded Kuwait.", "intervenedIn", "Iraq", "Kuwait"),
    ("The treaty's members met. Armenia is a member of the CSTO.", "memberOf", "Armenia", "CSTO"),
]


@pytest.mark.parametrize(("text", "predicate", "subject", "object_"), REFERENCE, ids=str)
def test_a_reference_is_resolved(text: str, predicate: str, subject: str, object_: str) -> None:
    """Pronouns, definite descriptions, relatives and coordinations give the thing they speak of."""
    found = _of(text, predicate)
    assert any(subject in names(e.subject) and object_ in names(e.object) for e in found), list(map(spelled, read(text)))


def test_a_country_is_never_a_participant_of_its_own_clause() -> None:
    """"Belarus landed in the country" is the country the text is about, not Belarus."""
    text = "Kazakhstan is in turmoil. Kazakhstan asked for help. Belarusian soldiers landed in the country."
    (deployed,) = _of(text, "deployed")
    assert deployed.qualifiers.place is not None
    assert deployed.qualifiers.place.label == "Kazakhstan"


NOTHING = [
    # nothing of this predicate may be read
    ("It came into force in 1994.", "enteredIntoForceOn", "a pronoun without antecedent"),
    ("The country joined the CSTO.", "joined", "a description without antecedent"),
    ("France withdrew its military support from NATO.", "withdrewFrom", "an object makes another frame"),
    ("Kazakhstan asked the CSTO to end its mission.", "requestedAssistanceFrom", "the complement is no help"),
    ("Prices in Russia fell in 1991.", "dissolvedOn", "what fell are prices"),
    ("The fall of Dien Bien Phu in 1954 ended the war.", "dissolvedOn", "a fortress taken for a person is no state that ends"),
    ("Hunger in Armenia created anger.", "foundedOn", "anger is no organisation"),
    ("The committee has six members.", "memberCount", "a committee is not known"),
    ("NATO grew. Its troops withdrew in 2023.", "withdrewFrom", "troops leave no organisation"),
    ("Finland joined in 2023.", "joined", "the text names nothing that can be joined"),
    ("Both countries joined the United Nations.", "joined", "no two countries were named"),
    ("Armenia met Georgia. The three countries joined the CSTO.", "joined", "two are not three"),
    ("The minister signed the Collective Security Treaty.", "signatoryOf", "a minister is no party"),
    ("The Armenian president visited Moscow.", "memberOf", "nothing in scope"),
    ("The Warsaw Treaty Organization of Engineers is disbanded.", "memberOf", "nothing about members"),
]


@pytest.mark.parametrize(("text", "predicate", "why"), NOTHING, ids=[case[2] for case in NOTHING])
def test_nothing_is_read(text: str, predicate: str, why: str) -> None:
    """A sentence that only looks like the predicate's gives no statement of it."""
    assert list(map(spelled, _of(text, predicate))) == [], why


STATUS: list[tuple[str, str, Status | None]] = [
    ("Armenia joined the CSTO.", "joined", Status.ASSERTED),
    ("Armenia did not join the CSTO.", "joined", Status.NEGATED),
    ("Armenia never joined the CSTO.", "joined", Status.NEGATED),
    ("Armenia refused to join the CSTO.", "joined", Status.NEGATED),
    ("Armenia will join the CSTO.", "joined", Status.PLANNED),
    ("Armenia plans to join the CSTO.", "joined", Status.PLANNED),
    ("Armenia may join the CSTO.", "joined", Status.HYPOTHETICAL),
    ("If Armenia joins the CSTO, Georgia leaves.", "joined", Status.HYPOTHETICAL),
    ("Neither Armenia nor Belarus joined the CSTO.", "joined", None),
    ("Russia sent no troops to Kazakhstan.", "deployed", Status.NEGATED),
    ("Poland is no longer a member of the CSTO.", "memberOf", Status.NEGATED),
    ("The Collective Security Treaty has yet to enter into force.", "enteredIntoForceOn", Status.NEGATED),
    ("It is false that Georgia joined the CSTO.", "joined", None),
    ("The claim that Armenia left the CSTO is untrue.", "withdrewFrom", None),
    ("There is no evidence that Russia deployed troops to Armenia.", "deployed", None),
    ("Did Armenia withdraw from the CSTO in 2024?", "withdrewFrom", Status.HYPOTHETICAL),
    ("Armenia joined NATO?", "joined", Status.HYPOTHETICAL),
    ("Armenia almost left the CSTO.", "withdrewFrom", Status.HYPOTHETICAL),
    ("Perhaps Armenia left the CSTO.", "withdrewFrom", Status.HYPOTHETICAL),
    ("It seems that Armenia left the CSTO.", "withdrewFrom", None),
    ("Suppose that Armenia left the CSTO.", "withdrewFrom", None),
    ("Ukraine hopes to join NATO.", "joined", Status.PLANNED),
    ("Moldova is set to withdraw from the CIS.", "withdrewFrom", Status.PLANNED),
    ("Let Ukraine join NATO.", "joined", None),
    ("The Collective Security Treaty was to be signed in 2025.", "signedOn", Status.PLANNED),
    ("The headline read “Georgia joins NATO”.", "joined", Status.ATTRIBUTED),
    ('The headline read "Georgia joins NATO".', "joined", Status.ATTRIBUTED),
    ("Russia prevented Ukraine from joining NATO.", "joined", Status.NEGATED),
    ("Many doubt that Armenia left the CSTO.", "withdrewFrom", None),
    ("Russia pretended to withdraw from the CSTO.", "withdrewFrom", Status.PLANNED),
    ("Kazakhstan did not blame Uzbekistan.", "blamed", Status.NEGATED),
    ("Georgia cheered without joining the CSTO.", "joined", Status.NEGATED),
    ("Georgia preferred to stay out rather than join the CSTO.", "joined", Status.NEGATED),
    ("Georgia waited instead of joining the CSTO.", "joined", Status.NEGATED),
    ("Georgia requested to join the CSTO.", "joined", Status.PLANNED),
    ("Georgia discussed joining the CSTO.", "joined", Status.HYPOTHETICAL),
    ("Armenia threatened to leave the CSTO.", "withdrewFrom", Status.HYPOTHETICAL),
    ("Russia said that Armenia joined the CSTO.", "joined", Status.ATTRIBUTED),
    ("According to Russia, Armenia joined the CSTO.", "joined", Status.ATTRIBUTED),
    ("Armenia reportedly joined the CSTO.", "joined", Status.ATTRIBUTED),
    ("Russia claims that Armenia did not join the CSTO.", "joined", Status.NEGATED),
]


@pytest.mark.parametrize(("text", "predicate", "status"), STATUS, ids=[case[0] for case in STATUS])
def test_the_status_is_the_texts(text: str, predicate: str, status: Status | None) -> None:
    """Attribution, negation, plans and conditions are kept as what they are; `None`: anything but a fact."""
    found = {e.status for e in _of(text, predicate)}
    assert Status.ASSERTED not in found if status is None else found == {status}


def test_who_is_prevented_is_not_who_prevents() -> None:
    """The object of "prevent … from" is who would have done it."""
    (found,) = _of("Russia prevented Ukraine from joining NATO.", "joined")
    assert end(found.subject) == "Ukraine"


def test_a_list_of_thousands_is_read() -> None:
    """No list is too long: it is followed step by step, not by recursion."""
    assert _of(f"{', '.join(['Armenia'] * 2500)} and Georgia joined the CSTO.", "joined")


@pytest.mark.parametrize("hidden", ["\ufeff", "\u200b", "\u00ad", "\u200e"])
def test_invisible_characters_hide_no_name(hidden: str) -> None:
    """A byte order mark or a zero-width space is not read, and the offsets stay those of the stored text."""
    text = f"{hidden}Armenia{hidden} joined the CSTO."
    (found,) = _of(text, "joined")
    assert text[found.evidence.start : found.evidence.end] == found.evidence.exact
    assert end(found.subject) == "Armenia"


def test_an_attributed_statement_names_who_holds_it() -> None:
    """The speaker is the claimant."""
    (found,) = _of("Russia said that Armenia joined the CSTO.", "joined")
    assert end(found.claimant) == "Russia"


TIME = [
    # text, predicate, time, from, to, valid at
    ("Armenia joined the CSTO on 15 May 1992.", "joined", ("1992-05-15", None, None, None)),
    ("On May 15, 1992, Armenia joined the CSTO.", "joined", ("1992-05-15", None, None, None)),
    ("Armenia joined the CSTO in June 2010.", "joined", ("2010-06", None, None, None)),
    ("Armenia has been a member of the CSTO since 1992.", "memberOf", (None, "1992", None, None)),
    ("Georgia was a member of the CSTO from 1993 to 1999.", "memberOf", (None, "1993", "1999", None)),
    ("Armenia is a member of the CSTO.", "memberOf", (None, None, None, "2022-01-10")),
    ("Armenia was a member of the CSTO.", "memberOf", (None, None, None, None)),
    ("War began in 1992. On June 6, Armenia joined the CSTO.", "joined", ("1992-06-06", None, None, None)),
    ("On June 6, Armenia joined the CSTO.", "joined", (None, None, None, None)),
    ("Armenia joined the CSTO with 1992 soldiers.", "joined", (None, None, None, None)),
    ("After a war in 1991, Armenia joined the CSTO.", "joined", (None, None, None, None)),
    ("In 2005 Uzbekistan left the CIS and joined the CSTO.", "joined", ("2005", None, None, None)),
    ("In 2007, the CSTO raised soldiers who are kept on high alert.", "readiness", (None, None, None, "2022-01-10")),
]


@pytest.mark.parametrize(("text", "predicate", "times"), TIME, ids=[case[0] for case in TIME])
def test_a_time_belongs_to_its_own_verb(text: str, predicate: str, times: tuple[str | None, ...]) -> None:
    """Times keep their precision and their owner; a dated present holds on the document's date."""
    (found,) = _of(text, predicate)
    q = found.qualifiers
    assert (q.time, q.from_, q.to, q.valid_at) == times


def test_a_present_without_a_document_date_has_none() -> None:
    """Nobody's today is made up where the document gives no date."""
    (found,) = _of("Armenia is a member of the CSTO.", "memberOf", date=None)
    assert found.qualifiers.valid_at is None


NAMES = [
    # historical names do not fold into today's states
    ("West Germany joined NATO in 1955.", "West Germany"),
    ("Zaire joined the African Union.", "Zaire"),
    ("Yugoslavia joined the United Nations.", "Yugoslavia"),
    ("Germany joined NATO.", "Germany"),
    ("The Soviets joined the United Nations.", "Soviet Union"),
]


@pytest.mark.parametrize(("text", "label"), NAMES, ids=[case[1] for case in NAMES])
def test_a_name_is_the_thing_of_its_time(text: str, label: str) -> None:
    """A former state is not today's; a people's name stands for its state."""
    (found,) = _of(text, "joined")
    assert end(found.subject) == label


def test_evidence_is_the_words_themselves(article: object) -> None:
    """The quotation is the characters between its offsets, and its context stands beside it."""
    text = "Nothing here.\nArmenia joined the CSTO in 1992. Nothing there."
    (found,) = _of(text, "joined")
    evidence = found.evidence
    assert text[evidence.start : evidence.end] == evidence.exact == "Armenia joined the CSTO"
    assert text.startswith(evidence.prefix + evidence.exact + evidence.suffix, evidence.start - len(evidence.prefix))
