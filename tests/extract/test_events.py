"""Causes, events and their places, opposition and alliance: sentences and what they state, and what they must not."""

from __future__ import annotations

import pytest

from tests.extract.reading import read, spelled


def _stated(text: str, *predicates: str) -> list[str]:
    return [spelled(e) for e in read(text, None) if e.predicate in predicates]


@pytest.mark.parametrize(
    ("text", "effect", "cause"),
    [
        ("The drought led to a famine in Ethiopia.", "famine in Ethiopia", "drought"),
        ("The famine was caused by the blockade.", "famine", "blockade"),
        ("The bombardment forced the garrison to surrender.", "garrison surrender", "bombardment"),
        ("Sanctions compelled Serbia to accept a ceasefire.", "Serbia accept a ceasefire", "Sanctions"),
        ("The army crossed the river, sparking clashes with the rebels.", "clashes with the rebels", "army crossed the river"),
        ("The sides kept the truce, thereby ending the war.", "ending the war", "sides kept the truce"),
        ("Fearing an invasion, Finland mobilised its army.", "Finland mobilised its army", "Fearing an invasion"),
        ("Unable to agree, the delegates left Geneva.", "delegates left Geneva", "Unable to agree"),
        ("Iraq was expelled for invading Kuwait.", "Iraq was expelled", "invading Kuwait"),
        ("Nigeria closed its border because rebels had crossed it.", "Nigeria closed its border", "rebels had crossed it"),
        ("The talks failed, so Chad withdrew from the pact.", "Chad withdrew from the pact", "talks failed"),
        ("Out of concern for its security, Japan rearmed.", "Japan rearmed", "concern for its security"),
        ("The cause of the war was a dispute over oil.", "war", "dispute over oil"),
        ("The revolt was the result of rising taxes.", "revolt", "rising taxes"),
        ("Rebels seized the port. In response, Chad closed its border.", "Chad closed its border", "Rebels seized the port"),
        ("No progress was made because of the war.", "No progress was made", "war"),
        ("The war displaced millions from their homes.", "displaced millions from their homes", "war"),
        ("Concerned about its oil, Chad closed its border.", "Chad closed its border", "Concerned about its oil"),
    ],
)  # fmt: skip
def test_a_cause_is_read_with_its_effect(text: str, effect: str, cause: str) -> None:
    """Verbs, participles, infinitives, reasons and what the sentence before states: one statement, asserted."""
    assert [(spelled(e), str(e.status)) for e in read(text, None) if e.predicate == "causedBy"] == [
        (f"causedBy: {effect} · {cause}", "asserted")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Nigeria forced Chad to withdraw.",  # an actor is no cause
        "The road led to Moscow.",
        "After the election, Ghana signed the treaty.",  # later is not because
        "Ghana signed the treaty following the election.",
        "In response, Chad closed its border.",  # to what nobody says
        "The parties looked for ways to force a settlement.",  # meant, not done
        "It led to a crisis.",
        "The administration convinced Chad to withdraw.",
        "As a result of this action, Chad withdrew.",
        "The soldiers claimed many lives.",
        "The minister met a delegate seeking higher pay.",  # which delegate, not why
        "Chad closed its border as the rebels advanced.",
        "Chad closed its border as observers had feared.",
    ],
)
def test_what_only_looks_like_a_cause_is_none(text: str) -> None:
    """Actors, places, sequence, purposes and what cannot be resolved cause nothing."""
    assert _stated(text, "causedBy") == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The drought may lead to a famine.", "hypothetical"),
        ("The drought did not lead to a famine.", "negated"),
        ("Ghana said that the drought led to a famine.", "attributed"),
        ("Ghana will leave because of the drought.", "planned"),
    ],
)
def test_a_cause_is_held_as_its_clause_is(text: str, status: str) -> None:
    """What might happen, did not or is claimed is no fact."""
    assert {str(e.status) for e in read(text, None) if e.predicate == "causedBy"} == {status}


@pytest.mark.parametrize(
    ("text", "event", "place"),
    [
        ("The summit was held in Minsk.", "summit", "Minsk"),
        ("Fighting erupted in Abkhazia in 1992.", "Fighting", "Abkhazia"),
        ("A coup took place in Niger.", "coup", "Niger"),
        ("Rwanda suffered a genocide in 1994.", "genocide", "Rwanda"),
        ("The Hungarian uprising was crushed.", "Hungarian uprising", "Hungary"),
        ("The war devastated Croatia.", "war", "Croatia"),
        ("The siege of Sarajevo lasted three years.", "siege", "Sarajevo"),
        ("Gunmen killed four peacekeepers in Mali.", "Gunmen killed four peacekeepers in Mali", "Mali"),
        ("The attacks on Beirut went on.", "attacks", "Beirut"),
    ],
)
def test_an_event_is_read_with_its_place(text: str, event: str, place: str) -> None:
    """Event nouns, verbs of happening, deeds and those who suffer them."""
    assert _stated(text, "tookPlaceIn") == [f"tookPlaceIn: {event} · {place}"]


