"""How often a pair is right that is called sure, and how many of those that are there are found: on real names.

Run with `-s` to see the figures. Our links are taken away first, so that names, classes and codes alone decide.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from csto_graph.link.external.classes import load_words
from csto_graph.link.external.described import Described
from csto_graph.link.external.ours import our_things
from csto_graph.link.external.proposals import Proposal, Wanted, block_of, propose
from csto_graph.link.external.scoring import Knowledge
from csto_graph.mappings import load_links
from csto_graph.resources import root

KNOWLEDGE = Knowledge(load_words(root() / "data" / "reference" / "class-words.tsv"))
WORDS = {"State": "country", "FormerState": "former country", "Organisation": "organization", "Person": "human", "Treaty": "treaty",
         "Place": "populated place", "ArmedForce": "military unit", "Event": "event"}  # fmt: skip


@pytest.fixture(scope="module")
def ours() -> tuple[Described, ...]:
    """The things of the committed release, without their links."""
    store = ox.Store()
    store.load(path=root() / "data" / "release" / "default.ttl", format=ox.RdfFormat.TURTLE)
    return tuple(replace(each, identifiers=frozenset()) for each in our_things(store))


def _noisy(name: str, chance: random.Random) -> str:
    """The name as others write it: as it is, in capitals, without diacritics or hyphens, with the form of state, or mistyped."""
    at = chance.randrange(len(name))
    return chance.choice(
        [name, name, name.upper(), name.replace("-", " "), f"Republic of {name}", f"{name[:at]}{name[at + 1 :]}", f"{name[:at]}x{name[at:]}"]
    )


def _extract(ours: Sequence[Described], chance: random.Random) -> Iterator[tuple[Described, str | None]]:
    """A data set made of ours with noise: a third is left out, and a fifth has a namesake that is something else."""
    for number, thing in enumerate(ours):
        word = next((WORDS[type_] for type_ in thing.types if type_ in WORDS), "")
        if chance.random() < 0.67:
            names = tuple(name for name in thing.names if chance.random() < 0.5)
            label = _noisy(chance.choice([thing.label, thing.label, *thing.names]), chance)
            types = (word,) if word and chance.random() < 0.8 else ()
            yield Described(f"https://other.test/{number}", label or thing.label, names, types), thing.iri
        if chance.random() < 0.2:
            kind = chance.choice([each for each in ("ship", "village", "album", *WORDS.values()) if each != word])
            yield Described(f"https://other.test/namesake-{number}", _noisy(thing.label, chance) or thing.label, (), (kind,)), None


def _judged(found: Sequence[Proposal], truth: dict[str, str | None]) -> tuple[list[Proposal], list[Proposal]]:
    sure = [each for each in found if each.score.sure]
    return sure, [each for each in sure if truth[each.theirs.iri] != each.ours.iri]


def test_what_is_sure_is_right_among_noisy_copies_of_our_own_names(ours: tuple[Described, ...], seed: int = 1) -> None:
    """Not one of what is called sure is wrong; most of what is there is among what is proposed."""
    truth = dict(_extract(ours, random.Random(seed)))
    made = {each.iri: each for each in truth}
    found = propose(ours, block_of(list(made.values())), KNOWLEDGE, Wanted())
    by_iri = {each.iri: iri for each, iri in truth.items()}
    sure, wrong = _judged(found, by_iri)
    there = {iri for iri in by_iri.values() if iri}
    reached = {each.ours.iri for each in found if by_iri[each.theirs.iri] == each.ours.iri}
    figures = f"{len(ours)} of ours, {len(made)} of theirs, {len(there)} the same; proposed {len(reached)}, sure {len(sure)}"
    print(f"\nnoisy names, seed {seed}: {figures}, wrong {len(wrong)}")  # noqa: T201  # what was measured
    assert not wrong, [(each.ours.label, each.theirs.label, each.score) for each in wrong]
    assert len(sure) >= 100
    assert len(reached) >= 0.9 * len(there)


def test_what_is_sure_is_right_on_the_identifiers_that_were_checked(ours: tuple[Described, ...], shared: Path) -> None:
    """Held against the table of identifiers that each were seen in a source: every sure Wikidata item is the one it names."""
    made, right = _checked(shared / "reference" / "identifiers.csv")
    found = propose(ours, block_of(made), KNOWLEDGE, Wanted())
    sure = [each for each in found if each.score.sure]
    wrong = [each for each in sure if right.get(each.theirs.iri, each.ours.iri) != each.ours.iri]
    known = [each for each in sure if each.theirs.iri in right]
    figures = f"{len(made)} items; sure {len(sure)}, {len(known)} of them in our tables"
    print(f"\nidentifiers.csv: {figures}, wrong {len(wrong)}")  # noqa: T201  # what was measured
    assert not wrong
    assert len(known) >= 20
    assert {each.theirs.label for each in sure if each.theirs.iri not in right} <= {"Dissolution of the Soviet Union"}


def _checked(path: Path) -> tuple[list[Described], dict[str, str]]:
    """The Wikidata items of the table as an extract, and of which of our things our own links say that they are."""
    with path.open(encoding="utf-8", newline="") as file:
        items = [row for row in csv.DictReader(file) if row["scheme"] == "Wikidata QID"]
    links = load_links([root() / "data" / "mappings"])
    known = {each.object: each.subject for mappings in links.values() for each in mappings}
    return [Described(row["iri"], row["label"], (), (row["type"],)) for row in items], known
