"""How a statement is held: by modals, governing words, conditions and speech, scope by clause."""

from __future__ import annotations

from dataclasses import astuple

import pytest

from csto_graph.model import Status
from tests.extract.reading import end, lexicon, read

A, P, H, N, T = Status.ASSERTED, Status.PLANNED, Status.HYPOTHETICAL, Status.NEGATED, Status.ATTRIBUTED

# text, status of what it says of joining; None: nothing, or anything but a fact
JOINED: list[tuple[str, Status | None]] = [
    # done
    ("Armenia managed to join the CSTO.", A),
    ("Armenia came to join the CSTO.", A),
    ("Armenia went on to join the CSTO.", A),
    ("Russia forced Armenia to join the CSTO.", A),
    ("The war led Armenia to join the CSTO.", A),
    ("Russia persuaded Armenia to join the CSTO.", A),
    ("Armenia was compelled to join the CSTO.", A),
    ("Armenia was the first country to join the CSTO.", A),
    ("Armenia and Georgia met to join the CSTO.", P),
    ("Armenia would later join the CSTO.", A),
    ("Armenia would go on to join the CSTO.", A),
    ("Armenia chose to join the CSTO.", A),
    ("Armenia refused to leave NATO and joined the CSTO.", A),
    ("The talks were no success, with Armenia joining the CSTO.", A),
    ("Armenia was alone, critics said, and joined the CSTO.", A),
    ("Critics said that Armenia would later join the CSTO.", P),
    ("If it could, Armenia would later join the CSTO.", H),
    ("Armenia would have joined the CSTO.", H),
    ("Armenia refused to leave NATO and join the CSTO.", N),
    ("Armenia, critics said, had joined the CSTO.", T),
    ("Armenia joined the CSTO, the report said, and left NATO.", T),
    ("Armenia became the third member to join the CSTO.", A),
    ("Armenia would be the first country to join the CSTO.", P),
    ("Armenia became the first member to leave the CSTO.", None),
    ("Armenia is proud to join the CSTO.", A),
    ("Russia knew that Armenia had joined the CSTO.", A),
    ("Russia regretted the fact that Armenia had joined the CSTO.", A),
    ("Though Georgia objected, Armenia joined the CSTO.", A),
    ("When Georgia left NATO, Armenia joined the CSTO.", A),
    ("Armenia, which may leave NATO, joined the CSTO.", A),
    ("Armenia did not leave NATO and joined the CSTO.", A),
    ("Once Armenia had joined the CSTO, Georgia left NATO.", A),
    # meant
    ("Georgia would leave NATO once Armenia joined the CSTO.", P),
    ("Georgia will leave NATO when Armenia joins the CSTO.", P),
    ("Armenia agreed to join the CSTO.", P),
    ("Armenia decided to join the CSTO.", P),
    ("Armenia voted to join the CSTO.", P),
    ("Armenia promised to join the CSTO.", P),
    ("Armenia is scheduled to join the CSTO.", P),
    ("Armenia is about to join the CSTO.", P),
    ("Armenia is ready to join the CSTO.", P),
    ("Armenia shall join the CSTO.", P),
    ("Armenia would join the CSTO on 10 September.", P),
    ("Armenia sold its land in order to join the CSTO.", P),
    ("Armenia announced plans to join the CSTO.", P),
    ("Armenia announced the decision to join the CSTO.", P),
    ("Armenia declared its intention to join the CSTO.", P),
    ("Armenia announced that it planned to join the CSTO.", P),
    ("Armenia gave notice that it intended to join the CSTO.", P),
    ("Armenia submitted an application to join the CSTO.", P),
    ("Parliament authorised Armenia to join the CSTO.", P),
    ("Russia allowed Armenia to join the CSTO.", P),
    ("Russia said that Armenia will join the CSTO.", P),
    # not so, or only perhaps
    ("Armenia wants to join the CSTO.", H),
    ("Armenia declared its desire to join the CSTO.", H),
    ("Armenia is willing to join the CSTO.", H),
    ("Armenia is likely to join the CSTO.", H),
    ("Armenia offered to join the CSTO.", H),
    ("Armenia considered joining the CSTO.", H),
    ("Armenia was studying the possibility of joining the CSTO.", H),
    ("Russia asked Armenia to join the CSTO.", H),
    ("Russia urged Armenia to join the CSTO.", H),
    ("Russia invited Armenia to join the CSTO.", H),
    ("Armenia would join the CSTO if Georgia left.", H),
    ("Armenia could join the CSTO.", H),
    ("Unless Armenia joins the CSTO, Georgia stays.", H),
    ("Armenia seems to have joined the CSTO.", H),
    ("Russia hinted that Armenia might join the CSTO.", H),
    # denied
    ("Armenia failed to join the CSTO.", N),
    ("Armenia declined to join the CSTO.", N),
    ("Armenia was unable to join the CSTO.", N),
    ("Armenia is unwilling to join the CSTO.", N),
    ("Armenia avoided joining the CSTO.", N),
    ("Armenia will not join the CSTO.", N),
    ("Armenia did not agree to join the CSTO.", N),
    ("Armenia refused to agree to join the CSTO.", N),
    ("Russia barred Armenia from joining the CSTO.", N),
    ("Russia forbade Armenia to join the CSTO.", N),
    ("Russia said that Armenia had not joined the CSTO.", N),
    ("Armenia denied that it had joined the CSTO.", N),
    ("No country joined the CSTO.", None),
    # somebody's
    ("Russia claimed that Armenia had joined the CSTO.", T),
    ("Armenia is said to have joined the CSTO.", T),
    ("Armenia is believed to have joined the CSTO.", T),
    ("It was reported that Armenia joined the CSTO.", None),
    ("Armenia allegedly joined the CSTO.", T),
    ("Reports that Armenia joined the CSTO were wrong.", None),
    ("Russia did not say that Armenia joined the CSTO.", T),
    ("Russia was convinced that Armenia had joined the CSTO.", T),
]


