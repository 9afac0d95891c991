"""What is said, by whom: content clauses, quotations, judgements, demands, and what is no claim at all."""

from __future__ import annotations

import pytest

from csto_graph.model import Status
from tests.extract.reading import end, names, read

CLAIMS = [
    # text, claimant, what the content must hold
    ("Russia said that the mission was over.", "Russia", "the mission was over"),
    ("Russia said the mission was over.", "Russia", "the mission was over"),
    ("Russia hinted that it might resort to force.", "Russia", "it might resort to force"),
    ("Russia remarked that the mission was over.", "Russia", "the mission was over"),
    ("Russia confirmed that the mission was over.", "Russia", "the mission was over"),
    ("Russia predicted that the mission would fail.", "Russia", "the mission would fail"),
    ("Russia informed Armenia that the mission was over.", "Russia", "the mission was over"),
    ("Russia and Armenia said that the mission was over.", "Russia", "the mission was over"),
    ("Russia and Armenia said that the mission was over.", "Armenia", "the mission was over"),
    ("Russia praised the vote, adding that the mission was over.", "Russia", "the mission was over"),
    ("Russia left, citing that Armenia was a friend.", "Russia", "Armenia was a friend"),
    ("Russia, fearing that the mission was over, left.", "Russia", "the mission was over"),
    ("At first, Mirza fought Chad. In May he said that the mission was over.", "Mirza", "the mission was over"),
    # quotations
    ("“The mission is over for good,” Russia said.", "Russia", "The mission is over for good"),
    ("Russia said, “the mission is over and nobody returns.”", "Russia", "the mission is over and nobody returns"),
    ('Russia said: "The mission is over for good."', "Russia", "The mission is over for good"),
    # nouns
    ("Russia had high hopes that the mission would end.", "Russia", "the mission would end"),
    ("Russia expressed the view that the mission was over.", "Russia", "the view that the mission was over"),
    ("Russia expressed concern about the missiles.", "Russia", "concern about the missiles"),
    ("Armenia rejected Russia’s claim that the mission was over.", "Russia", "the mission was over"),
    # judgements
    ("Russia regarded the mission as a threat.", "Russia", "the mission a threat"),
    ("Russia described the mission as illegal.", "Russia", "the mission illegal"),
    ("Russia declared the vote null and void.", "Russia", "the vote null and void"),
    ("Russia called the vote a farce.", "Russia", "the vote a farce"),
    ("The vote was called a farce by Russia.", "Russia", "The vote a farce"),
    ("Russia, which saw the mission as a threat, left.", "Russia", "the mission a threat"),
    # demands
    ("Russia called on Armenia to respect the vote.", "Russia", "Armenia to respect the vote"),
    ("Russia urged Armenia to respect the vote.", "Russia", "Armenia to respect the vote"),
    ("Russia wanted Armenia to respect the vote.", "Russia", "Armenia to respect the vote"),
    ("Russia called for free elections.", "Russia", "free elections"),
    ("Russia insisted on the removal of the missiles.", "Russia", "the removal of the missiles"),
    ("Violence erupted, with Russia calling for free elections.", "Russia", "free elections"),
    # declarations, hopes, denials
    ("Russia announced its decision to end the mission.", "Russia", "its decision to end the mission"),
    ("Russia hoped to win the vote.", "Russia", "to win the vote"),
    ("Russia denied that the mission had failed.", "Russia", "denied that the mission had failed"),
    ("Russia found that the mission had failed.", "Russia", "the mission had failed"),
    ("Russia dismissed the vote as a farce.", "Russia", "the vote a farce"),
    ("The mission has been called a great farce by Armenia.", "Armenia", "The mission a great farce"),
    # where the content ends
    ("Russia claimed that the mission was over, while Armenia stayed.", "Russia", "the mission was over"),
    ("The mission, Russia said, was over.", "Russia", "The mission was over"),
    # according to
    ("According to Russia, the mission was over.", "Russia", "the mission was over"),
    ("The mission was over, according to Russia.", "Russia", "The mission was over"),
    # speakers without a name, or with one that the text has not explained
    ("Mensah feared that the mission was over.", "Mensah", "the mission was over"),
    ("The Lisbon Summit reaffirmed that the mission was over.", "Lisbon Summit", "the mission was over"),
    ("The report concluded that the mission was over.", "report", "the mission was over"),
    ("Some analysts said that the mission was over.", "analysts", "the mission was over"),
    ("Other members said this was a remarkable step.", "Other members", "this was a remarkable step"),
    ("The Armenian ambassador confirmed that the mission was over.", "Armenian ambassador", "the mission was over"),
]


