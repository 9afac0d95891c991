"""Is this English? Asked of a paragraph, because texts quote other languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import import_module

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_OTHERS = ["cs", "da", "de", "es", "fi", "fr", "hu", "id", "it", "nb", "nl", "pl", "pt", "ro", "sv", "tr"]
_BEYOND_LATIN = re.compile("[\u0250-\U0010ffff]")  # what follows the Latin letters of Unicode's first blocks


def is_foreign(text: str) -> bool:
    """Whether the letters are mostly not Latin, or another language's function words outnumber the English ones by far.

    A paragraph of names alone ("Albania, Belgium, Canada.") has no function words, and is not called foreign.
    """
    others = sum(map(str.isalpha, _BEYOND_LATIN.findall(text)))
    if others and others > sum(map(str.isalpha, text)) / 2:
        return True
    words = [word.lower() for word in _WORD.findall(text)]
    together, *one_by_one = _function_words()  # what all of them together do not outnumber none does
    return _outnumbered(words, *together) and any(_outnumbered(words, *pair) for pair in one_by_one)


@cache
def _function_words() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """English function words and another language's, for each other language; a word of both tells nothing and is in neither.

    Before them, those that are English alone and those of any other language. The lists are those of spaCy.
    """
    english, *others = (frozenset(import_module(f"spacy.lang.{code}.stop_words").STOP_WORDS) for code in ("en", *_OTHERS))
    together = frozenset().union(*others)
    return tuple((english - other, other - english) for other in (together, *others))


def _outnumbered(words: Sequence[str], ours: frozenset[str], theirs: frozenset[str]) -> bool:
    return sum(word in theirs for word in words) > 2 * sum(word in ours for word in words) + 1
