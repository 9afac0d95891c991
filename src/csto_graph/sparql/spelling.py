"""What somebody meant who misspelt it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

_ALIKE: Final = 0.75  # of `difflib`: one letter in four may be wrong
_LONGEST: Final = 60  # characters of a word that anyone meant

# The functions and aggregates of SPARQL 1.1 Query Language, section 19.8, rules 121 and 127.
FUNCTIONS: Final = frozenset(
    """
    STR LANG LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE ENCODE_FOR_URI
    CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ NOW UUID STRUUID MD5
    SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT SAMETERM ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC REGEX SUBSTR
    REPLACE EXISTS COUNT SUM MIN MAX SAMPLE AVG GROUP_CONCAT
""".split()  # noqa: SIM905  # as the grammar lists them
)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like it, whatever the case; None where none is, or where the word is known."""
    if not word or len(word) > _LONGEST:
        return None
    lower = {each.lower(): each for each in sorted(known, reverse=True)}
    found = get_close_matches(word.lower(), lower, n=1, cutoff=_ALIKE)
    return lower[found[0]] if found and lower[found[0]] != word else None
