"""A query as its terminals (SPARQL 1.1 Query Language, section 19.8, "Grammar").

The service decides what to refuse by these tokens and hands `one_reading` of them to the engine, so that the text it
judged and the text that runs can only be read in one way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_ESCAPE: Final = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_LOCAL: Final = r"(?:[\w:\u00b7\u0300-\u036f\u203f\u2040-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])"
# Possessive quantifiers and the bound on a prefix's length keep the time proportional to the text, whatever it is.
# A string that is not closed still counts as one: nothing else may begin with a quotation mark.
_TERMINALS: Final = re.compile(
    rf"""
      (?P<space>[ \t\r\n]+)
    | (?P<comment>\#[^\r\n]*)
    | (?P<iri><(?>[^\x00-\x20<>"{{}}|^`\\]|{_ESCAPE})*>)
    | (?P<string>\"\"\"(?>(?:"{{0,2}}+(?:[^"\\]|\\.))*+)(?:\"\"\")? | '''(?>(?:'{{0,2}}+(?:[^'\\]|\\.))*+)(?:''')?
        | "(?>(?:[^"\\\r\n]|\\.)*+)"? | '(?>(?:[^'\\\r\n]|\\.)*+)'?)
    | (?P<variable>[?$][\w\u00b7\u0300-\u036f\u203f\u2040]+)
    | (?P<blank>_:\w(?:[\w\u00b7.-]*[\w\u00b7-])?)
    | (?P<name>(?:[^\W\d_](?:[\w\u00b7.-]{{0,64}}[\w\u00b7-])?)?:(?:(?:{_LOCAL})(?:{_LOCAL}|\.++(?={_LOCAL}))*)?)
    | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<number>(?:\d++\.?+\d*+|\.\d++)[eE][+-]?\d+|\d*+\.\d+|\d+)
    | (?P<word>\w+)
    | (?P<sign>\^\^|&&|\|\||!=|<=|>=|<<\(|\)>>|<<|>>|\{{\||\|\}}|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_UNSAFE_IN_IRI: Final = re.compile(rf"{_ESCAPE}|[^\w:/.%~-]")


class Token(NamedTuple):
    """A terminal: its kind (a group of `_TERMINALS`), its characters and where they start."""

    kind: str
    text: str
    start: int

    @property
    def keyword(self) -> str:
        """The word in capitals, as the grammar writes its keywords; empty for what is no word."""
        return self.text.upper() if self.kind == "word" else ""

    @property
    def closed(self) -> bool:
        """Whether a string ends with the quotation mark it began with."""
        mark = self.text[:3] if self.text[:3] in {'"""', "'''"} else self.text[:1]
        return re.sub(r"(?s)\\.", "", self.text[len(mark) :]).endswith(mark)

    @property
    def iri(self) -> str:
        """What stands between the angle brackets, its escapes decoded."""
        decoded = re.sub(_ESCAPE, lambda escape: escape[0].encode().decode("unicode_escape", "replace"), self.text[1:-1])
        return decoded.encode("utf-8", "replace").decode()  # a lone surrogate is no character and could not be sent


def tokens(query: str) -> Iterator[Token]:
    """Every terminal in its order, white space and comments left out."""
    for match in _TERMINALS.finditer(query):
        kind = match.lastgroup or ""
        if kind not in {"space", "comment"}:
            yield Token(kind, match[0], match.start())


def words(query: str) -> Iterator[str]:
    """The keyword of every terminal that is a word, in their order."""
    return (match[0].upper() for match in _TERMINALS.finditer(query) if match.lastgroup == "word")


def one_reading(query: str) -> str:
    """The same query without comments and with the special characters of its IRIs escaped.

    In `?a <?b+'x>'` the grammar's longest match is an IRI, yet a parser that knows what it expects reads a comparison
    and a string. Escaped, the first reading stays what it is and the second is a syntax error.
    """
    return _TERMINALS.sub(_one_reading, query)


def position(query: str, offset: int) -> tuple[int, int]:
    """Line and column of a character, both counted from 1."""
    before = query[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _one_reading(match: re.Match[str]) -> str:
    if match.lastgroup == "comment":
        return ""
    return escaped_iri(match[0]) if match.lastgroup == "iri" else match[0]


def escaped_iri(text: str) -> str:
    """An IRI between its angle brackets with every character escaped that could mean something outside them."""
    return f"<{_UNSAFE_IN_IRI.sub(_escaped, text[1:-1])}>"


def _escaped(match: re.Match[str]) -> str:
    return match[0] if len(match[0]) > 1 else f"\\U{ord(match[0]):08X}"
