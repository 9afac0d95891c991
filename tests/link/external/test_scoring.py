"""What speaks for a pair and what against, each with its reason; what is not known counts neither way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from csto_graph.errors import RefusedData
from csto_graph.link.external.classes import load_words
from csto_graph.link.external.described import Described
from csto_graph.link.external.proposals import Wanted, block_of, propose
from csto_graph.link.external.scoring import Feature, Knowledge, score
from csto_graph.resources import root

KNOWLEDGE = Knowledge(load_words(root() / "data" / "reference" / "class-words.tsv"), {"https://other.test/T9": "Treaty"})
OURS = Described(
    "https://w3id.org/csto-graph/id/state/armenia", "Armenia", ("Republic of Armenia",), ("Actor", "State"),
    frozenset({("iso3166Alpha2", "AM"), ("https://third.test/", "https://third.test/1")}), frozenset({1991}), places=("Asia",),
)  # fmt: skip
THEIRS = Described("https://other.test/1", "Armenia")
WANTED = Wanted()


def _features(theirs: Described) -> dict[str, float]:
    return {each.name: each.worth for each in score(OURS, theirs, KNOWLEDGE).features}


def test_a_name_alone_is_not_sure() -> None:
    """Much bears the same name."""
    found = score(OURS, THEIRS, KNOWLEDGE)
    assert [(each.name, each.worth) for each in found.features] == [("name", 0.8)]
    assert not found.sure
    assert "the same name" in found.features[0].reason


@pytest.mark.parametrize(
    ("more", "feature"),
    [
        ({"types": ("sovereign state",)}, ("class", 0.1)),
        ({"types": ("https://other.test/ontology/SovereignState",)}, ("class", 0.1)),
        ({"types": ("asteroid",)}, None),
        ({"types": ("U.S. state",)}, None),
        ({"types": ("town",)}, ("class", -0.3)),
        ({"types": ("former country",)}, ("class", -0.3)),
        ({"types": ("https://other.test/T9",)}, ("class", -0.3)),
        ({"identifiers": frozenset({("iso3166Alpha2", "AM")})}, ("identifier", 0.2)),
        ({"identifiers": frozenset({("iso3166Alpha2", "AZ")})}, ("identifier", -0.6)),
        ({"identifiers": frozenset({("iso3166Alpha3", "AZE")})}, None),
        ({"iri": "https://third.test/1"}, ("identifier", 0.2)),
        ({"iri": "https://third.test/2"}, ("identifier", -0.6)),
        ({"begins": frozenset({1992})}, ("time", 0.05)),
        ({"begins": frozenset({1918})}, ("time", -0.2)),
        ({"begins": frozenset({1918, 1991})}, ("time", 0.05)),
        ({"ends": frozenset({1918})}, None),
        ({"places": ("ASIA",)}, ("place", 0.05)),
        ({"places": ("Colombia",)}, ("place", -0.1)),
    ],
)  # fmt: skip
def test_what_each_feature_says(more: dict[str, object], feature: tuple[str, float] | None) -> None:
    """Agreement, difference, or nothing where one side does not say."""
    found = _features(replace(THEIRS, **more))  # type: ignore[arg-type]  # of the fields of Described
    assert list(found.items())[1:] == ([feature] if feature else [])


def test_an_alternative_name_is_worth_less_than_the_label() -> None:
    """Least where it is one on both sides."""
    by_label, by_one, by_both = (
        _features(replace(THEIRS, label=label, names=names))["name"]
        for label, names in [("Armenia", ()), ("Republic of Armenia", ()), ("Hayastan", ("Republic of Armenia",))]
    )
    assert 0.8 == by_label > by_one > by_both


def test_what_speaks_against_it_keeps_a_pair_from_being_sure() -> None:
    """However much speaks for it."""
    theirs = replace(THEIRS, types=("country",), identifiers=frozenset({("iso3166Alpha2", "AM")}), begins=frozenset({1918}))
    found = score(OURS, theirs, KNOWLEDGE)
    assert sum(each.worth for each in found.features) > 0.89
    assert found.value <= 0.89


@pytest.mark.parametrize("label", ["Armenja", "Armenia Armenia", "Kingdom of Armenia"])
def test_a_name_that_is_only_like_it_is_not_sure(label: str) -> None:
    """Armenja may be a mistake, and it may be another place."""
    assert not score(OURS, replace(THEIRS, label=label, types=("country",), begins=frozenset({1991})), KNOWLEDGE).sure


def _pairs(*theirs: Described, ours: tuple[Described, ...] = (OURS,), wanted: Wanted = WANTED) -> list[tuple[str, str, bool]]:
    found = propose(ours, block_of(theirs), KNOWLEDGE, wanted)
    return [(each.ours.label, each.theirs.iri, each.score.sure) for each in found]


STATE = replace(THEIRS, types=("country",))


def test_a_pair_that_stands_alone_is_sure() -> None:
    """The same label, the same class, and no other near."""
    assert _pairs(STATE, Described("https://other.test/2", "Albania", types=("country",))) == [("Armenia", "https://other.test/1", True)]


def test_two_of_theirs_that_are_alike_make_neither_sure() -> None:
    """Both are shown, and each says who stands beside it."""
    found = propose([OURS], block_of([STATE, replace(STATE, iri="https://other.test/2")]), KNOWLEDGE, WANTED)
    assert [each.score.sure for each in found] == [False, False]
    assert found[0].score.features[-1] == Feature("alone", 0.0, "“Armenia” scores 0.90")


def test_two_of_ours_that_are_alike_make_neither_sure() -> None:
    """One of theirs cannot be two of ours."""
    twin = replace(OURS, iri="https://w3id.org/csto-graph/id/state/armenia-again", identifiers=frozenset())
    assert [sure for _, _, sure in _pairs(STATE, ours=(OURS, twin))] == [False, False]


def test_what_was_decided_is_not_proposed_again_and_still_stands_in_the_way() -> None:
    """A rejected pair, and a thing that has its link already."""
    twin = replace(STATE, iri="https://other.test/2")
    rejected = Wanted(decided={(OURS.iri, twin.iri)})
    assert _pairs(STATE, twin, wanted=rejected) == [("Armenia", "https://other.test/1", False)]
    assert _pairs(STATE, wanted=Wanted(linked={(OURS.iri, "https://other.test/")})) == []


def test_a_shared_identifier_brings_a_pair_up_whatever_the_names() -> None:
    """Blocking by names alone would miss it; the names keep it from being sure."""
    theirs = Described("https://other.test/1", "Հայաստան", types=("country",), identifiers=frozenset({("iso3166Alpha2", "AM")}))
    assert _pairs(theirs, wanted=Wanted(least=0.3)) == [("Armenia", "https://other.test/1", False)]


def test_least_and_limit() -> None:
    """Fewer and better pairs."""
    theirs = [replace(STATE, iri=f"https://other.test/{n}", label=f"Armenia{'x' * n}") for n in range(4)]
    assert len(_pairs(*theirs, wanted=Wanted(limit=2))) == 2
    assert [iri for _, iri, _ in _pairs(*theirs, wanted=Wanted(least=0.85))] == ["https://other.test/0"]


def test_the_words_are_of_our_classes() -> None:
    """The committed table names classes of the ontology."""
    ontology = (root() / "ontology" / "csto.ttl").read_text(encoding="utf-8")
    assert all(f"cst:{name} a owl:Class" in ontology for name in set(KNOWLEDGE.words.values()))


def test_words_that_stand_for_two_classes_are_refused(tmp_path: Path) -> None:
    """By the line of the second."""
    table = tmp_path / "words.tsv"
    table.write_text("class\twords\nState\tcountry\nPlace\tregion|Country\n", encoding="utf-8")
    with pytest.raises(RefusedData, match=r"words\.tsv:3: 'Country' is a State already"):
        load_words(table)
