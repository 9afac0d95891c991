"""How many a group is that is counted and not named."""

from __future__ import annotations

import pytest

from csto_graph.link.groups import size


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("five of its allies", 5),
        ("Five allies", 5),
        ("twenty-five states", 25),
        ("two hundred and fifty observers", 250),
        ("20,000 protesters", 20000),
        ("12 members", 12),
        ("its five allies", None),
        ("allies", None),
        ("one-third of the members", None),
        ("several states", None),
        ("", None),
    ],
)
def test_a_group_is_as_many_as_its_description_begins_with(label: str, expected: int | None) -> None:
    """A number elsewhere in the description counts something else, or a part."""
    assert size(label) == expected
