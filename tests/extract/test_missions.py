"""The life of a mission: who sends, fights, helps, asks, raises, trains and goes home; and what only looks like it."""

from __future__ import annotations

import pytest

from csto_graph.model import Status
from tests.extract.reading import names, read, spelled

STATED = [
    # text, predicate, subject, object
    # what is sent, and whose it is
    ("France dispatched 900 paratroopers to Mali.", "deployed", "France", "900 paratroopers"),
    ("About 1,200 Polish soldiers were stationed in Chad.", "deployed", "Poland", "About 1,200 Polish soldiers"),
    ("Soldiers from Ghana and Togo arrived in Liberia.", "deployed", "Togo", "Soldiers"),
    ("A contingent of 300 soldiers from Nepal landed in Haiti.", "deployed", "Nepal", "contingent"),
    ("The deployment of Russian troops to Syria began in 2015.", "deployed", "Russia", "Russian troops"),
    ("Britain maintained 4,000 troops in Oman.", "deployed", "United Kingdom", "4,000 troops"),
    ("The king ordered Moroccan troops into Mauritania.", "deployed", "Morocco", "Moroccan troops"),
    # what the forces of a state do, the state does
    ("A force of 40,000 Iraqi troops invaded Kuwait.", "intervenedIn", "Iraq", "Kuwait"),
    ("French and Italian troops entered Albania.", "intervenedIn", "Italy", "Albania"),
    ("Vietnamese troops poured into Cambodia.", "intervenedIn", "Vietnam", "Cambodia"),
    ("Israel carried out a raid on Tunisia.", "intervenedIn", "Israel", "Tunisia"),
    ("Turkey bombed targets in Iraq.", "intervenedIn", "Türkiye", "Iraq"),
    ("Its war of aggression against Georgia isolated Russia. Russia launched an offensive against Georgia.", "intervenedIn", "Russia", "Georgia"),
    ("British forces withdrew from Libya.", "withdrewForcesFrom", "United Kingdom", "Libya"),
    ("The last French troops left Algeria.", "withdrewForcesFrom", "France", "Algeria"),
    ("Cuba pulled out its soldiers from Angola.", "withdrewForcesFrom", "Cuba", "Angola"),
    ("Japanese soldiers were evacuated from Iraq.", "withdrewForcesFrom", "Japan", "Iraq"),
    ("Russia launched a war of aggression against the people of Georgia.", "intervenedIn", "Russia", "Georgia"),
    ("A British training and monitoring force was installed in Benin.", "deployed", "United Kingdom", "British training and monitoring force"),
    ("There are reports that the CSTO had dispatched its forces to Armenia.", "deployed", "CSTO", "forces"),
    ("Ghana deployed a peace mission in Liberia.", "deployed", "Ghana", "peace mission"),
    ("A US-led invasion of Iraq began.", "intervenedIn", "United States", "Iraq"),
    ("Togo sent soldiers that entered Benin.", "intervenedIn", "Togo", "Benin"),
    ("Vietnam marched into Laos.", "intervenedIn", "Vietnam", "Laos"),
    ("Iraq's withdrawal from Kuwait followed.", "withdrewForcesFrom", "Iraq", "Kuwait"),
    ("Ghana and Togo held talks, resulting in the drafting of a joint plan to invade Benin.", "intervenedIn", "Togo", "Benin"),
    ("Russia used the treaty to suppress protests in Armenia.", "intervenedIn", "Russia", "Armenia"),
    ("KFOR is a force in Kosovo. It was involved in the Kosovo War.", "contributedTo", "KFOR", "Kosovo War"),
    ("Cuba intervened in Angola. It withdrew its soldiers in 1989.", "withdrewForcesFrom", "Cuba", "Angola"),
    ("Chinese troops crossed the Yalu River into North Korea.", "intervenedIn", "China", "North Korea"),
    ("Russian jets came and Russian troops bombed Georgian cities.", "intervenedIn", "Russia", "Georgia"),
    ("Turkey launched an offensive in northern Syria.", "intervenedIn", "Türkiye", "Syria"),
    # what is given, and to whom
    ("Britain committed 45,000 troops to the Gulf War.", "contributedTo", "United Kingdom", "Gulf War"),
    ("Sweden took part in the operation.", "contributedTo", "Sweden", "operation"),
    ("Libya supplied weapons to the rebels.", "contributedTo", "Libya", "rebels"),
    ("Libya supplied the rebels with weapons.", "contributedTo", "Libya", "rebels"),
    ("Egypt sent two brigades to support the campaign.", "contributedTo", "Egypt", "campaign"),
    ("Norway was involved in the war.", "contributedTo", "Norway", "war"),
    ("Fiji contributed a battalion to the multinational force.", "contributedTo", "Fiji", "multinational force"),
    ("Kenya provided two ships in support of the operation.", "contributedTo", "Kenya", "operation"),
    ("Tonga participated as part of a coalition in the war.", "contributedTo", "Tonga", "war"),
    # who is asked
    ("Mali asked France to send troops.", "requestedAssistanceFrom", "Mali", "France"),
    ("Mali appealed to France for military assistance.", "requestedAssistanceFrom", "Mali", "France"),
    ("Mali called on Algeria to intervene.", "requestedAssistanceFrom", "Mali", "Algeria"),
    ("Mali made a request to France for weapons.", "requestedAssistanceFrom", "Mali", "France"),
    ("Mali negotiated with France for military assistance.", "requestedAssistanceFrom", "Mali", "France"),
    ("At the request of Sierra Leone, Nigeria sent troops.", "requestedAssistanceFrom", "Sierra Leone", "Nigeria"),
    ("Canada promised 500 peacekeepers.", "agreedToSend", "Canada", "500 peacekeepers"),
    ("Somalia invited Kenyan troops into the country.", "requestedAssistanceFrom", "Somalia", "Kenya"),
    # forces and exercises
    ("The United Nations adopted a resolution that authorized the creation of an intervention force.", "establishedForce", "UN", "intervention force"),
    ("NATO partners agreed to form a brigade.", "establishedForce", "NATO", "brigade"),
    ("The meeting took place in Rome, with a staff of 65. ECOWAS, with a staff of 80, is old.", "personnelCount", "ECOWAS", "80"),
    ("The invasion force numbered nearly 25,000 soldiers.", "personnelCount", "invasion force", "25000"),
    ("NATO has a staff of 65.", "personnelCount", "NATO", "65"),
    ("NATO established a force and organized joint military exercises.", "conductedExercise", "NATO", "joint military exercises"),
    ("Joint exercises between Ghana and Togo took place.", "conductedExercise", "Ghana", "Joint exercises"),
]  # fmt: skip

