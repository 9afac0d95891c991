"""What somebody writes as the value of a parameter → a term of SPARQL, checked and written by the engine."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

import pyoxigraph as ox

from csto_graph.errors import WrongCall
from csto_graph.namespaces import ID, PREFIXES, XSD

MOST_DIGITS: Final = 18  # of a whole number: engines keep it in 64 bits
_THING: Final = re.compile(r"[a-z-]+/[^\s<>\"{}|^`\\]+")  # the path of a local IRI: organisation/csto


def _is_day(value: str) -> bool:
    try:
        return re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) is not None and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_text(value: str) -> bool:
    """A half of a surrogate pair, as an odd byte of a command line becomes, is no character."""
    return not any("\ud800" <= character <= "\udfff" or character == "\x00" for character in value)


# Datatype → what it takes, and whether a value is of it.
_DATATYPES: Final[dict[str, tuple[str, Callable[[str], bool]]]] = {
    "xsd:date": ("a day, such as 2012-07-01", _is_day),
    "xsd:integer": ("a whole number", lambda value: re.fullmatch(rf"[+-]?[0-9]{{1,{MOST_DIGITS}}}", value) is not None),
    "xsd:string": ("words", _is_text),
}


def term(name: str, type_: str, value: str) -> str:
    """The term as it is written into a query. Raises `WrongCall` naming the parameter and what it takes."""
    if type_ in _DATATYPES:
        takes, fits = _DATATYPES[type_]
        if not fits(value):
            raise WrongCall(name, f"{value!r} is not of {type_}", f"It takes {takes}")
        return str(ox.Literal(value, datatype=ox.NamedNode(str(XSD[type_.removeprefix("xsd:")]))))
    try:
        return str(ox.NamedNode(expanded(value)))
    except ValueError:
        remedy = f"It takes a thing of class {type_}, such as organisation/csto or a whole IRI"
        raise WrongCall(name, f"{value!r} names no thing", remedy) from None


def expanded(value: str) -> str:
    """The IRI of a thing that is written as `organisation/csto`, `id:organisation/csto`, `<https://…>` or `https://…`.

    Raises `ValueError` for anything else.
    """
    text = value.removeprefix("<").removesuffix(">") if value.startswith("<") else value
    prefix, colon, local = text.partition(":")
    if colon and prefix in PREFIXES:
        return f"{PREFIXES[prefix]}{local}"
    if text.startswith(("http://", "https://", "urn:")):
        return text
    if _THING.fullmatch(text):
        return f"{ID}{text}"
    raise ValueError(value)
