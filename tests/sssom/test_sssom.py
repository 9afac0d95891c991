"""SSSOM files are read as the specification says, refused by line and column, and written back byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from csto_graph.errors import RefusedData
from csto_graph.sssom import NO_TERM_FOUND, read_mappings, render_mappings, write_mappings

BLOCK = """#curie_map:
#  id: https://example.org/id/
#  orcid: https://orcid.org/
#  set: https://example.org/set/
#  wd: http://www.wikidata.org/entity/
#mapping_set_id: https://example.org/links
#mapping_set_title: "Links: a test"
#license: https://creativecommons.org/publicdomain/zero/1.0/
#object_source: set:wikidata
"""
HEADER = (
    "subject_id\tsubject_label\tpredicate_id\tpredicate_modifier\tobject_id\tobject_label\tmapping_justification\t"
    "author_id\tauthor_label\tmapping_date\tconfidence\tcomment\n"
)
ROWS = [
    "id:a\tA\tskos:exactMatch\t\twd:Q1\tone\tsemapv:ManualMappingCuration\torcid:0000-0001\t\t2026-01-31\t\t",
    "id:b\tB\tskos:closeMatch\tNot\twd:Q1\tone\tsemapv:LexicalMatching\t\tA. Reviewer\t2026-02-01\t0.25\tanother thing",
    'id:c\tC\tskos:exactMatch\t\tsssom:NoTermFound\t\tsemapv:ManualMappingCuration\t\tB \\| C\t2026-02-01\t\t"a\tb ""c"""',
]
TEXT = BLOCK + HEADER + "".join(f"{row}\n" for row in ROWS)
Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def put(text: str) -> Path:
        path = tmp_path / "wikidata.sssom.tsv"
        path.write_bytes(text.encode("utf-8", errors="surrogateescape"))
        return path

    return put


def test_what_a_file_says_is_read(write: Write) -> None:
    """CURIEs are whole IRIs, empty cells are nothing, a rejected pair is marked and a quoted cell is read without its quotes."""
    found = read_mappings(write(TEXT))
    a, b, c = found.mappings
    assert (found.iri, found.title) == ("https://example.org/links", "Links: a test")
    assert (a.subject, a.object, a.author) == ("https://example.org/id/a", "http://www.wikidata.org/entity/Q1", "https://orcid.org/0000-0001")
    assert (a.confidence, b.confidence, a.negated, b.negated) == (None, Decimal("0.25"), False, True)
    assert (c.object, c.author, c.comment) == (NO_TERM_FOUND, "B | C", 'a\tb "c"')
    assert {each.object_source for each in found.mappings} == {"https://example.org/set/wikidata"}


def test_the_same_mappings_are_the_same_bytes(write: Write) -> None:
    """Written in any order a file is sorted and byte for byte the one that was read."""
    found = read_mappings(write(TEXT))
    assert render_mappings(found) == TEXT
    assert render_mappings(replace(found, mappings=found.mappings[::-1])) == TEXT
    assert read_mappings(write(TEXT.replace("\n", "\r\n"))) == found


def test_prefixes_that_no_row_uses_are_left_out(write: Write) -> None:
    """The canonical form asks for it."""
    found = read_mappings(write(TEXT.replace("#  orcid:", "#  none: https://example.org/none/\n#  orcid:")))
    assert "none" in found.prefixes
    assert render_mappings(found) == TEXT


def test_a_file_is_written_whole_or_not_at_all(write: Write) -> None:
    """An IRI that no prefix shortens leaves the file as it was, and nothing beside it."""
    path = write(TEXT)
    found = read_mappings(path)
    strange = replace(found.mappings[0], object="https://elsewhere.example/1")
    with pytest.raises(RefusedData, match=r"shortens https://elsewhere\.example/1"):
        write_mappings(path, replace(found, mappings=(*found.mappings, strange)))
    assert [each.read_text(encoding="utf-8") for each in path.parent.iterdir()] == [TEXT]


def test_a_file_of_others_is_read_by_the_columns_we_keep(write: Write) -> None:
    """Columns we do not keep, other predicates and several authors are no fault of a file of others; for one of ours they are."""
    block = "#curie_map:\n#  a: https://a.example/\n#  ro: http://purl.obolibrary.org/obo/RO_\n#mapping_date: 2024-05-06\n"
    row = "a:1\tro:0002205\ta:2\tsemapv:LexicalMatching\tX|Y\tz\n"
    path = write(f"{block}subject_id\tpredicate_id\tobject_id\tmapping_justification\tauthor_label\tmatch_string\n{row}")
    (found,) = read_mappings(path, foreign=True).mappings
    assert (found.author, found.date, found.predicate) == ("X; Y", "2024-05-06", "http://purl.obolibrary.org/obo/RO_0002205")
    with pytest.raises(RefusedData, match=r"match_string"):
        read_mappings(path)


