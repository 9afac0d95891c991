"""How alike names are: what is folded away, what a feature is worth, and what is never taken for the same."""

from __future__ import annotations

import pytest

from csto_graph.likeness import Names, core, folded, likeness


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ARMENIA", "armenia"),
        ("Côte d’Ivoire", "cote divoire"),
        ("Łódź", "lodz"),
        ("U.S.A.", "usa"),
        ("St. Lucia", "st lucia"),
        ("Bosnia & Herzegovina", "bosnia and herzegovina"),
        ("  Saint Kitts-Nevis ", "saint kitts nevis"),
        ("Россия", "россия"),
        ("…", ""),
        ("", ""),
    ],
)
def test_case_diacritics_and_punctuation_are_folded_away(name: str, expected: str) -> None:
    """What is left are words of small letters, in any script."""
    assert folded(name) == expected


def test_the_article_and_the_form_of_state_are_no_part_of_the_core() -> None:
    """A name that is nothing but a form keeps it."""
    assert core("The Republic of Armenia") == core("Armenia") == "armenia"
    assert core("People’s Republic of Bangladesh") == "bangladesh"
    assert core("The Republic of") == "republic of"
    assert core("Dominican Republic") == "dominican republic"


@pytest.mark.parametrize(
    ("one", "other", "feature"),
    [
        ("CÔTE D'IVOIRE", "Cote d’Ivoire", "same"),
        ("the Gambia", "Republic of Gambia", "core"),
        ("Security Treaty Collective", "Collective Security Treaty", "words"),
        ("Republic Armenia", "Republic of Armenia", "words"),
        ("C.S.T.O.", "Collective Security Treaty Organisation", "initials"),
        ("Dem. Rep. of Congo", "Democratic Republic of the Congo", "shortened"),
        ("Sao Tome", "São Tomé and Príncipe", "contained"),
    ],
)
def test_each_reason_is_found_whichever_name_comes_first(one: str, other: str, feature: str) -> None:
    """The feature is 1, or three quarters where a name holds the other; the score says so, and a reason is given."""
    there, back = likeness(one, other), likeness(other, one)
    assert there == back
    assert there.features[feature] >= 0.75
    assert there.reason
    assert 0.6 <= there.score <= 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Niger", "Nigeria"),
        ("Austria", "Australia"),
        ("Republic of the Congo", "Democratic Republic of the Congo"),
        ("Collective Security Treaty", "Collective Security Treaty Organization"),
        ("Iran", "Iraq"),
        ("", ""),
        ("…", "!"),
    ],
)
def test_like_names_of_different_things_are_not_the_same(one: str, other: str) -> None:
    """Whatever they score: only the whole folded name makes two names the same."""
    assert not likeness(one, other).same


def test_what_has_nothing_in_common_scores_nothing() -> None:
    """No letter, no word, no initial."""
    assert likeness("xyz", "Armenia").score == 0
    assert likeness("", "Armenia").score == 0


def test_the_nearest_names_come_best_first_and_no_worse_than_asked() -> None:
    """Equal scores stand by the alphabet; what cannot be read as a name finds nothing."""
    names = Names(["Kazakhstan", "Kyrgyzstan", "Republic of Kazakhstan", "Armenia", "Kazakhstan"])
    assert len(names) == 4
    found = names.nearest("Kazakstan", limit=2)
    assert [near.name for near in found] == ["Kazakhstan", "Republic of Kazakhstan"]
    assert [near.name for near in names.nearest("republic of kazakhstan")][:2] == ["Republic of Kazakhstan", "Kazakhstan"]
    assert names.nearest("Kazakstan", least=0.99) == []
    assert names.nearest("?!") == []


def test_names_are_found_by_how_they_begin() -> None:
    """Their first word or a later one; in a selection only what was selected."""
    names = Names(["East Timor", "Timor-Leste", "Éire"])
    assert list(names.beginning("TIM")) == [("East Timor", False), ("Timor-Leste", True)]
    assert [name for name, _ in names.beginning("")] == ["East Timor", "Timor-Leste", "Éire"]
    selection = names.among(["Éire", "East Timor", "elsewhere"])
    assert len(selection) == 2
    assert [near.name for near in selection.nearest("Timor-Leste", least=0)] == ["East Timor"]
    assert list(selection.beginning("els")) == []
    assert selection.nearest("eire") == names.nearest("eire") != []


def test_a_name_of_any_length_is_compared_in_bounded_time() -> None:
    """What is beyond three hundred characters is not looked at."""
    assert likeness("a" * 10**6, "a" * 300).same
