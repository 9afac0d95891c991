"""Membership and the life of an organisation: sentences → statements, and sentences that only look like them."""

from __future__ import annotations

import pytest

from tests.extract.reading import read, read_as, spelled, states

READ = [
    # members and lists
    ("Ghana is one of the founding members of ECOWAS.", "memberOf", "Ghana", "ECOWAS"),
    ("Togo was among the founding members of ECOWAS.", "memberOf", "Togo", "ECOWAS"),
    ("As a NATO member, Norway sent troops.", "memberOf", "Norway", "NATO"),
    ("NATO members Greece and Turkey quarrelled.", "memberOf", "Greece", "NATO"),
    ("NATO members Greece and Turkey quarrelled.", "memberOf", "Türkiye", "NATO"),
    ("The members of NATO include Canada and Iceland.", "memberOf", "Iceland", "NATO"),
    ("NATO's members are Canada, Italy and Iceland.", "memberOf", "Italy", "NATO"),
    ("The CSTO is made up of Armenia, Belarus and Russia.", "memberOf", "Belarus", "CSTO"),
    ("The CSTO is composed of Armenia, Belarus and Russia.", "memberOf", "Russia", "CSTO"),
    ("The CSTO, which comprises Armenia and Russia, met.", "memberOf", "Armenia", "CSTO"),
    ("The CSTO brings together Armenia, Belarus and Russia.", "memberOf", "Belarus", "CSTO"),
    ("The CSTO is an alliance of Armenia, Belarus and Russia.", "memberOf", "Belarus", "CSTO"),
    ("ECOWAS is a bloc consisting of Ghana, Togo and Benin.", "memberOf", "Togo", "ECOWAS"),
    ("Belarus has been part of the CSTO since 1994.", "memberOf", "Belarus", "CSTO"),
    ("Belarus belongs to the CSTO.", "memberOf", "Belarus", "CSTO"),
    ("Norway's membership in NATO was debated.", "memberOf", "Norway", "NATO"),
    ("The alliance of the CSTO was formed by Armenia and Belarus. The CSTO does not include Iran.", "memberOf", "Iran", "CSTO"),
    ("NATO met. The alliance does not include any countries with armies, such as Iran and Syria.", "memberOf", "Syria", "NATO"),
    ("In 1954 the creation of SEATO included Britain, France and Thailand.", "memberOf", "France", "SEATO"),
    ("Kenya was one of the founding members of ECOWAS in 1975 and left it in 2000.", "memberOf", "Kenya", "ECOWAS"),
    ("The armies of Kenya, Uganda, and Chad fought. The three formed the Lake Union.", "memberOf", "Chad", "Lake Union"),
    ("The leaders of Kenya and Uganda met in Lima to form the Lake Union.", "memberOf", "Kenya", "Lake Union"),
    ("Representatives of Kenya and Uganda founded the Lake Union.", "memberOf", "Uganda", "Lake Union"),
    # counts
    ("NATO was announced in 1949. When the alliance was announced there were 34 members.", "memberCount", "NATO", "34"),
    ("The CSTO has six members.", "memberCount", "CSTO", "6"),
    ("The CSTO consisted of six members.", "memberCount", "CSTO", "6"),
    ("The CSTO comprises six states.", "memberCount", "CSTO", "6"),
    ("The CSTO is an alliance of six states.", "memberCount", "CSTO", "6"),
    ("The CSTO is a six-member alliance.", "memberCount", "CSTO", "6"),
    ("The CSTO is a bloc with six member states.", "memberCount", "CSTO", "6"),
    ("The CSTO is an eight-country bloc.", "memberCount", "CSTO", "8"),
    ("The number of NATO members reached 30.", "memberCount", "NATO", "30"),
    ("NATO's membership grew to 30 states.", "memberCount", "NATO", "30"),
    ("Montenegro joined, bringing NATO's membership to 29.", "memberCount", "NATO", "29"),
    ("All 30 NATO members agreed.", "memberCount", "NATO", "30"),
    ("The six member states of the CSTO agreed.", "memberCount", "CSTO", "6"),
    # joining
    ("Kenya became a member of the African Union in 2001.", "joined", "Kenya", "African Union"),
    ("Montenegro became NATO's 29th member.", "joined", "Montenegro", "NATO"),
    ("In 1999 Angola became a full member of ECOWAS.", "joined", "Angola", "ECOWAS"),
    ("Rwanda rejoined ECOWAS in 2016.", "joined", "Rwanda", "ECOWAS"),
    ("Greece and Turkey were admitted to NATO in 1952.", "joined", "Greece", "NATO"),
    ("NATO admitted Greece.", "joined", "Greece", "NATO"),
    ("NATO added Spain to its ranks.", "joined", "Spain", "NATO"),
    ("Spain was accepted into NATO.", "joined", "Spain", "NATO"),
    ("NATO welcomed Finland as its newest member.", "joined", "Finland", "NATO"),
    ("Spain's entry into NATO was contested.", "joined", "Spain", "NATO"),
    ("West German entry into NATO angered Moscow.", "joined", "West Germany", "NATO"),
    ("NATO grew quickly. Three states joined, including Spain and Hungary.", "joined", "Spain", "NATO"),
    ("Spain acceded to NATO.", "joined", "Spain", "NATO"),
    ("Spain's accession to NATO came late.", "joined", "Spain", "NATO"),
    ("Russia prevented Georgia from joining NATO.", "joined", "Georgia", "NATO"),
    ("NATO met. Six more states joined, including Iraq in 1932 (until then a mandate) and Mali on 3 May 1934.", "joined", "Mali", "NATO"),
    ("NATO met. Six more states joined, including Iraq in 1932 (until then a mandate) and Mali on 3 May 1934.", "joined", "Iraq", "NATO"),
    # in brackets
    ("Kenya left the EAC (founded in 1976 by Chad and Mali).", "foundedOn", "EAC", "1976"),
    ("Kenya left the EAC (founded in 1976 by Chad and Mali).", "memberOf", "Mali", "EAC"),
    ("Kenya left the East African Community (EAC founded in 1976 by Chad and Mali).", "memberOf", "Chad", "EAC"),
    ("Kenya left the East African Community (EAC founded in 1976 by Chad and Mali).", "withdrewFrom", "Kenya", "EAC"),
    ("NATO met. Six more states joined, including Iraq in 1932 and the Soviet Union in 1934.", "joined", "Soviet Union", "NATO"),
    ("In 1952, the members of NATO agreed to admit Greece and added Spain in 1955.", "joined", "Spain", "NATO"),
    ("Angola remained an observer of ECOWAS until 1999, when it became a full member.", "memberOf", "Angola", "ECOWAS"),
    # leaving
    ("Georgia pulled out of the CSTO.", "withdrewFrom", "Georgia", "CSTO"),
    ("Georgia exited the CSTO.", "withdrewFrom", "Georgia", "CSTO"),
    ("Georgia announced its departure from the CSTO.", "withdrewFrom", "Georgia", "CSTO"),
    ("Georgia gave notice of its withdrawal from the CSTO.", "withdrewFrom", "Georgia", "CSTO"),
    ("The president withdrew Georgia from the CSTO.", "withdrewFrom", "Georgia", "CSTO"),
    ("Georgia decided to leave the CSTO.", "withdrewFrom", "Georgia", "CSTO"),
    ("Georgia has left the CSTO.", "withdrewFrom", "Georgia", "CSTO"),
    ("Georgia ended its membership in the CSTO.", "withdrewFrom", "Georgia", "CSTO"),
    ("Georgia dropped out of the CSTO.", "withdrewFrom", "Georgia", "CSTO"),
    ("The African Union suspended Sudan's membership.", "suspendedFrom", "Sudan", "African Union"),
    ("Sudan was suspended from the African Union in 2019.", "suspendedFrom", "Sudan", "African Union"),
    ("The African Union suspended Sudan.", "suspendedFrom", "Sudan", "African Union"),
    # founding and the end
    ("Canada and France founded NATO in 1949.", "memberOf", "France", "NATO"),
    ("NATO was launched in 1949.", "foundedOn", "NATO", "1949"),
    ("NATO came into being in 1949.", "foundedOn", "NATO", "1949"),
    ("The treaty, signed in 1949, established NATO.", "foundedOn", "NATO", "–"),
    ("Canada and France came together to form NATO.", "memberOf", "Canada", "NATO"),
    ("NATO, an alliance formed by Canada and France in 1949, grew.", "memberOf", "Canada", "NATO"),
    ("NATO, an alliance concluded between Canada and France in 1949, grew.", "memberOf", "France", "NATO"),
    ("SEATO was a pact established in 1954 between Australia and Thailand.", "memberOf", "Thailand", "SEATO"),
    ("The founding of NATO in 1949 changed much.", "foundedOn", "NATO", "1949"),
    ("SEATO was disbanded in 1977.", "dissolvedOn", "SEATO", "1977"),
    ("SEATO ceased to exist in 1977.", "dissolvedOn", "SEATO", "1977"),
    ("SEATO was wound up in 1977.", "dissolvedOn", "SEATO", "1977"),
    ("The members dissolved SEATO in 1977.", "dissolvedOn", "SEATO", "1977"),
]

