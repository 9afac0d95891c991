"""Markdown and HTML: what is read of a file, and where its words stand in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from csto_graph.errors import RefusedText
from csto_graph.model import Source
from csto_graph.text.sources import read_text

PAGE = """<!DOCTYPE html>
<html><head><title>The bloc &amp; its members</title><style>p { color: red }</style>
<script>var a = "Norway left the bloc.";</script></head>
<body><nav><a href="/">Armenia joined the CSTO in 1994.</a></nav>
<main><h1>The bloc</h1><!-- Norway left the bloc. -->
<p>Armenia <a href="/joined">joined</a> the <b>CSTO</b> in&nbsp;1994.</p>
<p hidden>Norway left the bloc.</p><p style="display: none">Norway left the bloc.</p>
<template><p>Norway left the bloc.</p></template><noscript>Norway left the bloc.</noscript>
<p>Osh &amp; Jalal-Abad saw unrest &#8211; at once.</p></main>
<script type="text/x">Norway left the bloc.</script></body></html>
"""
NOTE = """---
title: "A note"
date: 2020-01-02
---
# The *bloc* &amp; others

Armenia [joined](http://example.org/joined_the "joined the") the **CSTO**
in 1994.<!-- Norway left. --> See `it`, ![Norway left](left.png) and [that][note]; 5 \\* 3.

- Russia
- *Belarus*
  > Quoted [NATO](http://NATO/) words.

| Norway | left |
|---|---|
| Norway | 1994 |

```
Norway left the bloc.
```

    Norway left the bloc.

<div>Norway left the bloc.</div>

[note]: http://example.org/Norway
"""


def _read(folder: Path, name: str, content: str | bytes) -> Source:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_text(path)


def _lines(source: Source) -> list[str]:
    return [" ".join(line.split()) for line in source.text.splitlines() if line.strip()]


def test_of_a_page_the_main_text_is_read(tmp_path: Path) -> None:
    """Links, emphasis and entities become text; scripts, styles, comments, menus and hidden words do not."""
    source = _read(tmp_path, "page.html", PAGE)
    assert source.title == "The bloc & its members"
    assert _lines(source) == ["The bloc", "Armenia joined the CSTO in 1994.", "Osh & Jalal-Abad saw unrest – at once."]


def test_of_markdown_the_prose_is_read(tmp_path: Path) -> None:
    """Addresses, pictures, tables, code, HTML and front matter are not prose; title and date are the front matter's."""
    source = _read(tmp_path, "note.md", NOTE)
    assert (source.title, source.date) == ("A note", "2020-01-02")
    assert _lines(source) == [
        "The bloc & others", "Armenia joined the CSTO", "in 1994. See it, and that; 5 * 3.", "Russia", "Belarus", "Quoted NATO words.",
    ]  # fmt: skip


PLACES = [
    ("page.html", PAGE, "Armenia joined the CSTO", 'Armenia <a href="/joined">joined</a> the <b>CSTO', 6),
    ("page.html", PAGE, "joined", "joined", 6),
    ("page.html", PAGE, "1994.", "1994.", 6),
    ("page.html", PAGE, "& Jalal-Abad", "&amp; Jalal-Abad", 9),
    ("page.html", PAGE, "unrest –", "unrest &#8211;", 9),
    ("note.md", NOTE, "bloc & others", "bloc* &amp; others", 5),
    ("note.md", NOTE, "Armenia joined the", 'Armenia [joined](http://example.org/joined_the "joined the") the', 7),
    ("note.md", NOTE, "CSTO\nin 1994", "CSTO**\nin 1994", 7),
    ("note.md", NOTE, "that; 5 * 3", "that][note]; 5 \\* 3", 8),
    ("note.md", NOTE, "Belarus", "Belarus", 11),
    ("note.md", NOTE, "NATO words", "NATO](http://NATO/) words", 12),
]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize(("name", "file", "words", "written", "line"), PLACES)
def test_words_lead_back_to_the_file(
    tmp_path: Path, name: str, file: str, words: str, written: str, line: int, line_end: str
) -> None:
    """The place holds the very characters of the file, markup between them included, and the line an editor shows."""
    file, written = file.replace("\n", line_end), written.replace("\n", line_end)
    source = _read(tmp_path, name, file)
    start = source.text.index(words)
    assert source.origins is not None
    place = source.origins.place(start, start + len(words))
    assert place is not None
    assert (file[place.start : place.end], place.line) == (written, line)


def test_a_plain_text_is_its_file(tmp_path: Path) -> None:
    """No way back is needed where offsets are those of the file."""
    source = _read(tmp_path, "plain.txt", "# 5 \\* 3 [x](y) <b>z</b>")
    assert (source.text, source.origins) == ("# 5 \\* 3 [x](y) <b>z</b>", None)


PAGES = [
    ("a page by its name", "x.htm", "<p>Armenia joined.", "Armenia joined."),
    ("a page by its beginning", "x.txt", "\ufeff\n<?xml version='1.0'?><!-- x --><HTML lang='en'><p>Armenia joined.", "Armenia joined."),
    ("broken markup", "x.html", "<html><p>Armenia <b>joined <i>the</b> CSTO.</i></td></div><script>Norway left", "Armenia joined the CSTO."),
    ("lines broken by hand", "x.html", "<html><p>Armenia<br>joined.", "Armenia joined."),
    ("a declared encoding", "x.html", "<html><meta charset=windows-1252><p>“Café” – é".encode("cp1252"), "“Café” – é"),
    ("a declared encoding that is not true", "x.html", "<html><meta charset=ascii><p>“Café”", "“Café”"),
    ("an older declaration", "x.html", "<html><meta http-equiv=Content-Type content='text/html; charset=koi8-r'><p>Ош".encode("koi8-r"), "Ош"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "text"), [case[1:] for case in PAGES], ids=[case[0] for case in PAGES])
def test_pages_are_known_and_decoded(tmp_path: Path, name: str, content: str | bytes, text: str) -> None:
    """By suffix or by how they begin; in UTF-8 or in the encoding they declare; however broken."""
    assert " ".join(_lines(_read(tmp_path, name, content))) == text


REFUSED = [
    ("<html><body><script>Norway left.</script></body></html>", "without a main text"),
    ("<html><p>caf\xe9".encode("latin-1"), "is not UTF-8 (byte 12, line 1)"),
    ("<html><meta charset=none-such><p>caf\xe9".encode("latin-1"), "is not UTF-8"),
    (b"<html>\0", "binary"),
]


@pytest.mark.parametrize(("content", "problem"), REFUSED, ids=[case[1] for case in REFUSED])
def test_a_page_that_cannot_be_read_is_refused(tmp_path: Path, content: str | bytes, problem: str) -> None:
    """With what is wrong: no text, or an encoding nobody declares."""
    with pytest.raises(RefusedText) as refusal:
        _read(tmp_path, "page.html", content)
    assert problem in str(refusal.value)


def test_markdown_without_prose_is_refused(tmp_path: Path) -> None:
    """Code and tables alone are nothing to read."""
    with pytest.raises(RefusedText, match="Markdown without prose"):
        _read(tmp_path, "code.md", "```\nNorway left.\n```\n\n| a |\n|---|\n")


DATES = [
    ('<meta property="article:published_time" content="2020-01-02T10:00:00Z">', "2020-01-02"),
    ('<script type="application/ld+json">{"@graph": [{"datePublished": "2020-01-02"}]}</script>', "2020-01-02"),
    ('<script type="application/ld+json">[{"datePublished": "2020-01-02"}</script>', None),
    ('<time pubdate datetime="2020-01-02">yesterday</time>', "2020-01-02"),
    ('<time datetime="2020-01-02">then</time>', None),
    ('<meta property="article:published_time" content="2020-02-31">', None),
    ('<meta property="article:modified_time" content="2020-01-02">', None),
    ('<meta name="dcterms.issued" content="2020-01-02"><meta itemprop="datePublished" content="2020-01-03">', None),
]


@pytest.mark.parametrize(("stated", "date"), DATES)
def test_the_date_of_a_page_is_the_one_it_states(tmp_path: Path, stated: str, date: str | None) -> None:
    """The day of publication where the page names one and only one; any other day is not taken for it."""
    page = f"<html><head>{stated}</head><body><p>Armenia joined the CSTO.</p></body></html>"
    assert _read(tmp_path, "page.html", page).date == date
