"""Markdown (CommonMark with tables): its prose, and where each word stands in the file.

Code, tables, pictures, HTML and front matter are not prose; of a link the words are read and not the address.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from csto_graph.origins import Origins, Run
from csto_graph.text.dateline import dateline
from csto_graph.text.document import Document
from csto_graph.text.origins import Characters, joined, line_starts

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_TITLE = re.compile(r"^title\s*:\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)
_WRITTEN = re.compile(r"\\(?P<escaped>[!-/:-@\[-`{-~])|(?P<entity>&(?:#[xX]?[0-9a-fA-F]+|\w+);)|(?P<plain>.)", re.DOTALL)
_DESTINATION = re.compile(r"\](?:\((?:[^()\\]|\\.|\([^()]*\))*\)|\[[^\]]*\])?")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def read_markdown(file: str) -> Document:
    """The prose of a Markdown file, block by block, with title and date where front matter states them."""
    front = _FRONT_MATTER.match(file)
    stated = front.group(1) if front else ""
    # The front matter keeps its length as blanks, so that lines and offsets are the file's own.
    body = re.sub(r"[^\r\n]", " ", front.group()) + file[front.end() :] if front else file
    title = _TITLE.search(stated)
    prose = _Prose(body)
    text = prose.read(MarkdownIt("commonmark").enable("table").parse(body))
    origins = Origins(tuple(joined(prose.runs)), line_starts(file))
    return Document(text, title.group(1) if title else None, dateline(stated), origins)


@dataclass(slots=True)
class _Prose:
    """Collects the text block by block, and the run of the file behind each piece."""

    file: str
    runs: list[Run] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)
    _length: int = 0

    def read(self, tokens: Sequence[Token]) -> str:
        starts = (*line_starts(self.file), len(self.file))
        for before, token in pairwise([Token("", "", 0), *tokens]):
            if token.type == "inline" and token.map and before.type not in ("th_open", "td_open"):
                first, last = (min(line, len(starts) - 1) for line in token.map)
                for piece in _pieces(token.children or (), self.file, starts[first], starts[last]):
                    self._add(*piece)
                self._add("\n\n", None, 0)
        return "".join(self._text)

    def _add(self, piece: str, shown: Characters | None, at: int) -> None:
        if shown is not None:
            for offset, character in enumerate(piece, self._length):
                if not character.isspace():
                    self.runs.append(Run(offset, offset + 1, shown.starts[at], shown.ends[at]))
                    at += 1
        self._text.append(piece)
        self._length += len(piece)


def _pieces(children: Sequence[Token], file: str, start: int, end: int) -> Iterator[tuple[str, Characters | None, int]]:
    """What a block shows, piece by piece, each with the place where it was found behind the piece before it."""
    shown = _shown(file, start, end)
    characters, at = "".join(shown.text), 0
    for child in children:
        if child.type in ("text", "text_special", "code_inline"):
            words = "".join(child.content.split())
            found = characters.find(words, at)
            at = found + len(words) if found >= 0 else at
            yield child.content, shown if found >= 0 else None, found
        elif child.type in ("softbreak", "hardbreak") or _BREAK.fullmatch(child.content):
            yield "\n", None, 0
        elif (child.type == "link_close" and child.info != "auto") or child.type == "image":
            at = _behind(shown, at, file, end)


def _behind(shown: Characters, at: int, file: str, end: int) -> int:
    """Behind the address of the link or picture whose words end here."""
    start = shown.starts[at] if at < len(shown.starts) else end
    closing = _DESTINATION.search(file, start, end)
    stop = closing.end() if closing else start
    while at < len(shown.starts) and shown.starts[at] < stop:
        at += 1
    return at


def _shown(file: str, start: int, end: int) -> Characters:
    shown = Characters()
    for written in _WRITTEN.finditer(file, start, end):
        if written["plain"]:
            shown.add(written["plain"], written.start())
        else:
            shown.add(written["escaped"] or html.unescape(written["entity"]), written.start(), len(written.group()))
    return shown
