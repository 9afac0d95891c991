"""How many a group is that a text counts and does not name: "five of its allies"."""

from __future__ import annotations

from text_to_num import text2num  # type: ignore[import-untyped]  # ships no type information


def size(label: str) -> int | None:
    """The number that the longest beginning of a description spells; None where it begins with none."""
    words = label.split()
    spelled = (" ".join(words[:length]) for length in range(len(words), 0, -1))
    return next((number for beginning in spelled if (number := _whole(beginning)) is not None), None)


def _whole(spelled: str) -> int | None:
    digits = spelled.replace(",", "")
    if digits.isdecimal() and digits.isascii():
        return int(digits)
    try:
        return int(text2num(spelled.replace("-", " ").lower(), "en"))
    except ValueError:
        return None
