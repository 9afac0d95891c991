"""The last parts of IRIs are readable, and different for what is different."""

from __future__ import annotations

import pytest

from csto_graph.iris import digest, slug

SLUGS = [
    ("rising fuel prices", "rising-fuel-prices"),
    ("Côte d’Ivoire", "cote-d-ivoire"),
    ("Article 4", "article-4"),
    ("  -- ", None),
]


@pytest.mark.parametrize(("name", "expected"), SLUGS)
def test_a_slug_is_readable_ascii(name: str, expected: str | None) -> None:
    """Lower-case words with hyphens; a name without letters gets a hash rather than nothing."""
    assert slug(name) == expected if expected else len(slug(name)) == 16


def test_a_long_slug_is_cut_and_stays_its_own() -> None:
    """Two long names that begin alike keep different slugs."""
    one, two = (slug("a very long description of something " * 3 + end) for end in ("one", "two"))
    assert one != two
    assert max(len(one), len(two)) <= 70


def test_two_names_without_latin_letters_stay_two() -> None:
    """A file called Москва is not the same source as one called Минск."""
    assert slug("Москва") != slug("Минск")


def test_fields_do_not_run_into_one_another() -> None:
    """The hash of `a, bc` is not that of `ab, c`; the same fields give the same hash."""
    assert digest("a", "bc") != digest("ab", "c")
    assert digest("a", "bc") == digest("a", "bc")
