"""The terminals of a query, and the one reading of it."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from pyoxigraph import Store

from csto_graph.sparql.tokens import one_reading, position, tokens


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?s ex:a.b. ex:c.", ["variable ?s", "name ex:a.b", "sign .", "name ex:c", "sign ."]),
        (r"ex:a\'b # 'c'", [r"name ex:a\'b"]),
        ("# one\r?s # two\n?o", ["variable ?s", "variable ?o"]),
        ("<http://e/#x> ?a<?b ?c", ["iri <http://e/#x>", "variable ?a", "sign <", "variable ?b", "variable ?c"]),
        (r"'a\'b' '''c'd''' " + '""', [r"string 'a\'b'", "string '''c'd'''", 'string ""']),
        ("1.5 .5 1e5 1.", ["number 1.5", "number .5", "number 1e5", "number 1", "sign ."]),
        ("'x'@en-GB^^xsd:date", ["string 'x'", "tag @en-GB", "sign ^^", "name xsd:date"]),
        ("_:b1 :x SELECT", ["blank _:b1", "name :x", "word SELECT"]),
        ("'open", ["string 'open"]),
        ("", []),
    ],
)
def test_terminals(query: str, expected: list[str]) -> None:
    """Each terminal is the longest the grammar allows, comments and white space are none."""
    assert [f"{token.kind} {token.text}" for token in tokens(query)] == expected


@pytest.mark.parametrize(
    ("text", "closed"), [("'a'", True), ("'a", False), (r"'a\'", False), ("'''a''", False), ("'''a'''", True), ("''", True)]
)
def test_an_open_string_is_known(text: str, closed: bool) -> None:
    """A string counts as closed only when the mark it began with ends it unescaped."""
    assert next(tokens(text)).closed is closed


def test_escapes_of_an_iri_are_decoded() -> None:
    """An IRI is compared by its characters; an escape that is no character becomes the replacement character."""
    assert [token.iri for token in tokens(r"<http://e/\u0041> <http://e/\uD800>")] == ["http://e/A", "http://e/?"]


def test_the_special_characters_of_an_iri_are_escaped() -> None:
    """What could be read as a comparison and a string is written so that it can only be an IRI."""
    assert one_reading("?a <?b+'x>' # c'") == r"?a <\U0000003Fb\U0000002B\U00000027x>' # c'"
    assert one_reading("?a <http://e/#b> # c") == r"?a <http://e/\U00000023b> "


def test_what_needs_no_change_stays() -> None:
    """A query without comments and special characters in IRIs reaches the engine as it was written."""
    query = "SELECT * WHERE { ?s <http://e/p> 'a # b'@en ; ex:p 1.5 }"
    assert one_reading(query) == query


@pytest.mark.parametrize(
    ("query", "offset", "expected"), [("a\nbc", 3, (2, 2)), ("a\r\nb", 3, (2, 1)), ("a\rb", 2, (2, 1)), ("", 0, (1, 1))]
)
def test_position(query: str, offset: int, expected: tuple[int, int]) -> None:
    """Lines end as SPARQL comments do; lines and columns are counted from 1."""
    assert position(query, offset) == expected


@pytest.mark.parametrize("text", ['"', '"\\', "'''a", "<a", "a.", "a-", "1", "_:a.", "a:b.", "?", "\\u0041", "<\\u0041", "a:."])
def test_reading_takes_time_in_proportion_to_the_length(text: str) -> None:
    """No text of the largest size that is read takes longer than a few seconds."""
    before = process_time()
    assert sum(len(token.text) for token in tokens(text * (1_000_000 // len(text)))) > 0
    assert process_time() - before < 10


def test_the_one_reading_is_the_engines_own(shared: Path) -> None:
    """Every query of the W3C suites that the engine accepts it accepts in its one reading, and no other."""
    paths = [path for path in sorted((shared / "w3c").rglob("*.rq")) if "SERVICE" not in path.read_text("utf-8").upper()]
    assert len(paths) > 300
    differing = [
        path.name for path in paths if _accepted(path.read_text("utf-8")) != _accepted(one_reading(path.read_text("utf-8")))
    ]
    assert differing == []


def _accepted(query: str) -> bool:
    try:
        Store().query(query, base_iri="http://example.org/")
    except SyntaxError:
        return False
    except RuntimeError:  # an unknown function: the query was read
        return True
    return True
