"""What a phrase speaks of: names, descriptions, pronouns and metonyms, and what stays unresolved."""

from __future__ import annotations

import pytest

from csto_graph.model import Mention
from tests.extract.reading import end, names, read, spelled

CASES = [
    # text, predicate, subjects, object
    # pronouns
    ("Zambia is poor. It joined NATO in 1999.", "joined", ["Zambia"], "NATO"),
    ("Kenya and Uganda met. They joined NATO.", "joined", ["Kenya", "Uganda"], "NATO"),
    ("Kenya, Uganda and Rwanda met in Nairobi. They signed the Rio Treaty.", "signatoryOf", ["Kenya", "Rwanda", "Uganda"], "Rio Treaty"),
    ("Kenya was ready. Its troops invaded Somalia.", "intervenedIn", ["Kenya"], "Somalia"),
    ("The Alliance of Coastal States grew. It was founded in 1990.", "foundedOn", ["Alliance of Coastal States"], "1990"),
    ("Iraq was isolated. It invaded Kuwait, and it annexed the emirate.", "intervenedIn", ["Iraq"], "Kuwait"),
    ("Kenya asked Uganda for help. It later joined NATO.", "joined", ["Kenya"], "NATO"),
    ("NATO was founded in 1949. Its headquarters are in Brussels. Albania joined it in 2009.", "joined", ["Albania"], "NATO"),
    ("Kenya and Uganda mobilised. They invaded Somalia.", "intervenedIn", ["Kenya", "Uganda"], "Somalia"),
    # the last list, counted or not
    ("Armenia and Georgia met. Both states joined the CSTO.", "joined", ["Armenia", "Georgia"], "CSTO"),
    ("Mali, Niger and Chad met. The three countries joined the CSTO.", "joined", ["Chad", "Mali", "Niger"], "CSTO"),
    ("Mali, Niger and Chad met. The three joined the CSTO.", "joined", ["Chad", "Mali", "Niger"], "CSTO"),
    ("Mali, Niger and Chad met. All three countries joined the CSTO.", "joined", ["Chad", "Mali", "Niger"], "CSTO"),
    ("Mali, Niger and Chad met. All three joined the CSTO.", "joined", ["Chad", "Mali", "Niger"], "CSTO"),
    ("Kenya met Mali, with Chad waiting. The three countries joined the CSTO.", "joined", ["Chad", "Kenya", "Mali"], "CSTO"),
    ("Kenya received Mali. The two countries joined the CSTO.", "joined", ["Kenya", "Mali"], "CSTO"),
    ("Mali and Niger met. These countries joined the CSTO.", "joined", ["Mali", "Niger"], "CSTO"),
    ("Mali and Niger met. The two sides signed the Rio Treaty.", "signatoryOf", ["Mali", "Niger"], "Rio Treaty"),
    ("Mali and Niger met. The two joined the CSTO.", "joined", ["Mali", "Niger"], "CSTO"),
    ("Mali and Niger met. Both joined the CSTO.", "joined", ["Mali", "Niger"], "CSTO"),
    ("Mali and Niger met. The two governments signed the Rio Treaty.", "signatoryOf", ["Mali", "Niger"], "Rio Treaty"),
    ("Mali and Niger met. The latter joined the CSTO.", "joined", ["Niger"], "CSTO"),
    ("Mali and Niger met. The former joined the CSTO.", "joined", ["Mali"], "CSTO"),
    # definite descriptions
    ("The CSTO met in Moscow. The alliance has six members.", "memberCount", ["CSTO"], "6"),
    ("The CSTO met in Moscow. The bloc was founded in 1992.", "foundedOn", ["CSTO"], "1992"),
    ("The Rio Treaty is old. Cuba withdrew from the pact.", "withdrewFrom", ["Cuba"], "Rio Treaty"),
    ("Kenya is a member of NATO. The republic joined the CSTO.", "joined", ["Kenya"], "CSTO"),
    ("Somalia was at war. Ethiopian troops invaded the country.", "intervenedIn", ["Ethiopia"], "Somalia"),
    ("The Union of Lakes met. Kenya left the union in 1990.", "withdrewFrom", ["Kenya"], "Union of Lakes"),
    ("The League had 42 members. Kenya left the League of Nations.", "memberCount", ["League of Nations"], "42"),
    ("ECOWAS met. The member states signed the Rio Treaty.", "signatoryOf", ["ECOWAS"], "Rio Treaty"),
    ("The League of Ports met. Kenya left the League in 1990.", "withdrewFrom", ["Kenya"], "League of Ports"),
    ("The Treaty of Utrecht was short. Spain signed the Treaty.", "signatoryOf", ["Spain"], "Treaty of Utrecht"),
    # the name comes later: what the whole text is about
    ("Mali left the bloc in 2024. ECOWAS met. NATO met. ECOWAS and its court talked. ECOWAS grew.", "withdrewFrom", ["Mali"], "ECOWAS"),
    ("The resulting treaty entered into force in 1952. ANZUS lasted. Kenya knew ANZUS. Fiji praised ANZUS.", "enteredIntoForceOn",
     ["ANZUS Treaty"], "1952"),
    # short names
    ("The Palestine Liberation Army (PLX) met. The PLX attacked Israel.", "intervenedIn", ["Palestine Liberation Army"], "Israel"),
    ("The Popular Front of Guinea (PFG) met. Kenya joined the PFG.", "joined", ["Kenya"], "Popular Front of Guinea"),
    ("The PFG (Popular Front of Guinea) met. Kenya joined the PFG.", "joined", ["Kenya"], "Popular Front of Guinea"),
    ("The Economic Community of Central African States (CEEAX) met. Chad left CEEAX.", "withdrewFrom", ["Chad"],
     "Economic Community of Central African States"),
    ("General Raheel Mirza resigned. Mirza said that the war was over.", "claims", ["Raheel Mirza"], "the war was over"),
    ("Prime Minister Antony Edon resigned. Edon said that the war was over.", "claims", ["Antony Edon"], "the war was over"),
    ("The defence minister, Ali Hassan, said that the war was over.", "claims", ["Ali Hassan"], "the war was over"),
    ("Secretary of Defense Casper Wyler said that the war was over.", "claims", ["Casper Wyler"], "the war was over"),
    ("Ambassador Mahboub Salim warned that war was near.", "claims", ["Mahboub Salim"], "war was near"),
    ("The MPLX, a liberation movement, asked Cuba for help.", "requestedAssistanceFrom", ["MPLX"], "Cuba"),
    ("Ansar is a rebel alliance. Ansar asked Cuba for help.", "requestedAssistanceFrom", ["Ansar"], "Cuba"),
    # demonyms
    ("The British and French withdrew from NATO.", "withdrewFrom", ["France", "United Kingdom"], "NATO"),
    ("The Belgians withdrew from NATO.", "withdrewFrom", ["Belgium"], "NATO"),
    ("Cuban Special Forces landed in Angola.", "deployed", ["Cuba"], "Cuban Special Forces"),
    ("Russian troops invaded Georgia.", "intervenedIn", ["Russia"], "Georgia"),
    ("British and French troops invaded Egypt.", "intervenedIn", ["France", "United Kingdom"], "Egypt"),
    # organs of a state, and capitals
    ("The Kenyan government asked Uganda for help.", "requestedAssistanceFrom", ["Kenya"], "Uganda"),
    ("The government of Kenya asked Uganda for help.", "requestedAssistanceFrom", ["Kenya"], "Uganda"),
    ("Kenya's government asked Uganda for help.", "requestedAssistanceFrom", ["Kenya"], "Uganda"),
    ("The governments of Kenya and Uganda signed the Rio Treaty.", "signatoryOf", ["Kenya", "Uganda"], "Rio Treaty"),
    ("The military governments of Niger, Chad and Mali signed the Rio Treaty.", "signatoryOf", ["Chad", "Mali", "Niger"], "Rio Treaty"),
    ("The German Foreign Ministry said that the war was over.", "claims", ["Germany"], "the war was over"),
    ("The Russian State Duma ratified the Rio Treaty.", "ratified", ["Russia"], "Rio Treaty"),
    ("The parliament of Armenia ratified the Rio Treaty.", "ratified", ["Armenia"], "Rio Treaty"),
    ("The Spanish Presidency said that the war was over.", "claims", ["Spain"], "the war was over"),
    ("The Angolan authorities asked Cuba for help.", "requestedAssistanceFrom", ["Angola"], "Cuba"),
    ("South Africa was alone. Pretoria invaded Angola.", "intervenedIn", ["South Africa"], "Angola"),
    ("Portugal was poor. Lisbon asked France for help.", "requestedAssistanceFrom", ["Portugal"], "France"),
    ("Portugal was poor. France asked Lisbon for help.", "requestedAssistanceFrom", ["France"], "Portugal"),
    ("South Africa was alone. Pretoria's troops invaded Angola.", "intervenedIn", ["South Africa"], "Angola"),
    ("The Salinas administration said that the war was over.", "claims", ["Salinas administration"], "the war was over"),
    ("The Kremlin watched Russia. The government of the country joined NATO.", "joined", ["Russia"], "NATO"),
    # members, and people without a name
    ("ECOWAS nations later signed the Rio Treaty.", "signatoryOf", ["ECOWAS"], "Rio Treaty"),
    ("In 1990 the ECOWAS member states signed the Rio Treaty.", "signatoryOf", ["ECOWAS"], "Rio Treaty"),
    ("CSTO members signed the Rio Treaty.", "signatoryOf", ["CSTO"], "Rio Treaty"),
    ("Some analysts said that the war was over.", "claims", ["analysts"], "the war was over"),
    ("American officials said that the war was over.", "claims", ["American officials"], "the war was over"),
    ("A spokesman said that the war was over.", "claims", ["spokesman"], "the war was over"),
    ("Kenya's ambassador to Cuba said that the war was over.", "claims", ["Ambassador of Kenya"], "the war was over"),
    ("The Serb minority in Croatia joined NATO.", "joined", ["Serb minority"], "NATO"),
    # unknown names in frames
    ("Kenya joined the Alliance of Coastal States.", "joined", ["Kenya"], "Alliance of Coastal States"),
    ("Kenya signed the Treaty of Utrecht.", "signatoryOf", ["Kenya"], "Treaty of Utrecht"),
    ("Kenya is a member of the Union of Lakes.", "memberOf", ["Kenya"], "Union of Lakes"),
    ("Japan invaded Manchuria.", "intervenedIn", ["Japan"], "Manchuria"),
    ("The Warsaw Treaty Organization of Engineers was founded in 1990.", "foundedOn", ["Warsaw Treaty Organization of Engineers"], "1990"),
    ("The war took place in Bekaa Valley.", "tookPlaceIn", ["war"], "Bekaa Valley"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "predicate", "subjects", "object_"), CASES, ids=[case[0] for case in CASES])
