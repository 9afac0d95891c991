"""Names that no table knows: where they begin and end, and what their own words make of them."""

from __future__ import annotations

import pytest

from csto_graph import resources
from csto_graph.extract.candidates import candidates
from csto_graph.extract.gazetteer import Gazetteer, settle
from csto_graph.extract.language import load
from csto_graph.link.reference import load_reference
from tests.extract.reading import lexicon

NAMES = [
    # text, the unknown names in it with their classes (– where only the text around may tell)
    ("The Alliance of Coastal States was founded in 2023.", ["Alliance of Coastal States: Organisation"]),
    ("They signed the Treaty of Utrecht and the Protocol on Border Assistance.",
     ["Treaty of Utrecht: Treaty", "Protocol on Border Assistance: Treaty"]),
    ("Operation Silver Harbour began in Haiti.", ["Operation Silver Harbour: Intervention"]),
    ("Exercise Winter Wolf took place in Norway.", ["Exercise Winter Wolf: Exercise"]),
    ("The Mission for the defence of peace in Central Africa (MIDEPAC) is large.",
     ["Mission for the defence of peace in Central Africa: Intervention (MIDEPAC)"]),
    ("The Popular Movement for the Liberation of Guinea (PMLG) won.",
     ["Popular Movement for the Liberation of Guinea: Organisation (PMLG)"]),
    ("The Warsaw Treaty Organization of Engineers was disbanded.", ["Warsaw Treaty Organization of Engineers: Organisation"]),
    ("They signed a Treaty of Friendship, Cooperation and Mutual Assistance.",
     ["Treaty of Friendship, Cooperation and Mutual Assistance: Treaty"]),
    ("The Union of Belarus and Russia is a league.", ["Union of Belarus and Russia: Organisation"]),
    ("It followed the earlier Southern Authority on Drought and Development (SADD).",
     ["Southern Authority on Drought and Development: Organisation (SADD)"]),
    ("General Raheel Mirza leads the coalition.", ["Raheel Mirza: Person"]),
    ("The plan of Secretary of Defense Casper Wyler failed.", ["Casper Wyler: Person"]),
    ("U.S. Secretary of State George P. Holt met Australian Foreign Minister Bill Hale.",
     ["George P. Holt: Person", "Bill Hale: Person"]),
    ("The former Chief of Army Staff of Pakistan General Raheel Mirza was named commander.", ["Raheel Mirza: Person"]),
    ("The Syrian War led to the Geneva Conference.", ["Syrian War: ArmedConflict", "Geneva Conference: Event"]),
    ("South African Prime Minister P.W. Bota met Hafiz al-Hassan.", ["P.W. Bota: Person", "Hafiz al-Hassan: –"]),
    ("The Canada-France Security Treaty ended the British-French talks.", ["Canada-France Security Treaty: Treaty"]),
    ("The East Lakers fled from the Sharm al-Nakhl Memorandum with Amari.",
     ["East Lakers: Group", "Sharm al-Nakhl Memorandum: Treaty", "Amari: –"]),
    ("The Molotov Plan failed.", ["Molotov Plan: Circumstance"]),
    ("They fought at Agincourt during World War II.", ["Agincourt: –", "World War II: ArmedConflict"]),
    ("The PFLX fought Jonas Roberto.", ["PFLX: –", "Jonas Roberto: –"]),
    ("U.S. Marines landed in the Bekaa Valley.", ["Bekaa Valley: Region"]),
    ("The Organisation for the Prohibition of Land Mines met.", ["Organisation for the Prohibition of Land Mines: Organisation"]),
    ("An aide of Mohammad bin Salim Al Harith announced it.", ["Mohammad bin Salim Al Harith: –"]),
    ("The soldiers of Kwango, the Lunda and Lake Moero rested.", ["Kwango: –", "Lunda: –", "Lake Moero: Region"]),
]  # fmt: skip
NO_NAMES = [
    ("The Alliance of Europe's parties met the Army of Armenia.", "Army of Armenia", "the army of a known state"),
    ("The Treaty with Russia is old.", "Treaty with Russia", "a bare head goes on with of, on, for"),
    ("The German Foreign Ministry and the Russian State Duma agreed.", "State Duma", "organs of known states"),
    ("NATO Alliance members met in Paris.", "NATO Alliance", "a known name and its own kind"),
    ("Soldiers came on Monday in March.", "Monday", "the calendar"),
    ("The South invaded the North.", "South", "directions"),
    ("The Council adopted Resolution 678.", "Resolution", "a numbered thing"),
    ("The Marines joined a multinational force (MNF) in Lebanon.", "Marines", "an abbreviation of something else"),
    ("The Russian Navy attacked.", "Russian Navy", "the forces of a known state"),
    ("The President and the Prime Minister resigned.", "Prime Minister", "an office"),
    ("The Collective Security Treaty Organization grew.", "Treaty", "a known name"),
]


def _found(text: str) -> list[str]:
    nlp = load()
    doc = nlp(text)
    names = load_reference(resources.root() / "data" / "reference").names
    found = candidates(doc, settle(Gazetteer(names, nlp).matches(doc)), lexicon())
    return [f"{c.label}: {c.type or '–'}" + (f" ({c.short})" if c.short else "") for c in found]


@pytest.mark.parametrize(("text", "expected"), NAMES, ids=[case[0] for case in NAMES])
def test_an_unknown_name_is_cut_out(text: str, expected: list[str]) -> None:
    """The whole name and nothing else, with the class that its head or a title before it tells."""
    assert _found(text) == expected


@pytest.mark.parametrize(("text", "name", "why"), NO_NAMES, ids=[case[2] for case in NO_NAMES])
def test_no_name_is_made_up(text: str, name: str, why: str) -> None:
    """A capital alone makes no name."""
    assert [found for found in _found(text) if found.startswith(f"{name}:")] == [], why