@pytest.mark.parametrize(("text", "claimant", "content"), CLAIMS, ids=[f"{c[0]} {c[1]}" for c in CLAIMS])
def test_a_claim_has_its_holder_and_its_words(text: str, claimant: str, content: str) -> None:
    """Claims are attributed to whoever makes them, nearly verbatim."""
    found = [e for e in read(text) if e.predicate == "claims"]
    assert [end(e.object) for e in found if claimant in names(e.subject)] == [content], [(end(e.subject), end(e.object)) for e in found]
    assert {e.status for e in found} == {Status.ATTRIBUTED}
    assert all(e.claimant == e.subject for e in found)


def test_two_contents_are_two_claims() -> None:
    """Each clause keeps its own subject, with "that" or without."""
    found = read("Russia said the mission had failed and that the force should go home.")
    contents = [end(e.object) for e in found if e.predicate == "claims"]
    assert contents == ["the mission had failed", "the force should go home"]


NOTHING = [
    ("Russia announced that it would leave the CSTO and began to pack.", "a plan, and what the text goes on to tell"),
    ("Russia found itself alone.", "a state of affairs"),
    ("Russia denied Armenia the loan.", "a refusal"),
    ("On the other hand, Russia insisted.", "a phrase before the verb is not what is insisted on"),
    ("Armenia left the CSTO; Russia stated.", "what stands before a semicolon is told by the text"),
    ("Russia said nothing.", "no content"),
    ("Russia announced that it would leave the CSTO.", "a plan"),
    ("The minister’s car said that the mission was over.", "a car does not speak"),
    ("It said that the mission was over.", "nobody is named"),
    ("Russia called for hours.", "a time is no demand"),
    ("Russia saw the mission.", "no judgement"),
    ("Russia ensured that the mission was over.", "no saying"),
    ("Russia wanted to leave the hall.", "its own wish"),
    ("Russia left until ships were admitted.", "a temporal clause"),
    ("The war ended, so the troops left.", "two clauses"),
    ("According to plan, the mission was over.", "a plan does not speak"),
    ("Russia knew that the mission was over.", "knowledge is no claim"),
    ("Russia agreed that Armenia would leave.", "an agreement"),
    ("Russia’s “iron wall” stood in Armenia.", "a nickname"),
    ("Russia called Armenia.", "a call"),
    ("Russia declared war on Armenia.", "an act"),
]


@pytest.mark.parametrize(("text", "why"), NOTHING, ids=[case[1] for case in NOTHING])
def test_no_claim_is_read(text: str, why: str) -> None:
    """What only looks like speech, or has no speaker that the text gives, is no claim."""
    assert [(end(e.subject), end(e.object)) for e in read(text) if e.predicate == "claims"] == [], why


BLAMED = [
    ("Russia blamed Armenia for the attack.", "Russia", "Armenia"),
    ("Russia accused Armenia of attacking its troops.", "Russia", "Armenia"),
    ("Armenia was accused by Russia of the attack.", "Russia", "Armenia"),
    ("Russia, which blames Armenia for the war, left.", "Russia", "Armenia"),
    ("Russia held Armenia responsible for the attack.", "Russia", "Armenia"),
    ("Russia and Georgia accused Armenia of the attack.", "Georgia", "Armenia"),
    ("Russia blamed the attack on Armenia.", "Russia", "Armenia"),
    ("Russia attributed the failure of the talks to Armenia.", "Russia", "Armenia"),
    ("Russia condemned Armenia for the attack.", "Russia", "Armenia"),
]


@pytest.mark.parametrize(("text", "subject", "object_"), BLAMED, ids=[case[0] for case in BLAMED])
def test_blame_has_two_sides(text: str, subject: str, object_: str) -> None:
    """Who blames whom, as an accusation."""
    found = [e for e in read(text) if e.predicate == "blamed"]
    assert any(subject in names(e.subject) and object_ in names(e.object) for e in found), read(text)
    assert {e.status for e in found} == {Status.ATTRIBUTED}


@pytest.mark.parametrize("text", ["Russia was to blame.", "Armenia charged its batteries.", "Russia held Armenia.", "Russia blamed the weather."])
def test_no_blame_is_read(text: str) -> None:
    """Nobody is blamed where no actor is."""
    assert [e for e in read(text) if e.predicate == "blamed"] == []