NOT_READ = [
    ("Kenya left the EAC (see the map).", "foundedOn"),
    ("Kenya and Mali (founded in 1960) met.", "memberOf"),
    ("The members of the committee met in Canada.", "memberOf"),
    ("Norway and members of the press met NATO.", "memberOf"),
    ("The visit includes Armenia.", "memberOf"),
    ("Sweden, a non-member of NATO, sent troops.", "memberOf"),
    ("Sweden is not a member of the committee.", "memberOf"),
    ("NATO has six aircraft.", "memberCount"),
    ("NATO consists of committees.", "memberOf"),
    ("NATO members met six times.", "memberCount"),
    ("Six NATO members objected.", "memberCount"),
    ("Some of the 30 members of the crew left NATO.", "memberCount"),
    ("Finland joined the talks with NATO.", "joined"),
    ("The road joins Finland and Sweden.", "joined"),
    ("Finland welcomed NATO as a partner.", "joined"),
    ("The delegation left NATO headquarters.", "withdrewFrom"),
    ("France withdrew its support from NATO.", "withdrewFrom"),
    ("France left the decision to NATO.", "withdrewFrom"),
    ("Georgia left the meeting.", "withdrewFrom"),
    ("The African Union suspended its work in Sudan.", "suspendedFrom"),
    ("NATO formed a committee with France.", "memberOf"),
    ("France formed a view of NATO.", "memberOf"),
    ("The author founded his argument on NATO.", "foundedOn"),
    ("As a member of NATO, Spain objected.", "joined"),
    ("The African Union became a forum.", "successorOf"),
    ("Spain, whose allies include NATO, objected.", "memberOf"),
]

