"""A text as the folder of a source: read back it is the same text with the same declaration."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from csto_graph.errors import RefusedText, WrongCall
from csto_graph.model import Source
from csto_graph.text.declaring import source_files
from csto_graph.text.sources import read_source, read_text

PAGE = """<!DOCTYPE html><html><head><title>News</title>
<meta property="article:published_time" content="2022-01-08T10:00:00Z"></head><body><nav><a href="/">Home</a></nav>
<article><h1>News</h1><p>Armenia joined the CSTO &amp; the CIS in 1994, as the newspaper of the capital reported.</p></article></body></html>
"""
TEXTS = {
    "plain.txt": "\ufeffTitle\r\n\r\nRe\u0301sume\u0301: Armenia joined 🙂.\u2028Next.",
    "page.html": PAGE,
    "page.txt": PAGE,
    "notes.md": "---\ntitle: Notes\n---\n# Notes\n\nArmenia *joined* the CSTO in 1994.\n",
}


def _folder(source: Source, parent: Path) -> Path:
    folder = parent / source.id
    folder.mkdir(parents=True)
    for name, content in source_files(source).items():
        (folder / name).write_bytes(content)
    return folder


def _stated(source: Source) -> tuple[object, ...]:
    return source.id, source.title, source.text, source.date, source.publisher, source.licence


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("day", [None, "2022-01-10"])
def test_what_was_read_is_read_back(tmp_path: Path, name: str, day: str | None) -> None:
    """Text, title and date, whichever format the file has and whether it states a date or not."""
    (tmp_path / name).write_bytes(TEXTS[name].encode())
    source = replace(read_text(tmp_path / name, day), publisher="TASS", licence="none stated")
    assert _stated(read_source(_folder(source, tmp_path / "sources"))) == _stated(source)


def test_a_plain_text_keeps_its_bytes(tmp_path: Path) -> None:
    """Offsets stay those of the file; nothing else is kept of it."""
    (tmp_path / "plain.txt").write_bytes(TEXTS["plain.txt"].encode())
    files = source_files(read_text(tmp_path / "plain.txt"))
    assert files["text.txt"] == TEXTS["plain.txt"].encode() and set(files) == {"text.txt", "source.toml"}


@pytest.mark.parametrize(("name", "kept"), [("page.html", "original.html"), ("page.txt", "original.html"), ("notes.md", "original.md")])
def test_what_a_text_was_taken_out_of_is_kept(tmp_path: Path, name: str, kept: str) -> None:
    """The bytes of the page lie beside its text, which is free of markup, and the declaration says so."""
    (tmp_path / name).write_bytes(TEXTS[name].encode())
    files = source_files(read_text(tmp_path / name))
    assert files[kept] == TEXTS[name].encode()
    assert b"<p>" not in files["text.txt"] and b"Armenia" in files["text.txt"]
    assert kept.encode() in files["source.toml"]


@pytest.mark.parametrize("title", ['"Quoted" \\ back', "tab\tand\x7fdel", "line\nbreak", "Կոլեկտիվ անվտանգություն 🙂", "= [x] # y"])
def test_titles_that_toml_must_escape(tmp_path: Path, title: str) -> None:
    """What was typed is what is read back."""
    source = Source("one", title, "Armenia joined.", tmp_path / "one.txt")
    assert read_source(_folder(source, tmp_path)).title == title


def test_a_text_that_looks_like_markup_is_refused(tmp_path: Path) -> None:
    """Stored as a text it would be taken for a page."""
    (tmp_path / "page.html").write_text("<html><body><p>&lt;!DOCTYPE html&gt; begins each page of the treaty's site.</p></body></html>")
    with pytest.raises(RefusedText, match="begins like an HTML page"):
        source_files(read_text(tmp_path / "page.html"))


def test_a_title_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """Bytes that the terminal's encoding does not know."""
    with pytest.raises(WrongCall, match="--title: is not UTF-8"):
        source_files(Source("one", "caf\udce9", "Armenia joined.", tmp_path / "one.txt"))
