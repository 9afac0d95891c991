"""Which side is followed: by the first rule that fits, or by what a person chose."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from csto_graph import resources
from csto_graph.errors import RefusedData
from csto_graph.model import Disagreement, Verdict
from csto_graph.validate.policy import decide, load_policy, unknown_kinds, unused_choices

RULES = """
[[rule]]
kind = "list"
follows = "both"
because = "lists"

[[rule]]
follows = ["A"]
over = ["B", "text", "C"]
because = "A first"

[[rule]]
follows = ["text"]
over = ["C"]
because = "a text over C"

[otherwise]
because = "equal"
"""
GRADES = {"a": "A", "b": "B", "c": "C", "d": "C"}  # t and u are of texts


def differ(one: str, other: str, kind: str = "date", iri: str = "", *, joint: bool = False) -> Disagreement:
    """A disagreement of statements by their names."""
    return Disagreement(iri or f"{one}|{other}", kind, "q", (tuple(one.split()), tuple(other.split())), (), joint, "m")


def decided(tmp_path: Path, *found: Disagreement, more: str = "") -> list[Verdict]:
    """What a policy of these rules and more says, in the order of the disagreements."""
    path = tmp_path / "policy.toml"
    path.write_text(RULES + more)
    verdicts = {verdict.disagreement.iri: verdict for verdict in decide(found, GRADES, load_policy(path))}
    assert len(verdicts) == len(found)
    return [verdicts[each.iri] for each in found]


@pytest.mark.parametrize(
    ("one", "other", "joint", "aside", "because"),
    [
        ("a", "t", False, "t", "A first"),
        ("t", "a", False, "t", "A first"),
        ("t", "c", False, "c", "a text over C"),
        ("c", "d", False, "", "equal"),
        ("t", "u", False, "", "equal"),
        ("t", "b", False, "", "equal"),
        ("a c", "t", False, "t", "A first"),  # either of the two would do
        ("a c", "t", True, "", "equal"),  # it takes both, and one is weak
        ("t u", "c", True, "c", "a text over C"),
        ("a", "t a", False, "", "equal"),
    ],
)
def test_the_first_rule_that_fits_decides(tmp_path: Path, one: str, other: str, joint: bool, aside: str, because: str) -> None:
    """Whichever side comes first; what is not set aside is followed."""
    (verdict,) = decided(tmp_path, differ(one, other, joint=joint))
    assert (verdict.sets_aside, verdict.because) == (tuple(aside.split()), because)
    assert set(verdict.follows) == {*one.split(), *other.split()} - set(verdict.sets_aside)


def test_a_rule_can_be_of_one_kind(tmp_path: Path) -> None:
    """Of another kind it says nothing."""
    of_kind, of_another = decided(tmp_path, differ("a", "t", "list"), differ("a", "u"))
    assert (of_kind.sets_aside, of_kind.because) == ((), "lists")
    assert of_another.sets_aside == ("u",)


CHOICES = """
[[choice]]
disagreement = "{}"
follows = "{}"
author = "A. Historian"
date = 2026-11-28
because = "seen in the archive"
"""


def test_a_choice_turns_one_case_and_says_who_chose(tmp_path: Path) -> None:
    """By the IRI of the disagreement; the others stay with the rules."""
    turned, same = decided(tmp_path, differ("a", "t"), differ("a", "u"), more=CHOICES.format("a|t", "t"))
    assert (turned.follows, turned.sets_aside) == (("t",), ("a",))
    assert turned.because == "seen in the archive (chosen by A. Historian, 2026-11-28)"
    assert same.because == "What would be followed here is itself set aside in another disagreement."
    assert same.sets_aside == ()


def test_a_choice_can_keep_both(tmp_path: Path) -> None:
    """Then nothing is set aside."""
    (verdict,) = decided(tmp_path, differ("a", "t"), more=CHOICES.format("a|t", "both"))
    assert verdict.sets_aside == ()


def test_a_choice_can_name_the_two_statements(tmp_path: Path) -> None:
    """Whatever query found them, and whatever else stands beside them."""
    more = '[[choice]]\nfollows = "t"\nover = "a"\nauthor = "A"\ndate = 2026-11-28\nbecause = "B"\n'
    turned, other = decided(tmp_path, differ("t", "a b", iri="i"), differ("a", "t u", iri="j", joint=True), more=more)
    assert turned.sets_aside == ("a", "b")
    assert other.sets_aside == ("a",)


def test_nothing_is_set_aside_for_what_is_set_aside_itself(tmp_path: Path) -> None:
    """A puts out the text, so the text puts out nothing; the order in which they are found makes no difference."""
    found = (differ("a", "t"), differ("c", "t"), differ("u", "d"))
    for order in permutations(found):
        verdicts = {verdict.disagreement.iri: verdict.sets_aside for verdict in decided(tmp_path, *order)}
        assert verdicts == {"a|t": ("t",), "c|t": (), "u|d": ("d",)}


def test_where_both_stay_nothing_that_is_set_aside_elsewhere_is_followed(tmp_path: Path) -> None:
    """A list stays beside another, and each without what a date takes out of it."""
    _, kept, neither = decided(tmp_path, differ("a", "t u"), differ("t b", "c", "list"), differ("t", "u", "list"))
    assert (kept.follows, kept.sets_aside) == (("b", "c"), ())
    assert (neither.follows, neither.sets_aside) == ((), ())


def test_choices_in_a_circle_set_nothing_aside(tmp_path: Path) -> None:
    """Where nothing is sure, everything stays."""
    found = differ("t", "u"), differ("u", "v"), differ("v", "t")
    more = "".join(CHOICES.format(each.iri, each.sides[0][0]) for each in found)
    assert [verdict.sets_aside for verdict in decided(tmp_path, *found, more=more)] == [(), (), ()]


def test_a_choice_that_fits_nothing_is_told(tmp_path: Path) -> None:
    """It may be mistyped, or its sources may be gone: a note, for the build goes on."""
    path = tmp_path / "policy.toml"
    path.write_text(RULES + CHOICES.format("a|t", "t") + CHOICES.format("elsewhere", "t"))
    (note,) = unused_choices([differ("a", "t")], load_policy(path))
    assert "A. Historian" in note
    assert "elsewhere" in note


def test_a_kind_that_no_query_has_is_told(tmp_path: Path) -> None:
    """A rule of a mistyped kind would decide nothing in silence."""
    path = tmp_path / "policy.toml"
    path.write_text(RULES)
    assert unknown_kinds({"list", "date"}, load_policy(path)) == ()
    (note,) = unknown_kinds({"incomplete list", "date"}, load_policy(path))
    assert "'list'" in note and "date, incomplete list" in note


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (RULES.replace('"A first"', '" "'), "empty"),
        (RULES.replace('["A"]', '["Z"]'), "grades"),
        (RULES.replace('because = "lists"\n', ""), "because"),
        (RULES.replace("[otherwise]", "[else]"), "otherwise"),
        (RULES.replace('kind = "list"', 'sort = "list"'), "sort"),
        (RULES + CHOICES.format("a|t", "t").replace("author", "writer"), "writer"),
        (RULES + CHOICES.format("a|t", "t").replace('disagreement = "a|t"\n', ""), "over"),
        (RULES.replace("[[rule]]", "[[rules]]"), "unknown part 'rules'"),
        (RULES + CHOICES.format("a|t", "t").replace("[[choice]]", "[[choices]]"), "unknown part 'choices'"),
        (RULES.replace('"A first"', "3"), "quotation marks"),
        (RULES.replace('"list"', "3"), "quotation marks"),
        (RULES.replace('["A"]', '"BA"'), "grades"),
        ("[[rule", "policy"),
    ],
)
def test_a_policy_that_cannot_be_used_is_refused(tmp_path: Path, written: str, problem: str) -> None:
    """A rule without a reason, an unknown grade or key, a choice of nobody's."""
    path = tmp_path / "policy.toml"
    path.write_text(written)
    with pytest.raises(RefusedData, match=problem):
        load_policy(path)


def test_the_committed_policy_follows_no_text_against_a_good_source() -> None:
    """What the page says of it, held against the file itself."""
    policy = load_policy(resources.root() / "data" / "policy.toml")
    found = [differ("a", "t"), differ("b", "u"), differ("v", "c"), differ("d", "e")]
    verdicts = {each.disagreement.iri: each.sets_aside for each in decide(found, {**GRADES, "e": "C"}, policy)}
    assert verdicts == {"a|t": ("t",), "b|u": ("u",), "v|c": (), "d|e": ()}