def test_a_phrase_is_what_it_speaks_of(text: str, predicate: str, subjects: list[str], object_: str) -> None:
    """The statement is about the thing itself, whatever the words that lead to it."""
    found = [e for e in read(text) if e.predicate == predicate and object_ in names(e.object)]
    assert sorted(name for name in subjects if any(name in names(e.subject) for e in found)) == subjects, [*map(spelled, read(text))]
    assert len({end(e.subject) for e in found}) == len(subjects), [*map(spelled, read(text))]


NOTHING = [
    # text, predicate, the reason
    ("It joined NATO in 1999.", "joined", "nothing came before it"),
    ("They joined NATO.", "joined", "no list came before"),
    ("Kenya grew. They joined NATO.", "joined", "one is not several"),
    ("The three joined the CSTO.", "joined", "no three were named"),
    ("Mali and Niger met. The three countries joined the CSTO.", "joined", "two are not three"),
    ("Mali, Niger and Chad met. The latter joined the CSTO.", "joined", "of three, none is the latter"),
    ("Kenya met Mali. Chad met Niger, with Togo waiting. The two countries joined the CSTO.", "joined", "three are not two"),
    ("Kenya met Mali. It rained. The two countries joined the CSTO.", "joined", "they were not named just before"),
    ("Pretoria invaded Angola.", "intervenedIn", "the text does not name the state"),
    ("The war in Portugal ended. Kenya asked for help in Lisbon.", "requestedAssistanceFrom", "a place"),
    ("Kenya joined Holden Roberts.", "joined", "a person is nothing to join"),
    ("Sugar dissolved in water.", "dissolvedOn", "the first word of a sentence"),
    ("Kenya signed Agincourt.", "signatoryOf", "a place is no treaty"),
    ("The Warsaw Treaty Organization of Engineers is disbanded.", "memberOf", "a longer name"),
    ("The Salinas administration joined NATO.", "memberOf", "nobody said whom Salinas leads"),
    ("Kenya met Ansar. It invaded Somalia.", "memberOf", "nothing in scope"),
    ("Zorin was strong in Poland. Members of Zorin met. It joined NATO.", "joined", "the last thing spoken of is unknown"),
    ("The minister met General Raheel Mirza. The general joined NATO.", "joined", "a general joins no alliance"),
    ("Kenya and Uganda met. The signatories joined NATO in the West.", "withdrewFrom", "nothing in scope"),
    ("The organization joined NATO.", "joined", "a description without antecedent"),
    ("Kenya is large. The alliance invaded Somalia.", "intervenedIn", "no alliance was named"),
    ("Most ECOWAS nations signed the Rio Treaty.", "signatoryOf", "most are not all"),
    ("Two ECOWAS members signed the Rio Treaty.", "signatoryOf", "two are not all"),
    ("Troops landed in ECOWAS states.", "intervenedIn", "states as a place"),
    ("Kenya opposed a guerrilla tactic.", "opposes", "a modifier names nobody"),
    ("Kenya joined the Council.", "joined", "a bare head names nothing"),
    ("The League had 42 members. Mali met the Arab League. Kenya left the League of Nations.", "memberCount", "it can be two"),
    ("Mali left the bloc in 2024. ECOWAS met. NATO met. ECOWAS grew. NATO grew. ECOWAS talked. NATO talked.", "withdrewFrom",
     "of two, which"),
    ("Mali left the bloc in 2024. ECOWAS met. ECOWAS grew.", "withdrewFrom", "two names do not make a theme"),
    ("Kenya met Zorin. Mali left the bloc. ECOWAS met. ECOWAS grew. ECOWAS talked.", "withdrewFrom", "it may be what is named before"),
    ("It rained. Chad grew. Niger grew. Mali left the bloc. ECOWAS met. ECOWAS grew. ECOWAS talked.", "withdrewFrom",
     "only an opening lets a name wait"),
    ("The league had 42 members. Kenya left the League of Nations.", "memberCount", "no name is shortened in small letters"),
]