@pytest.mark.parametrize(("words", "event"), [("Military coups", "Military coup"), ("Coups", "coup")])
def test_events_in_several_places_are_several(words: str, event: str) -> None:
    """One event does not happen in two states: each place has its own."""
    assert _stated(f"{words} in Mali and Niger were condemned.", "tookPlaceIn") == [
        f"tookPlaceIn: {event} in Mali · Mali",
        f"tookPlaceIn: {event} in Niger · Niger",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The company began in Minsk.",
        "The attack on South Korea went on.",  # that is an intervention
        "The prisoner was held in Minsk.",
        "The signatories in Europe spoke.",
        "Kazakhstan faced a shortage.",
    ],
)
def test_what_is_no_event_takes_no_place(text: str) -> None:
    """People, firms and shortages do not happen."""
    assert _stated(text, "tookPlaceIn") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ghana condemned the Russian plan.", ["opposes: Ghana · Russia"]),
        ("Serbia opposed Kosovo's independence.", ["opposes: Serbia · Kosovo"]),
        ("Armenia is at war with Azerbaijan.", ["opposes: Armenia · Azerbaijan"]),
        ("Rebels fought against Angola.", ["opposes: Rebels · Angola"]),
        ("Iran's rivalry with Saudi Arabia grew.", ["opposes: Iran · Saudi Arabia"]),
        ("The conflict between Chad and Libya ended.", ["opposes: Chad · Libya", "opposes: Libya · Chad"]),
        ("Ukraine demanded the withdrawal of Russian troops.", ["opposes: Ukraine · Russia"]),
        ("There was Kuwaiti resistance to the Iraqi plan.", ["opposes: Kuwait · Iraq"]),
        ("Israel destroyed Syria's missiles.", ["opposes: Israel · Syria"]),
        ("Ghana's condemnation of the Russian plan was clear.", ["opposes: Ghana · Russia"]),
        ("Fighting broke out between Chad and Libya.", ["opposes: Chad · Libya", "opposes: Libya · Chad"]),
        ("Leftist groups fought the Taliban.", ["opposes: Leftist groups · Taliban"]),
        ("Ghana attacked Bosnian Serb forces.", ["opposes: Ghana · Bosnian Serb forces"]),  # not those of Bosnia
        ("The coalition against the Taliban met.", ["opposes: coalition · Taliban"]),
        ("Over Ghana's objections, Kosovo was recognised by Chad.", ["opposes: Ghana · Kosovo"]),
        ("Ghana, hostile to Nigeria, refused to recognise Chad.", ["opposes: Ghana · Nigeria", "opposes: Ghana · Chad"]),
        ("Chad fought in support of the Pathet Lao.", ["alliedWith: Chad · Pathet Lao"]),  # a movement, not Laos
        ("Chad fought in support of the Hmong Lao.", []),
        ("The coalition met.", []),
        ("Ghana condemned the military plan.", []),
        ("Russia backed Armenia.", ["alliedWith: Russia · Armenia"]),
        ("Turkey sided with Azerbaijan.", ["alliedWith: Türkiye · Azerbaijan"]),
        ("Belarus has close ties with Russia.", ["alliedWith: Belarus · Russia"]),
        ("France and its ally Chad spoke.", ["alliedWith: Chad · France"]),
        ("Armenia shares a border with Iran.", ["borders: Armenia · Iran"]),
        ("Talks between Chad and the neighbouring states of Mali and Niger ended.", ["borders: Chad · Mali", "borders: Chad · Niger"]),
        ("Kenya sent its guests to neighbouring Chad.", []),  # whose neighbour Chad is, the text said before
        ("Ghana condemned the invasion of Ukraine.", []),  # it is Ukraine that was invaded
        ("Ghana supported the plan.", []),
        ("Belarus has bad ties with Russia.", []),
        ("The conflict in Chad ended.", []),
        ("Its allies spoke.", []),
    ],
)
def test_sides_are_read_from_what_they_do(text: str, expected: list[str]) -> None:
    """Who is against whom, who is with whom and who lives beside whom."""
    assert _stated(text, "opposes", "alliedWith", "borders") == expected