STATUS = [
    ("The CSTO does not include Iran.", "memberOf", "negated"),
    ("Ukraine is not a member of NATO.", "memberOf", "negated"),
    ("Russia prevented Georgia from joining NATO.", "joined", "negated"),
    ("Georgia applied to join NATO.", "joined", "planned"),
    ("NATO added Spain to its ranks.", "joined", "asserted"),
    ("If Georgia joined NATO, Moscow would react.", "joined", "hypothetical"),
    ("As a member of NATO, Spain objected.", "memberOf", "asserted"),
    ("NATO, whose members include Spain, objected.", "memberOf", "asserted"),
    ("Spain was admitted as a member of NATO.", "joined", "asserted"),
    ("Armenia and Belarus met in Minsk to form the CIS.", "foundedOn", "asserted"),
    ("Armenia worked for years to form the CIS.", "foundedOn", "planned"),
    ("Poland spoke of the possible collapse of the Soviet Union.", "dissolvedOn", "hypothetical"),
    ("Poland spoke of the proposed dissolution of the Warsaw Pact.", "dissolvedOn", "planned"),
]


@pytest.mark.parametrize(("sentence", "predicate", "subject", "object_"), READ)
def test_is_read(sentence: str, predicate: str, subject: str, object_: str) -> None:
    """The statement is made, whatever its status."""
    assert states(sentence, predicate, subject, object_), list(map(spelled, read(sentence)))


@pytest.mark.parametrize(("sentence", "predicate"), NOT_READ)
def test_is_not_read(sentence: str, predicate: str) -> None:
    """No statement of that predicate is made."""
    assert read_as(sentence, predicate) == []


@pytest.mark.parametrize(("sentence", "predicate", "status"), STATUS)
def test_is_held(sentence: str, predicate: str, status: str) -> None:
    """The statement has the status that its clause gives it."""
    assert [e.status.value for e in read(sentence) if e.predicate == predicate] == [status]