FAULTS = [
    ("subject_label", "subjct_label", 10, "Perhaps subject_label is meant"),
    ("mapping_justification\t", "", 10, "the column mapping_justification is missing"),
    ("\tobject_label\t", "\tcomment\t", 10, "the column comment stands twice"),
    ("id:a\t", "ix:a\t", 11, "subject_id: the prefix 'ix' is not declared"),
    ("id:a\t", "https://example.org/id/a\t", 11, "subject_id: 'https://example.org/id/a' is no CURIE"),
    ("id:a\t", "\t", 11, "subject_id: is empty"),
    ("wd:Q1\tone\tsemapv:M", "Q1\tone\tsemapv:M", 11, "object_id: 'Q1' is no CURIE"),
    ("skos:exactMatch\t\twd", "skos:exactmatch\t\twd", 11, "predicate_id: skos:exactmatch is none that we link by. Use owl:sameAs"),
    ("semapv:LexicalMatching", "semapv:Guessing", 12, "mapping_justification: semapv:Guessing is no justification"),
    ("2026-01-31", "31.01.2026", 11, "mapping_date: '31.01.2026' is no date"),
    ("2026-01-31", "2026-02-30", 11, "mapping_date: '2026-02-30' is no date"),
    ("2026-01-31", "20260131", 11, "mapping_date: '20260131' is no date"),
    ("2026-01-31", "", 11, "mapping_date: is empty"),
    ("orcid:0000-0001", "", 11, "author_label: is empty"),
    ("0.25", "1.25", 12, "confidence: '1.25' is no number from 0 to 1"),
    ("0.25", "-0.5", 12, "confidence: '-0.5' is no number from 0 to 1"),
    ("0.25", "high", 12, "confidence: 'high' is no number from 0 to 1"),
    ("\tNot\t", "\tnot\t", 12, "predicate_modifier: 'not' is no modifier"),
    ("\t\tsssom:NoTermFound", "\tNot\tsssom:NoTermFound", 13, "predicate_modifier: Not has no meaning"),
    ("#object_source: set:wikidata\n", "", 12, "object_source: is empty beside sssom:NoTermFound"),
    ("id:b\tB\tskos:closeMatch", "id:a\tA\tskos:closeMatch", 12, "accepted in one row and rejected in another, line 11"),
    ("id:c\tC", "id:a\tA", 13, "is linked and said to be absent, see line 11"),
    (ROWS[1], ROWS[0], 12, "the same link with the same justification in line 11"),
    (ROWS[1], "", 12, "an empty line"),
    (ROWS[1], "id:b\tB", 12, "2 cells, not 12"),
    ('""c"""', '""c""', 13, "wrong quotes"),
    ("#license: ", "#licence: ", 1, "license is missing"),
    ("#mapping_set_title", "#mapping_set_id", 7, "mapping_set_id stands twice"),
    ('"Links: a test"', "Links: a test", 7, "the metadata is not YAML"),
    ("another thing", "\udcff", 12, "is not UTF-8"),
    ("#curie_map", "\ufeff#curie_map", 1, "begins with a byte order mark"),
    (HEADER + "\n".join(ROWS) + "\n", "", 10, "there is no table"),
]


@pytest.mark.parametrize(("right", "wrong", "line", "message"), FAULTS, ids=[fault[3] for fault in FAULTS])
def test_what_cannot_be_meant_is_refused_by_its_line(write: Write, right: str, wrong: str, line: int, message: str) -> None:
    """The refusal names the file, the line, the column and what is wrong."""
    assert TEXT.count(right) >= 1
    with pytest.raises(RefusedData) as refused:
        read_mappings(write(TEXT.replace(right, wrong, 1)))
    assert refused.value.place.endswith(f"wikidata.sssom.tsv:{line}")
    assert message in str(refused.value)


def test_a_built_in_prefix_keeps_its_meaning(write: Write) -> None:
    """`skos` may be declared, as what it is."""
    skos = "#  skos: http://www.w3.org/2004/02/skos/core#\n#  wd:"
    assert read_mappings(write(TEXT.replace("#  wd:", skos))).mappings
    with pytest.raises(RefusedData, match="built-in prefix 'skos'"):
        read_mappings(write(TEXT.replace("#  wd:", skos.replace("core#", "other#"))))