NOTHING = [
    # text, predicate that must not be read
    ("Finland joined NATO.", "contributedTo", "a pact is joined, not helped"),
    ("The president left Egypt.", "withdrewForcesFrom", "a traveller is no force"),
    ("Troops entered the Gambia.", "intervenedIn", "nobody's troops"),
    ("France withdrew its offer from NATO.", "withdrewForcesFrom", "an offer is no force"),
    ("Cuba withdrew its soldiers in 1989.", "withdrewForcesFrom", "nobody says from where"),
    ("Cuba intervened in Angola. Chad withdrew its soldiers.", "withdrewForcesFrom", "another's theatre"),
    ("Pro-Syrian militias attacked Beirut. Anti-Syrian troops entered Lebanon.", "intervenedIn", "for and against is not of"),
    ("At the request of Chad, France left.", "requestedAssistanceFrom", "leaving is no help"),
    ("Kenya bombed cities.", "intervenedIn", "nobody's cities"),
    ("Mali asked France to leave.", "requestedAssistanceFrom", "leaving is no help"),
    ("Mali negotiated with France for a year.", "requestedAssistanceFrom", "a year is no help"),
    ("The Soviet Union struck a deal in Geneva.", "intervenedIn", "a deal is no target"),
    ("The family moved to Armenia.", "deployed", "a family is no force"),
    ("Armenia participated in the conference.", "contributedTo", "a conference takes no forces"),
    ("Armenia joined the protests.", "contributedTo", "nor do protests"),
    ("Chad sent troops to Mali.", "contributedTo", "where they were sent is no recipient"),
    ("Armenia participated in the talks.", "contributedTo", "talks are no event of this kind"),
    ("The force numbered its pages.", "personnelCount", "pages are not counted"),
    ("Russia left the treaty. Russia invaded Georgia. The withdrawal of Russia shocked us.", "withdrewForcesFrom", "from the treaty"),
    ("Iraq occupied Iran. Iraq invaded Kuwait. Iraq withdrew.", "withdrewForcesFrom", "from which of the two"),
    ("Ghana announced a joint plan to invade Benin.", "intervenedIn", "whose plan besides is not said"),
    ("Mali suppressed protests in Mali.", "intervenedIn", "at home"),
]


@pytest.mark.parametrize(("text", "predicate", "subject", "object_"), STATED, ids=str)
def test_a_mission_is_read(text: str, predicate: str, subject: str, object_: str) -> None:
    """Each family of sentences gives its statement, whichever of its words is used."""
    found = [e for e in read(text) if e.predicate == predicate]
    assert any(subject in names(e.subject) and object_ in names(e.object) for e in found), list(map(spelled, read(text)))


@pytest.mark.parametrize(("text", "predicate", "why"), NOTHING, ids=str)
def test_a_look_alike_is_not_read(text: str, predicate: str, why: str) -> None:
    """The same words of other things state nothing of a mission."""
    assert [spelled(e) for e in read(text) if e.predicate == predicate] == [], why


def test_who_asks_has_asked() -> None:
    """That help was asked for is asserted; that it was given is not said at all."""
    (asked,) = read("Mali asked France to send troops.")
    assert asked.status is Status.ASSERTED
