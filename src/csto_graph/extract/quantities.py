"""Numbers as a text spells them."""

from __future__ import annotations

from text_to_num import text2num  # type: ignore[import-untyped]  # ships no type information


def number(spelled: str) -> int | None:
    """`six`, `20,000`, `two hundred and fifty` as an integer; None for what is no whole number."""
    digits = spelled.replace(",", "").replace(" ", "")
    if digits.isdecimal():
        return int(digits)
    try:
        return int(text2num(spelled.replace("-", " "), "en"))
    except ValueError:
        return None
