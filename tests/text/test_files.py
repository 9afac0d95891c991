"""What is a text, and what is refused, with the file and the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from csto_graph.errors import CstoGraphError, RefusedData, RefusedText, WrongCall
from csto_graph.text.files import LIMIT, read_characters
from csto_graph.text.sources import read_source, read_sources, read_text

REFUSED = [
    (b"", RefusedText, "is empty"),
    (b" \n\t", RefusedText, "is empty"),
    (b"PK\x03\x04\x00\x00", RefusedText, "binary"),
    ("d\xe9ploy\xe9".encode("latin-1"), RefusedText, "not UTF-8 (byte 1, line 1)"),
    (b"one\ntwo\n\xff", RefusedText, "line 3"),
    (b"\n<!DOCTYPE html><html><script>var x = 'Russia joined NATO.'</script>", RefusedText, "HTML page"),
    (b"a" * (LIMIT + 1), RefusedText, "10 MB"),
]


@pytest.mark.parametrize(("content", "error", "problem"), REFUSED, ids=[case[2] for case in REFUSED])
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes, error: type[CstoGraphError], problem: str) -> None:
    """The message names the file and what is wrong with it."""
    path = tmp_path / "sample.txt"
    path.write_bytes(content)
    with pytest.raises(error) as refusal:
        read_characters(path)
    assert str(path) in str(refusal.value)
    assert problem in str(refusal.value)


@pytest.mark.parametrize("name", ["absent.txt", "."])
def test_a_path_that_is_no_file_is_a_wrong_call(tmp_path: Path, name: str) -> None:
    """A missing file and a folder are mistakes of the call, not of the data."""
    with pytest.raises(WrongCall):
        read_characters(tmp_path / name)


def test_characters_are_kept_as_stored(tmp_path: Path) -> None:
    """No newline is translated and nothing normalised: offsets are those of the file."""
    path = tmp_path / "sample.txt"
    path.write_bytes("Re\u0301sume\u0301\r\nNaïve 🙂".encode())
    assert read_characters(path) == "Re\u0301sume\u0301\r\nNaïve 🙂"


DATELINES = [
    ("Title\nDate: 10 January 2022 Tags: x\n", "2022-01-10"),
    ("Title\nJanuary 10, 2022\nText.", "2022-01-10"),
    ("2022-01-10\nText.", "2022-01-10"),
    ("On 10 January 2022 the CSTO met.", None),
    ("Text without a date.", None),
    ("Date: 31 February 2022\nText.", None),
]


@pytest.mark.parametrize(("text", "date"), DATELINES)
def test_the_date_is_the_documents_own(tmp_path: Path, text: str, date: str | None) -> None:
    """A dateline is a line of its own or a labelled one; a date inside a sentence is none."""
    path = tmp_path / "sample.txt"
    path.write_text(text, encoding="utf-8")
    assert read_text(path).date == date
    assert read_text(path, "2001-02-03").date == "2001-02-03"


DECLARATIONS = [
    ("title = ", "is not TOML"),
    ('date = "2022-01-10"', "has no title"),
    ('title = "x"\nlicense = "y"', "unknown field 'license'"),
    ('title = "x"\n[expected]\nmemberOf = 3', "expected.memberOf"),
    ('title = "x"\nexpected = 3', "expected is not a table"),
    ('title = "x"\ndate = "10 January 2022"', "date '10 January 2022' is not a day"),
    ('title = "x"\ndate = "20220110"', "date '20220110' is not a day"),
    ('title = "x"\ndate = 2022', "date '2022' is not a day"),
    ('title = "x"\npublisher = 3', "has no publisher in quotation marks"),
    ('title = "x"\n[[corrections]]\noriginal = "zzz"\ncorrected = "y"', "does not occur exactly once"),
]


@pytest.mark.parametrize(("declaration", "problem"), DECLARATIONS, ids=[case[1] for case in DECLARATIONS])
def test_a_broken_declaration_is_refused(tmp_path: Path, declaration: str, problem: str) -> None:
    """source.toml is refused by name, with what is wrong in it."""
    folder = tmp_path / "sample"
    folder.mkdir()
    (folder / "text.txt").write_text("Some text.", encoding="utf-8")
    (folder / "source.toml").write_text(declaration, encoding="utf-8")
    with pytest.raises(RefusedData) as refusal:
        read_source(folder)
    assert "source.toml" in str(refusal.value)
    assert problem in str(refusal.value)


@pytest.mark.parametrize("declared", ['"2022-01-10"', "2022-01-10"])
def test_a_day_may_be_text_or_a_toml_date(tmp_path: Path, declared: str) -> None:
    """TOML has dates of its own; both ways give the same day."""
    folder = tmp_path / "sample"
    folder.mkdir()
    (folder / "text.txt").write_text("Some text.", encoding="utf-8")
    (folder / "source.toml").write_text(f'title = "x"\ndate = {declared}', encoding="utf-8")
    assert read_source(folder).date == "2022-01-10"


def test_a_folder_whose_name_is_no_id_is_refused(tmp_path: Path) -> None:
    """The name of the folder goes into every IRI of the source: the refusal names it and proposes one."""
    (tmp_path / "My Source").mkdir()
    with pytest.raises(RefusedData, match=r"My Source: its name is no id for a source.*my-source"):
        read_sources(tmp_path)


def test_a_missing_folder_of_sources_is_named(tmp_path: Path) -> None:
    """No folder is not the same as no source."""
    with pytest.raises(RefusedData, match="sources: the folder of the sources is missing"):
        read_sources(tmp_path / "sources")


def test_the_article_is_unchanged(article: Path, shared: Path) -> None:
    """The committed text is the shared one, byte for byte."""
    assert article.read_bytes() == (shared / "seed" / "csto-2022-01-10.txt").read_bytes()


def test_no_source_at_all_is_refused(tmp_path: Path) -> None:
    """An empty folder of sources is a mistake, not an empty graph."""
    with pytest.raises(RefusedData, match="holds no source"):
        read_sources(tmp_path)