@pytest.mark.parametrize(("text", "predicate", "why"), NOTHING, ids=[case[2] for case in NOTHING])
def test_what_is_unresolved_states_nothing(text: str, predicate: str, why: str) -> None:
    """Unresolved is an answer: then there is no statement."""
    assert list(map(spelled, (e for e in read(text) if e.predicate == predicate))) == [], why


REACHED = [
    # text, predicate, whether the subject was reached by resolving a reference
    ("Armenia joined the CSTO.", "joined", False),
    ("Armenia and Georgia met. Both countries joined the CSTO.", "joined", True),
    ("The Collective Security Treaty is old. It came into force in 1994.", "enteredIntoForceOn", True),
    ("The CSTO met in Moscow. The organization has six members.", "memberCount", True),
    ("The government of Armenia joined the CSTO.", "joined", True),
    ("South Africa was alone. Pretoria invaded Angola.", "intervenedIn", True),
    ("Raheel Mirza met him. Mirza said that the war was over.", "claims", False),
]


@pytest.mark.parametrize(("text", "predicate", "resolved"), REACHED, ids=[case[0] for case in REACHED])
def test_a_mention_tells_whether_a_reference_was_resolved(text: str, predicate: str, resolved: bool) -> None:
    """A name is itself; a pronoun, a definite description and a metonym lead to what they speak of."""
    found = [e.subject for e in read(text) if e.predicate == predicate]
    assert found
    assert all(isinstance(mention, Mention) and mention.resolved is resolved for mention in found)
