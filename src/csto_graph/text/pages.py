"""HTML: the main text of a page, what the page states of itself, and where its words stand in the file.

Resiliparse (the Lexbor parser of HTML5) takes the main text: scripts, styles, comments, navigation and what is hidden
are not read.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import ElementNode, HTMLTree

from csto_graph.errors import RefusedText
from csto_graph.text.document import Document
from csto_graph.text.origins import Characters, origins

_ENTITY = re.compile(r"&(?:#[xX]?[0-9a-fA-F]+|\w+);?")
_UNREAD = frozenset({"script", "style", "template", "title"})
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)")
_DATED = (  # who says when the page was published, and in which attribute
    ('meta[property="article:published_time"]', "content"),
    ('meta[itemprop="datePublished"]', "content"),
    ('time[itemprop="datePublished"]', "datetime"),
    ('meta[name="citation_publication_date"]', "content"),
    ('meta[name="DC.date.issued"]', "content"),
    ('meta[name="dcterms.issued"]', "content"),
    ("time[pubdate]", "datetime"),
)


def read_page(path: Path, file: str) -> Document:
    """The main text of a page. Raises `RefusedText` where it has none."""
    tree = HTMLTree.parse(file.removeprefix("\ufeff"))
    text = extract_plain_text(tree, main_content=True, list_bullets=False, alt_texts=False)
    if not text.strip():
        raise RefusedText(path, "is an HTML page without a main text", "Save the text of the page as a plain text file")
    return Document(text, _title(tree), _published(tree), origins(text, _Shown(file).characters, file))


def _title(tree: HTMLTree) -> str | None:
    headings = _elements(tree, "h1")
    return " ".join((tree.title or (headings[0].text if headings else None) or "").split()) or None


def _published(tree: HTMLTree) -> str | None:
    """The day the page says it was published; none where it says two."""
    days = {day for stated in _stated(tree) if (day := _day(stated))}
    return days.pop() if len(days) == 1 else None


def _stated(tree: HTMLTree) -> Iterator[str]:
    for selector, attribute in _DATED:
        for element in _elements(tree, selector):
            yield element.getattr(attribute) or ""
    for script in _elements(tree, 'script[type="application/ld+json"]'):
        try:
            yield from _linked(json.loads(script.text or ""))
        except (ValueError, RecursionError):
            continue  # a page's metadata may be broken; it then says nothing


def _elements(tree: HTMLTree, selector: str) -> Sequence[ElementNode]:
    return list(tree.document.query_selector_all(selector)) if tree.document else []


def _linked(data: object) -> Iterator[str]:
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict):
            yield str(item.get("datePublished", ""))
            yield from _linked(item.get("@graph", []))


def _day(stated: str) -> str | None:
    found = _DAY.match(stated.strip())
    try:
        return date(*map(int, found.groups())).isoformat() if found else None
    except ValueError:
        return None


class _Shown(HTMLParser):
    """The characters of a file that are not markup, each with its offset. The parser of the library gives no offsets."""

    def __init__(self, file: str) -> None:
        super().__init__(convert_charrefs=False)
        self.characters = Characters()
        self._file, self._lines, self._unread = file, _feeds(file), ""
        self.feed(file)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNREAD and not self._unread:
            self._unread = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unread:
            self._unread = ""

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.characters.add(data, self._offset())

    def handle_entityref(self, name: str) -> None:
        self._entity()

    def handle_charref(self, name: str) -> None:
        self._entity()

    def _entity(self) -> None:
        written = _ENTITY.match(self._file, self._offset())
        if written and not self._unread:
            self.characters.add(html.unescape(written.group()), written.start(), len(written.group()))

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column


def _feeds(file: str) -> tuple[int, ...]:
    """Where lines begin for `HTMLParser`, which knows the line feed alone."""
    return (0, *(match.end() for match in re.finditer("\n", file)))
