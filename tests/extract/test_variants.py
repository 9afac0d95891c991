"""What a verb's entry gives besides the verb: its noun with the same arguments, through possessors, light verbs and control."""

from __future__ import annotations

import pytest

from tests.extract.reading import read, spelled


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Russia's invasion of Ukraine went on.", "intervenedIn: Russia · Ukraine"),
        ("The invasion of Ukraine by Russia went on.", "intervenedIn: Russia · Ukraine"),
        ("The Soviet invasion of Hungary went on.", "intervenedIn: Soviet Union · Hungary"),
        ("Russia launched an invasion of Ukraine.", "intervenedIn: Russia · Ukraine"),
        ("An invasion of Ukraine was launched by Russia.", "intervenedIn: Russia · Ukraine"),
        ("Russia's intervention in Kazakhstan ended.", "intervenedIn: Russia · Kazakhstan"),
        ("The dissolution of NATO in 1999 was a shock.", "dissolvedOn: North Atlantic Treaty Organization · 1999"),
        ("NATO's dissolution in 1999 was a shock.", "dissolvedOn: North Atlantic Treaty Organization · 1999"),
        ("Armenia announced its decision to leave NATO.", "withdrewFrom: Armenia · North Atlantic Treaty Organization"),
        ("Armenia's plan to join NATO was known.", "joined: Armenia · North Atlantic Treaty Organization"),
    ],
)
def test_a_noun_keeps_the_arguments_of_its_verb(sentence: str, expected: str) -> None:
    """The same statement, however the noun is built into the sentence."""
    assert expected in [spelled(e) for e in read(sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The invasion surprised Russia.",
        "The Hungarian invasion of privacy was noted.",
        "Russia launched a rocket during the invasion of Ukraine.",
        "Russia launched the ship.",
    ],
)
def test_a_noun_without_its_arguments_says_nothing(sentence: str) -> None:
    """Neither who nor whom is guessed."""
    assert [spelled(e) for e in read(sentence) if e.predicate == "intervenedIn"] == []