@pytest.mark.parametrize(("text", "status"), JOINED, ids=[case[0] for case in JOINED])
def test_a_clause_is_held_as_its_words_say(text: str, status: Status | None) -> None:
    """Done, meant, supposed, denied or said: never more than the text gives."""
    found = {e.status for e in read(text) if e.predicate == "joined"}
    assert A not in found if status is None else found == {status}


NOUNS: list[tuple[str, str, Status]] = [
    ("The United Nations approved the deployment of troops by Armenia.", "deployed", P),
    ("The treaty provided for the dissolution of the Warsaw Pact.", "dissolvedOn", P),
    ("Russia threatened an invasion of Ukraine.", "intervenedIn", H),
    ("Russia cancelled its invasion of Ukraine.", "intervenedIn", N),
    ("Mali gave official notice of withdrawal from the CSTO to Russia.", "withdrewFrom", P),
    ("Mali gave no notice of withdrawal from the CSTO.", "withdrewFrom", N),
    ("Russia launched an invasion of Ukraine.", "intervenedIn", A),
    ("Russia planned an invasion of Ukraine.", "intervenedIn", P),
    ("Russia plans to launch an invasion of Ukraine.", "intervenedIn", P),
    ("Poland condemned the Soviet invasion of Hungary.", "intervenedIn", A),
    ("Poland discussed the Soviet invasion of Hungary.", "intervenedIn", A),
    ("On the orders of Polish leader Jan Kowal, a fence went up.", "ledBy", A),
    ("Poland plans to seal the border between Laos and Vietnam.", "borders", A),
    ("Poland hoped that unrest in Kazakhstan would end.", "tookPlaceIn", A),
    ("There were reports of unrest in Kazakhstan.", "tookPlaceIn", T),
    ("Poland said that the Soviet invasion of Hungary was over.", "intervenedIn", T),
]


@pytest.mark.parametrize(("text", "predicate", "status"), NOUNS, ids=[case[0] for case in NOUNS])
def test_an_event_noun_is_held_by_its_verb(text: str, predicate: str, status: Status) -> None:
    """What is approved, threatened or cancelled has not happened; what is launched or condemned has."""
    found = {e.status for e in read(text) if e.predicate == predicate}
    assert found <= {status}, found


def test_a_plan_that_is_announced_has_its_holder() -> None:
    """"Russia said that Armenia will join": a plan, on Russia's word."""
    (found,) = [e for e in read("Russia said that Armenia will join the CSTO.") if e.predicate == "joined"]
    assert (found.status, end(found.claimant)) == (P, "Russia")


def test_every_family_says_what_its_words_do() -> None:
    """No word is listed without a construction, and none is listed as holding nothing."""
    assert [word for word, governor in lexicon().governors.items() if not any(astuple(governor))] == []
