"""Is this English? Asked of a paragraph, because texts quote other languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import import_module

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_OTHERS = ["cs", "da", "de", "es", "fi", "fr", "hu", "id", "it", "nb", "nl", "pl", "pt", "ro", "sv", "tr"]
_LATIN = 0x250  # where the Latin letters of Unicode's first blocks end


def is_foreign(text: str) -> bool:
    """Whether the letters are mostly not Latin, or another language's function words outnumber the English ones by far.

    A paragraph of names alone ("Albania, Belgium, Canada.") has no function words, and is not called foreign.
    """
    letters = [character for character in text if character.isalpha()]
    if sum(ord(letter) >= _LATIN for letter in letters) > len(letters) / 2:
        return True
    words = [word.lower() for word in _WORD.findall(text)]
    return any(_count(words, theirs) > 2 * _count(words, ours) + 1 for ours, theirs in _function_words())


@cache
def _function_words() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """English function words and another language's, for each other language; a word of both tells nothing and is in neither.

    The lists are those of spaCy.
    """
    english, *others = (frozenset(import_module(f"spacy.lang.{code}.stop_words").STOP_WORDS) for code in ("en", *_OTHERS))
    return tuple((english - other, other - english) for other in others)


def _count(words: Sequence[str], listed: frozenset[str]) -> int:
    return sum(word in listed for word in words)
